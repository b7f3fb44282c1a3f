"""Tables by their ruled lines: the grid that the lines draw, cells merged where a line is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.formats.grid import Cell
from corpus.formats.pdf_lines import text_of
from corpus.formats.pdf_page import Rule, Word

_SNAP = 2.5  # points: lines closer than this are one line drawn twice
_REACH = 3.0  # points: how far lines may miss each other at a corner
_SHORTEST = 6.0
_MOST_PAIRS = 1_500_000  # a drawing or a map, not a table


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table's place on the page, its upright edges, and its rows of cells."""

    left: float
    top: float
    right: float
    bottom: float
    edges: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]


def ruled_tables(rules: Sequence[Rule], words: Sequence[Word]) -> tuple[list[RuledTable], list[Word]]:
    """Tables of at least two columns and two rows from the top of the page down, and the words outside them."""
    level = _merge([(r.top, r.left, r.right) for r in rules if r.level])
    upright = _merge([(r.left, r.top, r.bottom) for r in rules if not r.level])
    tables: list[RuledTable] = []
    outside = list(words)
    if len(level) * len(upright) > _MOST_PAIRS:
        return [], outside
    for across, down in _groups(level, upright):
        xs = _positions(x for x, _, _ in down)
        across = [*across, *_open_ends(xs, across, down)]
        ys = _positions(y for y, _, _ in across)
        if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > 20_000:
            continue
        inside = [w for w in outside if xs[0] <= w.center <= xs[-1] and ys[0] <= w.middle <= ys[-1]]
        if not inside:
            continue
        taken = set(map(id, inside))
        outside = [word for word in outside if id(word) not in taken]
        rows = _rows(xs, ys, across, down, inside)
        tables.append(RuledTable(xs[0], ys[0], xs[-1], ys[-1], tuple(xs), rows))
    return sorted(tables, key=lambda table: table.top), outside


_Line = tuple[float, float, float]  # position, from, to


def _merge(lines: list[_Line]) -> list[_Line]:
    """Pieces of one line, drawn a cell at a time or twice, as one."""
    merged: list[_Line] = []
    band: list[_Line] = []
    for line in sorted(lines):
        if band and line[0] - band[0][0] > _SNAP:
            merged.extend(_join(band))
            band = []
        band.append(line)
    merged.extend(_join(band))
    return [line for line in merged if line[2] - line[1] >= _SHORTEST]


def _join(band: list[_Line]) -> list[_Line]:
    result: list[_Line] = []
    position = sum(line[0] for line in band) / len(band) if band else 0.0
    for _, start, end in sorted(band, key=lambda line: line[1]):
        if result and start <= result[-1][2] + _REACH:
            result[-1] = (position, result[-1][1], max(result[-1][2], end))
        else:
            result.append((position, start, end))
    return result


def _groups(level: Sequence[_Line], upright: Sequence[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
    """Lines that cross or touch, directly or by way of others."""
    parent = list(range(len(level) + len(upright)))

    def find(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, (y, x0, x1) in enumerate(level):
        for j, (x, y0, y1) in enumerate(upright, len(level)):
            if x0 - _REACH <= x <= x1 + _REACH and y0 - _REACH <= y <= y1 + _REACH:
                parent[find(j)] = find(i)
    groups: dict[int, tuple[list[_Line], list[_Line]]] = defaultdict(lambda: ([], []))
    for i, line in enumerate(level):
        groups[find(i)][0].append(line)
    for j, line in enumerate(upright, len(level)):
        groups[find(j)][1].append(line)
    return [group for group in groups.values() if group[0] and group[1]]


def _open_ends(xs: Sequence[float], across: Sequence[_Line], down: Sequence[_Line]) -> list[_Line]:
    """Level lines where all upright ones end beyond the last level one: a page break cut a row and drew no border."""
    ends: list[_Line] = []
    highest, lowest = min(y for y, _, _ in across), max(y for y, _, _ in across)
    for last, others in (
        (min(start for _, start, _ in down), [start for _, start, _ in down if start < highest - _SHORTEST]),
        (max(end for _, _, end in down), [end for _, _, end in down if end > lowest + _SHORTEST]),
    ):
        if len(others) >= max(2, len(xs) - 1):
            ends.append((last, xs[0], xs[-1]))
    return ends


def _positions(values: Iterable[float]) -> list[float]:
    result: list[float] = []
    for value in sorted(values):
        if not result or value - result[-1] > _SNAP:
            result.append(value)
    return result


def _rows(
    xs: Sequence[float], ys: Sequence[float], across: Sequence[_Line], down: Sequence[_Line], words: Sequence[Word]
) -> tuple[tuple[Cell, ...], ...]:
    """The cells row by row, each with the words in it; slots with no line between them are one cell."""
    width, height = len(xs) - 1, len(ys) - 1
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(height):
        for column in range(width):
            if (row, column) in owner:
                continue
            last = column
            while last + 1 < width and (row, last + 1) not in owner and not _upright(down, xs[last + 1], ys, row):
                last += 1
            under = row
            while under + 1 < height and not any(_level(across, ys[under + 1], xs, c) for c in range(column, last + 1)):
                if any((under + 1, c) in owner for c in range(column, last + 1)):
                    break
                under += 1
            for r in range(row, under + 1):
                for c in range(column, last + 1):
                    owner[r, c] = (row, column)
            spans[row, column] = (under - row + 1, last - column + 1)
    inside: dict[tuple[int, int], list[Word]] = defaultdict(list)
    for word in words:
        row = max(0, min(height - 1, sum(y <= word.middle for y in ys) - 1))
        column = max(0, min(width - 1, sum(x <= word.center for x in xs) - 1))
        inside[owner[row, column]].append(word)
    return tuple(
        tuple(
            Cell(text_of(inside[row, column]), *spans[row, column]) for column in range(width) if (row, column) in spans
        )
        for row in range(height)
    )


def _upright(down: Sequence[_Line], x: float, ys: Sequence[float], row: int) -> bool:
    middle = (ys[row] + ys[row + 1]) / 2
    return any(abs(line[0] - x) <= _SNAP and line[1] <= middle <= line[2] for line in down)


def _level(across: Sequence[_Line], y: float, xs: Sequence[float], column: int) -> bool:
    middle = (xs[column] + xs[column + 1]) / 2
    return any(abs(line[0] - y) <= _SNAP and line[1] <= middle <= line[2] for line in across)
