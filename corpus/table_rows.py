"""A stream of cells in, rows out: where a flattened table breaks its rows.

Framed tables are cut by the best of all cuts (dynamic programming over the cells): a row is good when it has as many
cells as the table has columns and begins with a number where the others do; a bar pair with nothing between is a row's
end or an empty cell, whichever lets the rest of the table come out right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.table_cells import FIRST_COLUMN, ORDINAL, SUM, Cell
from corpus.vietnamese import fold

MAX_COLUMNS = 30
MANY_CELLS = 50_000
_NUMBER = re.compile(r"^[\d.,%\s]+$")


def framed_rows(cells: Sequence[Cell]) -> tuple[list[list[Cell]], int]:
    """Rows of a framed table (each without its closing gap), and how many cells they take up.

    >>> cells = [Cell(text, 0) for text in ["STT", "Việc", "", "1", "Một", "", "2", ""]]
    >>> [[cell.text for cell in row] for row in framed_rows(cells)[0]]
    [['STT', 'Việc'], ['1', 'Một'], ['2', '']]
    """
    best: tuple[float, list[int]] = (0.0, _plain_cut(cells))
    if not best[1]:
        widths = _widths(cells)
        for width in widths if len(cells) < MANY_CELLS else widths[:1]:
            found = _cut(cells, width)
            if found[0] > best[0]:
                best = found
    rows: list[list[Cell]] = []
    at = 0
    for size in best[1]:
        rows.append(list(cells[at : at + size]))
        at += size + 1
    return rows, max(0, at - 1)


def _plain_cut(cells: Sequence[Cell]) -> list[int]:
    """Sizes of the rows where nothing is in doubt: full rows of filled cells and headings of groups; else nothing."""
    filled = [bool(cell.text) for cell in cells]
    count = len(cells)
    width = next((i for i in range(count) if not filled[i]), count)
    sizes: list[int] = []
    at = 0
    while at < count:
        run = at
        while run < count and filled[run]:
            run += 1
        size = run - at
        if size != width and not (0 < size <= 2 < width):
            return []
        sizes.append(size)
        at = run + 1
    return sizes if width <= MAX_COLUMNS else []


def _widths(cells: Sequence[Cell]) -> list[int]:
    """The likely numbers of columns: lengths of unbroken runs of filled cells, the header's first."""
    runs: list[int] = []
    length = 0
    for cell in cells:
        if cell.text:
            length += 1
        elif length:
            runs.append(length)
            length = 0
    if length:
        runs.append(length)
    if not runs:
        return []
    numbered = FIRST_COLUMN.match(fold(cells[0].text)) is not None
    second = next((i for i in range(len(cells)) if not cells[i].text), len(cells)) + 1
    is_row = second < len(cells) and (not numbered or ORDINAL.match(cells[second].text) is not None)
    if len(runs) > 1 and runs[0] == runs[1] and 2 <= runs[0] <= MAX_COLUMNS and is_row:
        return [runs[0]]  # the header and a full row under it
    common = [size for size, _ in Counter(runs).most_common(3)]
    candidates = dict.fromkeys([runs[0], *runs[1:3], *common, max(runs), runs[0] + 1, max(runs) + 1])
    if len(runs) > 1 and 2 <= runs[1] < runs[0]:
        candidates[runs[0] + runs[1] - 1] = None  # one cell of the header has its parts in a second row
    return [size for size in candidates if 2 <= size <= MAX_COLUMNS]


def _cut(cells: Sequence[Cell], width: int) -> tuple[float, list[int]]:
    """The best cut into rows of at most `width` cells: its worth and the rows' sizes."""
    count = len(cells)
    stream = _Stream(cells)
    worth = [0.0] * (count + 2)
    choice = [0] * (count + 2)
    for start in range(count - 1, -1, -1):
        top = -1e9
        for size in range(1, min(width, count - start) + 1):
            after = start + size
            if 2 < size < width and after < count and stream.filled[after] and top > -1.0:
                continue  # it would end the table in the middle of a row
            value = stream.worth(start, size, width)
            if after + 1 < count and not stream.filled[after]:
                value += worth[after + 1]
            if value > top:
                top, choice[start] = value, size
        worth[start] = top
    sizes: list[int] = []
    at = 0
    while at < count:
        sizes.append(choice[at])
        at += choice[at]
        if at >= count or stream.filled[at]:
            break
        at += 1
    return worth[0], sizes


class _Stream:
    """What the cut needs to know of each cell, looked up once."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        bare = [cell.text.rstrip(".) ") for cell in cells]
        self.filled = [bool(cell.text) for cell in cells]
        self.opens = [
            (bool(ORDINAL.match(cell.text)) and cell.text not in "xX") or cell.text in ("-", "+", "*") for cell in cells
        ]
        self.value = [int(text) if text.isdecimal() and len(text) < 4 else -9 for text in bare]
        self.is_number = [bool(_NUMBER.match(cell.text)) for cell in cells]
        self.is_sum = [bool(SUM.match(cell.text)) for cell in cells]
        self.numbered = bool(FIRST_COLUMN.match(fold(cells[0].text)))
        self.second = next((i for i, filled in enumerate(self.filled) if not filled), len(cells)) + 1
        self.held = [0]  # filled cells before each place
        for filled in self.filled:
            self.held.append(self.held[-1] + filled)

    def worth(self, start: int, size: int, width: int) -> float:
        """How good a row these cells make: about 1 for a full one, less for a short one, below 0 for a wrong one."""
        after = start + size
        held = self.held[after] - self.held[start]
        value = self._shape(start, size, width, held)
        if after < len(self.filled) and self.filled[after]:  # no gap behind the row: the table ends here
            if size == width:
                value -= 0.0 if self.filled[after - 1] else 1.5
            else:
                value -= 0.5 if size <= 2 else 1.2
        if self.numbered and start:
            inner = any(self.opens[i] and not self.filled[i - 1] for i in range(start + 1, after))
            if inner and self.filled[start] and not self.opens[start]:
                value -= 1.0  # a row that begins without a number holds another one's beginning
            value += self._opening(start, size, width)
            if any(self.value[i] == self.value[start] + 1 and not self.filled[i - 1] for i in range(start + 2, after)):
                value -= 3.0  # the next row's number stands inside this one
        return value

    def _shape(self, start: int, size: int, width: int, held: int) -> float:
        empty = 0.02 * (size - held)
        if not held:
            return -0.4
        if self.is_sum[start] and held <= 2 + size // 3:
            return 0.4 - empty  # a sum, its label merged across
        if size == width:
            return 1.0 - empty
        if (held == 1 or (held == size == 2 and self.opens[start])) and not self.is_number[start]:
            return 0.1 - empty  # a group's heading, merged across
        if start == 0 or (start == self.second and not self.opens[start]):
            return 0.0  # one of two header rows
        return 0.0 if size >= width - 2 > 1 else -0.3  # a row under merged cells

    def _opening(self, start: int, size: int, width: int) -> float:
        """In a numbered table a row begins with a number, seldom with an empty cell."""
        if self.opens[start]:
            return 0.3 if size == width else 0.1
        if not self.filled[start]:
            return -0.1
        return -0.2 if size > 2 else 0.0
