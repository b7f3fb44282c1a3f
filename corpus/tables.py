"""Tables that a portal flattened into bars: header, rows and merged cells put together again.

A flattened table is a stream of cells between "|" bars: a row a line, or a cell a line, with or without a bar at the
start of each row. Three kinds of empty cell must be told apart: an empty cell that was printed (its text is a line
break), the padding a renderer adds where cells were merged (no text at all), and the gap between two rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.clean import Line
from corpus.markers import marker, roman
from corpus.vietnamese import fold, squeeze

_FIRST_COLUMN = re.compile(r"^(stt|tt|so tt|so thu tu|s\.?t\.?t\.?)$")
_ORDINAL = re.compile(r"^(\d{1,3}(\.\d{1,3})*|[IVXLC]{1,6}|[A-Z]|[a-zđ])\s*[.)]?$")
_COLUMN_NUMBER = re.compile(r"^\(?\d{1,2}\)?$")
_END = re.compile(r"^(noi nhan\s*:|tm\.|kt\.|tl\.|ghi chu\s*:|phu luc\b)")
MAX_CELL_LINES = 80
MAX_CELLS = 1_000_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `padding` when a renderer put it where a merged cell covers the place."""

    text: str
    line: int
    padding: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row in reading order; `span` maps a column to the text of the merged cell above that covers it."""

    cells: tuple[str, ...]
    line: int
    is_group: bool
    span: tuple[tuple[int, str], ...] = ()

    @property
    def ordinal(self) -> str:
        """The row's number as written without its full stop, "" when it has none."""
        first = self.cells[0] if self.cells else ""
        return first.rstrip(".) ") if _ORDINAL.match(first) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """Column names and rows, and the index of the first line behind the table."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int
    end: int


def table_at(lines: Sequence[Line], index: int) -> Table | None:
    """The flattened table whose header begins in line `index`, if one does.

    A header is a first column called STT (or TT, Số TT) and at least two more cells.
    """
    first = next((piece.strip() for piece in lines[index].text.split("|") if piece.strip()), "")
    if not _FIRST_COLUMN.match(fold(first)):
        return None
    end = _region_end(lines, index)
    cells = _cells(lines[index:end])
    header, start, gap = _header(cells)
    if len(header) < 3:
        return None
    rows = _rows(cells[start:], len(header), gap)
    return Table(tuple(header), _merge_down(rows, len(header)), lines[index].number, end)


def _region_end(lines: Sequence[Line], index: int) -> int:
    """Index behind the last line of the table that begins at `index`."""
    last = index
    for i in range(index, len(lines)):
        text = lines[i].text
        bare = text.strip("| ")
        if _END.match(fold(bare)) or (bare.startswith("Điều ") and marker(bare)):
            break
        if "|" in text:
            last = i
        elif i - last > MAX_CELL_LINES:
            break
        elif not text and "|" in lines[i - 1].text and i + 1 < len(lines) and _prose_follows(lines, i + 1):
            break
    return last + 1


def _prose_follows(lines: Sequence[Line], index: int) -> bool:
    """Whether a paragraph that no bar closes soon begins behind a blank line."""
    following = [line.text for line in lines[index : index + 12] if line.text]
    return bool(following) and not any("|" in text for text in following)


def _cells(lines: Sequence[Line]) -> list[Cell]:
    cells: list[Cell] = []
    pending, number, broken = "", lines[0].number, False
    for line in lines:
        pieces = line.text.split("|")
        for position, piece in enumerate(pieces):
            if position:
                text = squeeze(pending)
                cells.append(Cell(text, number, padding=not text and not broken))
                pending, broken, number = "", False, line.number
            if piece.strip() and not pending.strip():
                number = line.number
            pending += piece
        pending += "\n"
        broken = True
        if len(cells) > MAX_CELLS:
            break
    while cells and not cells[0].text:
        cells.pop(0)
    return cells


def _header(cells: Sequence[Cell]) -> tuple[list[str], int, bool]:
    """Column names, index of the first cell behind them, and whether a gap parts the rows."""
    names: list[str] = []
    index = 0
    while index < len(cells) and cells[index].text and not (names and _ORDINAL.match(cells[index].text)):
        names.append(cells[index].text)
        index += 1
        if len(names) > 20:
            break
    gap = index < len(cells) and not cells[index].text and not cells[index].padding
    start = index + 1 if gap else index
    numbers = cells[start : start + len(names)]
    if numbers and len(numbers) == len(names) and all(_COLUMN_NUMBER.match(cell.text) for cell in numbers):
        if [re.sub(r"\D", "", cell.text) for cell in numbers] == [str(i + 1) for i in range(len(names))]:
            start += len(names) + (1 if gap else 0)
    return names, start, gap


def _rows(cells: Sequence[Cell], width: int, gap: bool) -> list[tuple[Cell, ...]]:
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
    for size in (width, *range(width - 1, 1, -1), 1, width + 1):
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
    if _ORDINAL.match(text):
        return True
    return not text or (text.upper() == text and len(text) > 8)


def _merge_down(rows: Sequence[tuple[Cell, ...]], width: int) -> tuple[Row, ...]:
    """Tell group rows from task rows, and put back the cells that a merged cell above covers.

    A row with fewer cells than columns (or padding at its end) lies under a merged cell. Merged cells nest from the
    left, so the covered column is the leftmost one behind the task column that holds text in the row where the group
    began.
    """
    result: list[Row] = []
    anchor: tuple[str, ...] = ()
    anchored = False
    for row in rows:
        if not row:
            result.append(Row((), 0, is_group=True))
            anchor, anchored = (), False
            continue
        texts = [cell.text for cell in row]
        missing = (width - len(row)) + _trailing_padding(row)
        if _is_group(texts, width):
            level_text = texts[0]
            if roman(level_text.rstrip(".")) or not _ORDINAL.match(level_text) or "." not in level_text:
                anchor, anchored = tuple(texts), any(texts[2:])
            result.append(Row(tuple(texts), row[0].line, is_group=True))
            continue
        texts = texts[: width - missing] if missing > 0 else texts[:width] if len(texts) > width else texts
        span: list[tuple[int, str]] = []
        if missing > 0 and anchored:
            column = next((i for i in range(2, len(anchor)) if anchor[i]), 0)
            if column and missing == 1:
                span.append((column, anchor[column]))
                texts.insert(column, "")
        elif missing == 0:
            anchor, anchored = tuple(texts), True
        texts += [""] * (width - len(texts))
        result.append(Row(tuple(texts), row[0].line, is_group=False, span=tuple(span)))
    return tuple(result)


def _trailing_padding(row: Sequence[Cell]) -> int:
    count = 0
    for cell in reversed(row):
        if not cell.padding:
            break
        count += 1
    return count


def _is_group(texts: Sequence[str], width: int) -> bool:
    """A title and at most one more cell (a directing unit merged over the group), all else empty."""
    filled = [index for index, text in enumerate(texts) if text]
    if not filled or width < 3:
        return False
    if _ORDINAL.match(texts[0]):
        rest = [index for index in filled if index > 0]
        is_roman = bool(roman(texts[0].rstrip(".)")))
        return len(rest) == 1 or (is_roman and len(rest) == 2 and rest == [1, 2] and width >= 5)
    return len(filled) == 1
