// The filters: what was understood from the question and what was chosen, each a chip that can be taken away.
(() => {
  const { planqa } = window;
  const GROUPS = ["province", "document", "year", "kind"];
  let names = {}; // how the values that can be chosen are shown, by group

  planqa.filters = { province: [], document: [], year: [], kind: [] };
  planqa.understood = []; // chips of the last question

  /** Show the form that adds a filter, and keep how its values are shown. */
  planqa.choose = (form, shown) => {
    names = shown;
    planqa.one("#pq-filters").innerHTML = form;
  };

  /** Draw the chips anew. */
  planqa.drawChips = () => {
    const chosen = GROUPS.flatMap((group) =>
      planqa.filters[group].map((value) => {
        const text = `${planqa.say(`filter_${group}`)}: ${names[group]?.[value] ?? value}`;
        return chip(text, "pq-chosen", () => drop(group, value));
      }),
    );
    const read = planqa.understood.map(({ group, value, without }) =>
      chip(`${planqa.say(`asked_${group}`)}: ${value}`, "", without ? () => planqa.ask(without) : null),
    );
    const place = planqa.one("#pq-chips");
    const list = planqa.made("ul", { "aria-label": planqa.say("chips") });
    list.append(...read, ...chosen);
    place.replaceChildren(...(list.children.length ? [list] : []));
  };

  function chip(text, style, remove) {
    const item = planqa.made("li", { class: `pq-chip ${style}` });
    item.append(planqa.made("span", {}, text));
    if (remove) {
      const button = planqa.made("button", { type: "button", "aria-label": `${planqa.say("drop")}: ${text}` }, "×");
      button.addEventListener("click", () => {
        remove();
        planqa.one("#pq-question textarea").focus();
      });
      item.append(button);
    }
    return item;
  }

  function drop(group, value) {
    planqa.filters[group] = planqa.filters[group].filter((one) => one !== value);
    changed();
  }

  function changed() {
    planqa.drawChips();
    if (planqa.thread.length) planqa.again();
    else planqa.keep();
  }

  document.addEventListener("change", (change) => {
    const { filter } = change.target.dataset ?? {};
    const value = change.target.value;
    if (!GROUPS.includes(filter) || !value) return;
    change.target.value = "";
    if (!planqa.filters[filter].includes(value)) planqa.filters[filter].push(value);
    changed();
  });
})();
