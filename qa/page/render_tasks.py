"""Tasks as one escaped HTML string: who does what by when, each with a button that opens the passage it stands in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from corpus.vietnamese import fold
from qa.page.labels import labels, shown_date
from qa.page.render import open_button
from qa.page.render_table import Column, pager_html, table_html
from qa.page.tabs import Turn, pick
from qa.tables.records import TaskRow
from qa.types import Language

PAGE = 25  # tasks on a page
_LAST = "9999"  # sorts after every date
_KEYS: dict[str, Callable[[TaskRow], object]] = {
    "task": lambda row: fold(row.task.task),
    "lead": lambda row: fold("; ".join(row.task.lead)),
    "deadline": lambda row: row.due.isoformat() if row.due else _LAST,
    "province": lambda row: fold(row.document.meta.province),
}
SORTS = tuple(sign + key for key in _KEYS for sign in ("", "-"))
_RECURRENCES = {
    "continuous": ("thường xuyên", "continuous"),
    "yearly": ("hằng năm", "every year"),
    "quarterly": ("hằng quý", "every quarter"),
    "monthly": ("hằng tháng", "every month"),
}


def tasks_html(rows: Sequence[TaskRow], turn: Turn, language: Language) -> str:
    """One page of a table of tasks, in the order that is asked for; undated tasks stand last either way."""
    if not rows:
        none = pick(language, "Không có nhiệm vụ nào.", "No task passes these filters.")
        return f'<p class="pq-note" role="status">{none}</p>'
    count = len(rows)
    first = (min(turn.page, -(-count // PAGE)) - 1) * PAGE
    shown = [_row(row, language) for row in ordered(rows, turn.sort)[first : first + PAGE]]
    caption = pick(language, f"{count} nhiệm vụ", f"{count} task{'' if count == 1 else 's'}")
    table = table_html(caption, _columns(language), shown, turn, language)
    return f'<section class="pq-tab" lang="{language}">{table}{pager_html(turn, count, PAGE, language)}</section>'


def ordered(rows: Sequence[TaskRow], sort: str) -> list[TaskRow]:
    """Rows by "task", "lead", "deadline" or "province", descending with a "-" in front; as they come without."""
    key = _KEYS.get(sort.removeprefix("-"))
    if key is None:
        return list(rows)
    falling = sort.startswith("-")
    if sort.endswith("deadline"):
        dated = sorted((row for row in rows if row.due), key=key, reverse=falling)  # type: ignore[arg-type]
        return [*dated, *(row for row in rows if not row.due)]
    return sorted(rows, key=key, reverse=falling)  # type: ignore[arg-type]


def _columns(language: Language) -> list[Column]:
    words = labels(language)
    return [
        Column(pick(language, "Nhiệm vụ", "Task"), "task"),
        Column(pick(language, "Chủ trì", "Lead"), "lead"),
        Column(words.coordinating),
        Column(words.directing),
        Column(words.deadline, "deadline"),
        Column(words.source, "province"),
    ]


def _row(row: TaskRow, language: Language) -> list[str]:
    task, meta = row.task, row.document.meta
    opened = open_button(row.document.id, task.start, task.end, language, row.passage.citation)
    return [
        f'<span lang="vi">{escape(task.task)}</span>',
        _names(task.lead),
        _names(task.coordinating),
        _names(task.directing),
        _deadline(row, language),
        f'<span lang="vi">{escape(meta.province)} <small>{escape(row.passage.citation)}</small></span>{opened}',
    ]


def _names(names: Sequence[str]) -> str:
    return f'<span lang="vi">{"<br>".join(escape(name) for name in names)}</span>' if names else ""


def _deadline(row: TaskRow, language: Language) -> str:
    """The deadline in the plan's own words, and the day or rhythm they come to."""
    task = row.task
    if not task.deadline:
        return ""
    rhythm = pick(language, *_RECURRENCES[task.recurrence]) if task.recurrence in _RECURRENCES else ""
    read = ", ".join(part for part in (shown_date(row.due.isoformat() if row.due else "", language), rhythm) if part)
    beside = f" <small>{escape(read)}</small>" if read and fold(read) != fold(task.deadline) else ""
    return f'<span lang="vi">{escape(task.deadline)}</span>{beside}'
