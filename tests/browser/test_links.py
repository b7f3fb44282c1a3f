"""The address of the page: what is on show stands in it, and opening it shows the same."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from page_fakes import PLAN, SOC, SOC_QUOTE
from page_steps import BOX, Opener, ask, mark_is_visible, open_first

if TYPE_CHECKING:
    from conftest import Served

QUESTION = "Ai lo SOC ở Trà Vinh?"


def shown(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


def test_question_filters_passage_and_language_come_back_with_the_link(open_page: Opener, served: Served) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.click("#pq-filters summary")
    page.select_option("#pq-filters [data-filter=province]", "Trà Vinh")
    page.wait_for_function("window.answers === 2")
    assert served.engine.filters[-1].provinces == ("Trà Vinh",)
    open_first(page)
    start = PLAN.text.index(SOC)
    said = shown(page.url)
    assert said == {
        "q": [QUESTION],
        "province": ["Trà Vinh"],
        "open": [f"{PLAN.id}.{start}"],
        "mark": [f"{SOC.index(SOC_QUOTE)},{len(SOC_QUOTE)}"],
        "lang": ["vi"],
    }
    other = open_page(locale="en-US", path="?" + urlsplit(page.url).query)  # pasted elsewhere, in another browser
    assert other.input_value(BOX) == QUESTION
    assert other.inner_text(".pq-text") == page.inner_text(".pq-text")
    assert other.locator(".pq-chosen span").all_inner_texts() == ["Lọc tỉnh: Trà Vinh"]
    assert "\n".join(other.locator(".pq-fulltext mark").all_text_contents()) == SOC_QUOTE
    assert mark_is_visible(other)
    assert other.get_attribute("html", "lang") == "vi"
    assert other.url == page.url


def test_back_and_forward_lead_through_what_was_shown(open_page: Opener) -> None:
    page = open_page()
    ask(page, QUESTION)
    open_first(page)
    page.go_back()
    page.wait_for_selector(".pq-document", state="detached")
    page.go_back()
    page.wait_for_selector(".pq-answer", state="detached")
    assert page.input_value(BOX) == ""
    page.go_forward()
    page.wait_for_selector(".pq-text")
    assert page.input_value(BOX) == QUESTION
    page.go_forward()
    page.wait_for_selector("#pq-mark")


def test_the_tab_is_in_the_link(open_page: Opener) -> None:
    page = open_page()
    page.get_by_role("tab", name="Văn bản").click()
    page.wait_for_url("**tab=documents**")
    other = open_page(path="?" + urlsplit(page.url).query)
    assert other.get_by_role("tab", name="Văn bản").get_attribute("aria-selected") == "true"
    other.wait_for_selector("#pq-documents-table >> text=2043/QĐ-UBND")
    assert not other.is_visible(BOX)


@pytest.mark.parametrize(
    "nonsense",
    [
        "?tab=<script>&lang=xx&open=../../etc&mark=x&province=Atlantis&year=abc&kind=1&document=%00",
        "?open=no-such-document.1&mark=9999999999,1&q=",
        "?q=" + quote("a" * 2001),
        "?" + "&".join("q=SOC" for _ in range(11)),
        "?%%%&&&=&q",
        "?__theme=x&view=x&deep_link=x",
    ],
)
def test_nonsense_opens_the_plain_page(open_page: Opener, nonsense: str) -> None:
    page = open_page(path=nonsense)
    assert page.is_visible(".pq-example >> nth=0")
    assert page.input_value(BOX) == ""
    for part in (".pq-answer", ".pq-document", ".pq-error", ".pq-chip"):
        assert page.locator(part).count() == 0, part
    assert page.get_by_role("tab", name="Hỏi đáp").get_attribute("aria-selected") == "true"
