"""Tables with merged cells, from any format, as plain rows.

How merged cells are filled: one that spans rows stands in every row it covers; one that spans columns stands in each
column it covers, except where it covers (nearly) the whole row: that is a group's title and stands once. The same model
as HTML's (WHATWG HTML, 4.9.12.1 "Forming a table") and WordprocessingML's gridSpan and vMerge (ECMA-376 part 1, 17.4).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.formats.draft import Draft, Refused, cell_text
from corpus.limits import MAX_CELLS, MAX_CHARACTERS, MAX_COLUMNS
from corpus.vietnamese import fold, squeeze

_FIRST_COLUMN = re.compile(r"^(stt|tt|so tt|so thu tu|s\.?\s?t\.?\s?t\.?)$")
_LETTERHEAD = re.compile(
    r"cong hoa xa hoi|doc lap\s*-\s*tu do|^noi nhan\s*:|^\W*(tm|kt|tl|tuq)\.|dang cong san viet nam"
)
_LONG_CELL = 4_000  # characters; a cell that holds more is a page's column, not a table's cell


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as its format gives it; `rows` and `columns` count what it spans."""

    text: str
    rows: int = 1
    columns: int = 1


def place(rows: Sequence[Sequence[Cell]]) -> list[list[Cell | None]]:
    """The cell that covers each slot of the table, merged cells in all their slots.

    Raises:
        Refused: more than `MAX_CELLS` slots, or `MAX_COLUMNS` columns.
    """
    slots: list[list[Cell | None]] = []
    covering: dict[int, tuple[Cell, int]] = {}  # column -> cell from above, rows it still covers
    size = 0
    for row in rows:
        placed: list[Cell | None] = []
        following: dict[int, tuple[Cell, int]] = {}
        pending = iter(row)
        cell = next(pending, None)
        while cell is not None or any(column >= len(placed) for column in covering):
            column = len(placed)
            if column in covering:
                above, left = covering[column]
                placed.append(above)
                if left > 1:
                    following[column] = (above, left - 1)
            elif cell is None:
                placed.append(None)
            else:
                for offset in range(max(1, cell.columns)):
                    if offset and column + offset in covering:
                        break  # overlapping cells: the one from above stays
                    placed.append(cell)
                    if cell.rows > 1:
                        following[column + offset] = (cell, cell.rows - 1)
                    if len(placed) > MAX_COLUMNS:
                        break
                cell = next(pending, None)
            if len(placed) > MAX_COLUMNS:
                raise Refused(f"a table of more than {MAX_COLUMNS} columns", "split the table")
        covering = following
        size += len(placed)
        if size > MAX_CELLS:
            raise Refused(f"a table of more than {MAX_CELLS:,} cells", "split the table, or leave it out")
        slots.append(placed)
    width = max(map(len, slots), default=0)
    if width * len(slots) > MAX_CELLS:
        raise Refused(f"a table of more than {MAX_CELLS:,} cells", "split the table, or leave it out")
    return [row + [None] * (width - len(row)) for row in slots]


def fill(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """Rows of equal length, merged cells filled, empty rows and columns left out, the header in one row.

    >>> fill([[Cell("STT"), Cell("Nhiệm vụ"), Cell("Chủ trì")], [Cell("I"), Cell("Hạ tầng", 1, 2)],
    ...       [Cell("1"), Cell("Phủ sóng"), Cell("Sở A", 2)], [Cell("2"), Cell("Cáp quang")]])
    [['STT', 'Nhiệm vụ', 'Chủ trì'], ['I', 'Hạ tầng', ''], ['1', 'Phủ sóng', 'Sở A'], ['2', 'Cáp quang', 'Sở A']]
    """
    return [cells for _, cells in _numbered(rows)]


def _numbered(rows: Sequence[Sequence[Cell]]) -> list[tuple[int, list[str]]]:
    """As `fill`, each row with the number of the one that it comes from."""
    slots = place(rows)
    width = len(slots[0]) if slots else 0
    depth = _header_depth(slots)
    texts: list[list[str]] = []
    size = 0
    for number, row in enumerate(slots):
        line: list[str] = []
        for column, cell in enumerate(row):
            shown = "" if cell is None else cell_text(cell.text)
            across = cell is not None and column > 0 and row[column - 1] is cell
            if across and number >= depth and cell is not None and _is_title(cell, width):
                shown = ""
            line.append(shown)
            size += len(shown)
        if size > MAX_CHARACTERS:
            raise Refused(f"a table of more than {MAX_CHARACTERS:,} characters", "split the table, or leave it out")
        texts.append(line)
    if depth > 1:
        texts[:depth] = [_join_header(texts[:depth]), *[[""] * width] * (depth - 1)]
    filled = [column for column in range(width) if any(row[column] for row in texts)]
    return [(number, [row[column] for column in filled]) for number, row in enumerate(texts) if any(row)]


def write(draft: Draft, rows: Sequence[Sequence[Cell]], pages: Sequence[int] = ()) -> None:
    """Write a table, or what only lays out the page (letterhead, signatures) as its cells' paragraphs.

    `pages` names the page of each row, where that is known.
    """
    if is_layout(rows):
        for number, row in enumerate(rows):
            if pages:
                draft.page(pages[number])
            for cell in row:
                draft.paragraph(cell.text)
        return
    filled = _numbered(rows)
    draft.table([cells for _, cells in filled], [pages[number] for number, _ in filled] if pages else ())


def is_layout(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the table only lays out the page: one column, a letterhead, a signature block, page-long cells."""
    filled = [[cell for cell in row if cell.text.strip()] for row in rows]
    filled = [row for row in filled if row]
    if not filled:
        return True
    if _FIRST_COLUMN.match(fold(squeeze(filled[0][0].text))):
        return False
    width = max(map(len, filled))
    if width == 1 or any(len(cell.text) > _LONG_CELL for row in filled for cell in row):
        return True
    lines = [fold(squeeze(line)) for row in filled[:4] for cell in row for line in cell.text.split("\n")]
    if width <= 3 and len(filled) <= 6 and any(_LETTERHEAD.search(line) for line in lines):
        return True
    return width == 2 and len(filled) <= 2


def _is_title(cell: Cell, width: int) -> bool:
    """Whether a cell spans its row, but for an ordinal before it or a unit behind it."""
    return cell.columns > 1 and cell.columns >= max(2, width - 2)


def _header_depth(slots: Sequence[Sequence[Cell | None]]) -> int:
    """How many rows the header takes: as many as its first cell spans, when another of its cells spans columns."""
    if not slots or not slots[0] or slots[0][0] is None:
        return 1
    first = slots[0][0]
    depth = sum(1 for row in slots[:3] if row[0] is first)
    divided = any(cell and cell.columns > 1 and cell is not first for cell in slots[0])
    return depth if depth > 1 and divided else 1


def _join_header(rows: Sequence[Sequence[str]]) -> list[str]:
    """Names of divided columns under the name they share: "Thời gian - Bắt đầu"."""
    return [" - ".join(dict.fromkeys(text for text in column if text)) for column in zip(*rows, strict=True)]
