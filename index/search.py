"""Passages ranked for a query: dense, late and lexical evidence, weighed against each other.

Every kind of evidence is put on a scale on which the best passage has 1 (a convex combination of scores: Bruch, Gai &
Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval"): how far a passage lies behind the best tells more
than its rank. The scales are fixed, so that a filter that leaves three passages does not stretch what tells them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.late import LateIndex
from index.lexical import LexicalIndex, matched
from index.reranker import Reranker
from index.space import Space
from index.types import Encoder, Hit, Query, Vectors
from index.vectors import DenseIndex

CANDIDATES = 48
"""How many of the first ranking's best are looked at token by token."""
RERANKED = 30
"""How many of the best a reranker judges, where one is configured."""
DENSE_SPREAD, LATE_SPREAD = 0.6, 0.3
"""Cosines between the best passage and one that has nothing to do with the question, as seen on `dev` questions."""


@dataclass(frozen=True, slots=True)
class Indexes:
    """All that is searched, over the same passages in the same order."""

    dense: DenseIndex
    lexical: LexicalIndex
    late: LateIndex
    space: Space


def search(
    query: Query,
    encoder: Encoder,
    indexes: Indexes,
    allowed: NDArray[np.bool_] | None = None,
    k: int = 10,
    prior: NDArray[np.float32] | None = None,
    texts: Sequence[str] = (),
    reranker: Reranker | None = None,
) -> list[Hit]:
    """The k best passages, best first, among those `allowed` (all when None).

    `prior`, of shape (passages,), is added to the fused scores: what speaks for a passage whatever its words are.
    `texts` are the passages' own words in the order of the index: what a hit's matched terms are read off, if given,
    and what a `reranker` reads, which puts the first of them in an order of its own.
    """
    size = indexes.dense.shape[0]
    rows = np.arange(size) if allowed is None else np.flatnonzero(allowed)
    if not rows.size:
        return []
    weights, space = query.weights, indexes.space
    reading = encoder.read_question(query.dense)
    cosine = indexes.dense.scores(space.question(reading.vector, query.language))[rows]
    whole, body = (indexes.lexical.scores(query.lexical, part)[rows] for part in ("whole", "body"))
    before = np.zeros(len(rows), np.float32) if prior is None else prior[rows]
    fused = weights.dense * (1 + (cosine - cosine.max()) / DENSE_SPREAD) + before
    fused += query.trust * (weights.lexical * _of_best(whole) + weights.body * _of_best(body))
    late = np.zeros(len(rows), np.float32)
    if weights.late:
        near = np.argsort(-fused, kind="stable")[:CANDIDATES]
        tokens = space.question_tokens(reading.tokens, query.language)
        late[near] = indexes.late.scores(tokens, np.sqrt(indexes.late.rarity(reading.ids)), rows[near])
        scaled = np.full(len(rows), late[near].min(), np.float32)
        scaled[near] = late[near]
        fused += weights.late * (1 + (scaled - scaled.max()) / LATE_SPREAD)
    total = weights.dense + weights.late + query.trust * (weights.lexical + weights.body)
    best = np.argsort(-fused, kind="stable")[: max(k, RERANKED)]
    if reranker is not None and len(texts):
        first = best[:RERANKED]
        judged = reranker.scores(query.asked or query.dense, [texts[rows[i]] for i in first])
        best = np.concatenate([first[np.argsort(-judged, kind="stable")], best[RERANKED:]])
    return [
        Hit(
            row=int(rows[i]),
            score=float(fused[i] / total) if total else 0.0,
            dense=float(cosine[i]),
            lexical=float(whole[i]),
            terms=matched(query.lexical, texts[rows[i]]) if len(texts) else (),
            late=float(late[i]),
            prior=float(before[i]),
        )
        for i in best[:k]
    ]


def only(query: Query, **weights: float) -> Query:
    """The query with other weights: what is not named counts nothing.

    >>> from index.types import Weights
    >>> only(Query("a", "b", Weights(late=1)), dense=1).weights.late
    0.0
    """
    return replace(query, weights=type(query.weights)(**weights))


def _of_best(scores: Vectors) -> Vectors:
    """Scores as shares of the best one; all 0 when nothing was found.

    >>> _of_best(np.array([1.0, 2.0, 4.0], np.float32)).tolist()
    [0.25, 0.5, 1.0]
    """
    best = float(scores.max())
    return scores / best if best > 0 else np.zeros_like(scores)
