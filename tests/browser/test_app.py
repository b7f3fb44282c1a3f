"""The page in a real browser, as a reader uses it, over an engine of hand-made answers."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from page_fakes import PAYLOAD, SOC_QUOTE
from page_steps import BOX, SOC_QUESTION, Opener, ask, mark_is_visible, open_first

from qa.page.view import MAX_QUESTION

if TYPE_CHECKING:
    from conftest import Served


def test_enter_asks_and_the_answer_shows_facts_and_the_marked_quote(open_page: Opener) -> None:
    page = open_page(locale="en-US")
    ask(page, SOC_QUESTION)
    assert "Sở Thông tin và Truyền thông) is responsible [1]" in page.inner_text(".pq-text")
    assert page.locator(".pq-facts tr").all_inner_texts() == [
        "Responsible\tSở Thông tin và Truyền thông (now: Sở Khoa học và Công nghệ)",
        "Deadline\tthường xuyên",
    ]
    assert "\n".join(page.locator("#pq-c1 mark").all_text_contents()) == SOC_QUOTE
    assert "No. 2043/QĐ-UBND" in page.inner_text("#pq-c1 .pq-cite-en")
    page.click(".pq-ref >> nth=0")
    assert page.evaluate("document.activeElement.id") == "pq-c1"


def test_the_button_asks_too_and_other_passages_stay_folded(open_page: Opener) -> None:
    page = open_page()
    page.fill(BOX, SOC_QUESTION)
    page.click("#pq-send")
    page.wait_for_selector(".pq-text")
    assert page.locator(".pq-others .pq-card").count() == 2
    assert not page.is_visible(".pq-others .pq-card >> nth=0")
    page.click(".pq-others summary")
    assert page.locator(".pq-others .pq-cells dt").all_inner_texts() == [
        "TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp",
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (360, 740)])
def test_a_click_shows_the_quote_in_the_whole_document(open_page: Opener, width: int, height: int) -> None:
    page = open_page(width, height)
    ask(page, "Ai lo SOC?")
    ask(page, SOC_QUESTION)  # the buttons must still work after the answer was drawn again
    open_first(page)
    assert mark_is_visible(page)
    assert "\n".join(page.locator(".pq-fulltext mark").all_text_contents()) == SOC_QUOTE
    assert page.locator(".pq-fulltext p").count() > 250
    beside = page.locator("#pq-side").bounding_box()
    answer = page.locator("#pq-main").bounding_box()
    assert beside and answer
    assert (beside["x"] > answer["x"] + 300) == (width > 1000)
    page.click(".pq-outline summary")
    page.click(".pq-outline a >> nth=0")
    assert page.evaluate("document.activeElement.textContent").startswith("Điều 1.")
    page.click(".pq-bar .pq-jump")
    assert mark_is_visible(page)
    page.click(".pq-close")
    page.wait_for_selector(".pq-document", state="detached")
    assert not page.is_visible("#pq-side")


def test_the_same_passage_can_be_opened_twice_and_another_one_after_it(open_page: Opener) -> None:
    page = open_page()
    ask(page, SOC_QUESTION)
    open_first(page)
    page.evaluate("document.querySelector('.pq-document').scrollTop = 0")
    open_first(page)
    assert mark_is_visible(page)
    page.click(".pq-others summary")
    page.click(".pq-others .pq-open >> nth=1")
    page.wait_for_function("document.querySelector('#pq-mark')?.closest('td')")
    assert page.locator(".pq-fulltext mark").all_text_contents()[1].startswith("Triển khai nền tảng")


def test_examples_ask_and_the_library_opens_a_document(open_page: Opener) -> None:
    page = open_page()
    question = "Trà Vinh giao cơ quan nào chịu trách nhiệm về SOC, thời hạn khi nào?"
    page.click(f".pq-example:text-is('{question}')")
    page.wait_for_selector(".pq-text")
    assert page.input_value(BOX) == question
    page.click("#pq-library summary")
    page.click("#pq-library .pq-open >> nth=0")
    page.wait_for_selector(".pq-document")
    assert page.inner_text("#pq-document-title") == "Quyết định 2043/QĐ-UBND"
    assert "19/11/2024" in page.inner_text(".pq-about")
    assert page.locator(".pq-document mark").count() == 0


def test_no_answer_is_said_plainly(open_page: Opener) -> None:
    page = open_page()
    ask(page, "Giá vàng hôm nay bao nhiêu?")
    assert "không có câu trả lời" in page.inner_text(".pq-none")
    assert "không trả lời câu hỏi" in page.inner_text(".pq-note")
    assert page.locator(".pq-card").count() == 2
    assert page.locator("#pq-answer mark").count() == 0


def test_hostile_text_is_shown_as_text(open_page: Opener) -> None:
    page = open_page()
    ask(page, PAYLOAD)
    assert page.inner_text(".pq-question") == PAYLOAD
    assert PAYLOAD in page.inner_text(".pq-text")
    assert page.locator("#pq-c1 mark").all_text_contents() == [PAYLOAD]
    open_first(page)
    assert page.inner_text(".pq-title") == PAYLOAD
    assert f"{PAYLOAD}.txt" in page.inner_text(".pq-about"), "a file name"
    assert page.locator(".pq-about a").count() == 0
    assert page.locator(".pq-fulltext mark").all_text_contents() == [PAYLOAD]
    page.wait_for_timeout(200)
    assert page.evaluate("window.pwned") is None
    assert page.locator(":is(#pq-answer, #pq-panel, #pq-library) :is(img, script)").count() == 0


def test_bad_questions_give_one_plain_line(open_page: Opener, served: Served) -> None:
    page = open_page()
    asked = len(served.engine.asked)
    ask(page, "   ")
    assert "Hãy nhập câu hỏi" in page.inner_text(".pq-error")
    ask(page, "a" * 100_000)
    assert f"100.000 ký tự, tối đa {MAX_QUESTION}" in page.inner_text(".pq-error")
    assert len(served.engine.asked) == asked, "the engine was bothered"
    ask(page, "<b>")
    assert page.inner_text(".pq-error").endswith("write <i>words</i>")
    ask(page, "boom")
    assert "ngoài dự kiến" in page.inner_text(".pq-error")
    assert "secret" not in page.content()
    ask(page, SOC_QUESTION)
    assert page.locator(".pq-error").count() == 0


def test_the_programming_interface_is_closed(served: Served) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404") as refused:
        urllib.request.urlopen(served.url + "gradio_api/info")
    refused.value.close()
    for name in ("ask", "show", "predict"):
        body: Any = json.dumps({"data": ["SOC"]}).encode()
        request = urllib.request.Request(
            f"{served.url}gradio_api/run/{name}", body, {"content-type": "application/json"}
        )
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(request)
