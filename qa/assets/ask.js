// Asking: the question, the follow-ups that build on it, and what is shown while the server works.
(() => {
  const { planqa } = window;
  const SLOW = 15000; // milliseconds after which the reader is told that the server is still at it
  let waiting = 0; // a timer while a question is being answered, else 0
  let latest = 0; // the last question asked; an earlier one that comes late is not shown

  planqa.thread = []; // the questions of this conversation, as they were typed
  planqa.resolved = ""; // the last one as it was understood
  planqa.pending = null; // the conversation as it will be once the server has answered

  /** Ask a question that stands alone. */
  planqa.ask = (question, kept = true) => {
    setBox(question);
    return put(question, 0, kept);
  };

  /** Ask what builds on the last question. */
  planqa.followUp = (question, kept = true) => put(question, planqa.thread.length, kept);

  /** Ask the questions of this conversation again, after a filter has changed. */
  planqa.again = () => planqa.replay(planqa.thread, true);

  /** Ask several questions one after the other, as one conversation. */
  planqa.replay = async (questions, kept = false) => {
    const turn = latest + 1;
    for (const [place, question] of questions.entries()) {
      if (latest !== turn + place - 1) return; // somebody asked something else meanwhile
      if (place === 0) await planqa.ask(question, kept);
      else await planqa.followUp(question, kept);
    }
  };

  /** Back to the plain page. */
  planqa.clear = () => {
    latest += 1;
    planqa.thread = [];
    planqa.understood = [];
    setBox("");
    planqa.one("#pq-answer").replaceChildren();
    planqa.one("#pq-follow").hidden = true;
    planqa.drawChips();
    planqa.done();
  };

  async function put(question, place, kept) {
    const turn = (latest += 1);
    planqa.busy();
    planqa.pending = [...planqa.thread.slice(0, place), question.trim()];
    const data = { question, turn: place, filters: planqa.filters, previous: place ? planqa.resolved : "" };
    const result = await planqa.call("ask", data, () => turn === latest);
    if (!result || turn !== latest) return;
    planqa.thread = question.trim() ? planqa.pending : [];
    planqa.pending = null;
    planqa.resolved = result.question ?? question;
    planqa.understood = result.chips ?? [];
    draw(result.html, place);
    planqa.drawChips();
    planqa.done();
    if (kept) planqa.keep();
  }

  /** Put an answer in its place; the ones before it fold up. */
  function draw(html, place) {
    const area = planqa.one("#pq-answer");
    for (const section of [...area.children].slice(place)) section.remove();
    for (const section of area.querySelectorAll(":scope > .pq-answer")) fold(section);
    const section = planqa.made("div");
    section.innerHTML = html;
    area.append(...section.children);
    const answered = planqa.one(":scope > .pq-answer", area);
    const follow = planqa.one("#pq-follow");
    follow.hidden = !answered;
    follow.reset();
    if (place) answered?.scrollIntoView({ block: "start" });
    if (matchMedia("(pointer: coarse)").matches) document.activeElement.blur(); // or its keyboard hides the answer
  }

  function fold(section) {
    const details = planqa.made("details", { class: "pq-earlier" });
    details.append(planqa.made("summary", {}, planqa.one(".pq-question", section).textContent));
    section.replaceWith(details);
    details.append(section);
  }

  /** Show that a question is being answered. */
  planqa.busy = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => planqa.tell(planqa.say("slow")), SLOW);
    document.body.dataset.pqBusy = "";
    planqa.one("#pq-answer").setAttribute("aria-busy", "true");
    planqa.tell(planqa.say("busy"));
  };

  /** The answer is there: say it, and fold the examples away. */
  planqa.done = () => {
    clearTimeout(waiting);
    waiting = 0;
    delete document.body.dataset.pqBusy;
    planqa.one("#pq-answer").removeAttribute("aria-busy");
    const said = planqa.one("#pq-answer > .pq-answer :is(.pq-text, .pq-none)");
    planqa.tell(said ? said.textContent : "");
    for (const part of document.querySelectorAll("#pq-examples details, #pq-library details")) part.open &&= !said;
  };

  /** Write into gradio's text box, so that gradio knows of it. */
  function setBox(question) {
    const box = planqa.one("#pq-question textarea");
    if (!box || box.value === question) return;
    box.value = question;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("click", (click) => {
    const example = click.target.closest?.(".pq-example");
    if (example && !waiting) planqa.ask(example.textContent);
  });
  document.addEventListener("submit", (submit) => {
    if (submit.target.id !== "pq-follow") return;
    submit.preventDefault();
    const { value } = planqa.one("#pq-follow-question");
    if (value.trim() && !waiting) planqa.followUp(value);
  });
})();
