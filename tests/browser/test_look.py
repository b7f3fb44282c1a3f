"""How the page looks and sounds: sizes, colours, keyboard, names for screen readers, the busy state."""

from __future__ import annotations

import pytest
from page_fakes import PAYLOAD
from page_steps import BOX, SOC_QUESTION, Opener, ask, fits, mark_is_visible, open_first

READABLE = (
    f"{BOX}|#pq-question label > span|#pq-send|.pq-head p|.pq-question|.pq-text p|.pq-ref|.pq-facts th|.pq-facts td|"
    ".pq-cite|.pq-cite-en|.pq-path|.pq-card mark|.pq-card .pq-open|.pq-fulltext p|.pq-fulltext mark|.pq-about dt|"
    ".pq-jump|.pq-others summary|.pq-example|.pq-shelf p"
).split("|")
CONTRAST = """(selector) => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const light = (c) => c.slice(0, 3).map((v) => linear(v / 255))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  let under = document.querySelector(selector);
  const text = light(channels(getComputedStyle(under).color));
  for (let c; under; under = under.parentElement) {
    c = channels(getComputedStyle(under).backgroundColor);
    if (c.length < 4 || c[3] > 0.99) {
      const [a, b] = [text, light(c)].sort((x, y) => y - x);
      return (a + 0.05) / (b + 0.05);
    }
  }
  return 0;
}"""


@pytest.mark.parametrize("width", [360, 1280, 1920])
def test_nothing_sticks_out_sideways(open_page: Opener, width: int) -> None:
    page = open_page(width, 740)
    assert fits(page)
    for question in (SOC_QUESTION, "den 2025 ... dien thoai", "ví điện tử?", PAYLOAD, "không có"):
        ask(page, question)
        assert fits(page), question
        page.click("#pq-answer .pq-open >> nth=0")
        page.wait_for_selector(".pq-document")
        assert fits(page), question


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_colour_schemes_are_readable(open_page: Opener, scheme: str) -> None:
    page = open_page(scheme=scheme)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(18, 24, 31)" if scheme == "dark" else "rgb(245, 246, 244)"
    )
    ask(page, SOC_QUESTION)
    open_first(page)
    for selector in READABLE:
        assert page.evaluate(CONTRAST, selector) >= 4.5, selector
    page.fill(BOX, " ")
    page.press(BOX, "Enter")
    page.wait_for_selector(".pq-error")
    assert page.evaluate(CONTRAST, ".pq-error") >= 4.5


def test_while_it_works_it_says_so(open_page: Opener) -> None:
    page = open_page()
    page.fill(BOX, "SOC slow")
    page.press(BOX, "Enter")
    page.wait_for_selector("#pq-status:has-text('Đang tìm')")
    assert page.evaluate("document.querySelector('#pq-status').getBoundingClientRect().height") > 15
    assert page.get_attribute("#pq-answer", "aria-busy") == "true"
    page.wait_for_selector(".pq-text")
    page.wait_for_function("!('pqBusy' in document.body.dataset)")
    assert page.get_attribute("#pq-answer", "aria-busy") is None
    assert "Sở Thông tin" in str(page.text_content("#pq-status")), "a screen reader is told the answer"


def test_the_keyboard_is_enough(open_page: Opener) -> None:
    page = open_page()
    page.wait_for_function("document.activeElement.matches('#pq-question textarea')")
    page.keyboard.type("Ai lo SOC?")
    page.keyboard.press("Enter")
    page.wait_for_selector(".pq-text")
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.pq-open')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'pq-mark'")
    assert mark_is_visible(page)
    page.keyboard.press("Escape")
    page.wait_for_selector(".pq-document", state="detached")
    assert page.evaluate("document.activeElement.matches('#pq-c1 .pq-open')"), "the focus goes back to where it was"


def test_every_control_has_a_name(open_page: Opener) -> None:
    page = open_page()
    ask(page, SOC_QUESTION)
    open_first(page)
    page.get_by_role("textbox", name="Câu hỏi").wait_for()
    page.get_by_role("button", name="Hỏi", exact=True).wait_for()
    names = page.locator(".pq-open").evaluate_all("all => all.map(b => b.getAttribute('aria-label'))")
    assert len(set(names)) == len(names) == 5
    assert page.get_attribute("html", "lang") == "vi"
    unnamed = "all => all.filter(e => e.checkVisibility() && !(e.textContent.trim() || e.ariaLabel)).length"
    assert page.locator(".gradio-container :is(button, a)").evaluate_all(unnamed) == 0
