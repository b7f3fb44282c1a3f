"""The document's lines as a sequence of blocks: paragraphs and table rows, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.clean import Line
from corpus.paragraphs import Layout, Paragraph, measure, paragraphs
from corpus.tables import Row, Table, table_at


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a row of a table (then `row` and `columns` are set)."""

    text: str
    line: int
    spaced: bool = False
    row: Row | None = None
    columns: tuple[str, ...] = ()
    begins_table: bool = False


def blocks(lines: Sequence[Line]) -> list[Block]:
    """Cut the document into paragraphs and table rows; bars that only lay out the page part paragraphs."""
    layout = measure(lines)
    result: list[Block] = []
    run: list[Line] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        table = table_at(lines, index) if "|" in line.text or _bar_follows(lines, index) else None
        if table:
            result.extend(_prose(run, layout))
            run = []
            result.extend(_table(table))
            index = table.end
            continue
        pieces = line.text.split("|")
        for position, piece in enumerate(pieces):
            if position:
                result.extend(_prose(run, layout))
                run = []
            text = piece.strip()
            if set(text) <= set("-_*=~. ") and len(text) > 1:
                text = ""  # a ruled line
            run.append(Line(line.number, text))
        index += 1
    result.extend(_prose(run, layout))
    return result


def _bar_follows(lines: Sequence[Line], index: int) -> bool:
    return any("|" in line.text for line in lines[index + 1 : index + 3])


def _prose(run: Sequence[Line], layout: Layout) -> Iterator[Block]:
    joined: list[Paragraph] = paragraphs(run, layout)
    for position, paragraph in enumerate(joined):
        yield Block(paragraph.text, paragraph.line, paragraph.spaced or position == 0)


def _table(table: Table) -> Iterator[Block]:
    yield Block(" | ".join(table.columns), table.line, True, None, table.columns, begins_table=True)
    for row in table.rows:
        shown = list(row.cells)
        while shown and not shown[-1]:
            shown.pop()
        covered = {column for column, _ in row.span}
        text = " | ".join(cell for index, cell in enumerate(shown) if index not in covered)
        yield Block(text, row.line, True, row, table.columns)
