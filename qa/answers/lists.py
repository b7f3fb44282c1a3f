"""Lists over the whole corpus: the tasks of an agency, tasks due in a time, tasks whose date has passed, targets.

Read from the records, so that they are complete; one cited row each, in the order of the plans or of the dates. A long
list shows its first rows and says how many more there are and which command prints them: an answer stays readable, and
everything that it says is cited.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.types import Document
from corpus.vietnamese import fold
from qa.agencies import is_particular
from qa.answers import wording
from qa.answers.draft import Draft
from qa.answers.stating import Topic, support
from qa.answers.stop_words import STOP_WORDS
from qa.question import Question
from qa.tables.records import (
    TargetQuery,
    TargetRow,
    TaskQuery,
    TaskRow,
    asks_overdue,
    read_time,
    select_targets,
    select_tasks,
)

SHOWN = 20
"""Rows that an answer shows."""
STATED = 0.6
"""Share of a list question's topics that a row must state."""
FEW_TOPICS = 0.35
"""Share of a question's weight beside the agency up to which it asks for all of the agency's tasks."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows that a question lists; `overdue` when it asks for those whose date has passed."""

    tasks: tuple[TaskRow, ...] = ()
    targets: tuple[TargetRow, ...] = ()
    overdue: date | None = None


def listed(asked: Question, documents: Sequence[Document], about: Sequence[Topic], as_of: date) -> Listing | None:
    """What a question lists; None when it asks for no list."""
    if "list_targets" in asked.wants and "who" not in asked.wants:
        return _targets(asked, documents, about)
    agency = next((name for name in asked.agencies if is_particular(name)), "")
    others = [topic for topic in about if topic.name not in asked.agencies]
    if asks_overdue(asked.text) and "how_much" not in asked.wants:  # what is paid for a late debt is no list of tasks
        rows = select_tasks(documents, TaskQuery(agency=agency, overdue_at=as_of, sort="deadline"))
        return Listing(tasks=_about(rows, _without_time(others)), overdue=as_of)
    if "list_tasks" in asked.wants:
        period = read_time(asked.text, as_of)
        if period is not None:
            query = TaskQuery(agency=agency, due_from=period.first, due_to=period.last, sort="deadline")
            return Listing(tasks=_about(select_tasks(documents, query), _without_time(others)))
    own = sum(topic.weight for topic in about if topic.name in asked.agencies)
    rest = sum(topic.weight for topic in _without_time(others))
    if agency and asked.wants & {"what_to_do", "list_tasks"} and rest <= FEW_TOPICS * (own + rest):
        rows = select_tasks(documents, TaskQuery(agency=agency))
        return Listing(tasks=rows) if rows else None  # a passage may say it that no record was read off
    return None


def say_list(draft: Draft, asked: Question, listing: Listing) -> None:
    """State the rows, each with its citation, and how many more there are."""
    total = len(listing.tasks) + len(listing.targets)
    for task_row in listing.tasks[:SHOWN]:
        draft.add_task(task_row.task)
        draft.say(wording.task_row(task_row.task, task_row.document.meta, asked), task_row.document, task_row.passage)
    for target_row in listing.targets[:SHOWN]:
        draft.add_target(target_row.target, target_row.document, target_row.passage)
    if total > SHOWN:
        draft.remark(wording.more(asked, "tasks" if listing.tasks else "targets"))
    if listing.overdue:
        draft.remark(wording.passed(asked))


def _targets(asked: Question, documents: Sequence[Document], about: Sequence[Topic]) -> Listing:
    rows = select_targets(documents, TargetQuery(years=() if asked.years_added else asked.years))
    topics = _without_time(about)
    if topics:
        rows = tuple(r for r in rows if support(topics, [r.target.quote, *r.passage.headings]) >= STATED)
    return Listing(targets=rows)


def _about(rows: tuple[TaskRow, ...], topics: Sequence[Topic]) -> tuple[TaskRow, ...]:
    if not topics:
        return rows
    return tuple(row for row in rows if support(topics, [row.task.task, row.task.section]) >= STATED)


def _without_time(about: Sequence[Topic]) -> list[Topic]:
    """The topics that are no dates and no words that lists are asked for with."""
    return [topic for topic in about if not all(_is_of_lists(word) for word in fold(topic.name).split())]


def _is_of_lists(word: str) -> bool:
    return word[:1].isdigit() or word in _OF_LISTS or word in STOP_WORDS


_OF_LISTS = frozenset(
    "viec xong han qua tre cham muon da roi nhung liet ke danh sach task tasks list lists listed overdue finished"
    " due before "
    "after by until completed done complete past passed late deadline nhiem vu january february march april may"
    " june july "
    "august september october november december quarter month quy thang nam tuan toi nay objective goal "
    "target targets".split()
)
