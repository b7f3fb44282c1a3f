"""A table over several pages, made whole: a repeated header left out, a row that a page break cut put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.formats.draft import Draft
from corpus.formats.grid import Cell, is_layout, place, write
from corpus.formats.pdf_tables import RuledTable
from corpus.vietnamese import squeeze

_EDGE = 8.0  # points that the columns of a cut table may differ


class CutTable:
    """A table over one or more pages."""

    def __init__(self, first: RuledTable | None = None, page: int = 0) -> None:
        self._edges = first.edges if first else ()
        self._rows: list[list[Cell]] = [list(row) for row in first.rows] if first else []
        self._pages = [page] * len(self._rows)

    def takes(self, item: RuledTable) -> bool:
        """Whether the table, at the end of a page, goes on in `item`: its columns stand in the same places."""
        if not self._rows or len(self._edges) != len(item.edges) or is_layout(self._rows):
            return False
        shift = self._edges[0] - item.edges[0]  # left and right pages may have other margins
        return all(abs(a - b - shift) <= _EDGE for a, b in zip(self._edges, item.edges, strict=True))

    def extend(self, item: RuledTable, page: int) -> None:
        """Add the rows of the next page: without the header if it is repeated, with what a cut row lacks."""
        rows = [list(row) for row in item.rows]
        while rows and len(rows) > 1 and _texts(rows[0]) == _texts(self._rows[len(item.rows) - len(rows)]):
            rows.pop(0)
        above = place(self._rows)[-1]
        rows[0] = self._carried(rows[0], above)
        if self._cut(rows[0]):
            last = self._rows[-1]
            pairs = zip(last, rows[0], strict=True)
            self._rows[-1] = [replace(cell, text=squeeze(f"{cell.text} {rest.text}")) for cell, rest in pairs]
            rows.pop(0)
        self._rows.extend(rows)
        self._pages.extend([page] * len(rows))

    @staticmethod
    def _carried(row: list[Cell], above: Sequence[Cell | None]) -> list[Cell]:
        """An empty merged cell at the page's top holds what the merged cell above it holds."""
        result: list[Cell] = []
        column = 0
        for cell in row:
            covering = above[column] if column < len(above) else None
            if covering and not cell.text and covering.text and cell.rows > 1 and cell.columns == covering.columns:
                cell = replace(cell, text=covering.text)
            result.append(cell)
            column += cell.columns
        return result

    def _cut(self, row: Sequence[Cell]) -> bool:
        """Whether the row is the rest of the one before: it has no number, and a cell of it begins in mid-sentence."""
        last = self._rows[-1]
        if len(row) != len(last) or row[0].text or not last[0].text:
            return False
        if any(cell.rows > 1 or cell.columns > 1 for cell in (*row, *last)):
            return False
        if not row[1].text and last[1].text:
            return True  # no task either
        pairs = [(cell.text, rest.text) for cell, rest in zip(last, row, strict=True) if cell.text and rest.text]
        return any(rest[:1].islower() or cell.rstrip().endswith((",", "-", "–")) for cell, rest in pairs)

    def write(self, draft: Draft) -> None:
        """Write the table, or its cells' text where it only laid out the page; then it is empty."""
        write(draft, self._rows, self._pages)
        self._rows = []


def _texts(row: Sequence[Cell]) -> list[str]:
    return [squeeze(cell.text) for cell in row]
