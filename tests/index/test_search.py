"""Lexical scores, contexts and fusion, on texts small enough to check by hand."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from fakes import HashEncoder

from corpus.types import Document, Edition, Metadata, Passage
from index.context import MAX_CONTEXT, embedded_text
from index.lexical import LexicalIndex, matched
from index.search import search
from index.types import Query
from index.vectors import DenseIndex

TEXTS = ["Trên 85% dân số có điện thoại thông minh", "Sở Nội vụ tổ chức tập huấn", "Hộ gia đình kết nối Internet"]


def passage(text: str, headings: tuple[str, ...] = (), columns: tuple[str, ...] = ()) -> Passage:
    return Passage("d.1", "d", "d.1", "other", text, 0, len(text), headings, columns, "", "", 1)


def document(title: str = "Chuyển đổi số") -> Document:
    meta = Metadata("1/KH-UBND", "Kế hoạch", "UBND tỉnh Hà Giang", "Hà Giang", "2024-04-05", title)
    return Document("d", meta, (Edition("a", "0", "txt", 1),), "", (), ())


def test_marks_count_when_the_question_has_them() -> None:
    index = LexicalIndex.build([*TEXTS, "Số nợ vụ mùa"])
    scores = index.scores("Sở Nội vụ")
    assert scores.argmax() == 1
    assert index.scores("so noi vu").argmax() == 1  # the pair noi_vu stands in one text only
    assert index.scores("dien thoai").argmax() == 0


def test_a_question_without_known_terms_scores_nothing() -> None:
    index = LexicalIndex.build(TEXTS)
    for question in ("???", "", "xyzzy"):
        np.testing.assert_array_equal(index.scores(question), np.zeros(3, np.float32))


def test_matched_terms_are_those_the_text_holds() -> None:
    assert matched("điện thoại ở Trà Vinh", TEXTS[0]) == ("điện", "thoại")
    assert matched("dien thoai o dau", TEXTS[0]) == ("dien", "thoai")


def test_allowed_rows_alone_are_found() -> None:
    encoder = HashEncoder()
    dense, lexical = DenseIndex.build(encoder.encode_passages(TEXTS)), LexicalIndex.build(TEXTS)
    hits = search(Query("Sở Nội vụ", "Sở Nội vụ"), encoder, dense, lexical, TEXTS, np.array([True, False, True]))
    assert sorted(hit.row for hit in hits) == [0, 2]
    assert search(Query("a", "a"), encoder, dense, lexical, TEXTS, np.zeros(3, bool)) == []


def test_the_best_of_both_scores_one() -> None:
    encoder = HashEncoder()
    dense, lexical = DenseIndex.build(encoder.encode_passages(TEXTS)), LexicalIndex.build(TEXTS)
    hits = search(Query(TEXTS[1], TEXTS[1]), encoder, dense, lexical, TEXTS)
    assert hits[0].row == 1
    assert hits[0].score == 1.0
    assert abs(hits[0].dense - 1.0) < 1e-5


def test_a_row_is_embedded_with_its_column_names() -> None:
    row = passage("1 | Lập bảng giá | Sở Công Thương", ("Phụ lục",), ("STT", "Nhiệm vụ", "Chủ trì"))
    text = embedded_text(document(), row)
    assert text.startswith("Hà Giang. Kế hoạch 1/KH-UBND 2024 > Chuyển đổi số > Phụ lục: ")
    assert text.endswith("STT: 1; Nhiệm vụ: Lập bảng giá; Chủ trì: Sở Công Thương")


def test_a_long_context_is_cut_from_the_outside() -> None:
    headings = tuple(f"tiêu đề {number} " + "dài " * 40 for number in range(6))
    text = embedded_text(document("tên " * 100), passage("Nội dung.", headings))
    assert len(text) <= MAX_CONTEXT + len(": Nội dung.") + 10
    assert "tiêu đề 5" in text and "tiêu đề 0" not in text
