"""The document's lines as a sequence of blocks: paragraphs and table rows, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.clean import Line
from corpus.paragraphs import Layout, Paragraph, measure, paragraphs
from corpus.table_merge import Row
from corpus.tables import Table, tables_at


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
    barred = ["|" in line.text for line in lines]
    index = 0
    while index < len(lines):
        line = lines[index]
        tables = tables_at(lines, index) if any(barred[index : index + 3]) else ()
        if tables:
            result.extend(_prose(run, layout))
            run = []
            for table in tables:
                result.extend(_table(table, _inherited(table, result)))
            index = tables[-1].end
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


def _prose(run: Sequence[Line], layout: Layout) -> Iterator[Block]:
    joined: list[Paragraph] = paragraphs(run, layout)
    for position, paragraph in enumerate(joined):
        yield Block(paragraph.text, paragraph.line, paragraph.spaced or position == 0)


def _inherited(table: Table, before: Sequence[Block]) -> tuple[str, ...]:
    """Column names of a table that prints none because it goes on from the one before, across a page or dots."""
    if any(table.columns):
        return table.columns
    for block in before[:-4:-1]:
        if block.row is not None:
            return block.columns if len(block.columns) == len(table.columns) else table.columns
        if re.search(r"[^\W_]", block.text):
            break
    return table.columns


def _table(table: Table, columns: tuple[str, ...]) -> Iterator[Block]:
    header = " | ".join(table.columns) if any(table.columns) else ""
    yield Block(header, table.line, True, None, columns, begins_table=True)
    for row in table.rows:
        shown = list(row.cells)
        while shown and not shown[-1]:
            shown.pop()
        covered = {column for column, _ in row.span}
        text = " | ".join(cell for index, cell in enumerate(shown) if index not in covered)
        yield Block(text, row.line, True, row, columns)
