"""Tables of a DOCX: rows of cells, with what each spans (ECMA-376 part 1, 17.4: gridSpan, vMerge, gridBefore)."""

from __future__ import annotations

from collections.abc import Callable

from corpus.formats.docx_styles import W, integer, value
from corpus.formats.draft import Refused
from corpus.formats.grid import Cell
from corpus.formats.markup import Element
from corpus.limits import MAX_COLUMNS

_ROW, _CELL, _PARAGRAPH, _TABLE = f"{W}tr", f"{W}tc", f"{W}p", f"{W}tbl"
_TRANSPARENT = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_Starts = dict[int, tuple[int, int]]  # column -> (row, position) of the cell that vMerge continues


class TableReader:
    """Reads tables; `paragraph` gives a paragraph's text, `page` the page that the reading has come to."""

    def __init__(self, paragraph: Callable[[Element], str], page: Callable[[], int]) -> None:
        self._paragraph, self._page = paragraph, page

    def read(self, table: Element) -> tuple[list[list[Cell]], list[int]]:
        """The table's rows, and the page each begins on.

        Raises:
            Refused: more than `MAX_COLUMNS` columns.
        """
        rows: list[list[Cell]] = []
        pages: list[int] = []
        starts: _Starts = {}
        for row in _children(table, _ROW):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                continue
            skipped = value(properties.find(f"{W}gridBefore")) if properties is not None else ""
            column = min(MAX_COLUMNS, integer(skipped))
            cells = [Cell("")] * column
            pages.append(self._page())
            for cell in _children(row, _CELL):
                column += self._cell(cell, column, cells, rows, starts)
                if column > MAX_COLUMNS:
                    raise Refused(f"a table of more than {MAX_COLUMNS} columns", "split the table")
            rows.append(cells)
        return rows, pages

    def _cell(self, cell: Element, column: int, cells: list[Cell], rows: list[list[Cell]], starts: _Starts) -> int:
        """Append a cell, or stretch the one above that it continues; returns the columns it spans."""
        properties = cell.find(f"{W}tcPr")
        span = merge = None
        if properties is not None:
            span, merge = properties.find(f"{W}gridSpan"), properties.find(f"{W}vMerge")
        width = max(1, min(MAX_COLUMNS, integer(value(span), 1)))
        text = "\n".join(filter(None, map(self._block, _children(cell, _PARAGRAPH, _TABLE))))
        if merge is not None and value(merge) != "restart" and column in starts and not text:
            row, position = starts[column]
            above = rows[row][position]
            if row + above.rows == len(rows):
                rows[row][position] = Cell(above.text, above.rows + 1, above.columns)
                return width
        starts.pop(column, None)
        if merge is not None:
            starts[column] = (len(rows), len(cells))
        cells.append(Cell(text, 1, width))
        return width

    def _block(self, block: Element) -> str:
        """Text of a paragraph in a cell, or of all cells of a table in it."""
        if block.tag == _PARAGRAPH:
            return self._paragraph(block).strip()
        cells = [cell for row in _children(block, _ROW) for cell in _children(row, _CELL)]
        inner = (self._block(part) for cell in cells for part in _children(cell, _PARAGRAPH, _TABLE))
        return "\n".join(filter(None, inner))


def _children(element: Element, *tags: str) -> list[Element]:
    """Children with these tags, those inside content controls and insertions too."""
    found: list[Element] = []
    stack = list(reversed(element))
    while stack:
        child = stack.pop()
        if child.tag in tags:
            found.append(child)
        elif child.tag in _TRANSPARENT:
            stack.extend(reversed(child))
    return found
