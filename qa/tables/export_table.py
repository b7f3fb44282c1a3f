"""Rows of tasks and targets as a table with a heading, the same for CSV and XLSX."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qa.tables.records import TargetRow, TaskRow

Cell = str | int | float | date | None

RECURRENCE = {
    "continuous": "thường xuyên (continuous)",
    "yearly": "hằng năm (yearly)",
    "quarterly": "hằng quý (quarterly)",
    "monthly": "hằng tháng (monthly)",
}
SOURCE = {"table": "bảng (table)", "lines": "danh mục (list)", "prose": "lời văn (running text)"}
COMPARATOR = {
    ">": "trên (over)",
    ">=": "tối thiểu (at least)",
    "=": "bằng (equal to)",
    "<": "dưới (under)",
    "<=": "tối đa (at most)",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A heading, rows of as many cells, and the title of the sheet."""

    title: str
    heading: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def task_table(rows: Sequence[TaskRow]) -> Table:
    """Tasks, one a row; agencies of one role are joined with "; "."""
    heading = (
        "Tỉnh (Province)",
        "Văn bản (Document)",
        "Nhiệm vụ (Task)",
        "Chủ trì (Lead)",
        "Phối hợp (Coordinating)",
        "Chỉ đạo (Directing)",
        "Thời hạn (Deadline)",
        "Từ ngày (From)",
        "Đến ngày (Until)",
        "Định kỳ (Recurrence)",
        "Mục (Section)",
        "Nguồn (Source)",
        "Căn cứ (Citation)",
        "Mã đoạn (Passage id)",
    )
    return Table("Nhiệm vụ", heading, tuple(_task_cells(row) for row in rows))


def target_table(rows: Sequence[TargetRow]) -> Table:
    """Targets, one a row; the comparator in words, for "=" would begin a formula."""
    heading = (
        "Tỉnh (Province)",
        "Văn bản (Document)",
        "Chỉ tiêu (Indicator)",
        "So sánh (Comparator)",
        "Mức (Value)",
        "Đơn vị (Unit)",
        "Năm (Year)",
        "Đối tượng (Population)",
        "Địa bàn (Area)",
        "Trích dẫn (Quote)",
        "Căn cứ (Citation)",
        "Mã đoạn (Passage id)",
    )
    return Table("Chỉ tiêu", heading, tuple(_target_cells(row) for row in rows))


def _task_cells(row: TaskRow) -> tuple[Cell, ...]:
    task, meta = row.task, row.document.meta
    return (
        meta.province,
        meta.number,
        task.task,
        "; ".join(task.lead),
        "; ".join(task.coordinating),
        "; ".join(task.directing),
        task.deadline,
        _date(task.deadline_start),
        _date(task.deadline_end),
        RECURRENCE.get(task.recurrence, task.recurrence),
        task.section,
        SOURCE.get(task.source, task.source),
        row.passage.citation,
        row.passage.id,
    )


def _target_cells(row: TargetRow) -> tuple[Cell, ...]:
    target, meta = row.target, row.document.meta
    return (
        meta.province,
        meta.number,
        target.indicator,
        COMPARATOR.get(target.comparator, target.comparator),
        _number(target.value),
        target.unit,
        _number(target.year),
        target.population,
        target.area,
        target.quote,
        row.passage.citation,
        row.passage.id,
    )


def _date(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def _number(written: str) -> str | int | float:
    """A number of the contract ("85", "0.9") as a number, anything else as it is written."""
    whole, _, fraction = written.partition(".")
    if not (whole.isascii() and whole.isdigit()) or len(written) > 15:
        return written
    if not fraction:
        return int(whole) if written == whole else written
    return float(written) if fraction.isascii() and fraction.isdigit() else written
