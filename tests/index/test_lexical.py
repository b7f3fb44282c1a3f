"""The lexical index: BM25 as bm25s works it out, from counts that are kept segment by segment."""

from __future__ import annotations

from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.vietnamese import fold, has_diacritics, words
from index.lexical import FOLDED, FORMS, K1, B, LexicalIndex, Segment, terms
from index.postings import Postings

WORDS = ["chữ", "ký", "ký", "số", "chu", "ky", "749/qđ-ttg", "5g", "và", "Điện", "tử", "m̀", "İx", "_", "???"]
TEXT = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


def by_bm25s(texts: list[str], question: str) -> np.ndarray:
    """What bm25s, which scores when it indexes, says of every text."""
    shape = (lambda text: text) if has_diacritics(question) else fold
    index = bm25s.BM25(k1=K1, b=B)
    index.index([terms(shape(text)) or ["\0"] for text in texts], show_progress=False)
    asked = [term for term in terms(shape(question)) if term in index.vocab_dict]
    return index.get_scores(asked) if asked else np.zeros(len(texts), np.float32)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=9), TEXT, st.integers(1, 4))
def test_scores_are_those_of_bm25s_however_the_texts_are_cut(
    texts: list[tuple[str, str]], question: str, size: int
) -> None:
    bodies, wholes = [own for own, _ in texts], [f"{own}\n{inherited}" for own, inherited in texts]
    cut = [Segment.build(wholes[at : at + size], bodies[at : at + size]) for at in range(0, len(texts), size)]
    for index in (LexicalIndex(cut), LexicalIndex.build(wholes, bodies)):
        for part, of in (("whole", wholes), ("body", bodies)):
            np.testing.assert_array_equal(index.scores(question, part), by_bm25s(of, question))


def test_scores_of_a_few_texts_by_hand() -> None:
    index = LexicalIndex.build(["chợ phiên", "chợ đêm", "sông"], ["", "", ""])
    # "đêm" stands in 1 of 3 texts: log(1 + 2.5 / 1.5) = 0.9808; 3 terms of 7/3 on average: 0.25 + 0.75 * 9/7 = 1.2143;
    # 0.9808 / (1 + 1.2 * 1.2143) = 0.3992, and the same for the pair that holds it
    assert index.scores("đêm").tolist() == pytest.approx([0, 0.39917, 0], abs=1e-4)
    assert index.scores("đêm").argmax() == index.scores("dem").argmax() == 1
    for unknown in ("", "???", "xyzzy"):
        assert index.scores(unknown).tolist() == [0, 0, 0]


def test_a_term_asked_twice_counts_twice() -> None:
    index = LexicalIndex.build(["chợ phiên", "chợ đêm"], ["", ""])
    once, twice = index.scores("đêm"), index.scores("đêm ? đêm")
    np.testing.assert_allclose(twice, 2 * once, rtol=1e-6)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(TEXT, min_size=1, max_size=6), st.integers(1, 3))
def test_counts_are_those_of_the_words(texts: list[str], size: int) -> None:
    parts = [texts[at : at + size] for at in range(0, len(texts), size)]
    index = LexicalIndex([Segment.build(part, part) for part in parts])
    asked = [*sorted({term for text in texts for term in terms(text)}), "gone", "gone_gone"]
    found = [terms(text) for text in texts]
    assert index.frequencies(asked).tolist() == [sum(term in text for text in found) for term in asked]
    assert index.totals(asked).tolist() == [sum(text.count(term) for text in found) for term in asked]
    folded = [terms(fold(text)) for text in texts]
    asked = sorted({term for text in folded for term in text})
    assert index.frequencies(asked, FOLDED).tolist() == [sum(term in text for text in folded) for term in asked]
    assert list(index.words()) == list(dict.fromkeys(word for text in texts for word in words(text)))
    assert index.syllables == sum(len(words(text)) for text in texts)


def test_a_segment_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    texts = ["Chữ ký số 749/QĐ-TTg", "", "chợ phiên"]
    Segment.build(texts, ["ký", "", "chợ"]).save(tmp_path)
    index = LexicalIndex([Segment(3, lambda form: Postings.load(tmp_path / form))])
    built = LexicalIndex.build(texts, ["ký", "", "chợ"])
    for question in ("chữ ký số", "cho phien"):
        for part in ("whole", "body"):
            np.testing.assert_array_equal(index.scores(question, part), built.scores(question, part))
    assert sorted(path.name for path in (tmp_path / "marked").iterdir()) == ["postings.npy", "terms.npz", "words.json"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FORMS)


def test_a_home_of_nothing_but_signs_can_be_asked(tmp_path: Path) -> None:
    Segment.build(["...", "!"], ["", ""]).save(tmp_path)
    index = LexicalIndex([Segment(2, lambda form: Postings.load(tmp_path / form))])
    assert index.scores("chợ").tolist() == [0, 0]
    assert index.totals(["chợ", "chợ_phiên"]).tolist() == [0, 0]


def test_rows_that_hold_parts_of_numbers() -> None:
    index = LexicalIndex.build(["số 749/QĐ-TTg", "7490 và 749", "ngày 10/10/2022"], ["", "", ""])
    assert index.holding(["749"], "marked").tolist() == [0, 1]
    assert index.holding(["749", "ttg"], "marked").tolist() == [0]
    assert index.holding(["qd"], "folded").tolist() == [0]
    assert index.holding(["10", "2022"], "folded").tolist() == [2]
    assert index.holding([], "folded").tolist() == [0, 1, 2]
    assert index.holding(["gone"], "marked").tolist() == []
