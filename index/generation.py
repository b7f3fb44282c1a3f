"""One generation of a home: what was built from the sources, opened part by part.

generations/<name>/
  documents.jsonl             the documents with passages and records
  vectors.faiss               their vectors, in the order of the passages, and where each passage's begin
  late/                       the vectors of their tokens
  space.npz                   the space that vectors are compared in
  lexical/                    their words
  keys.npy                    a hash of what was encoded for each passage
  about.json                  what it was built from and with

Each part is checked against its hash when it is first used (index/checked.py says which, and why not all at once).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from corpus.errors import HomeError
from corpus.serial import from_json
from corpus.types import Document, Passage
from index import checked, held
from index.keys import KEYS, load_keys
from index.late import IDS, TOKENS, LateIndex
from index.lexical import LexicalIndex
from index.search import Indexes
from index.space import Space
from index.vectors import STARTS, DenseIndex

DOCUMENTS, VECTORS, LEXICAL, ABOUT = "documents.jsonl", "vectors.faiss", "lexical", "about.json"
VECTOR_STARTS = Path(VECTORS).with_suffix(STARTS).name
SPACE, LATE = "space.npz", "late"
REBUILD = "run `planqa ingest --home DIR` to rebuild it from the sources it keeps"


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


class Generation:
    """One built corpus, opened and held until the reader lets go of it; parts are read when they are first used.

    `degraded` says, in one line, why this is not the corpus that was built last; "" when it is.
    """

    def __init__(self, folder: Path, about: About, degraded: str = "") -> None:
        self.folder, self.about, self.degraded = folder, about, degraded
        held.hold(self, folder / ABOUT)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents, in the order of their ids."""
        try:
            self._require(DOCUMENTS)
            with (self.folder / DOCUMENTS).open(encoding="utf-8") as stream:
                return tuple(from_json(json.loads(line)) for line in stream)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise damaged(self.folder / DOCUMENTS, error) from error

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All passages, in the order of the vectors."""
        return tuple(passage for document in self.documents for passage in document.passages)

    @cached_property
    def dense(self) -> DenseIndex:
        """The vectors of the passages.

        Raises:
            HomeError: the file is damaged, or does not fit the passages.
        """
        try:
            self._require(VECTORS, VECTOR_STARTS)
            index = DenseIndex.load(self.folder / VECTORS)
        except (OSError, ValueError) as error:
            raise damaged(self.folder / VECTORS, error) from error
        if index.shape != (self.about.passages, self.about.dimension):
            raise damaged(self.folder / VECTORS, ValueError(f"shape {index.shape}"))
        return index

    @cached_property
    def lexical(self) -> LexicalIndex:
        """The lexical index of the passages."""
        try:
            self._require(LEXICAL)
            return LexicalIndex.load(self.folder / LEXICAL, self.about.passages)
        except (OSError, ValueError, KeyError) as error:
            raise damaged(self.folder / LEXICAL, error) from error

    @cached_property
    def space(self) -> Space:
        """The space that vectors are compared in."""
        try:
            self._require(SPACE)
            return Space.load(self.folder / SPACE)
        except (OSError, ValueError, KeyError, BadZipFile) as error:
            raise damaged(self.folder / SPACE, error) from error

    @cached_property
    def late(self) -> LateIndex:
        """The tokens of the passages."""
        try:
            self._require(LATE, mapped=(f"{LATE}/{TOKENS}", f"{LATE}/{IDS}"))
            index = LateIndex.load(self.folder / LATE)
        except (OSError, ValueError, KeyError) as error:
            raise damaged(self.folder / LATE, error) from error
        if index.size != self.about.passages:
            raise damaged(self.folder / LATE, ValueError(f"{index.size} passages"))
        return index

    @property
    def keys(self) -> list[bytes]:
        """What tells the passages apart for the encoder, in the order of the vectors."""
        try:
            self._require(KEYS)
            return load_keys(self.folder / KEYS)
        except (OSError, ValueError) as error:
            raise damaged(self.folder / KEYS, error) from error

    @cached_property
    def indexes(self) -> Indexes:
        """All that is searched."""
        return Indexes(self.dense, self.lexical, self.late, self.space)

    def _require(self, *names: str, mapped: tuple[str, ...] = ()) -> None:
        checked.require(self.folder, names, mapped)


def read_about(folder: Path) -> About:
    """What a generation says of itself; HomeError when it cannot be read."""
    try:
        record = read_record(folder)
        known = {name: record[name] for name in About.__slots__}
        return About(**{**known, "sources": tuple(known["sources"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(folder / ABOUT, error) from error


def read_record(folder: Path) -> dict[str, Any]:
    """The same as it is written, of whichever version of planqa. Raises OSError or ValueError for what is no record."""
    record: Any = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    if not isinstance(record, dict):
        raise ValueError(f"expected a JSON object, not {type(record).__name__}")
    return record


def damaged(path: Path, error: Exception) -> HomeError:
    """The error for a file of a home that cannot be what planqa wrote."""
    reason = getattr(error, "strerror", None) or " ".join(str(error).split()) or type(error).__name__
    return HomeError(path, f"the home is damaged ({reason})", REBUILD)
