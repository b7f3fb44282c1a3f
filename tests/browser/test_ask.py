"""The tab that asks beyond the first answer: chips, follow-ups, copies, reasons, opinions, both languages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from page_fakes import PHONE_FOUND
from page_steps import BOX, SOC_QUESTION, Opener, ask, open_first, serving

if TYPE_CHECKING:
    from conftest import Served
    from playwright.sync_api import Page

CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (t) => { window.copied = t; }}})"


def test_what_was_understood_can_be_taken_away(open_page: Opener, served: Served) -> None:
    page = open_page()
    ask(page, "Ai lo SOC ở tỉnh Trà Vinh đến năm 2025?")
    chips = page.locator(".pq-chip > span")
    assert chips.all_inner_texts() == ["Tỉnh: Trà Vinh", "Năm: 2025", "Hỏi: cơ quan chịu trách nhiệm"]
    page.get_by_role("button", name="Bỏ: Năm: 2025").click()
    page.wait_for_function("window.answers === 2")
    assert served.engine.asked[-1] == page.input_value(BOX) == "Ai lo SOC ở tỉnh Trà Vinh?"
    assert page.evaluate("document.activeElement.matches('#pq-question textarea')")


def test_a_filter_asks_again_and_can_be_taken_away(open_page: Opener, served: Served) -> None:
    page = open_page(locale="en-US")
    page.click("#pq-filters summary")
    page.select_option("[data-filter=kind]", "task")
    assert page.locator(".pq-chosen > span").all_inner_texts() == ["Only: Tasks"]
    ask(page, SOC_QUESTION)
    assert served.engine.filters[-1].kinds == ("task",)
    page.get_by_role("button", name="Remove: Only: Tasks").click()
    page.wait_for_function("window.answers === 2")
    assert served.engine.filters[-1].kinds == ()
    assert page.locator(".pq-chosen").count() == 0


def test_a_follow_up_stands_under_the_answer_it_builds_on(open_page: Opener) -> None:
    page = open_page()
    ask(page, "Ai lo SOC?")
    page.fill("#pq-follow-question", "còn điện thoại thông minh?")
    page.press("#pq-follow-question", "Enter")
    page.wait_for_selector("#pq-answer > .pq-answer .pq-text >> text=85%")
    assert page.locator(".pq-earlier").count() == 1
    assert page.locator(".pq-earlier summary").first.inner_text() == "Ai lo SOC?"
    assert page.evaluate("new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size") == page.evaluate(
        "document.querySelectorAll('[id]:not([id=\"\"])').length + (document.querySelector('[id=\"\"]') ? 1 : 0)"
    ), "an id stands twice"
    ask(page, SOC_QUESTION)
    assert page.locator(".pq-earlier").count() == 0, "a new question starts anew"


@pytest.mark.parametrize("clipboard", [True, False])
def test_copies_are_confirmed(open_page: Opener, clipboard: bool) -> None:
    page = open_page()
    ask(page, "den 2025 dien thoai")
    if clipboard:
        page.evaluate(CLIPBOARD)
    else:  # a page that is not served over https has none
        page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        page.evaluate("document.execCommand = () => { window.copied = document.activeElement.value; return true; }")
    quoted = f"“Trên 85% dân số trưởng thành có điện thoại thông minh.” ({PHONE_FOUND.citation})"
    page.get_by_role("button", name="Chép trích dẫn: Căn cứ 1").click()
    page.wait_for_selector("#pq-c1 .pq-copy:has-text('Đã chép')")
    assert page.evaluate("window.copied") == quoted
    assert page.text_content("#pq-status") == "Đã chép vào bộ nhớ tạm."
    page.get_by_role("button", name="Chép câu trả lời kèm trích dẫn").click()
    page.wait_for_function("window.copied.startsWith('Đến năm 2025')")
    assert page.evaluate("window.copied").endswith("[1] " + quoted)


def test_why_a_passage_matched(open_page: Opener) -> None:
    page = open_page()
    ask(page, "Ai lo SOC?")
    page.click("#pq-c1 .pq-why summary")
    assert page.locator("#pq-c1 .pq-why li").all_inner_texts() == [
        "Nghĩa gần câu hỏi nhất trong 3 đoạn tìm được (độ gần 0,85)",
        "Từ ngữ trùng nhiều nhất (điểm 8,0): “SOC”",
    ]


def test_an_opinion_is_kept_with_question_answer_and_passages(open_page: Opener) -> None:
    page = open_page()
    sent: list[Any] = []

    def keep(route: Any) -> None:
        sent.append(json.loads(route.request.post_data))
        route.fulfill(status=201 if len(sent) > 1 else 503, json={"id": 1})

    page.route("**/api/feedback", keep)
    ask(page, "den 2025 dien thoai")
    page.click(".pq-verdict:text-is('Thiếu')")
    page.fill(".pq-note-box textarea", "thiếu <b>Gia Lai</b>")
    page.click(".pq-note-box button")
    page.wait_for_selector(".pq-opinion >> text=Không ghi nhận được")
    page.click(".pq-note-box button")
    page.wait_for_selector(".pq-opinion >> text=Đã ghi nhận góp ý")
    assert sent[0] == sent[1] == {
        "question": "den 2025 dien thoai",
        "answerable": True,
        "answer": "Đến năm 2025, trên 85% dân số trưởng thành ở Trà Vinh có điện thoại thông minh [1].",
        "passage_ids": [PHONE_FOUND.passage_id],
        "verdict": "missing",
        "note": "thiếu <b>Gia Lai</b>",
        "province": [], "document": [], "year": [], "kind": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("locale", "language", "button", "tab"),
    [("vi-VN", "vi", "Hỏi", "Nhiệm vụ"), ("en-GB", "en", "Ask", "Tasks"), ("ko-KR", "en", "Ask", "Tasks")],
)
def test_the_page_speaks_the_browsers_language(
    open_page: Opener, locale: str, language: str, button: str, tab: str
) -> None:
    page = open_page(locale=locale)
    assert page.get_attribute("html", "lang") == language
    page.get_by_role("button", name=button, exact=True).wait_for()
    page.get_by_role("tab", name=tab).wait_for()


def test_the_language_can_be_switched_and_stays(open_page: Opener) -> None:
    page = open_page()
    ask(page, "den 2025 dien thoai")
    open_first(page)
    assert "19/11/2024" in page.inner_text(".pq-about")
    page.click("a.pq-switch:visible")
    page.wait_for_url("**lang=en**")
    page.wait_for_selector("[data-pq-ready]", state="attached")
    assert "over 85%" in page.inner_text(".pq-targets"), "the question was asked again"
    assert "19 November 2024" in page.inner_text(".pq-about"), "the document is open again"
    page.get_by_role("button", name="Ask", exact=True).wait_for()
    page.goto(page.url.split("?")[0])
    page.wait_for_selector("[data-pq-ready]", state="attached")
    assert page.get_attribute("html", "lang") == "en"


def test_a_lost_server_is_said_and_tried_again(browser: Any, open_page: Opener) -> None:
    page = open_page()
    down = {"now": True}

    def lost(route: Any) -> None:
        if down["now"]:
            route.abort()
        else:
            route.continue_()

    page.route("**/component_server/**", lost)
    page.fill(BOX, "Ai lo SOC?")
    page.press(BOX, "Enter")
    page.wait_for_selector("#pq-lost:visible >> text=Mất kết nối với máy chủ")
    page.wait_for_selector("#pq-lost >> text=Thử lại sau 2 giây", timeout=8_000)
    down["now"] = False
    page.get_by_role("button", name="Thử ngay").click()
    page.wait_for_selector(".pq-text")
    assert page.inner_text("#pq-lost") == "Đã kết nối lại."


def test_a_server_that_was_started_anew_answers_the_open_page(browser: Any) -> None:
    from page_fakes import FakeEngine

    with serving(FakeEngine()) as first:
        page: Page = browser.new_page(locale="vi-VN")
        page.goto(first.url)
        page.wait_for_selector("[data-pq-ready]", state="attached")
        port = int(first.url.rsplit(":", 1)[1].strip("/"))
    page.fill(BOX, "Ai lo SOC?")
    page.press(BOX, "Enter")
    page.wait_for_selector("#pq-lost:visible")
    with serving(FakeEngine(), port):
        page.wait_for_selector(".pq-text")
    page.close()
