// The reader's opinion of an answer: a verdict opens the note, sending keeps both with the question and its filters.
(() => {
  const { planqa } = window;

  document.addEventListener("click", (click) => {
    const chosen = click.target.closest?.(".pq-verdict");
    if (!chosen) return;
    const form = chosen.closest("form");
    for (const button of form.querySelectorAll(".pq-verdict")) {
      button.setAttribute("aria-pressed", String(button === chosen));
    }
    planqa.one(".pq-note-box", form).hidden = false;
    planqa.one("textarea", form).focus();
  });

  document.addEventListener("submit", async (submit) => {
    const form = submit.target;
    if (!form.matches(".pq-opinion")) return;
    submit.preventDefault();
    const chosen = planqa.one('.pq-verdict[aria-pressed="true"]', form);
    const said = planqa.one("[role=status]", form);
    if (!chosen) return;
    const body = {
      ...JSON.parse(form.dataset.about),
      ...planqa.filters,
      verdict: chosen.dataset.verdict,
      note: planqa.one("textarea", form).value,
    };
    let kept = false;
    try {
      const headers = { "content-type": "application/json" };
      kept = (await fetch("api/feedback", { method: "POST", headers, body: JSON.stringify(body) })).ok;
    } catch {
      // the server cannot be reached: said below
    }
    said.textContent = planqa.say(kept ? "thanks" : "not_kept");
    if (!kept) return;
    for (const part of form.querySelectorAll("div")) part.remove();
  });
})();
