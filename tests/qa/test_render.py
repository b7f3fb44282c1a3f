"""Answers as HTML: everything escaped, the quote marked once and to the letter."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.page.labels import REASONS, shown_date, shown_number
from qa.page.marking import Line, Marker, cells, lines, passage_html, row_html
from qa.page.render import answer_html, error_html, facts_html, target_value
from qa.types import Answer, Citation, Facts, Found, TargetFact

PAYLOAD = "<script>alert('1')</script><img src=x onerror=\"alert(1)\">"
TEXT = "Điều 1. Mục tiêu\na) An toàn thông tin.\n+ Cơ quan thực hiện: Sở A & B.\n1 | Nhiệm vụ <x> | UBND xã |\nHết."
QUOTE = "Cơ quan thực hiện: Sở A & B."


def marks(html: str) -> list[str]:
    """What stands in the marks of some HTML, as text."""
    return [unescape(re.sub("<[^>]+>", "", found)) for found in re.findall(r"<mark[^>]*>(.*?)</mark>", html, re.S)]


def found(text: str = TEXT, start: int = 100, **more: object) -> Found:
    """A passage that holds `text` and stands at `start` of its document."""
    base = Found(
        1,
        "d.1",
        "1/KH",
        "d",
        "Trà Vinh",
        "Điều 1 KH",
        "Article 1",
        text,
        0.9,
        start,
        start + len(text),
        "task",
        ("Phần I",),
    )
    return replace(base, **more)  # type: ignore[arg-type]


def cite(passage: Found, quote: str, n: int = 1) -> Citation:
    """A citation of words that stand in the passage."""
    start = passage.start + passage.text.index(quote)
    return Citation(
        n, "1/KH", "d", "Trà Vinh", "Điều 1 KH", "Article 1", passage.passage_id, quote, start, start + len(quote), ()
    )


def answered(
    *citations: Citation, text: str = "Sở A & B [1].", passages: tuple[Found, ...] = (), **more: object
) -> Answer:
    """An answer with these citations."""
    base = Answer("Ai làm?", "vi", True, 0.9, "", text, citations=citations, passages=passages)
    return replace(base, **more)  # type: ignore[arg-type]


def test_the_quote_is_marked_exactly_once_and_to_the_letter() -> None:
    passage = found()
    html = answer_html(answered(cite(passage, QUOTE), passages=(passage,)))
    assert marks(html) == [QUOTE]
    assert html.count("<mark") == 1
    assert 'data-start="' + str(100 + TEXT.index(QUOTE)) + '"' in html
    assert "Sở A &amp; B" in html


def test_offsets_decide_where_words_that_repeat_are_marked() -> None:
    passage = found("Sở A. Sở A. Sở A.", start=7)
    citation = replace(cite(passage, "Sở A."), start=7 + 6, end=7 + 11)
    html = answer_html(answered(citation, passages=(passage,)))
    assert "<p>Sở A. <mark>Sở A.</mark> Sở A.</p>" in html


@pytest.mark.parametrize("shift", [-500, -1, 3, 500])
def test_wrong_offsets_never_mark_other_words(shift: int) -> None:
    passage = found()
    right = cite(passage, QUOTE)
    wrong = replace(right, start=right.start + shift, end=right.end + shift)
    assert marks(answer_html(answered(wrong, passages=(passage,)))) == [QUOTE]


def test_a_quote_without_its_passage_is_shown_alone() -> None:
    citation = cite(found(), QUOTE)
    assert marks(answer_html(answered(citation))) == [QUOTE]
    assert marks(answer_html(answered(citation, passages=(found("anders"),)))) == [QUOTE]


def test_markers_are_links_to_their_citations_and_unknown_ones_stay_text() -> None:
    html = answer_html(answered(cite(found(), QUOTE), text="Một [1]. Hai [7]. [x]"))
    assert 'href="#pq-c1"' in html
    assert "Hai [7]. [x]" in html
    assert html.count('id="pq-c1"') == 1


def test_hostile_text_is_escaped_wherever_it_stands() -> None:
    passage = found(PAYLOAD, citation=PAYLOAD, citation_en=PAYLOAD, headings=(PAYLOAD,), document_id=PAYLOAD)
    other = replace(passage, passage_id="d.2")
    citation = replace(cite(passage, PAYLOAD), citation=PAYLOAD, citation_en=PAYLOAD, document_id=PAYLOAD)
    target = TargetFact(*[PAYLOAD] * 8)
    facts = Facts((PAYLOAD,), (PAYLOAD,), (PAYLOAD,), PAYLOAD, (target,))
    answer = answered(citation, text=PAYLOAD, passages=(passage, other), question=PAYLOAD, language="en", facts=facts)
    for html in (
        answer_html(answer, {"d.2": (PAYLOAD, PAYLOAD)}),
        answer_html(replace(answer, answerable=False, reason="not_stated")),
        error_html(PAYLOAD),
    ):
        assert "<script" not in html
        assert "<img" not in html
        assert not re.search(r"""=["'][^"']*<""", html), "an attribute was left open"


def test_no_answer_says_why_and_labels_the_nearest_passages() -> None:
    answer = answered(text="", answerable=False, reason="not_stated", passages=(found(),))
    html = answer_html(answer)
    assert "Các văn bản không có câu trả lời" in html
    assert REASONS["not_stated"][0] in html
    assert "không trả lời câu hỏi" in html
    assert "<mark" not in html
    assert REASONS["not_stated"][1] in answer_html(replace(answer, language="en"))


def test_other_passages_are_folded_and_the_cited_one_is_not_repeated() -> None:
    passage = found()
    html = answer_html(answered(cite(passage, QUOTE), passages=(passage, found("Khác", passage_id="d.2"))))
    assert "<summary>Các đoạn khác tìm thấy (1)</summary>" in html
    assert html.count("An toàn thông tin.") == 1


def test_facts_are_a_table_in_the_language_of_the_question() -> None:
    target = TargetFact("1/KH", "Trà Vinh", "hộ có cáp quang", ">", "83.5", "%", "2025", "Điều 1")
    html = facts_html(Facts(("Sở A", "Sở B"), deadline="thường xuyên", targets=(target,)), "vi")
    assert "Sở A<br>Sở B" in html
    assert "trên 83,5%" in html
    assert "Phối hợp" not in html
    assert "Deadline" in facts_html(Facts(deadline="2025"), "en")
    assert facts_html(Facts(), "vi") == ""
    assert target_value(target, "en") == "over 83.5%"
    assert target_value(replace(target, comparator="=", value="12", unit="xã"), "vi") == "12 xã"


def test_a_row_shows_its_columns_and_marks_the_cell() -> None:
    row = "1.1 | Phủ sóng | UBND xã | |"
    html = passage_html(
        row, Marker(row.index("UBND"), row.index("UBND") + 7), ("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp")
    )
    assert "<dt>Chủ trì</dt><dd><mark>UBND xã</mark></dd>" in html
    assert "Phối hợp" not in html, "an empty cell is not shown"
    assert "<td>1.1</td>" in passage_html(row, Marker(0, 0))
    assert '<td data-label="Chủ trì &amp; B">x</td>' in row_html(
        Line("1 | x", 0), Marker(0, 0), 2, "", ("TT", "Chủ trì & B")
    )


@given(st.text(alphabet="ab |\n<&đ"), st.integers(0, 40), st.integers(0, 40))
def test_marks_hold_the_quote_to_the_letter_whatever_the_text(text: str, start: int, end: int) -> None:
    marked = "".join(marks(passage_html(text, Marker(start, end))))
    letters = str.maketrans("", "", " |\n")
    inside = "".join(
        text[cell.start : cell.end][max(0, start - cell.start) : max(0, end - cell.start)] for cell in every(text)
    )
    assert marked.translate(letters) == inside.translate(letters)


def every(text: str) -> list[Line]:
    """All cells and paragraphs of a text; each stands where it says."""
    found = [cell for line in lines(text) for cell in cells(line)]
    assert all(text[cell.start : cell.end] == cell.text for cell in found)
    return found


def test_numbers_and_dates_are_written_as_the_language_writes_them() -> None:
    assert [shown_number("83.5", "vi"), shown_number("83.5", "en"), shown_number("1.2.3", "vi")] == [
        "83,5",
        "83.5",
        "1.2.3",
    ]
    assert [shown_date("2024-11-19", "vi"), shown_date("", "vi"), shown_date("2024-13-01", "en")] == [
        "19/11/2024", "", "2024-13-01",
    ]  # fmt: skip


def test_without_an_answer_only_the_nearest_few_are_unfolded() -> None:
    passages = tuple(replace(found(), rank=rank, passage_id=f"d.{rank}") for rank in range(1, 6))
    html = answer_html(Answer("Ai?", "vi", False, 0.1, "not_stated", "", passages=passages))
    shown, folded = html.split('<details class="pq-others">')
    assert (shown.count('class="pq-card'), folded.count('class="pq-card')) == (3, 2)
    assert "Các đoạn khác tìm thấy (2)" in folded


def test_an_agency_that_has_changed_names_the_one_of_today() -> None:
    html = facts_html(Facts(("Sở Thông tin và Truyền thông", "Sở Y tế")), "en")
    assert re.findall(r"<small[^>]*>\((.*?)\)</small>", html) == ["now: Sở Khoa học và Công nghệ"]


def test_the_pages_language_may_differ_from_the_answers() -> None:
    passage = found()
    html = answer_html(answered(cite(passage, QUOTE), passages=(passage,)), language="en", turn=2)
    assert "<h3>Evidence</h3>" in html and 'class="pq-text" lang="vi"' in html
    assert 'id="pq-t2-c1"' in html and 'href="#pq-t2-c1"' in html
    assert "Article 1" in html, "the English citation goes along in an English page"


def test_numbers_are_written_by_language() -> None:
    assert [shown_number("12500.5", "vi"), shown_number("12500.5", "en")] == ["12.500,5", "12,500.5"]
    assert [shown_number("2025", "vi"), shown_number("1000000", "en"), shown_number("85%", "vi")] == [
        "2025",
        "1,000,000",
        "85%",
    ]
