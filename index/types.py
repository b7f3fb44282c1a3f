"""The values and protocols of the index room."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Progress = Callable[[str, int, int], None]
"""Called with (what is done, how many are done, how many there are)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One text as the encoder reads it: a vector of the whole, and one of each token in its place."""

    vector: Vectors  # (dimension,), of length 1
    tokens: Vectors  # (tokens, dimension), each of length 1; prompt and special tokens left out, never empty
    ids: NDArray[np.int32]  # (tokens,), the tokens' numbers in the encoder's vocabulary


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

    @property
    def max_tokens(self) -> int:
        """The window: how many tokens of a text, prompt included, it reads."""
        ...

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), each of length 1."""
        ...

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Vectors of shape (len(texts), dimension), each of length 1, in the order of `texts`."""
        ...

    def read_question(self, text: str) -> Reading:
        """A question with its tokens."""
        ...

    def read_sample(self, text: str, is_passage: bool = False) -> Reading:
        """A question or passage without what was learned of such texts, as the space is fitted to it."""
        ...

    def read_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Iterator[tuple[int, Reading]]:
        """Every passage with its tokens, as (place in `texts`, reading), in the order that suits the encoder."""
        ...


class Dense(Protocol):
    """Vectors of the passages, wherever they are kept; a passage that was cut into windows has a vector a window."""

    @property
    def shape(self) -> tuple[int, int]:
        """(passages, dimension)."""
        ...

    @property
    def scan(self) -> int:
        """Of how many passages a search may ask the cosines; of more than that it asks for the nearest first."""
        ...

    def nearest(
        self, question: Vectors, count: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.intp], Vectors]:
        """Rows and cosines of the `count` passages nearest to a question of shape (dimension,), best first.

        Which ones these are may be approximate; their cosines are not. Of the passages `allowed`, a mask of shape
        (passages,), all come when they are no more than `count`.
        """
        ...

    def cosines(self, question: Vectors, rows: NDArray[np.intp]) -> Vectors:
        """Cosines of these passages with the question, exact, shape (rows,): each of its nearest window."""
        ...

    def windows(self, row: int, count: int = 1) -> Vectors:
        """The vectors of a passage, or of so many one after the other, shape (their windows, dimension)."""
        ...


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts in the fused score."""

    dense: float = 0.0  # one vector a passage
    late: float = 0.0  # one vector a token, each question token against its best match
    lexical: float = 0.0  # BM25 over the passage with what it inherits
    body: float = 0.0  # BM25 over the passage's own words


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: the text to embed, and the terms to look up."""

    dense: str
    lexical: str
    weights: Weights
    language: str = ""  # which group of sample questions it is centred with
    trust: float = 1.0  # 0 to 1: share of the question that `lexical` stands for
    asked: str = ""  # the question as it was typed, where `dense` holds more


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found; `row` counts passages in the order of the home."""

    row: int
    score: float  # fused
    dense: float  # cosine similarity, centred
    lexical: float  # BM25
    terms: tuple[str, ...] = ()  # terms of the query that the passage holds
    late: float = 0.0  # mean similarity of the question's tokens to their best matches; 0 where it was not looked at
    prior: float = 0.0  # what spoke for or against the passage whatever its words are
