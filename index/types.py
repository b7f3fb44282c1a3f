"""The values and protocols of the index room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Progress = Callable[[str, int, int], None]
"""Called with (what is done, how many are done, how many there are)."""


class Encoder(Protocol):
    """Turns text into unit vectors; questions and passages may be prompted differently."""

    @property
    def name(self) -> str:
        """Identifies model and weights; stored in the home and compared when it is opened."""
        ...

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        ...

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), each of length 1."""
        ...

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Vectors of shape (len(texts), dimension), each of length 1, in the order of `texts`."""
        ...


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: the text to embed, and the terms to look up."""

    dense: str
    lexical: str
    dense_weight: float = 0.5  # share of the dense score in the fused one, 0 to 1


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found; `row` counts passages in the order of the home."""

    row: int
    score: float  # fused, 0 to 1
    dense: float  # cosine similarity
    lexical: float  # BM25
    terms: tuple[str, ...] = ()  # terms of the query that the passage holds
