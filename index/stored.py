"""Documents of a segment: what identifies them is at hand, everything else is read when somebody asks for it."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import Any, Protocol

from corpus.serial import passage_from, sections_from, targets_from, tasks_from
from corpus.types import Counts, Document, Edition, Metadata, Passage, Section, Target, Task

IN_MEMORY = 128
"""Documents of which text, sections and passages are kept once they were read."""
RECORDS_IN_MEMORY = 4096
"""Documents of which records are kept: lists over the whole corpus ask for them again and again."""


class Lines(Hashable, Protocol):
    """Where the lines of a document are; raises HomeError for what cannot be what was written."""

    def text(self, number: int) -> dict[str, Any]:
        """Text and sections of a document of the segment."""
        ...

    def records(self, number: int) -> dict[str, Any]:
        """Its tasks, duties and targets."""
        ...

    def passages(self, number: int) -> list[dict[str, Any]]:
        """Its passages."""
        ...


class StoredDocument(Document):
    """A document whose text, sections, passages and records are read from its segment; equal to one that holds them."""

    __slots__ = ("_counts", "_number", "_parts", "head", "segment")

    head: dict[str, Any]
    segment: Lines
    _counts: Counts
    _number: int
    _parts: Parts

    def __init__(
        self,
        segment: Lines,
        number: int,
        head: dict[str, Any],
        parts: Parts,
        editions: tuple[Edition, ...] | None = None,
    ) -> None:
        for name, value in {
            "id": head["id"],
            "meta": Metadata(**head["meta"]),
            "editions": _editions(head) if editions is None else editions,
            "warnings": tuple(head["warnings"]),
            "head": head,
            "segment": segment,
            "_counts": Counts(**head["counts"]),
            "_number": number,
            "_parts": parts,
        }.items():
            object.__setattr__(self, name, value)

    @property
    def number(self) -> int:
        """Its place in the segment."""
        return self._number

    def with_editions(self, editions: tuple[Edition, ...]) -> Document:
        """The same document, known to be saved in these files."""
        return StoredDocument(self.segment, self._number, self.head, self._parts, editions)

    @property
    def is_changed(self) -> bool:
        """Whether its editions are other ones than those it is stored with."""
        return self.editions != _editions(self.head)

    @property
    def digest(self) -> str:
        """Tells this content, as it is stored, from any other."""
        return str(self.head["digest"])

    @property
    def longest(self) -> int:
        """How many characters the encoder reads at once for which its windows were counted."""
        return int(self.head["longest"])

    @property
    def counts(self) -> Counts:
        """How many passages and records there are."""
        return self._counts

    @property
    def text(self) -> str:
        """The reading text."""
        return self._parts.text(self.segment, self._number)[0]

    @property
    def sections(self) -> tuple[Section, ...]:
        """The legal structure."""
        return self._parts.text(self.segment, self._number)[1]

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages, in reading order."""
        return self._parts.passages(self.segment, self._number)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Listed tasks."""
        return self._parts.records(self.segment, self._number)[0]

    @property
    def duties(self) -> tuple[Task, ...]:
        """Tasks in prose."""
        return self._parts.records(self.segment, self._number)[1]

    @property
    def targets(self) -> tuple[Target, ...]:
        """Measurable aims."""
        return self._parts.records(self.segment, self._number)[2]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, StoredDocument) and self.digest == other.digest:
            return self.editions == other.editions
        return isinstance(other, Document) and _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash(self.id)


class Parts:
    """The parts of documents that were read last, kept for the whole generation."""

    def __init__(self) -> None:
        self.text = lru_cache(IN_MEMORY)(_text)
        self.passages = lru_cache(IN_MEMORY)(_passages)
        self.records = lru_cache(RECORDS_IN_MEMORY)(_records)


def _editions(head: dict[str, Any]) -> tuple[Edition, ...]:
    return tuple(Edition(**edition) for edition in head["editions"])


def _text(lines: Lines, number: int) -> tuple[str, tuple[Section, ...]]:
    record = lines.text(number)
    return record["text"], sections_from(record["sections"])


def _passages(lines: Lines, number: int) -> tuple[Passage, ...]:
    return tuple(passage_from(record) for record in lines.passages(number))


def _records(lines: Lines, number: int) -> tuple[tuple[Task, ...], tuple[Task, ...], tuple[Target, ...]]:
    record = lines.records(number)
    return tasks_from(record["tasks"]), tasks_from(record["duties"]), targets_from(record["targets"])


def _values(document: Document) -> tuple[object, ...]:
    return tuple(getattr(document, name) for name in Document.__slots__)
