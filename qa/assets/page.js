// What all parts of the page share: its language and words, finding elements, links inside the page. Listeners sit on
// the document, which nothing renders anew.
(() => {
  const { planqa } = window;
  planqa.language = document.documentElement.dataset.pqLanguage === "en" ? "en" : "vi";
  planqa.one = (selector, root = document) => root.querySelector(selector);

  /** The words of the page for a key, with {name} filled in. */
  planqa.say = (key, values = {}) =>
    planqa.words[planqa.language][key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  /** An element with attributes and text; text is never read as HTML. */
  planqa.made = (tag, attributes = {}, text = "") => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    return element;
  };

  /** Say something to screen readers, and show it for a moment. */
  planqa.tell = (text) => {
    const status = planqa.one("#pq-status");
    if (status) status.textContent = text;
  };

  // Links inside the page: followed here, because the page's <base> would make them load it anew.
  document.addEventListener("click", (click) => {
    const link = click.target.closest?.('a[href^="#pq-"]');
    const id = link?.getAttribute("href").slice(1);
    const place = id && document.getElementById(id);
    if (!place) return;
    click.preventDefault();
    const target = planqa.one("textarea", place) ?? place;
    if (!target.matches("a, button, textarea, [tabindex]")) target.tabIndex = -1;
    target.scrollIntoView({ block: target.closest(".pq-fulltext") ? "center" : "nearest" });
    target.focus({ preventScroll: true });
  });

  // The other language: the same page in it, remembered for the next visit.
  document.addEventListener("click", (click) => {
    const link = click.target.closest?.("a.pq-switch");
    if (!link) return;
    click.preventDefault();
    try {
      localStorage.setItem("planqa-language", link.dataset.language);
    } catch {
      // storage is switched off: the address keeps the choice
    }
    const address = new URL(location.href);
    address.searchParams.set("lang", link.dataset.language);
    location.assign(address);
  });

  document.documentElement.lang = planqa.language;
  document.title = planqa.say("title");
})();
