"""Open tables: a stream of cells with a bar behind each, cut into rows by where the next row can begin.

Three kinds of empty cell must be told apart: an empty cell that was printed (its text is a line break), the padding a
renderer adds where cells were merged (no text at all), and the gap between two rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.table_cells import ORDINAL, Cell

_COLUMN_NUMBER = re.compile(r"^\(?\d{1,2}\)?$")


def open_header(cells: Sequence[Cell]) -> tuple[list[str], int, bool]:
    """Column names, index of the first cell behind them, and whether a gap parts the rows."""
    names: list[str] = []
    index = 0
    while index < len(cells) and cells[index].text and not (names and ORDINAL.match(cells[index].text)):
        names.append(cells[index].text)
        index += 1
        if len(names) > 20:
            break
    gap = index < len(cells) and not cells[index].text and not cells[index].padding
    start = index + 1 if gap else index
    numbers = cells[start : start + len(names)]
    counted = [re.sub(r"\D", "", cell.text) for cell in numbers if _COLUMN_NUMBER.match(cell.text)]
    if counted == [str(i + 1) for i in range(len(names))]:
        start += len(names) + (1 if gap else 0)
    return names, start, gap


def open_rows(cells: Sequence[Cell], width: int, gap: bool) -> list[tuple[Cell, ...]]:
    """Cut the stream into rows of at most `width` cells; a row ends where the next one can begin."""
    rows: list[tuple[Cell, ...]] = []
    index = 0
    while index < len(cells):
        size = _row_size(cells, index, width, gap)
        row = tuple(cells[index : index + size])
        if any(cell.text for cell in row):
            rows.append(row)
        else:
            rows.append(())  # a row whose text the source lost: keeps the groups apart
        index += size + (1 if gap else 0)
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _row_size(cells: Sequence[Cell], index: int, width: int, gap: bool) -> int:
    step = 1 if gap else 0
    sizes: list[int] = [width, *range(width - 1, 1, -1), 1, width + 1]
    for size in sizes:
        after = index + size + step
        if after >= len(cells):
            if index + size >= len(cells) - step:
                return size
            continue
        if gap and cells[index + size].text:
            continue
        if _can_begin(cells, after):
            return size
    return width


def _can_begin(cells: Sequence[Cell], index: int) -> bool:
    """Whether a row can begin with this cell: an ordinal, a group title in capitals, or an empty row."""
    text = cells[index].text
    if ORDINAL.match(text):
        return True
    return not text or (text.upper() == text and len(text) > 8)
