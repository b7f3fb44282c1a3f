"""What programs are answered, for the OpenAPI document; a test holds it to what is really sent.

The records mirror `to_json` of `qa.tables.records` and `qa.show`; answers and passages are described by `qa.types`
itself.
"""

from __future__ import annotations

from pydantic import BaseModel


class Stored(BaseModel):
    """The number under which an opinion was stored."""

    id: int


class ErrorDetail(BaseModel):
    """What was wrong, what was expected, what to do."""

    value: str
    expected: str
    remedy: str


class ErrorResponse(BaseModel):
    """The answer to every request that failed."""

    error: ErrorDetail


class _Placed(BaseModel):
    document: str
    province: str
    citation: str
    passage_id: str


class TaskRecord(_Placed):
    """One task."""

    task: str
    lead: list[str]
    coordinating: list[str]
    directing: list[str]
    deadline: str
    deadline_start: str
    deadline_end: str
    recurrence: str
    section: str
    source: str


class TargetRecord(_Placed):
    """One target."""

    indicator: str
    comparator: str
    value: str
    unit: str
    year: str
    population: str
    area: str
    quote: str


class EditionRecord(BaseModel):
    """One source file of a document."""

    source: str
    sha256: str
    format: str
    origin: str


class DocumentRecord(BaseModel):
    """One document, without its text."""

    id: str
    document: str
    kind: str
    issuer: str
    province: str
    date: str
    title: str
    signer: str
    editions: list[EditionRecord]
    passages: int
    tasks: int
    duties: int
    targets: int
    warnings: list[str]


class OutlineRecord(BaseModel):
    """A heading of a document; `depth` 0 is the outermost."""

    depth: int
    label: str
    heading: str
    start: int
    end: int


class PassageRecord(BaseModel):
    """A passage of a document; `text` is the document's, from `start` to `end`."""

    passage_id: str
    kind: str
    citation: str
    citation_en: str
    text: str
    start: int
    end: int
    headings: list[str]


class WholeDocument(DocumentRecord):
    """A document with a part of its text, the outline of all of it, and the passages that touch the part."""

    characters: int
    start: int
    end: int
    text: str
    outline: list[OutlineRecord]
    passage_list: list[PassageRecord]
