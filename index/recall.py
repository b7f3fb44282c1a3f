"""How much an approximate index finds of what comparing every vector finds, on questions made of its own passages.

A question is a vector of the home with more than its length in noise, most of it along the directions in which the
vectors themselves differ. Such noise leads to other passages, as a real question does, and an index finds its nearest
about as seldom: with the same effort .956 and .968 of them at 100,000 and 1,000,000 made vectors, where of the nearest
of the `dev` questions of eval/ .951 and .948 were found. Noise alike in all directions, at twice the length, leads
nowhere: .994 and .995. A passage that was found counts where it is as near as the tenth best, so that none of several
equal ones is a mistake.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.space import unit
from index.types import Dense, Vectors

QUESTIONS, DEPTH = 200, 10
ALONG, ASIDE = 1.5, 1.0
"""Lengths of the noise along the spread of the vectors, and alike in all directions; a vector's own is 1."""
_SEEN = 5_000  # vectors, at most, that the spread is taken from
_BLOCK = 8_192  # vectors at a time: their products with all questions stay in the processor's cache
_EQUAL = 1e-5  # products of two libraries differ by less


@dataclass(frozen=True, slots=True)
class Sample:
    """Questions, shape (n, dimension), and the cosine of each with the last passage that counts."""

    questions: Vectors
    least: Vectors
    depth: int

    @classmethod
    def of(cls, vectors: Vectors, starts: NDArray[np.int64]) -> Sample:
        """Questions near some of the windows, the same ones for the same vectors."""
        chance = np.random.default_rng(7)
        chosen = np.sort(chance.choice(len(vectors), min(QUESTIONS, len(vectors)), replace=False))
        near = np.asarray(vectors[chosen], np.float32)
        aside = chance.standard_normal((len(chosen), vectors.shape[1])).astype(np.float32)
        questions = unit(near + ALONG * unit(_along(vectors, len(chosen), chance)) + ASIDE * unit(aside))
        depth = min(DEPTH, len(starts))
        return cls(questions, _best(questions, vectors, starts, depth)[:, -1] if depth else questions[:, 0], depth)

    def recall(self, index: Dense) -> float:
        """The share of the best passages that the index finds, from 0 to 1; 1 where there is nothing to find."""
        if not self.depth:
            return 1.0
        found = 0
        for question, least in zip(self.questions, self.least, strict=True):
            _, cosines = index.nearest(question, self.depth)
            found += int(np.count_nonzero(cosines >= least - _EQUAL))
        return round(found / (len(self.questions) * self.depth), 4)


def _along(vectors: Vectors, count: int, chance: np.random.Generator) -> Vectors:
    """Noise that is spread as the vectors are: sums of their differences from their mean, shape (count, dimension)."""
    seen = np.asarray(vectors[:: -(-len(vectors) // _SEEN) or 1], np.float32)
    drawn = chance.standard_normal((count, len(seen))).astype(np.float32)
    return (
        drawn @ (seen - seen.mean(0, keepdims=True)) if len(seen) else np.zeros((count, vectors.shape[1]), np.float32)
    )


def _best(questions: Vectors, vectors: Vectors, starts: NDArray[np.int64], depth: int) -> Vectors:
    """The highest cosines of passages with each question, best first, shape (questions, depth)."""
    best = np.full((len(questions), depth), -np.inf, np.float32)
    bounds = np.append(starts, len(vectors))
    row = 0
    while row < len(starts):
        last = max(row + 1, int(np.searchsorted(bounds, bounds[row] + _BLOCK, side="right")) - 1)
        similar = questions @ np.asarray(vectors[bounds[row] : bounds[last]], np.float32).T
        if similar.shape[1] > last - row:
            similar = np.maximum.reduceat(similar, bounds[row:last] - bounds[row], axis=1)
        both = np.concatenate([best, similar], axis=1)
        best = np.partition(both, both.shape[1] - depth, axis=1)[:, -depth:]
        row = last
    return np.sort(best, axis=1)[:, ::-1]
