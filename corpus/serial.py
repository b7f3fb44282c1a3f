"""Documents as plain JSON values and back, so that a home can be read without parsing again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from corpus.types import Document, Edition, Metadata, Passage, Section, Target, Task


def to_json(document: Document) -> dict[str, Any]:
    """The document as dictionaries, lists and strings; `from_json` gives an equal document back."""
    return asdict(document)


def from_json(record: dict[str, Any]) -> Document:
    """The document that `to_json` wrote.

    Raises:
        TypeError, KeyError: the record is not of this version's form.
    """
    return Document(
        id=record["id"],
        meta=Metadata(**record["meta"]),
        editions=tuple(Edition(**edition) for edition in record["editions"]),
        text=record["text"],
        sections=sections_from(record["sections"]),
        passages=tuple(passage_from(passage) for passage in record["passages"]),
        tasks=tasks_from(record["tasks"]),
        targets=targets_from(record["targets"]),
        warnings=tuple(record["warnings"]),
        duties=tasks_from(record.get("duties", ())),
    )


def sections_from(records: Iterable[dict[str, Any]]) -> tuple[Section, ...]:
    """The sections of a document."""
    return tuple(Section(**record) for record in records)


def passage_from(record: dict[str, Any]) -> Passage:
    """One passage."""
    return Passage(**_tuples(record, "headings", "columns"))


def tasks_from(records: Iterable[dict[str, Any]]) -> tuple[Task, ...]:
    """Tasks, or duties."""
    return tuple(Task(**_tuples(record, "lead", "coordinating", "directing")) for record in records)


def targets_from(records: Iterable[dict[str, Any]]) -> tuple[Target, ...]:
    """Targets."""
    return tuple(Target(**record) for record in records)


def _tuples(record: dict[str, Any], *names: str) -> dict[str, Any]:
    return {**record, **{name: tuple(record[name]) for name in names}}
