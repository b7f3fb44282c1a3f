"""One generation of a home: what was built from the sources, opened part by part.

generations/<name>/
  documents.jsonl             the documents with passages and records
  vectors.faiss               their vectors, in the order of the passages
  lexical/                    their words
  about.json                  what it was built from and with
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from corpus.errors import HomeError
from corpus.serial import from_json
from corpus.types import Document, Passage
from index.lexical import LexicalIndex
from index.vectors import DenseIndex

DOCUMENTS, VECTORS, LEXICAL, ABOUT = "documents.jsonl", "vectors.faiss", "lexical", "about.json"
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
    sources: tuple[dict[str, Any], ...]  # every field of a `Source` but its text, and its origin


class Generation:
    """One built corpus, opened; parts are read when they are first used."""

    def __init__(self, folder: Path, about: About) -> None:
        self.folder, self.about = folder, about

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents, in the order of their ids."""
        try:
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
            index = DenseIndex.load(self.folder / VECTORS)
        except OSError as error:
            raise damaged(self.folder / VECTORS, error) from error
        if index.shape != (self.about.passages, self.about.dimension):
            raise damaged(self.folder / VECTORS, ValueError(f"shape {index.shape}"))
        return index

    @cached_property
    def lexical(self) -> LexicalIndex:
        """The lexical index of the passages."""
        try:
            return LexicalIndex.load(self.folder / LEXICAL, self.about.passages)
        except (OSError, ValueError, KeyError) as error:
            raise damaged(self.folder / LEXICAL, error) from error


def read_about(folder: Path) -> About:
    """What a generation says of itself; HomeError when it cannot be read."""
    try:
        record: dict[str, Any] = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        known = {name: record[name] for name in About.__slots__}
        return About(**{**known, "sources": tuple(known["sources"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(folder / ABOUT, error) from error


def damaged(path: Path, error: Exception) -> HomeError:
    """The error for a file of a home that cannot be what planqa wrote."""
    reason = getattr(error, "strerror", None) or " ".join(str(error).split()) or type(error).__name__
    return HomeError(path, f"the home is damaged ({reason})", REBUILD)
