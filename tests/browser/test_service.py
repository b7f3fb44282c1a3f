"""The page under the rules of the service: its policy holds; a refusal is said, and the question asked again."""

from __future__ import annotations

import json
from typing import Any

import pytest
from page_steps import SOC_QUESTION, ask, open_first

HEARD = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (broken) =>
  window.violations.push(`${broken.violatedDirective} ${broken.blockedURI}`));
"""


def test_the_policy_is_never_broken_and_stops_what_is_injected(browser: Any, served: Any) -> None:
    context = browser.new_context(locale="vi-VN", viewport={"width": 1280, "height": 900})
    context.add_init_script(HEARD)
    page = context.new_page()
    refused: list[str] = []
    page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
    page.goto(served.url)
    page.wait_for_selector("[data-pq-ready]", state="attached")
    page.evaluate("() => { const d = planqa.done; window.answers = 0; planqa.done = () => { d(); answers += 1; }; }")
    ask(page, SOC_QUESTION)
    open_first(page)
    for tab, shown in (("tasks", "#pq-tasks-table table"), ("targets", ".js-plotly-plot"), ("documents", "table")):
        page.click(f'#pq-tabs [role="tab"][data-tab-id="{tab}"]')
        page.wait_for_selector(f"{shown} >> visible=true")
    assert page.evaluate("window.violations") == []
    assert refused == []
    page.evaluate(
        """() => document.body.insertAdjacentHTML("beforeend",
        '<img src="data:," onerror="window.pwned=1"><a href="javascript:window.pwned=1" id="evil">x</a>')"""
    )
    page.evaluate("document.querySelector('#evil').click()")
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.pwned=1';"
        "document.head.append(s); }"
    )
    page.wait_for_function("window.violations.length >= 3")
    assert page.evaluate("window.pwned") is None
    page.goto(f"{served.url}huong-dan")
    assert page.evaluate("window.violations") == []
    context.close()


@pytest.mark.parametrize(
    ("locale", "said", "after"),
    [
        ("vi-VN", "Hiện có quá nhiều người hỏi. Thử lại sau 2 giây.", "Sở Thông tin và Truyền thông"),
        ("en-US", "Too many people are asking just now. Trying again in 2 s.", "Sở Thông tin và Truyền thông"),
    ],
)
def test_a_refusal_is_said_and_the_question_asked_again(open_page: Any, locale: str, said: str, after: str) -> None:
    page = open_page(locale=locale)
    refusals = 0

    def full(route: Any) -> None:
        nonlocal refusals
        if '"ask"' in (route.request.post_data or "") and refusals < 1:
            refusals += 1
            body = json.dumps({"error": {"value": "", "expected": "", "remedy": ""}})
            route.fulfill(status=503, headers={"retry-after": "2"}, body=body)
        else:
            route.continue_()

    page.route("**/component_server/**", full)
    ask_later(page, SOC_QUESTION)
    page.wait_for_selector(f"#pq-lost:visible >> text={said}")
    page.wait_for_selector(f"#pq-answer >> text={after}", timeout=15_000)
    assert page.is_hidden("#pq-lost")


def test_a_question_that_is_far_too_long_is_said_to_be(open_page: Any) -> None:
    page = open_page()
    ask_later(page, "a" * 140_000)
    page.wait_for_selector("#pq-answer >> text=Câu hỏi quá dài; hãy rút gọn.")
    ask(page, SOC_QUESTION)
    page.wait_for_selector("#pq-answer >> text=Sở Thông tin và Truyền thông")


def ask_later(page: Any, question: str) -> None:
    """Ask without waiting for the answer."""
    page.evaluate("(question) => { planqa.ask(question); }", question)
