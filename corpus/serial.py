"""Documents as plain JSON values and back, so that a home can be read without parsing again."""

from __future__ import annotations

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
        sections=tuple(Section(**section) for section in record["sections"]),
        passages=tuple(Passage(**_tuples(passage, "headings", "columns")) for passage in record["passages"]),
        tasks=tuple(Task(**_tuples(task, "lead", "coordinating", "directing")) for task in record["tasks"]),
        targets=tuple(Target(**target) for target in record["targets"]),
        warnings=tuple(record["warnings"]),
        duties=tuple(Task(**_tuples(task, "lead", "coordinating", "directing")) for task in record.get("duties", ())),
    )


def _tuples(record: dict[str, Any], *names: str) -> dict[str, Any]:
    return {**record, **{name: tuple(record[name]) for name in names}}
