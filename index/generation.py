"""One generation of a home: what was built from the sources, opened part by part.

generations/<name>/
  segments/<name>/            runs of documents, with passages, records and the counts of their words
  vectors.faiss               their vectors, in the order of the passages, and where each passage's begin
  late/                       the vectors of their tokens
  space.npz                   the space that vectors are compared in
  keys.npy                    a hash of what was encoded for each passage
  about.json                  what it was built from and with

Each part is checked against its hash when it is first used (index/checked.py says which, and why not all at once).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from corpus.types import Document, Passage
from index import checked, held
from index.columns import Columns
from index.damage import damaged
from index.keys import KEYS, load_keys
from index.late import LOADED, LateIndex, Stored
from index.lexical import LexicalIndex
from index.rows import Passages, Texts
from index.search import Indexes
from index.segment import Segment
from index.space import Space
from index.stored import Parts
from index.stores import AUTO, FLAT, files_of, open_dense
from index.types import Dense

ABOUT, SPACE, LATE = "about.json", "space.npz", "late"


@dataclass(frozen=True, slots=True)
class About:
    """What a generation was built from and with."""

    format: int
    encoder: str
    dimension: int
    documents: int
    passages: int
    shipped: bool  # holds the plans that come with planqa and nothing else
    space: str  # fingerprint of the encoder and the sample passages that the space was fitted to
    sources: tuple[dict[str, Any], ...]  # every field of a `Source` but its text, and its origin
    choice: str = AUTO  # of the index: by hand, or by size
    index: str = FLAT  # what was chosen
    recall_at_10: float = 1.0  # of the index against comparing every vector, on passages of its own
    tokens: bool = True  # whether they are kept: not in a big home
    segments: tuple[str, ...] = ()  # in the order of their documents
    parser: str = ""  # version of what read the documents
    samples: str = ""  # version of the sample passages


class Generation:
    """One built corpus, opened and held until the reader lets go of it; parts are read when they are first used.

    `degraded` says, in one line, why this is not the corpus that was built last; "" when it is.
    """

    def __init__(self, folder: Path, about: About, degraded: str = "") -> None:
        self.folder, self.about, self.degraded = folder, about, degraded
        self._holder = held.Holder(folder / ABOUT)
        self._hashed: set[str] = set()

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The segments, in the order of their documents."""
        return tuple(Segment(self.folder, name, self._holder) for name in self.about.segments)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents, in the order of their ids; text, passages and records are read when they are asked for."""
        parts = Parts()
        return tuple(document for segment in self.segments for document in segment.documents(parts))

    @cached_property
    def passages(self) -> Sequence[Passage]:
        """All passages, in the order of the vectors; each is read when it is asked for."""
        return Passages(self.segments)

    @cached_property
    def texts(self) -> Sequence[str]:
        """The passages' own words, in the order of the vectors."""
        return Texts(self.passages)

    @cached_property
    def columns(self) -> Columns:
        """What filters and weights ask of every passage."""
        found = Columns.of(self.segments)
        if len(found.years) != self.about.passages:
            raise damaged(self.folder, ValueError(f"{len(found.years)} passages"))
        return found

    @cached_property
    def dense(self) -> Dense:
        """The vectors of the passages.

        Raises:
            HomeError: a file is damaged, or does not fit the passages.
        """
        return self._dense(to_search=True)

    @cached_property
    def vectors(self) -> Dense:
        """The same, read from this folder alone: no Milvus is asked whether it could be searched."""
        return self._dense(to_search=False)

    def _dense(self, to_search: bool) -> Dense:
        names, mapped = files_of(self.about.index)
        try:
            self.require(*names, mapped=mapped)
            index = open_dense(self.folder, self.about.index, to_search)
        except (OSError, ValueError) as error:
            raise damaged(self.folder / names[0], error) from error
        if index.shape != (self.about.passages, self.about.dimension):
            raise damaged(self.folder / names[0], ValueError(f"shape {index.shape}"))
        return index

    @cached_property
    def lexical(self) -> LexicalIndex:
        """The lexical index of the passages."""
        return LexicalIndex([segment.words for segment in self.segments])

    @cached_property
    def space(self) -> Space:
        """The space that vectors are compared in."""
        try:
            self.require(SPACE)
            return Space.load(self.folder / SPACE)
        except (OSError, ValueError, KeyError, BadZipFile) as error:
            raise damaged(self.folder / SPACE, error) from error

    @cached_property
    def late(self) -> LateIndex:
        """The tokens of the passages, of a home that keeps them."""
        if not self.about.tokens:
            return LateIndex.left_out(self.about.passages)
        try:
            self.require(*(f"{LATE}/{name}" for name in LOADED))
            index = LateIndex.load(self.folder / LATE)
        except (OSError, ValueError, KeyError) as error:
            raise damaged(self.folder / LATE, error) from error
        if index.size != self.about.passages:
            raise damaged(self.folder / LATE, ValueError(f"{index.size} passages"))
        return index

    def tokens(self, row: int) -> Stored:
        """The tokens of one passage, their segment hashed first: a copy of what a disk has spoilt gets a new hash."""
        name = self.late.segment(row)
        self.require(f"{LATE}/{name}")
        return self.late.passage(row)

    @property
    def keys(self) -> list[bytes]:
        """What tells the passages apart for the encoder, in the order of the vectors."""
        try:
            self.require(KEYS)
            return load_keys(self.folder / KEYS)
        except (OSError, ValueError) as error:
            raise damaged(self.folder / KEYS, error) from error

    @cached_property
    def indexes(self) -> Indexes:
        """All that is searched."""
        return Indexes(self.dense, self.lexical, self.late, self.space)

    def require(self, *names: str, mapped: tuple[str, ...] = ()) -> None:
        """Hash some files that have not been hashed since this was opened. Raises OSError or ValueError for damage."""
        left = [name for name in names if name not in self._hashed and name not in mapped]
        if left:
            checked.require(self.folder, left)
            self._hashed.update(left)


def read_about(folder: Path) -> About:
    """What a generation says of itself; HomeError when it cannot be read."""
    try:
        record = read_record(folder)
        known = {name: record[name] for name in About.__slots__ if name != "samples"}
        known["samples"] = record.get("samples", "")  # homes that were built before it was told have none
        return About(**{**known, **{name: tuple(known[name]) for name in ("sources", "segments")}})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(folder / ABOUT, error) from error


def read_record(folder: Path) -> dict[str, Any]:
    """The same as it is written, of whichever version of planqa. Raises OSError or ValueError for what is no record."""
    record: Any = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    if not isinstance(record, dict):
        raise ValueError(f"expected a JSON object, not {type(record).__name__}")
    return record
