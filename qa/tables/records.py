"""Tasks and targets of documents, selected by agency, words and dates: complete, sorted, each with its passage.

    rows = select_tasks(engine.selected(filters), TaskQuery(agency="Sở Nội vụ", role="lead"))
    period = read_time("trước tháng 6/2025", as_of=date.today())
    rows = select_tasks(engine.documents(), TaskQuery(due_from=period.first, due_to=period.last, sort="deadline"))

Nothing here reads a clock or a file: what "today" is, the caller says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from corpus.types import Document, Passage, Target, Task
from corpus.vietnamese import fold, has_diacritics, normalise, words
from qa.tables.agency_match import AgencyMatcher
from qa.tables.time_words import Period, asks_overdue, read_time

__all__ = [
    "Period",
    "Recurrence",
    "Role",
    "Sort",
    "Source",
    "TargetQuery",
    "TargetRow",
    "TaskQuery",
    "TaskRow",
    "asks_overdue",
    "read_time",
    "select_targets",
    "select_tasks",
]

Role = Literal["any", "lead", "coordinating", "directing"]
Sort = Literal["document", "deadline"]
Recurrence = Literal["continuous", "yearly", "quarterly", "monthly"]
Source = Literal["table", "lines", "prose"]


@dataclass(frozen=True, slots=True)
class TaskQuery:
    """Which tasks are wanted; what is left empty restricts nothing.

    A task is due on its last day, or, where its plan gives none, on its first; one without either passes no filter by
    date. `overdue_at` keeps tasks whose last day lies before that day, which does not say that they are undone.
    """

    agency: str = ""  # under its names of today and before 2025, see `AgencyMatcher`
    role: Role = "any"
    collective: bool = False  # a department's tasks are also those of "các sở, ban, ngành" as one body
    text: str = ""  # every word stands in the task or its heading; without diacritics when typed without
    due_from: date | None = None
    due_to: date | None = None
    overdue_at: date | None = None
    recurrence: str = ""  # "continuous", "yearly", "quarterly", "monthly"
    sources: tuple[str, ...] = ()  # of "table", "lines", "prose"; none means all
    sort: Sort = "document"


@dataclass(frozen=True, slots=True)
class TargetQuery:
    """Which targets are wanted; what is left empty restricts nothing."""

    text: str = ""  # every word stands in the indicator, its quote, population or area
    years: tuple[str, ...] = ()  # the year that the target is set for
    unit: str = ""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task with the passage that states it; `matched` are the names under which it has the agency asked for."""

    document: Document
    passage: Passage
    task: Task
    matched: tuple[str, ...] = ()

    @property
    def due(self) -> date | None:
        """The day the task is due: its last day, or else its first; None where its plan gives no date."""
        return _day(self.task.deadline_end) or _day(self.task.deadline_start)

    def to_json(self) -> dict[str, Any]:
        """The contract's keys for one task."""
        task = self.task
        return {
            **_place(self.document, self.passage),
            "task": task.task,
            "lead": list(task.lead),
            "coordinating": list(task.coordinating),
            "directing": list(task.directing),
            "deadline": task.deadline,
            "deadline_start": task.deadline_start,
            "deadline_end": task.deadline_end,
            "recurrence": task.recurrence,
            "section": task.section,
            "source": task.source,
        }


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target with the passage that states it."""

    document: Document
    passage: Passage
    target: Target

    def to_json(self) -> dict[str, Any]:
        """The contract's keys for one target."""
        target = self.target
        return {
            **_place(self.document, self.passage),
            "indicator": target.indicator,
            "comparator": target.comparator,
            "value": target.value,
            "unit": target.unit,
            "year": target.year,
            "population": target.population,
            "area": target.area,
            "quote": target.quote,
        }


def select_tasks(documents: Iterable[Document], query: TaskQuery = TaskQuery()) -> tuple[TaskRow, ...]:
    """Every task that passes the query: by province, document and place in it, or by the day it is due, undated last.

    >>> select_tasks([], TaskQuery(agency="Sở Nội vụ"))
    ()
    """
    matcher = AgencyMatcher(query.agency, query.collective) if query.agency.strip() else None
    has_words = _word_filter(normalise(query.text))
    rows: list[TaskRow] = []
    for document in _in_order(documents):
        passages = {passage.id: passage for passage in document.passages}
        for task in document.all_tasks:
            if not _passes(task, query):
                continue
            matched = _matched(task, query.role, matcher, document)
            if (matcher and not matched) or not has_words(task.task, task.section):
                continue
            rows.append(TaskRow(document, passages[task.passage_id], task, matched))
    if query.sort == "deadline":
        rows.sort(key=lambda row: row.due or date.max)  # stable: tasks of one day stay in the order of the documents
    return tuple(rows)


def select_targets(documents: Iterable[Document], query: TargetQuery = TargetQuery()) -> tuple[TargetRow, ...]:
    """Every target that passes the query, by province, document and place in it.

    >>> select_targets([], TargetQuery(years=("2025",)))
    ()
    """
    has_words = _word_filter(normalise(query.text))
    rows: list[TargetRow] = []
    for document in _in_order(documents):
        passages = {passage.id: passage for passage in document.passages}
        for target in sorted(document.targets, key=lambda target: (target.start, target.end)):
            if (
                (not query.years or target.year in query.years)
                and (not query.unit or fold(query.unit.strip()) == fold(target.unit))
                and has_words(target.indicator, target.quote, target.population, target.area)
            ):
                rows.append(TargetRow(document, passages[target.passage_id], target))
    return tuple(rows)


def _in_order(documents: Iterable[Document]) -> list[Document]:
    return sorted(documents, key=lambda document: (fold(document.meta.province), document.id))


def _passes(task: Task, query: TaskQuery) -> bool:
    """Whether a task passes what needs neither its document nor its names."""
    if query.sources and task.source not in query.sources:
        return False
    if query.recurrence and task.recurrence != query.recurrence:
        return False
    last = _day(task.deadline_end)
    if query.overdue_at is not None and (last is None or last >= query.overdue_at):
        return False
    if query.due_from is None and query.due_to is None:
        return True
    due = last or _day(task.deadline_start)
    return due is not None and (query.due_from or date.min) <= due <= (query.due_to or date.max)


def _matched(task: Task, role: Role, matcher: AgencyMatcher | None, document: Document) -> tuple[str, ...]:
    if matcher is None:
        return ()
    roles = {"lead": task.lead, "coordinating": task.coordinating, "directing": task.directing}
    names = roles[role] if role != "any" else (*task.lead, *task.coordinating, *task.directing)
    meta = document.meta
    return tuple(dict.fromkeys(name for name in names if matcher.matches(name, meta.province, meta.date)))


def _word_filter(text: str) -> Callable[..., bool]:
    """Tells whether texts together hold every word of a query."""
    exact = has_diacritics(text)
    wanted = frozenset(words(text if exact else fold(text)))

    def holds(*texts: str) -> bool:
        joined = " ".join(texts)
        return wanted <= set(words(joined if exact else fold(joined)))

    return holds if wanted else lambda *_: True


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def _place(document: Document, passage: Passage) -> dict[str, str]:
    return {
        "document": document.meta.number,
        "province": document.meta.province,
        "citation": passage.citation,
        "passage_id": passage.id,
    }
