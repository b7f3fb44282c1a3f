"""A long table as escaped HTML: a caption, headers that sort, rows that become cards on a phone, pages to turn.

Roles stand beside the elements because the style sheet makes blocks of them on a phone, and a browser then forgets
that they are a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from qa.page.tabs import Turn, pick
from qa.types import Language


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, and the order that its header asks for ("" when it does not sort)."""

    label: str
    sort: str = ""


def page_count(rows: int, size: int) -> int:
    """How many pages so many rows fill; one at least.

    >>> page_count(0, 25), page_count(25, 25), page_count(26, 25)
    (1, 1, 2)
    """
    return max(1, -(-rows // size))


def table_html(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    turn: Turn,
    language: Language,
) -> str:
    """One page of a table; the cells of `rows` are HTML already, the first one names its row.

    The column that `turn.sort` names is marked as sorted; a "-" in front of it says descending.
    """
    head = "".join(_header(column, turn, language) for column in columns)
    body = "".join(
        '<tr role="row">'
        + "".join(
            _cell(column, cell, place == 0) for place, (column, cell) in enumerate(zip(columns, row, strict=True))
        )
        + "</tr>"
        for row in rows
    )
    name = escape(caption)
    return (
        f'<div class="pq-scroll" role="region" aria-label="{name}" tabindex="-1">'
        f'<table class="pq-records" role="table"><caption>{name}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _row(columns: Sequence[Column], row: Sequence[str]) -> str:
    cells = (_cell(column, cell, place == 0) for place, (column, cell) in enumerate(zip(columns, row, strict=True)))
    return f'<tr role="row">{"".join(cells)}</tr>'


def _header(column: Column, turn: Turn, language: Language) -> str:
    label = escape(column.label)
    if not column.sort:
        return f'<th scope="col" role="columnheader">{label}</th>'
    rising, falling = turn.sort == column.sort, turn.sort == f"-{column.sort}"
    state = ' aria-sort="ascending"' if rising else ' aria-sort="descending"' if falling else ""
    arrow = "▲" if rising else "▼" if falling else "↕"
    then = f"-{column.sort}" if rising else column.sort
    hint = escape(pick(language, "sắp xếp", "sort"))
    return (
        f'<th scope="col" role="columnheader"{state}>'
        f'<button type="button" class="pq-turn pq-sort" data-page="1" data-sort="{escape(then)}" '
        f'data-name="{escape(column.sort)}">{label}'
        f'<span class="pq-hidden">, {hint}</span> <span aria-hidden="true">{arrow}</span></button></th>'
    )


def _cell(column: Column, cell: str, first: bool) -> str:
    label = f' data-label="{escape(column.label)}"'
    if first:
        return f'<th scope="row" role="rowheader"{label}>{cell}</th>'
    return f'<td role="cell"{label}{"" if cell else " data-empty"}>{cell}</td>'


def pager_html(turn: Turn, rows: int, size: int, language: Language) -> str:
    """Buttons to the neighbouring pages and the ends; "" when everything fits one page."""
    last = page_count(rows, size)
    if last == 1:
        return ""
    page = min(turn.page, last)
    steps = (
        (1, pick(language, "Trang đầu", "First page"), "«"),
        (page - 1, pick(language, "Trang trước", "Previous page"), "‹"),
        (page + 1, pick(language, "Trang sau", "Next page"), "›"),
        (last, pick(language, "Trang cuối", "Last page"), "»"),
    )
    buttons = [
        f'<button type="button" class="pq-turn" data-page="{to}" data-sort="{escape(turn.sort)}" '
        f'data-drawn="{turn.drawn}" data-name="{sign}" '
        f'aria-label="{escape(name)}"{"" if 1 <= to <= last and to != page else " disabled"}>{sign}</button>'
        for to, name, sign in steps
    ]
    where = pick(language, f"Trang {page} / {last}", f"Page {page} of {last}")
    name = pick(language, "Các trang của bảng", "Pages of the table")
    return (
        f'<nav class="pq-pager" aria-label="{escape(name)}">{"".join(buttons[:2])}<span>{where}</span>'
        f"{''.join(buttons[2:])}</nav>"
    )
