"""Text and offsets in, escaped HTML out, with the quote marked: lines as paragraphs, runs of table rows as tables.

A `<mark>` cannot cross paragraphs or cells, so a quote that does is marked in pieces; only the first piece carries
the id `pq-mark`. What stands in the pieces, in order, is the quote without line breaks and cell separators.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

MARK_ID = "pq-mark"
_SEPARATOR = re.compile(r"(?:^| )\|(?= |$)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text and where it starts there."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Offset behind the last character of the line."""
        return self.start + len(self.text)


@dataclass(slots=True)
class Marker:
    """Marks text[start:end] wherever pieces of it are written; `named` gives the first piece its id."""

    start: int
    end: int
    named: bool = False

    def write(self, line: Line) -> str:
        """The line escaped, with the part that belongs to the quote in `<mark>`.

        >>> Marker(6, 10).write(Line("a <b> đến 2025", 0))
        'a &lt;b&gt; <mark>đến </mark>2025'
        """
        low, high = max(self.start, line.start), min(self.end, line.end)
        if low >= high:
            return escape(line.text)
        before, quote, after = (
            line.text[: low - line.start],
            line.text[low - line.start : high - line.start],
            line.text[high - line.start :],
        )
        if not quote.strip():
            return escape(line.text)
        opening = f'<mark id="{MARK_ID}" tabindex="-1">' if self.named else "<mark>"
        self.named = False
        return f"{escape(before)}{opening}{escape(quote)}</mark>{escape(after)}"


def lines(text: str) -> Iterator[Line]:
    """The lines of a text that hold anything, with their offsets."""
    start = 0
    for part in text.split("\n"):
        if part.strip():
            yield Line(part, start)
        start += len(part) + 1


def cells(line: Line) -> list[Line]:
    """The cells of a table row, or the line alone; an empty cell after the last separator is left out.

    >>> [cell.text for cell in cells(Line("1 | Phổ cập kỹ năng số | |", 0))]
    ['1', 'Phổ cập kỹ năng số', '']
    """
    found, start = [], 0
    for separator in _SEPARATOR.finditer(line.text):
        found.append(_stripped(line, start, separator.start()))
        start = separator.end()
    if not found:
        return [line]
    last = _stripped(line, start, len(line.text))
    return [*found, last] if last.text else found


def _stripped(line: Line, start: int, end: int) -> Line:
    """A part of the line without the white space around it."""
    text = line.text[start:end]
    kept = text.lstrip()
    return Line(kept.rstrip(), line.start + start + len(text) - len(kept))


def is_row(line: Line) -> bool:
    """Whether the line is a table row of the reading text."""
    return len(cells(line)) > 1


def row_html(line: Line, marker: Marker, width: int, anchor: str = "", columns: Sequence[str] = ()) -> str:
    """One `<tr>`; the last cell of a short row spans what is left; column names go along for narrow screens."""
    parts = cells(line)
    named = len(parts) <= len(columns)
    written = []
    for place, cell in enumerate(parts):
        span = width - place if place == len(parts) - 1 else 1
        attributes = f' colspan="{span}"' if span > 1 else ""
        if named and cell.text and columns[place]:
            attributes += f' data-label="{escape(columns[place])}"'
        written.append(f"<td{attributes}>{marker.write(cell)}</td>")
    return f"<tr{anchor}>{''.join(written)}</tr>"


def table_html(
    rows: Sequence[Line],
    marker: Marker,
    anchors: Mapping[int, str] | None = None,
    columns: Mapping[int, Sequence[str]] | None = None,
) -> str:
    """Rows that follow each other as one table; `anchors` and `columns` are known by the offset of a row."""
    width = max(len(cells(row)) for row in rows)
    ids, names = anchors or {}, columns or {}
    body = "".join(row_html(row, marker, width, ids.get(row.start, ""), names.get(row.start, ())) for row in rows)
    return f'<div class="pq-scroll"><table class="pq-rows"><tbody>{body}</tbody></table></div>'


def passage_html(text: str, marker: Marker, columns: Sequence[str] = ()) -> str:
    """A passage as paragraphs and tables; a single row whose columns are known as a list of "column: cell"."""
    found = list(lines(text))
    if len(found) == 1 and is_row(found[0]) and 1 < len(cells(found[0])) <= len(columns):
        pairs = zip(columns, cells(found[0]), strict=False)
        shown = "".join(
            f"<div><dt>{escape(column)}</dt><dd>{marker.write(cell)}</dd></div>"
            for column, cell in pairs
            if cell.text.strip()
        )
        return f'<dl class="pq-cells">{shown}</dl>'
    parts: list[str] = []
    for row, group in groups(found):
        if row:
            parts.append(table_html(group, marker))
        else:
            parts += [f"<p>{marker.write(line)}</p>" for line in group]
    return "".join(parts)


def groups(found: Sequence[Line]) -> Iterator[tuple[bool, list[Line]]]:
    """Runs of lines: (True, rows of one table) or (False, paragraphs)."""
    run: list[Line] = []
    row = False
    for line in found:
        if run and is_row(line) != row:
            yield row, run
            run = []
        row = is_row(line)
        run.append(line)
    if run:
        yield row, run
