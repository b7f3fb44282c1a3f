"""What the page is given for what a browser sent, most of it nonsense."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from page_fakes import PLAN, SOC, FakeEngine

from qa.page.copying import answer_text, citation_text
from qa.page.examples import examples
from qa.web.calls import page_calls


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


def called(engine: FakeEngine, name: str, sent: Any) -> dict[str, Any]:
    calls = {call.__name__: call for call in page_calls(engine)}
    return asyncio.run(calls[name](sent))


def test_an_answer_comes_with_what_was_understood(engine: FakeEngine) -> None:
    given = called(engine, "ask", {"question": " Ai lo SOC ở Trà Vinh? ", "language": "en"})
    assert engine.asked == ["Ai lo SOC ở Trà Vinh?"]
    assert given["chips"][0] == {"group": "province", "value": "Trà Vinh", "without": "Ai lo SOC?"}
    assert "Responsible" in given["html"]


def test_a_follow_up_is_asked_as_the_question_it_stands_for(engine: FakeEngine) -> None:
    given = called(engine, "ask", {"question": "còn Gia Lai?", "previous": "Ai lo SOC ở Trà Vinh?", "turn": 1})
    assert engine.asked == [given["question"]] == ["Ai lo SOC ở Gia Lai?"]
    assert given["chips"][0] == {"group": "follow", "value": "Ai lo SOC ở Gia Lai?", "without": ""}
    assert 'id="pq-t1-c1"' in given["html"]


def test_a_follow_up_that_asks_for_something_else_keeps_its_own_words(engine: FakeEngine) -> None:
    called(engine, "ask", {"question": "ai phối hợp?", "previous": "Cơ quan nào chịu trách nhiệm về SOC?", "turn": 1})
    assert engine.asked == ["ai phối hợp: Cơ quan nào chịu trách nhiệm về SOC?"]


@pytest.mark.parametrize("sent", [None, [], {}, {"question": None}, {"question": "  "}, {"question": "a" * 2001}])
def test_what_is_no_question_never_reaches_the_engine(engine: FakeEngine, sent: Any) -> None:
    html = called(engine, "ask", sent)["html"]
    assert 'role="alert"' in html or "không có câu trả lời" in html
    assert engine.asked in ([], ["None"])


def test_filters_reach_the_engine_and_those_that_leave_nothing_do_not(engine: FakeEngine) -> None:
    called(engine, "ask", {"question": "SOC?", "filters": {"province": ["Trà Vinh"], "kind": ["nonsense"]}})
    assert engine.filters[-1].provinces == ("Trà Vinh",) and engine.filters[-1].kinds == ()
    nothing = {"province": ["Trà Vinh"], "year": ["2022"]}  # the year of another document
    assert "hãy bỏ bớt" in called(engine, "ask", {"question": "SOC?", "filters": nothing})["html"]
    assert len(engine.asked) == 1


def test_a_passage_is_opened_by_its_address(engine: FakeEngine) -> None:
    start = PLAN.text.index(SOC)
    by_click = called(engine, "show", {"document": PLAN.id, "start": str(start + 2), "end": str(start + 10)})
    assert (by_click["open"], by_click["mark"]) == (f"{PLAN.id}.{start}", "2,8")
    by_link = called(engine, "show", {"open": by_click["open"], "mark": "2,8", "quiet": True})
    assert by_link == by_click
    assert re.findall('<mark id="pq-mark"[^>]*>(.*?)</mark>', by_link["html"]) == ["Nâng cấp"]


def test_a_link_to_nothing_opens_nothing_but_a_click_says_so(engine: FakeEngine) -> None:
    assert called(engine, "show", {"open": "no-such.1", "quiet": True}) == {"html": ""}
    assert 'role="alert"' in called(engine, "show", {"document": "no-such"})["html"]
    for start in ("-1", "1e9", "<b>", None, [], "9" * 40):
        assert "pq-document" in called(engine, "show", {"document": PLAN.id, "start": start, "end": start})["html"]


def test_an_unexpected_error_says_nothing_of_its_cause(engine: FakeEngine, caplog: pytest.LogCaptureFixture) -> None:
    assert "secret" not in called(engine, "ask", {"question": "boom"})["html"]
    assert "secret" in caplog.text


def test_the_page_starts_with_what_the_corpus_holds(engine: FakeEngine) -> None:
    given = called(engine, "start", {"filters": {"province": ["tra vinh", "Atlantis"]}, "language": "en"})
    assert given["filters"] == {"province": ["Trà Vinh"], "document": [], "year": [], "kind": []}
    assert "19 November 2024" in given["library"]


def test_examples_are_made_of_what_the_corpus_holds() -> None:
    assert [group.questions for group in examples([PLAN])] == [
        ("Trà Vinh giao cơ quan nào chịu trách nhiệm về SOC, thời hạn khi nào?",),
        ("Đến năm 2025 bao nhiêu phần trăm người dân có điện thoại thông minh ở Trà Vinh?",),
        ("Who is responsible for SOC in Trà Vinh, and by when?",),
    ]
    assert examples([]) == ()


def test_what_is_copied_can_be_pasted_into_a_report(engine: FakeEngine) -> None:
    answer = engine.ask("den 2025 dien thoai")
    cited = citation_text(answer.citations[0])
    assert cited == (
        "“Trên 85% dân số trưởng thành có điện thoại thông minh.” (cộng thứ 2 khoản 4 Điều 9 Quyết định số "
        "2043/QĐ-UBND ngày 19/11/2024 của UBND tỉnh Trà Vinh)"
    )
    assert answer_text(answer) == (
        "Đến năm 2025, trên 85% dân số trưởng thành ở Trà Vinh có điện thoại thông minh [1].\n[1] " + cited
    )
