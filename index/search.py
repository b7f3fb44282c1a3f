"""Passages ranked for a query: dense and lexical scores, each scaled to 0..1, then weighed against each other.

Fusion by min-max scaled scores (Bruch, Gai & Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval"): how
far a score leads tells more than its rank, and the weight can follow the question's language.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalIndex, matched
from index.types import Encoder, Hit, Query
from index.vectors import DenseIndex


def search(
    query: Query,
    encoder: Encoder,
    dense: DenseIndex,
    lexical: LexicalIndex,
    texts: Sequence[str],
    allowed: NDArray[np.bool_] | None = None,
    k: int = 10,
    prior: NDArray[np.float32] | None = None,
) -> list[Hit]:
    """The k best passages, best first, among those `allowed` (all when None).

    `prior`, of shape (passages,), is added to the fused scores: what speaks for a passage whatever its words are.
    `texts` are the passages' own words in the order of the index: what a hit's matched terms are read off.
    """
    cosine = dense.scores(encoder.encode_questions([query.dense])[0])
    bm25 = lexical.scores(query.lexical)
    if allowed is None:
        allowed = np.ones(len(texts), bool)
    rows = np.flatnonzero(allowed)
    if not rows.size:
        return []
    weight = query.dense_weight if bm25[rows].max() > 0 else 1.0
    fused = weight * _scaled(cosine[rows]) + (1 - weight) * _scaled(bm25[rows])
    if prior is not None:
        fused = fused + prior[rows]
    best = np.argsort(-fused, kind="stable")[:k]
    return [
        Hit(
            row=int(rows[i]),
            score=float(fused[i]),
            dense=float(cosine[rows[i]]),
            lexical=float(bm25[rows[i]]),
            terms=matched(query.lexical, texts[rows[i]]),
        )
        for i in best
    ]


def _scaled(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores moved and stretched to 0..1; all 0 when they are all the same.

    >>> _scaled(np.array([1.0, 2.0, 3.0], np.float32)).tolist()
    [0.0, 0.5, 1.0]
    """
    low, high = float(scores.min()), float(scores.max())
    if high <= low:
        return np.zeros_like(scores)
    return (scores - low) / (high - low)
