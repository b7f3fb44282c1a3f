"""Lists of tasks and targets for people at a terminal, and what has to be said beside them."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Sequence
from datetime import date

from corpus.vietnamese import squeeze
from qa.page.labels import VI, shown_date, shown_number
from qa.show import print_json
from qa.tables.records import TargetRow, TaskQuery, TaskRow

_WIDEST, _NARROWEST = 120, 40  # columns: longer lines are hard to read


def tasks(rows: Sequence[TaskRow], query: TaskQuery, as_json: bool) -> None:
    """Tasks, each with its agencies, deadline and citation."""
    if as_json:
        print_json([row.to_json() for row in rows])
        return
    print(f"{len(rows)} nhiệm vụ ({len(rows)} {'task' if len(rows) == 1 else 'tasks'})")
    if names := dict.fromkeys(name for row in rows for name in row.matched):
        _line("", f"Tên trong văn bản (named in the documents): {'; '.join(names)}")
    for number, row in enumerate(rows, 1):
        task = row.task
        print()
        _line(f"{number}. ", f"{row.document.meta.province}: {task.task}")
        for label, words in (
            ("Chủ trì (lead)", "; ".join(task.lead)),
            ("Phối hợp (coordinating)", "; ".join(task.coordinating)),
            ("Chỉ đạo (directing)", "; ".join(task.directing)),
            ("Thời hạn (deadline)", task.deadline or "không nêu (not stated)"),
            ("Căn cứ (source)", row.passage.citation),
        ):
            if words:
                _line("    ", f"{label}: {words}")


def targets(rows: Sequence[TargetRow], as_json: bool) -> None:
    """Targets, each with its value, year and citation."""
    if as_json:
        print_json([row.to_json() for row in rows])
        return
    print(f"{len(rows)} chỉ tiêu ({len(rows)} {'target' if len(rows) == 1 else 'targets'})")
    for number, row in enumerate(rows, 1):
        target = row.target
        comparator = VI.comparators.get(target.comparator, target.comparator)
        unit = target.unit if target.unit == "%" else f" {target.unit}"
        of = [words for words in (target.population, target.area) if words]
        print()
        _line(f"{number}. ", "; ".join([f"{row.document.meta.province}: {target.indicator}", *of]))
        value = f"{comparator} {shown_number(target.value, 'vi')}{unit}"
        _line("    ", f"Mức (value): {value}, {f'năm {target.year}' if target.year else 'không nêu năm (no year)'}")
        _line("    ", f"Căn cứ (source): {row.passage.citation}")


def overdue_note(as_of: date) -> str:
    """What a passed date does not say, in both languages."""
    day = as_of.isoformat()
    return (
        f"planqa: tính đến {shown_date(day, 'vi')}, thời hạn ghi trong văn bản đã qua; văn bản không cho biết việc đã"
        f" làm hay chưa. (As of {shown_date(day, 'en')} the date in the plan has passed, which is not the same as"
        " undone.)"
    )


def collective_note(count: int) -> str:
    """How many more tasks go to all departments as one body."""
    return (
        f"planqa: còn {count} nhiệm vụ giao chung cho các sở, ban, ngành, xem bằng --collective"
        f" ({count} more tasks are given to all departments together; --collective lists them)"
    )


def left_out_note(count: int) -> str:
    """How many tasks a calendar has no day for."""
    return (
        f"planqa: {count} nhiệm vụ không có ngày kết thúc nên không đưa vào lịch"
        f" ({count} tasks without a last day are left out of the calendar)"
    )


def _line(lead: str, text: str) -> None:
    """A paragraph, wrapped to the terminal, its further lines indented."""
    width = max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((_WIDEST, 0)).columns))
    indent = " " * max(len(lead), 4)
    wrapped = textwrap.wrap(squeeze(text), width, initial_indent=lead, subsequent_indent=indent, break_on_hyphens=False)
    print("\n".join(wrapped))
