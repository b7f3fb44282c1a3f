// Buttons that copy text, with a word of confirmation on the button and for screen readers.
(() => {
  const { planqa } = window;

  /** Copy by the clipboard, or by selecting where the page is not served over https (a server in the office). */
  async function copied(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = planqa.made("textarea", { "aria-hidden": "true", class: "pq-copied" });
      field.value = text;
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  }

  document.addEventListener("click", async (click) => {
    const button = click.target.closest?.("button.pq-copy");
    if (!button || button.dataset.label) return;
    const done = await copied(button.dataset.copy);
    button.focus();
    planqa.tell(planqa.say(done ? "copied" : "not_copied"));
    if (!done) return;
    button.dataset.label = button.textContent;
    button.textContent = `✓ ${planqa.say("copied_short")}`;
    setTimeout(() => {
      button.textContent = button.dataset.label;
      delete button.dataset.label;
    }, 2500);
  });
})();
