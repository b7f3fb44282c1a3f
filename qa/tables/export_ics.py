"""Dated tasks as a calendar (RFC 5545): one all-day event a task, on the last day of its deadline.

Events rather than to-dos, since most calendars leave to-dos out when they import a file. The id of an event is made
of its passage's, so that importing a file again moves an event rather than doubling it.
"""

from __future__ import annotations

import re
import textwrap
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from corpus.errors import QuestionError
from corpus.types import Task
from corpus.vietnamese import squeeze
from qa.tables.records import TaskRow

if TYPE_CHECKING:
    from icalendar import Event

_STEPS = {"yearly": 12, "quarterly": 3, "monthly": 1}  # months

_SUMMARY = 160  # characters, which calendars show on a line or two; the description has the whole task
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def to_ics(rows: Sequence[TaskRow], as_of: date) -> tuple[bytes, int]:
    """The calendar of the tasks that have a last day, stamped with the day given, and how many were left out.

    Left out is what has no last day: no deadline stated, "thường xuyên" alone, or only a beginning.

    Raises:
        QuestionError: no task has a last day.
    """
    from icalendar import Calendar

    dated = [row for row in rows if row.task.deadline_end]
    if not dated:
        raise QuestionError(f"{len(rows)} tasks", "none with a date for a calendar", "use other filters, or --csv")
    numbers = _numbers(dated)
    calendar = Calendar()
    calendar.add("prodid", "-//planqa//tasks//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Nhiệm vụ theo kế hoạch")
    for row in dated:
        calendar.add_component(_event(row, numbers[_key(row.task)], as_of))
    return calendar.to_ical(), len(rows) - len(dated)


def recurring(first: date | None, last: date, recurrence: str) -> tuple[date, dict[str, Any]]:
    """First day and rule of a task that comes again from `first` to `last`; no rule where that is not known.

    The days are counted back from the last one, which the plan states; the last of a month stays the last.

    >>> day, rule = recurring(date(2025, 1, 1), date(2025, 12, 31), "quarterly")
    >>> str(day), rule["freq"], rule["interval"], rule["bymonthday"]
    ('2025-03-31', 'MONTHLY', 3, -1)
    """
    step = _STEPS.get(recurrence)
    if step is None or first is None:
        return last, {}
    ends_month = last.day == monthrange(last.year, last.month)[1]
    earliest = last
    for count in range(step, 12 * 100, step):
        year, month = divmod(last.year * 12 + last.month - 1 - count, 12)
        if (year, month + 1) < (first.year, first.month):
            break
        days = monthrange(year, month + 1)[1]
        day = date(year, month + 1, days if ends_month else min(last.day, days))
        if first <= day and (ends_month or day.day == last.day):
            earliest = day
    if earliest == last:
        return last, {}
    rule: dict[str, Any] = {"freq": "YEARLY"} if step == 12 else {"freq": "MONTHLY", "interval": step}
    if ends_month and (step < 12 or last.month == 2):
        rule |= {"bymonthday": -1} if step < 12 else {"bymonth": 2, "bymonthday": -1}
    return earliest, {**rule, "until": last}


def _event(row: TaskRow, number: int, as_of: date) -> Event:
    from icalendar import Event

    task, meta = row.task, row.document.meta
    start = date.fromisoformat(task.deadline_start) if task.deadline_start else None
    day, rule = recurring(start, date.fromisoformat(task.deadline_end), task.recurrence)
    event = Event()
    event.add("uid", f"{row.passage.id}{f'-{number}' if number > 1 else ''}@planqa")
    event.add("dtstamp", datetime.combine(as_of, time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    if rule:
        event.add("rrule", rule)
    event.add("summary", textwrap.shorten(_plain(f"{meta.province}: {task.task}"), _SUMMARY, placeholder=" …"))
    event.add("description", _description(row))
    event.add("categories", [_plain(meta.province)])
    event.add("transp", "TRANSPARENT")  # a deadline takes no time of the day
    return event


def _description(row: TaskRow) -> str:
    task = row.task
    lines = [
        ("", task.task),
        ("Chủ trì (Lead): ", "; ".join(task.lead)),
        ("Phối hợp (Coordinating): ", "; ".join(task.coordinating)),
        ("Chỉ đạo (Directing): ", "; ".join(task.directing)),
        ("Thời hạn (Deadline): ", task.deadline),
        ("Căn cứ (Source): ", row.passage.citation),
    ]
    return "\n".join(label + _plain(words) for label, words in lines if words)


def _numbers(rows: Sequence[TaskRow]) -> dict[tuple[str, int, int], int]:
    """The place of each task among those of its passage: whatever is selected, a task keeps its number."""
    numbers: dict[tuple[str, int, int], int] = {}
    for document in {row.document.id: row.document for row in rows}.values():
        seen: Counter[str] = Counter()
        for task in document.all_tasks:
            seen[task.passage_id] += 1
            numbers[_key(task)] = seen[task.passage_id]
    return numbers


def _key(task: Task) -> tuple[str, int, int]:
    return task.passage_id, task.start, task.end


def _plain(text: str) -> str:
    """Text on one line, without what a calendar file may not hold."""
    return squeeze(_CONTROL.sub(" ", text))
