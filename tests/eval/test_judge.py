"""Judging by quotes: what holds a quote, what does not, and how hits become ids."""

from __future__ import annotations

import pytest

from eval.judge import holds, judged_ids, squash
from eval.plans import PlanQuestions, numbers_by_file
from eval.questions import Gold, GoldFacts, Question
from eval.types import Hit

QUOTE = "Trên 85% dân số có điện thoại"  # 7 words: 80% are 6


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("- Trên 85% dân\nsố có  điện thoại thông minh.", True),
        ("đến năm 2025: Trên 85% dân số có điện", True),  # cut after the sixth word
        ("85% dân số có điện thoại thông minh", True),  # cut before the second
        ("85% dân số có điện", False),  # five words are all there is
        ("Trên 85% dân số có điện, máy tính và thoại", False),  # six words, but the text goes on
        ("Trên 70% dân số có điện thoại", False),
        ("", False),
    ],
)
def test_a_text_holds_a_quote_or_not(text: str, held: bool) -> None:
    assert holds(squash(text), QUOTE) is held


def test_both_spellings_of_a_character_are_one() -> None:
    assert holds(squash("Tr\u0061\u0300 Vinh\u00a0n\u0103m 2025"), "Trà Vinh năm 2025")


def question(*quotes: tuple[str, str]) -> Question:
    gold = tuple(Gold(document, "Trà Vinh", quote) for document, quote in quotes)
    return Question("t-1", "?", "vi", True, "citizen", "target", True, "", gold, GoldFacts(), False)


DOCUMENTS = {"a.txt": "1/KH-UBND", "a2.txt": "1/KH-UBND", "b.txt": "2/KH-UBND"}


def test_a_quote_counts_once_where_it_stands_best() -> None:
    asked = question(("1/KH-UBND", "một hai ba"), ("1/KH-UBND", "bốn năm sáu"))
    hits = [
        Hit("b.txt", 5.0, "một hai ba"),  # the words, in another document
        Hit("a.txt", 4.0, "không một hai ba bốn"),
        Hit("a2.txt", 3.0, "một hai ba"),  # found already
        Hit("a.txt", 2.0, "bốn năm sáu"),
    ]
    found = judged_ids(asked, hits, DOCUMENTS, 10)
    assert [id for id, _ in found] == ["b.txt#1", "t-1.gold-1", "a2.txt#3", "t-1.gold-2"]
    assert [id for id, _ in judged_ids(asked, hits, DOCUMENTS, 2)] == ["b.txt#1", "t-1.gold-1"]


def test_a_hit_with_two_quotes_takes_two_places() -> None:
    asked = question(("1/KH-UBND", "một hai ba"), ("1/KH-UBND", "bốn năm sáu"))
    found = judged_ids(asked, [Hit("a.txt", 1.0, "một hai ba bốn năm sáu")], DOCUMENTS, 10)
    assert found == [("t-1.gold-1", 1.0), ("t-1.gold-2", 1.0)]


def test_our_set_is_a_data_set() -> None:
    data = PlanQuestions("dev")
    qrels, queries = data.qrels(), data.queries()
    assert qrels.keys() == queries.keys()
    assert all(query in qrels for query in qrels) and all(qrels.values())
    assert {item.id for item in data.items()} == set(numbers_by_file())
    assert len(set(numbers_by_file().values())) == 4  # five files, two of them editions of one decision


def test_the_hash_tells_the_halves_apart() -> None:
    assert len({PlanQuestions(split).sha256() for split in ("dev", "test", "all")}) == 3
