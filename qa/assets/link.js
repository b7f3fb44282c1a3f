// The address of the page: questions, filters, the open passage, the tab and the language stand in it, so that the
// address, pasted elsewhere, shows the same. What makes no sense in an address is passed over.
(() => {
  const { planqa } = window;
  const TABS = ["ask", "tasks", "targets", "documents"];
  const GROUPS = ["province", "document", "year", "kind"];
  const MOST = { questions: 10, characters: 2000 };
  let restoring = false; // the page is being made what an address says: the address stays as it is

  const alive = new Promise((done) => (planqa.live = done)); // gradio has drawn the page and hears its events

  planqa.tab = "ask";

  /** What an address says. */
  function read() {
    const said = new URLSearchParams(location.search);
    const questions = said.getAll("q").map((one) => one.trim());
    const fit = questions.length <= MOST.questions && questions.every((one) => one && one.length <= MOST.characters);
    return {
      questions: fit ? questions : [],
      filters: Object.fromEntries(GROUPS.map((group) => [group, said.getAll(group).slice(0, 20)])),
      open: /^[a-z0-9][a-z0-9.-]{0,299}$/.test(said.get("open") ?? "") ? said.get("open") : "",
      mark: said.get("mark") ?? "",
      tab: TABS.includes(said.get("tab")) ? said.get("tab") : "ask",
    };
  }

  /** The address of what is on show. */
  planqa.address = () => {
    const said = new URLSearchParams(location.search);
    for (const name of ["q", ...GROUPS, "open", "mark", "tab"]) said.delete(name);
    for (const question of planqa.pending ?? planqa.thread) said.append("q", question);
    for (const group of GROUPS) for (const value of planqa.filters[group]) said.append(group, value);
    if (planqa.opened) {
      said.set("open", planqa.opened.open);
      if (planqa.opened.mark) said.set("mark", planqa.opened.mark);
    }
    if (planqa.tab !== "ask") said.set("tab", planqa.tab);
    said.set("lang", planqa.language);
    return `${location.pathname}?${said}`;
  };

  /** The title of the page, as bookmarks and the browser's history keep it. */
  const entitle = () => (document.title = [...planqa.thread.slice(-1), planqa.say("title")].join(" · "));

  /** Write what is on show into the address; the browser's "back" leads to what was there before. */
  planqa.keep = () => {
    entitle();
    if (restoring) return;
    const address = planqa.address();
    if (address !== location.pathname + location.search) history.pushState(null, "", address);
  };

  /** Load the page anew, with what it shows and what was just asked. */
  planqa.reload = () => {
    location.assign(planqa.address());
    return null;
  };

  /** Make the page what its address says. */
  async function restore() {
    restoring = true;
    const { questions, filters, open, mark, tab } = read();
    const begun = await planqa.call("start", { filters });
    planqa.choose(begun.form, begun.shown);
    planqa.filters = begun.filters;
    planqa.one("#pq-examples").innerHTML = begun.examples;
    planqa.one("#pq-library").innerHTML = begun.library;
    planqa.drawChips();
    await Promise.race([alive, new Promise((done) => setTimeout(done, 10000))]);
    choose(tab);
    const shown = open ? planqa.show({ open, mark }, true) : null;
    if (questions.length) await planqa.replay(questions);
    await shown;
    restoring = false;
    entitle();
    if (same(planqa.thread, questions) === false) planqa.keep(); // the reader was faster than the link
    document.body.dataset.pqReady = "";
  }

  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  /** "Back" and "forward": change only what differs. */
  async function travelled() {
    restoring = true;
    const { questions, filters, open, mark, tab } = read();
    choose(tab);
    if (!same([planqa.thread, planqa.filters], [questions, filters])) {
      planqa.filters = filters;
      if (questions.length) await planqa.replay(questions);
      else planqa.clear();
    }
    if (!open && planqa.opened) planqa.close();
    if (open && !same(planqa.opened, { open, mark })) await planqa.show({ open, mark }, true);
    restoring = false;
  }

  /** Open a tab by its button. */
  function choose(tab) {
    planqa.tab = tab;
    const button = planqa.one(`#pq-tabs [role="tab"][data-tab-id="${tab}"]`);
    if (button && button.getAttribute("aria-selected") !== "true") button.click();
  }

  /** A tab was opened, by hand or by an address. */
  planqa.opens = (tab) => {
    if (tab === planqa.tab) return;
    planqa.tab = tab;
    planqa.keep();
  };

  /** The part under the question box is there: connect it, and fill the page. */
  planqa.start = (element, server) => {
    planqa.connect(server);
    planqa.listen(element);
    restore();
  };

  window.addEventListener("popstate", travelled);
})();
