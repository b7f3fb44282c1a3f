// What the page does in the browser: raises events for clicks in rendered text, shows that work is under way, opens
// and closes the document panel, and jumps inside the page. Listeners sit on roots that Gradio never re-renders.
window.planqa = (() => {
  const one = (selector, root = document) => root.querySelector(selector);
  let opener = null; // the button that opened the document, to give the focus back to
  let waiting = 0; // a timer while a question is being answered, else 0

  /** Raise `event` when a button in this HTML part is used. */
  function listen(element, trigger, event) {
    element.addEventListener("click", (click) => {
      const button = click.target.closest("button");
      if (!button) return;
      if (event === "pick_question" && button.matches(".pq-example") && !waiting) {
        trigger(event, { question: button.textContent });
      }
      if (event === "show_passage" && button.matches(".pq-open")) {
        const { document: id, start, end, language } = button.dataset;
        opener = button;
        const open = one(".pq-document");
        if (open && open.dataset.key === `${id}:${start}:${end}:${language}`) reveal();
        else trigger(event, { document: id, start, end, language });
      }
    });
  }

  /** The document panel: scroll to the quote when a document arrives, empty it when it is closed. */
  function panel(element, props, watch) {
    watch("value", () => requestAnimationFrame(reveal));
    const close = () => {
      props.value = "";
      (opener?.isConnected ? opener : one("#pq-question textarea")).focus();
    };
    element.addEventListener("click", (click) => click.target.closest(".pq-close") && close());
    element.addEventListener("keydown", (key) => key.key === "Escape" && close());
  }

  function reveal() {
    const place = one("#pq-mark") || one("#pq-document-title") || one("#pq-panel .pq-error");
    if (!place) return;
    const scroller = one("#pq-panel .pq-document");
    if (scroller && place.id === "pq-document-title") scroller.scrollTop = 0;
    const beside = matchMedia("(min-width: 1080px)").matches;
    place.scrollIntoView({ block: place.id === "pq-mark" ? "center" : beside ? "nearest" : "start" });
    place.focus({ preventScroll: true });
  }

  /** Show that a question is being answered; returns what the event passes on to Python. */
  function busy(inputs) {
    const status = one("#pq-status");
    clearTimeout(waiting);
    waiting = setTimeout(() => (status.textContent = status.dataset.slow), 15000);
    document.body.dataset.pqBusy = "";
    one("#pq-answer").setAttribute("aria-busy", "true");
    status.textContent = status.dataset.busy;
    return inputs;
  }

  /** The answer is there (or the server is not): say it, and fold the examples away. */
  function done() {
    clearTimeout(waiting);
    waiting = 0;
    delete document.body.dataset.pqBusy;
    one("#pq-answer").removeAttribute("aria-busy");
    const said = one("#pq-answer .pq-text, #pq-answer .pq-none");
    one("#pq-status").textContent = said ? said.textContent : "";
    for (const part of document.querySelectorAll("#pq-examples details, #pq-library details")) part.open &&= !said;
  }

  // Links inside the page: followed here, because the page's <base> would make them load it anew.
  document.addEventListener("click", (click) => {
    const link = click.target.closest?.('a[href^="#pq-"]');
    const place = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!place) return;
    click.preventDefault();
    if (!place.matches("a, button, [tabindex]")) place.tabIndex = -1;
    place.scrollIntoView({ block: place.closest(".pq-fulltext") ? "center" : "nearest" });
    place.focus({ preventScroll: true });
  });

  document.documentElement.lang = "vi";
  return { listen, panel, busy, done };
})();
