"""One query ranked by planqa's own search, whole or with one half of it switched off."""

from __future__ import annotations

from typing import Literal

import numpy as np

from index.lexical import LexicalIndex
from index.search import Indexes, search
from index.types import Encoder, Query, Weights

Mode = Literal["hybrid", "dense", "bm25"]

Ranked = list[tuple[int, float]]
"""Rows of an index with their scores, best first."""


def rank_bm25(lexical: LexicalIndex, text: str, k: int) -> Ranked:
    """By BM25 of the text as it was typed; rows without any of its terms are not found."""
    scores = lexical.scores(text)
    rows = np.argsort(-scores, kind="stable")[:k]
    return [(int(row), float(scores[row])) for row in rows if scores[row] > 0]


def rank(query: Query, encoder: Encoder, indexes: Indexes, k: int) -> Ranked:
    """By `index.search.search`."""
    return [(hit.row, hit.score) for hit in search(query, encoder, indexes, k=k)]


def dense_query(text: str, language: str) -> Query:
    """A query that is embedded as it was typed, and not looked up."""
    return Query(text, "", Weights(dense=1), language)
