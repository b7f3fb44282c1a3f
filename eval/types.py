"""The values that the eval room works on: what is indexed, what is found, what is judged, what is scored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.types import Progress

Qrels = dict[str, dict[str, int]]
"""Relevance by query id and document id; 0 and below is not relevant, above it the higher the better."""

Run = dict[str, dict[str, float]]
"""Scores by query id and document id; the higher, the nearer to the top."""


@dataclass(frozen=True, slots=True)
class Item:
    """What a system indexes: a document of a BEIR corpus, or a source file of the plans."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """What a system finds: (part of) an item, with the words that it would show."""

    id: str  # of the item
    score: float
    text: str


class System(Protocol):
    """A retrieval system under test. These two methods are all that a new one needs."""

    @property
    def name(self) -> str:
        """How tables and runs call it."""
        ...

    def index(self, items: Sequence[Item], progress: Progress | None = None) -> None:
        """Take in the collection; called once, before any search."""
        ...

    def search(self, query: str, k: int) -> list[Hit]:
        """The nearest hits, best first: k of them where there are so many, or more; several may be of one item."""
        ...


class DataSet(Protocol):
    """A collection with queries and judgements."""

    @property
    def name(self) -> str:
        """How tables call it."""
        ...

    def items(self) -> Iterator[Item]:
        """The collection, one item at a time."""
        ...

    def queries(self) -> dict[str, str]:
        """Text of the judged queries by id, in a fixed order."""
        ...

    def qrels(self) -> Qrels:
        """The judgements."""
        ...

    def judged(self, query: str, hits: Sequence[Hit], k: int) -> dict[str, float]:
        """The first k hits of the query of this id as ids that the qrels speak of, scores falling strictly."""
        ...

    def read_run(self, path: Path) -> Run:
        """A TREC run of this data set; DataError where it names what the data set does not have."""
        ...

    def sha256(self) -> str:
        """Hash of everything that decides about scores."""
        ...
