"""Tables that a portal flattened into bars: header, rows and merged cells put together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.clean import Line
from corpus.labels import column_role
from corpus.table_cells import (
    FIRST_COLUMN,
    Cell,
    framed_cells,
    is_wall,
    layout,
    lined_rows,
    open_cells,
    open_end,
)
from corpus.table_header import column_names, is_header, is_header_again
from corpus.table_merge import Row, merge_framed, merge_open
from corpus.table_open import open_header, open_rows
from corpus.table_rows import framed_rows
from corpus.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Table:
    """Column names ("" where none is printed) and rows, and the index of the first line behind the table."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int
    end: int


def tables_at(lines: Sequence[Line], index: int) -> tuple[Table, ...]:
    """The flattened table that begins in line `index`: one, or several where new headers stand inside it, or none."""
    how = layout(lines, index)
    if how is None:
        return ()
    if how == "lined":
        rows, end = lined_rows(lines, index)
        sizes = [len(row) for row in rows]
        if len(rows) > 1 and sizes.count(sizes[0]) * 5 >= len(sizes) * 4:
            tables = _tables(rows, lines[index].number, end)
            return tuple(replace(table, rows=_led(table.rows, table.columns)) for table in tables)
    if how == "framed":
        cells, closings = framed_cells(lines, index)
        rows, used = framed_rows(cells) if len(cells) > 3 else ([], 0)
        if rows:
            # What stands behind the closing bar of the last row is no part of the table.
            return _tables(rows, lines[index].number, closings[used - 1] + 1)
        return ()
    return _open_table(lines, index)


def _open_table(lines: Sequence[Line], index: int) -> tuple[Table, ...]:
    """An open table, known by a first column called STT (or TT, Số TT) and at least two more names."""
    first = next((piece.strip() for piece in lines[index].text.split("|") if piece.strip()), "")
    if not FIRST_COLUMN.match(fold(first)):
        return ()
    end = open_end(lines, index)
    cells = open_cells(lines[index:end])
    header, start, gap = open_header(cells)
    if len(header) < 3:
        return ()
    rows = open_rows(cells[start:], len(header), gap)
    return (Table(tuple(header), merge_open(rows, len(header)), lines[index].number, end),)


def _tables(rows: Sequence[list[Cell]], line: int, end: int) -> tuple[Table, ...]:
    """The rows as one table, or as several where another header begins."""
    width = max(len(row) for row in rows)
    if width < 2 or len(rows) < 2 or any(is_wall(cell.text) for row in rows for cell in row):
        return ()
    starts = [0, *(i for i, row in enumerate(rows) if i and is_header_again(row, width))]
    tables: list[Table] = []
    for start, stop in zip(starts, [*starts[1:], len(rows)], strict=True):
        part = rows[start:stop]
        names = [""] * max(len(row) for row in part)
        taken = 0
        if is_header(part[0], part[1] if len(part) > 1 else []):
            names, taken = column_names(part, len(names))
            if tables and len(part) == 1:
                continue
        elif start == 0 and sum(map(len, part)) < 2 * len(part):
            return ()  # boxes of one cell: layout of the page
        if tables and [fold(a) for a in tables[-1].columns] == [fold(b) for b in names]:
            # The header printed again at the top of a page.
            tables[-1] = replace(tables[-1], rows=tables[-1].rows + merge_framed(part[taken:], len(names)))
            continue
        at = part[0][0].line or line
        tables.append(Table(tuple(names), merge_framed(part[taken:], len(names)), at if tables else line, end))
    return tuple(table for table in tables if table.rows)


def _led(rows: tuple[Row, ...], columns: Sequence[str]) -> tuple[Row, ...]:
    """Rows of a lined table, who leads filled down where a merged cell left the place empty.

    Such a table prints merged cells as empty ones. That a numbered task has nobody who leads it means a merged cell; an
    empty deadline may be one that was never set, so it stays.
    """
    lead = next((i for i, name in enumerate(columns) if column_role(name) == "lead"), -1)
    result: list[Row] = []
    above = ""
    for row in rows:
        if row.is_group or lead < 0:
            above = ""
        elif row.cells[lead]:
            above = row.cells[lead]
        elif above and row.ordinal and sum(map(bool, row.cells)) > 1:
            row = replace(row, span=(*row.span, (lead, above)))
        result.append(row)
    return tuple(result)
