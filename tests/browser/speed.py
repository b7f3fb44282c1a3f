"""How fast the page is: python tests/browser/speed.py (needs Chromium). Figures are for reading, no test asserts them.

first answer    Enter pressed until the answer is painted, beside what the same question takes the engine alone in the
                same process, whose turns alternate; medians over questions of the shipped plans
page usable     a browser with an empty profile until the question box can be used
document        a click until the marked passage of a 60,000-character document is painted
"""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from page_fakes import PLAN, FakeEngine
from page_steps import BOX, ask, serving

from corpus.types import Document
from index.encoder import load_encoder
from qa.engine import Engine
from qa.homes import ready
from qa.page.examples import examples

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROUNDS = 30
SIZE = 60_000  # characters
PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
ASK = f"""async (question) => {{
  const answered = new Promise((done) => {{
    const before = planqa.done;
    planqa.done = () => {{ before(); planqa.done = before; done(); }};
  }});
  const began = performance.now();
  planqa.ask(question);
  await answered;
  return (await {PAINTED}) - began;
}}"""
OPEN = f"""async () => {{
  const began = performance.now();
  document.querySelector("#pq-answer .pq-open").click();
  while (!document.querySelector("#pq-mark")) await new Promise((done) => setTimeout(done, 4));
  return (await {PAINTED}) - began;
}}"""


class LongEngine(FakeEngine):
    """The hand-made plan, made as long as the measure wants it."""

    def document(self, document_id: str) -> Document:
        """The plan with more paragraphs behind it."""
        found = super().document(document_id)
        more = "\n- " + "phát triển chính quyền số, kinh tế số, xã hội số. " * 6
        return replace(found, text=(found.text + more * SIZE)[: max(SIZE, len(found.text))])


def opened(browser: Browser, url: str) -> tuple[Page, float]:
    """The page in an empty profile, and the seconds until its box could be used."""
    page = browser.new_context(locale="vi-VN").new_page()
    began = time.perf_counter()
    page.goto(url)
    page.wait_for_selector(f"{BOX}:enabled")
    seconds = time.perf_counter() - began
    page.wait_for_selector("[data-pq-ready]", state="attached")
    return page, seconds


def answers(page: Page, engine: Engine) -> tuple[float, float]:
    """Medians in seconds: the engine alone, and the page until the answer is painted."""
    questions = [question for group in examples(engine.documents()) for question in group.questions]
    alone, shown = [], []
    for turn in range(ROUNDS):
        question = f"{questions[turn % len(questions)]} ({turn})"
        began = time.perf_counter()
        engine.ask(question)
        alone.append(time.perf_counter() - began)
        shown.append(page.evaluate(ASK, question) / 1000)
    return median(alone), median(shown)


def main() -> None:
    """Print the three figures."""
    from playwright.sync_api import sync_playwright

    def launch(playwright: Any) -> Browser:
        running: Browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        return running

    with sync_playwright() as playwright:
        with serving(LongEngine()) as served:
            browser = launch(playwright)
            page, usable = opened(browser, served.url)
            page.evaluate("window.answers = 0; const done = planqa.done; planqa.done = () => { done(); answers += 1; }")
            ask(page, "Ai lo SOC?")
            document = page.evaluate(OPEN) / 1000
            browser.close()
        encoder = load_encoder()
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder) / "home"
            engine = Engine(ready(home, encoder), lambda: encoder, home)
            engine.warm_up()
            with serving(engine) as served:
                browser = launch(playwright)
                page, _ = opened(browser, served.url)
                alone, shown = answers(page, engine)
                browser.close()
    bound = 1.5 * alone + 0.15
    print(f"first answer: {shown * 1000:.0f} ms, engine alone {alone * 1000:.0f} ms, bound {bound * 1000:.0f} ms")
    print(f"page usable: {usable:.2f} s, bound 3 s")
    print(f"document of {len(LongEngine().document(PLAN.id).text):,} characters: {document:.2f} s, bound 1 s")


if __name__ == "__main__":
    main()
