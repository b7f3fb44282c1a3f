// The whole document beside the answer: opened by the buttons of the class pq-open, scrolled to its mark, closed with
// Escape or its button; what is open stands in `planqa.opened`.
(() => {
  const { planqa } = window;
  let opener = null; // the button that opened the document, to give the focus back to
  let latest = 0; // the last document asked for; an earlier one that comes late is not shown

  planqa.opened = null; // {open, mark} of the document on show

  /** Let the buttons of an HTML part open documents; the part may be filled anew. */
  planqa.listen = (element) => {
    element.addEventListener("click", (click) => {
      const button = click.target.closest("button.pq-open");
      if (!button) return;
      const { document: id, start, end } = button.dataset;
      opener = button;
      planqa.show({ document: id, start, end });
    });
  };

  /** Show a place: {document, start, end} of a button or {open, mark} of a link; `quiet`: nothing if it is unknown. */
  planqa.show = async (place, quiet = false) => {
    const turn = (latest += 1);
    const slow = setTimeout(() => {
      document.body.dataset.pqOpening = "";
      planqa.tell(planqa.say("opening"));
    }, 400);
    const result = await planqa.call("show", { ...place, quiet }, () => turn === latest);
    clearTimeout(slow);
    if (turn === latest && "pqOpening" in document.body.dataset) {
      delete document.body.dataset.pqOpening;
      planqa.tell("");
    }
    if (!result || turn !== latest || !result.html) return;
    planqa.one("#pq-panel").innerHTML = result.html;
    planqa.opened = result.open ? { open: result.open, mark: result.mark } : null;
    reveal();
    planqa.keep();
  };

  /** Empty the panel; the focus goes back to where it came from. */
  planqa.close = () => {
    latest += 1;
    planqa.one("#pq-panel").replaceChildren();
    planqa.opened = null;
    (opener?.isConnected ? opener : planqa.one("#pq-question textarea")).focus();
    planqa.keep();
  };

  function reveal() {
    const place = planqa.one("#pq-mark") ?? planqa.one("#pq-document-title") ?? planqa.one("#pq-panel .pq-error");
    if (!place) return;
    const beside = matchMedia("(min-width: 1080px)").matches;
    place.scrollIntoView({ block: place.id === "pq-mark" ? "center" : beside ? "nearest" : "start" });
    place.focus({ preventScroll: true });
  }

  document.addEventListener("click", (click) => {
    if (click.target.closest?.("#pq-panel .pq-close")) planqa.close();
  });
  document.addEventListener("keydown", (key) => {
    if (key.key === "Escape" && key.target.closest?.("#pq-panel")) planqa.close();
  });
})();
