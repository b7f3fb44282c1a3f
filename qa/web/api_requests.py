"""What programs may ask, as pydantic reads it: every field with its limits, nothing that is not named here."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from qa.tables.records import TargetQuery, TaskQuery
from qa.types import Filters
from qa.web import feedback

MAX_QUESTION = 2_000  # characters
MAX_K = 100
_MAX_VALUES = 20

Value = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Values = Annotated[list[Value], Field(max_length=_MAX_VALUES)]
Kinds = Annotated[
    list[Literal["target", "task", "assignment", "result", "legal-basis", "recipients", "budget", "other"]],
    Field(max_length=_MAX_VALUES),
]
Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUESTION)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Year = Annotated[str, StringConstraints(pattern=r"^(19|20)\d\d$")]
Years = Annotated[list[Year], Field(max_length=_MAX_VALUES)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class DocumentFilters(_Strict):
    """Which documents count; an empty list restricts nothing."""

    province: Values = Field([], description="Province, by its name of today or the one it had; repeatable")
    document: Values = Field([], description="Document, by number or id; repeatable")
    year: Years = Field([], description="Year of issue; repeatable")

    def filters(self) -> Filters:
        """The same as the engine takes them."""
        return Filters(tuple(self.province), tuple(self.document), tuple(self.year))


class QuestionRequest(DocumentFilters):
    """A question and where to look."""

    question: Question = Field(description="The question, in Vietnamese or English")
    kind: Kinds = Field([], description="Kind of passage; repeatable")

    def filters(self) -> Filters:
        """The same as the engine takes them."""
        return Filters(tuple(self.province), tuple(self.document), tuple(self.year), tuple(self.kind))


class AskRequest(QuestionRequest):
    """A question to be answered."""

    after: str = Field("", max_length=2000, description="The question before it, when this one goes on from there")
    as_of: date | None = Field(None, description="The day that times such as this year are read against; none: today")


class SearchRequest(QuestionRequest):
    """A question, where to look, and how many passages to find."""

    k: int = Field(10, ge=1, le=MAX_K, description="How many passages")


class TaskFilters(DocumentFilters):
    """Which tasks."""

    agency: Words = Field("", description="Agency, under its names of today and before 2025")
    role: Literal["any", "lead", "coordinating", "directing"] = Field("any", description="What the agency does")
    text: Words = Field("", description="Words that stand in the task or its heading")
    due_from: date | None = Field(None, description="Due on this day or later")
    due_to: date | None = Field(None, description="Due on this day or earlier")
    overdue_at: date | None = Field(None, description="Due before this day")
    sort: Literal["document", "deadline"] = Field("document", description="Order")

    def query(self) -> TaskQuery:
        """The same as tasks are selected by."""
        return TaskQuery(
            agency=self.agency,
            role=self.role,
            text=self.text,
            due_from=self.due_from,
            due_to=self.due_to,
            overdue_at=self.overdue_at,
            sort=self.sort,
        )


class TaskRequest(TaskFilters):
    """Which tasks, and as what."""

    format: Literal["json", "csv", "xlsx", "ics"] = Field("json", description="JSON, or a file to download")


class TargetFilters(DocumentFilters):
    """Which targets."""

    text: Words = Field("", description="Words that stand in the target")
    target_year: Years = Field([], description="Year that the target is set for; repeatable")
    unit: Words = Field("", description="Unit, such as %")

    def query(self) -> TargetQuery:
        """The same as targets are selected by."""
        return TargetQuery(text=self.text, years=tuple(self.target_year), unit=self.unit)


class TargetRequest(TargetFilters):
    """Which targets, and as what."""

    format: Literal["json", "csv", "xlsx"] = Field("json", description="JSON, or a file to download")


class PartRequest(_Strict):
    """Which part of a document's text."""

    start: int = Field(0, ge=0, description="First character")
    end: int | None = Field(None, ge=0, description="Character after the last one; none: the end of the document")


class DocumentRequest(PartRequest):
    """Which document, and which part of its text."""

    document_id: Value = Field(description="Id of the document")


class OpinionRequest(_Strict):
    """What a reader says of an answer."""

    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=feedback.MAX_QUESTION)]
    verdict: feedback.Verdict = Field(description="đúng, sai, thiếu")
    answerable: bool = Field(True, description="Whether there was an answer")
    answer: Annotated[str, StringConstraints(max_length=feedback.MAX_ANSWER)] = ""
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=feedback.MAX_NOTE)] = ""
    passage_ids: Annotated[
        list[Annotated[str, StringConstraints(max_length=feedback.MAX_ID)]], Field(max_length=feedback.MAX_LIST)
    ] = Field([], description="Ids of the passages that the answer cites")
    province: Values = []
    document: Values = []
    year: Years = []
    kind: Kinds = []

    def opinion(self) -> feedback.Opinion:
        """The same as it is stored."""
        return feedback.Opinion(
            question=self.question,
            verdict=self.verdict,
            answerable=self.answerable,
            answer=self.answer,
            note=self.note,
            passage_ids=tuple(self.passage_ids),
            filters=Filters(tuple(self.province), tuple(self.document), tuple(self.year), tuple(self.kind)),
        )
