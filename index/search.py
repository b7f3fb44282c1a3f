"""Passages ranked for a query: dense, late and lexical evidence, weighed against each other.

Every kind of evidence is put on a scale on which the best passage has 1 (a convex combination of scores: Bruch, Gai &
Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval"): how far a passage lies behind the best tells more
than its rank. The scales are fixed, so that a filter that leaves three passages does not stretch what tells them apart.

Up to some ten thousand passages all evidence of all of them is weighed. Beyond that only of candidates: the passages
nearest to the question, and those for which everything else speaks most, which is known of all passages. A passage that
is in neither list lies behind the last of both, so that it could rank high by neither.
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
from index.types import Dense, Encoder, Hit, Query, Vectors, Weights

CANDIDATES = 24
"""How many of the first ranking's best are looked at token by token."""
POOL = 1000
"""How many passages of each list are candidates where not all are looked at, or twice as many as are asked for."""
RERANKED = 30
"""How many of the best a reranker judges, where one is configured."""
DENSE_SPREAD, LATE_SPREAD = 0.6, 0.3
"""Cosines between the best passage and one that has nothing to do with the question, as seen on `dev` questions."""


@dataclass(frozen=True, slots=True)
class Indexes:
    """All that is searched, over the same passages in the same order."""

    dense: Dense
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
    weights, space = query.weights if indexes.late.is_kept else _without_late(query.weights), indexes.space
    size = indexes.dense.shape[0]
    if not size or (allowed is not None and not allowed.any()):
        return []
    if allowed is not None and allowed.all():
        allowed = None
    reading = encoder.read_question(query.dense)
    question = space.question(reading.vector, query.language)
    whole, body = (indexes.lexical.scores(query.lexical, part) for part in ("whole", "body"))
    words = Words(weights, query.trust, whole, body, allowed)
    before = np.zeros(size, np.float32) if prior is None else prior
    if (size if allowed is None else int(np.count_nonzero(allowed))) > indexes.dense.scan:
        count = max(POOL, 2 * k)
        near, _ = indexes.dense.nearest(question, count, allowed)
        rows = np.union1d(near, _highest(words.added_to(before), count, allowed))
    else:
        rows = np.arange(size) if allowed is None else np.flatnonzero(allowed)
    cosine = indexes.dense.cosines(question, rows)
    fused = weights.dense * (1 + (cosine - cosine.max()) / DENSE_SPREAD) + before[rows]
    fused += words.of(rows)
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
            lexical=float(whole[rows[i]]),
            terms=matched(query.lexical, texts[rows[i]]) if len(texts) else (),
            late=float(late[i]),
            prior=float(before[rows[i]]),
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


def _without_late(weights: Weights) -> Weights:
    """The weights where no tokens are kept: what they would have counted for goes to the others, each by its share.

    >>> _without_late(Weights(dense=0.25, late=0.5, lexical=0.25))
    Weights(dense=0.5, late=0.0, lexical=0.5, body=0.0)
    """
    others = weights.dense + weights.lexical + weights.body
    more = (others + weights.late) / others if others else 1.0
    return Weights(more * weights.dense, 0.0, more * weights.lexical, more * weights.body)


class Words:
    """What the words of the query speak for: BM25 scores as shares of the best one that is allowed."""

    def __init__(
        self, weights: Weights, trust: float, whole: Vectors, body: Vectors, allowed: NDArray[np.bool_] | None
    ) -> None:
        self._fields = [(weights.lexical, whole), (weights.body, body)]
        self._best = [float((scores if allowed is None else scores[allowed]).max()) for _, scores in self._fields]
        self._trust = trust

    def of(self, rows: NDArray[np.intp]) -> Vectors:
        """Shape (rows,)."""
        whole, body = (
            weight * _of_best(scores[rows], best)
            for (weight, scores), best in zip(self._fields, self._best, strict=True)
        )
        return np.asarray(self._trust * (whole + body), np.float32)

    def added_to(self, before: Vectors) -> Vectors:
        """The same for all passages, added to what is known of them; to the last digit or two, which saves time."""
        total, part = before.copy(), np.empty_like(before)
        for (weight, scores), best in zip(self._fields, self._best, strict=True):
            if best > 0:
                total += np.multiply(scores, np.float32(self._trust * weight / best), out=part)
        return total


def _of_best(scores: Vectors, best: float) -> Vectors:
    """Scores as shares of the best one; all 0 when nothing was found.

    >>> _of_best(np.array([1.0, 2.0], np.float32), 4.0).tolist()
    [0.25, 0.5]
    """
    return scores / best if best > 0 else np.zeros_like(scores)


def _highest(scores: Vectors, count: int, allowed: NDArray[np.bool_] | None) -> NDArray[np.intp]:
    """The rows of the `count` highest scores that are allowed, in any order.

    >>> sorted(_highest(np.array([0.5, 0.25, 0.75], np.float32), 2, None).tolist())
    [0, 2]
    """
    if allowed is not None:
        scores = np.where(allowed, scores, np.float32(-np.inf))
    # Of a million scores one in 64 tells well enough where the highest begin; to part them all takes ten times as long.
    seen = np.sort(scores[::64])[::-1]
    floor = seen[min(len(seen) - 1, 8 + 2 * count // 64)]
    rows = np.flatnonzero(scores >= floor) if np.isfinite(floor) else np.arange(len(scores))
    if len(rows) < count:
        rows = np.arange(len(scores))
    if len(rows) > count:
        rows = rows[np.argpartition(-scores[rows], count)[:count]]
    return rows if allowed is None else rows[allowed[rows]]
