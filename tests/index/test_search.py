"""Lexical scores, contexts and fusion, on texts small enough to check by hand."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent))

from fakes import HashEncoder

from corpus.types import Document, Edition, Metadata, Passage
from index import search as searching
from index.context import MAX_CONTEXT, embedded_text
from index.lexical import LexicalIndex, matched
from index.search import Indexes, search
from index.text_index import index_texts
from index.types import Query, Weights

TEXTS = ["Trên 85% dân số có điện thoại thông minh", "Sở Nội vụ tổ chức tập huấn", "Hộ gia đình kết nối Internet"]


def passage(text: str, headings: tuple[str, ...] = (), columns: tuple[str, ...] = ()) -> Passage:
    return Passage("d.1", "d", "d.1", "other", text, 0, len(text), headings, columns, "", "", 1)


def document(title: str = "Chuyển đổi số") -> Document:
    meta = Metadata("1/KH-UBND", "Kế hoạch", "UBND tỉnh Hà Giang", "Hà Giang", "2024-04-05", title)
    return Document("d", meta, (Edition("a", "0", "txt", 1),), "", (), ())


def test_marks_count_when_the_question_has_them() -> None:
    index = LexicalIndex.build([*TEXTS, "Số nợ vụ mùa"], [""] * 4)
    scores = index.scores("Sở Nội vụ")
    assert scores.argmax() == 1
    assert index.scores("so noi vu").argmax() == 1  # the pair noi_vu stands in one text only
    assert index.scores("dien thoai").argmax() == 0


def test_a_question_without_known_terms_scores_nothing() -> None:
    index = LexicalIndex.build(TEXTS, TEXTS)
    for question in ("???", "", "xyzzy"):
        np.testing.assert_array_equal(index.scores(question), np.zeros(3, np.float32))


def test_matched_terms_are_those_the_text_holds() -> None:
    assert matched("điện thoại ở Trà Vinh", TEXTS[0]) == ("điện", "thoại")
    assert matched("dien thoai o dau", TEXTS[0]) == ("dien", "thoai")


def test_the_body_is_looked_up_by_itself() -> None:
    index = LexicalIndex.build(["Trà Vinh Hộ gia đình", "Trà Vinh Sở Nội vụ"], ["Hộ gia đình", "Sở Nội vụ"])
    assert (index.scores("Trà Vinh") > 0).all()
    np.testing.assert_array_equal(index.scores("Trà Vinh", "body"), np.zeros(2, np.float32))


ALL = Weights(dense=0.3, late=0.4, lexical=0.2, body=0.1)


def indexes(folder: Path, encoder: HashEncoder, texts: list[str] = TEXTS) -> Indexes:
    return index_texts(folder, [(text,) for text in texts], texts, texts, encoder)


def test_allowed_rows_alone_are_found(tmp_path: Path) -> None:
    encoder = HashEncoder()
    held, query = indexes(tmp_path, encoder), Query("Sở Nội vụ", "Sở Nội vụ", ALL)
    hits = search(query, encoder, held, np.array([True, False, True]))
    assert sorted(hit.row for hit in hits) == [0, 2]
    assert search(query, encoder, held, np.zeros(3, bool)) == []


def test_the_best_of_all_evidence_scores_one(tmp_path: Path) -> None:
    encoder = HashEncoder()
    hits = search(Query(TEXTS[1], TEXTS[1], ALL), encoder, indexes(tmp_path, encoder), texts=TEXTS)
    assert hits[0].row == 1
    assert abs(hits[0].score - 1.0) < 1e-6
    assert hits[0].terms == ("sở", "nội", "vụ", "tổ", "chức", "tập", "huấn")


def test_a_prior_moves_a_passage_up(tmp_path: Path) -> None:
    encoder = HashEncoder()
    held, query = indexes(tmp_path, encoder), Query(TEXTS[1], TEXTS[1], ALL)
    hits = search(query, encoder, held, prior=np.array([0, 0, 9], np.float32))
    assert [hits[0].row, hits[0].prior] == [2, 9.0]


def test_only_the_best_candidates_are_read_token_by_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "CANDIDATES", 2)
    encoder = HashEncoder()
    hits = search(Query(TEXTS[1], TEXTS[1], ALL), encoder, indexes(tmp_path, encoder))
    assert [hit.late != 0 for hit in hits] == [True, True, False]


class ByLength:
    """Judges the longest text the best."""

    name = "by-length"

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        assert question == "hỏi"
        return np.array([len(text) / 100 for text in texts], np.float32)


def test_a_reranker_has_the_last_word_on_the_first_hits(tmp_path: Path) -> None:
    encoder = HashEncoder()
    held, query = indexes(tmp_path, encoder), Query(TEXTS[1], TEXTS[1], ALL, asked="hỏi")
    for k, rows in ((3, [0, 2, 1]), (1, [0])):
        assert [hit.row for hit in search(query, encoder, held, k=k, texts=TEXTS, reranker=ByLength())] == rows


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
