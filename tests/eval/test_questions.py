"""The question set keeps its rules, and the validator sees what breaks them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.errors import DataError
from eval.questions import Gold, Question, load, read
from eval.validate import balance, longest_shared, problems

DEV, TEST = load("dev"), load("test")
ANSWERABLE = next(q for q in DEV if q.answerable and q.language == "vi" and q.diacritics)


def test_the_shipped_set_keeps_every_rule() -> None:
    assert problems(DEV, TEST) == []


def test_the_shipped_set_is_as_balanced_as_it_was_commissioned() -> None:
    figures = balance([*DEV, *TEST])
    total = figures["questions"]
    assert total >= 300 and figures["unanswerable"] >= 60
    assert 0.45 <= figures["Vietnamese with marks"] / total <= 0.6
    assert 0.10 <= figures["Vietnamese without marks"] / total <= 0.15
    assert 0.28 <= figures["English"] / total <= 0.40


def test_questions_are_sorted_by_id() -> None:
    for half in (DEV, TEST):
        assert [q.id for q in half] == sorted(q.id for q in half)
    assert not {q.id for q in DEV} & {q.id for q in TEST}


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (replace(ANSWERABLE, gold=()), "answerable without gold"),
        (replace(ANSWERABLE, kind="unanswerable"), "disagree"),
        (replace(ANSWERABLE, answerable=False, kind="unanswerable", why_not="off_topic"), "gold though nothing"),
        (replace(ANSWERABLE, diacritics=False), "diacritics disagrees"),
        (replace(ANSWERABLE, question=ANSWERABLE.gold[0].quote), "syllables in a row"),
        (replace(ANSWERABLE, gold=(Gold("2043/QĐ-UBND", "Trà Vinh", "chữ này không có"),)), "does not stand in"),
        (replace(ANSWERABLE, gold=(Gold("9/QĐ-UBND", "Trà Vinh", "chuyển đổi số"),)), "does not stand in 9/QĐ-UBND"),
    ],
)
def test_a_broken_question_is_found(broken: Question, told: str) -> None:
    found = problems([broken if q is ANSWERABLE else q for q in DEV], TEST)
    assert any(line.startswith(f"{ANSWERABLE.id}: ") and told in line for line in found)


def test_a_passage_in_both_halves_is_found() -> None:
    leaked = replace(ANSWERABLE, id="zz-1", question="một câu hỏi khác hẳn")
    assert any("share a gold passage" in line and "zz-1" in line for line in problems(DEV, [*TEST, leaked]))


def test_a_question_asked_twice_is_found() -> None:
    assert any("asked twice" in line for line in problems([*DEV, replace(DEV[0], id="zz-1")], TEST))


def test_names_do_not_count_as_copied() -> None:
    quote = "Sở Thông tin và Truyền thông tỉnh, phối hợp triển khai nền tảng"
    assert longest_shared("Sở Thông tin và Truyền thông làm gì?", quote) == 0
    assert longest_shared("ai phối hợp triển khai nền tảng", quote) == 6


RECORD = {
    "id": "t-1", "question": "Ai lo?", "language": "vi", "diacritics": False, "user": "citizen", "kind": "lead",
    "answerable": True, "why_not": "", "gold": [], "facts": {}, "typos": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"language": "fr"}, "language: 'fr'"),
        ({"kind": "other"}, "kind: 'other'"),
        ({"answerable": "yes"}, "answerable: true or false"),
        ({"id": "câu-1"}, "an ASCII id"),
        ({"question": " "}, "a question"),
        ({"extra": 1}, "unknown fields: extra"),
        ({"gold": [{"document": "x"}]}, "missing"),
        ({"facts": {"boss": "x"}}, "boss"),
    ],
)
def test_a_malformed_line_is_told_with_its_number(tmp_path: Path, changed: dict[str, object], told: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text("\n" + json.dumps({**RECORD, **changed}) + "\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read(path)
    assert "q.jsonl line 2" in str(caught.value).replace("...", "") or "line 2" in str(caught.value)
    assert told in str(caught.value)


def test_an_id_stands_once(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(2 * (json.dumps(RECORD) + "\n"), encoding="utf-8")
    with pytest.raises(DataError, match="expected each id once"):
        read(path)
