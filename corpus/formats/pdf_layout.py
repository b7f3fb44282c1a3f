"""A page as its items in reading order: text lines and tables, and how a worker process hands them over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from corpus.formats.grid import Cell
from corpus.formats.pdf_lines import TextLine, read_lines
from corpus.formats.pdf_page import Page
from corpus.formats.pdf_tables import RuledTable, ruled_tables

Item = TextLine | RuledTable


@dataclass(frozen=True, slots=True)
class LaidPage:
    """The items of one page; `scan` when it shows a picture whose text is not known yet."""

    number: int
    width: float
    height: float
    items: tuple[Item, ...]
    scan: bool = False


def lay_out(page: Page) -> LaidPage:
    """The page's tables, and the lines above, between and below them."""
    tables, words = ruled_tables(page.rules, page.words)
    items: list[Item] = []
    for table in tables:
        above = [word for word in words if word.middle < table.top]
        words = [word for word in words if word.middle >= table.top]
        items.extend(read_lines(above))
        items.append(table)
    items.extend(read_lines(words))
    return LaidPage(page.number, page.width, page.height, tuple(items), page.is_scan)


def to_json(page: LaidPage) -> dict[str, Any]:
    """The page as plain lists."""
    items: list[Sequence[Any]] = []
    for item in page.items:
        if isinstance(item, TextLine):
            items.append(astuple(item))
        else:
            cells = [[(cell.text, cell.rows, cell.columns) for cell in row] for row in item.rows]
            items.append((item.left, item.top, item.right, item.bottom, item.edges, cells))
    return {"number": page.number, "width": page.width, "height": page.height, "scan": page.scan, "items": items}


def from_json(value: dict[str, Any]) -> LaidPage:
    """The page that `to_json` wrote."""
    items: list[Item] = []
    for item in value["items"]:
        if isinstance(item[0], str):
            items.append(TextLine(*item))
        else:
            left, top, right, bottom, edges, rows = item
            cells = tuple(tuple(Cell(*cell) for cell in row) for row in rows)
            items.append(RuledTable(left, top, right, bottom, tuple(edges), cells))
    return LaidPage(value["number"], value["width"], value["height"], tuple(items), value["scan"])
