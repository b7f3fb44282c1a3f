// Gradio translates only into languages that it ships words of its own for, Vietnamese not among them, and shows English
// in all others. So the Vietnamese labels take the place of the English ones, before Gradio reads them.
(() => {
  const words = window.gradio_config?.i18n_translations;
  if (words && document.documentElement.dataset.pqLanguage === "vi") words.en = words.vi;
})();
