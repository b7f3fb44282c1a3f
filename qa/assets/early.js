// Settles the language of the page before anything else runs: the link's, else the one chosen last, else the first of
// the browser's that is Vietnamese or English, else English. Gradio asks `navigator.language` for its own parts.
(() => {
  const known = (tag) => ["vi", "en"].find((own) => String(tag ?? "").toLowerCase().split("-")[0] === own);
  let kept = null;
  try {
    kept = localStorage.getItem("planqa-language");
  } catch {
    // storage is switched off: follow the browser
  }
  const asked = new URLSearchParams(location.search).get("lang");
  const language = known(asked) ?? known(kept) ?? (navigator.languages ?? []).map(known).find(Boolean) ?? "en";
  Object.defineProperty(navigator, "language", { get: () => language });
  Object.defineProperty(navigator, "languages", { get: () => [language] });
  document.documentElement.dataset.pqLanguage = language;
})();
