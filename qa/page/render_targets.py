"""Targets as one escaped HTML string: an indicator a row, a column for each year, every value opening its passage."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from corpus.types import Document
from qa.page.charts import value_of
from qa.page.indicators import Indicator
from qa.page.labels import labels
from qa.page.render import open_button
from qa.page.render_table import Column, pager_html, table_html
from qa.page.tabs import Turn, pick
from qa.tables.records import TargetRow
from qa.types import Language

PAGE = 15  # indicators on a page


def targets_html(found: Sequence[Indicator], turn: Turn, language: Language) -> str:
    """One page of a table of indicators; what a plan sets stands in its row, in the plan's own words."""
    if not found:
        none = pick(language, "Không có chỉ tiêu nào.", "No target passes these filters.")
        return f'<p class="pq-note" role="status">{none}</p>'
    count, first = len(found), (min(turn.page, -(-len(found) // PAGE)) - 1) * PAGE
    shown = found[first : first + PAGE]
    years = sorted({year for indicator in shown for year in indicator.years}, key=lambda year: year or "9999")
    rows = [
        row for place, indicator in enumerate(shown, first) for row in _rows(indicator, place, years, turn, language)
    ]
    caption = pick(language, f"{count} chỉ tiêu", f"{count} indicator{'' if count == 1 else 's'}")
    table = table_html(caption, _columns(years, language), rows, turn, language)
    return f'<section class="pq-tab" lang="{language}">{table}{pager_html(turn, count, PAGE, language)}</section>'


def _columns(years: Sequence[str], language: Language) -> list[Column]:
    none = pick(language, "Không nêu năm", "No year")
    heads = [labels(language).indicator, pick(language, "Tỉnh", "Province")]
    return [Column(head) for head in (*heads, *(year or none for year in years))]


def _rows(indicator: Indicator, place: int, years: Sequence[str], turn: Turn, language: Language) -> list[list[str]]:
    """A row for each document that sets the indicator; the first one has the button that draws it."""
    result: list[list[str]] = []
    for document, group in groupby(indicator.rows, key=lambda row: row.document):
        rows = list(group)
        button = "" if result else _draw_button(indicator, place, turn, language)
        wordings = "<br>".join(escape(text) for text in dict.fromkeys(_wording(row) for row in rows))
        result.append(
            [
                f'<span lang="vi">{wordings}</span>{button}',
                f'<span lang="vi">{escape(document.meta.province)}</span>',
                *(_values([row for row in rows if row.target.year == year], document, language) for year in years),
            ]
        )
    return result


def _wording(row: TargetRow) -> str:
    target = row.target
    return " · ".join(part for part in (target.indicator, target.population, target.area) if part)


def _values(rows: Sequence[TargetRow], document: Document, language: Language) -> str:
    return "".join(f'<span class="pq-value">{_value(row, document, language)}</span>' for row in rows)


def _value(row: TargetRow, document: Document, language: Language) -> str:
    target = row.target
    value = value_of(target.comparator, target.value, target.unit, language)
    citation = f"{row.passage.citation}, {labels(language).open}"
    button = open_button(document.id, target.start, target.end, language, citation, value)
    return f'{button}<small lang="vi">{escape(row.passage.citation)}</small>'


def _draw_button(indicator: Indicator, place: int, turn: Turn, language: Language) -> str:
    word = pick(language, "Biểu đồ", "Chart")
    return (
        f'<button type="button" class="pq-turn pq-draw" data-page="{turn.page}" '
        f'data-drawn="{place}" data-name="{place}" aria-pressed="{"true" if turn.drawn == place else "false"}" '
        f'aria-label="{escape(f"{word}: {indicator.name}")}">{word}</button>'
    )
