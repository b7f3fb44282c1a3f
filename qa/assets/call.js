// Calls to the server. One that does not come back is tried again, ever more seldom, and the reader is told.
(() => {
  const { planqa } = window;
  const WAITS = [1, 2, 4, 8, 15, 30]; // seconds before each new try; the last one for all that follow
  let server = null;
  let hurry = null; // ends the wait that is running
  let refused = null; // why the server did not serve the last call: its status, and after how many seconds to return

  // Gradio's client tells nobody why a call failed: the answer is looked at on its way to it.
  const plain = window.fetch;
  window.fetch = async (...request) => {
    const answer = await plain(...request);
    if (String(request[0]?.url ?? request[0]).includes("/component_server")) {
      const seconds = Number(answer.headers.get("retry-after"));
      refused = answer.ok ? null : { status: answer.status, seconds: Math.min(seconds || 0, 120) };
    }
    return answer;
  };

  /** Keep gradio's functions of the server. */
  planqa.connect = (functions) => (server = functions);

  /** What the server gives for `data`; `wanted` says whether anybody still waits for it, else null is given. */
  planqa.call = async (name, data, wanted = () => true) => {
    let full = false; // the last try was refused for too many readers
    for (let tries = 0; wanted(); tries += 1) {
      const result = await answered(name, data);
      if (result !== undefined) {
        if (full) planqa.one("#pq-lost").hidden = true;
        else if (tries) lost(planqa.say("back"), false);
        return result;
      }
      const { status, seconds } = refused ?? {};
      if (status === 413) {
        return { html: planqa.made("p", { class: "pq-error", role: "alert" }, planqa.say("large")).outerHTML };
      }
      full = seconds > 0;
      if (full) {
        await pause(seconds, wanted, planqa.say("full"));
        continue;
      }
      if (await renewed()) return planqa.reload();
      await pause(WAITS[Math.min(tries, WAITS.length - 1)], wanted);
    }
    return null;
  };

  /** One try: undefined when the server cannot be reached; gradio's client only warns then. */
  async function answered(name, data) {
    refused = null;
    try {
      return await server[name]({ ...data, language: planqa.language });
    } catch {
      return undefined;
    }
  }

  /** Whether the server is back as another version of itself, for which this page is out of date. */
  async function renewed() {
    const work = (config) => config.components.find((part) => part.props?.elem_id === "pq-work")?.id;
    try {
      const config = await (await fetch("config", { cache: "no-store" })).json();
      return work(config) !== work(window.gradio_config);
    } catch {
      return false;
    }
  }

  /** Count down to the next try, with a button that does not wait. */
  async function pause(seconds, wanted, why = planqa.say("lost")) {
    for (let left = seconds; left > 0 && wanted(); left -= 1) {
      lost(`${why} ${planqa.say("again", { n: left })}`, true, left === seconds);
      const early = await new Promise((done) => {
        hurry = () => done(true);
        setTimeout(() => done(false), 1000);
      });
      if (early) break;
    }
    if (wanted()) lost(planqa.say("trying"), false);
  }

  /** The line that says that the server is away; `anew` is read out, the seconds that follow are not. */
  function lost(text, waiting, anew = true) {
    const line = planqa.one("#pq-lost");
    if (!line) return;
    const said = planqa.made("span", { "aria-live": anew ? "assertive" : "off" }, text);
    const now = planqa.made("button", { type: "button", class: "pq-now-button" }, planqa.say("now"));
    now.addEventListener("click", () => hurry?.());
    const held = line.contains(document.activeElement);
    line.replaceChildren(said, ...(waiting ? [now] : []));
    if (held && waiting) now.focus();
    line.hidden = false;
    if (text === planqa.say("back")) setTimeout(() => (line.hidden ||= line.textContent === text), 3000);
  }
})();
