"""Pictures of tasks and targets for the page, as plotly figures. Only this module imports plotly.

The page draws them with the plotly.js that comes with gradio, so no other host is asked. Text and lines take their
colours from the page's style sheet (assets/records.css), light or dark; the bars' colours are told apart by people who
see few colours, too (Okabe and Ito, 2008).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from qa.page.indicators import Indicator
from qa.page.labels import shown_number
from qa.page.tabs import pick
from qa.tables.records import TargetRow, TaskRow
from qa.types import Language

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8c8c8c")
MAX_SERIES = len(COLOURS)
"""Provinces with a colour of their own; the others share the last one."""
_NUMBER = re.compile(r"\d+(\.\d+)?")
MAX_TICKS = 10
"""Years up to which each has its label."""
CONFIG = {"displayModeBar": False, "displaylogo": False, "responsive": True}


def timeline(rows: Sequence[TaskRow], language: Language) -> Figure | None:
    """How many tasks are due in each quarter, a colour for each province; None when no task has a date."""
    import plotly.graph_objects as go

    counts: dict[str, Counter[str]] = {}
    for row in rows:
        if row.due:
            quarter = f"{row.due.year}-{(row.due.month - 1) // 3 * 3 + 1:02d}-01"
            counts.setdefault(row.document.meta.province, Counter())[quarter] += 1
    if not counts:
        return None
    figure = go.Figure(layout=_layout(pick(language, "Số nhiệm vụ", "Tasks")))
    for colour, (name, found) in zip(COLOURS, _series(counts, language), strict=False):
        quarters = sorted(found)
        figure.add_bar(
            x=quarters,
            y=[found[quarter] for quarter in quarters],
            name=_plain(name),
            marker_color=colour,
            xperiod="M3",
            xperiodalignment="middle",
            customdata=[f"{pick(language, 'Quý', 'Quarter')} {quarter_of(quarter)}" for quarter in quarters],
            hovertemplate="%{customdata}: %{y}<extra>%{fullData.name}</extra>",
        )
    figure.update_layout(barmode="stack")
    days = sorted(day for found in counts.values() for day in found)
    few = int(days[-1][:4]) - int(days[0][:4]) <= MAX_TICKS
    figure.update_xaxes(type="date", tickformat="%Y", ticklabelmode="period", dtick="M12" if few else None)
    return figure


def comparison(indicator: Indicator, language: Language) -> Figure | None:
    """One indicator's values, a group of bars for each province and a colour for each year; None without numbers.

    A province with several documents that set it has a group for each of them.
    """
    import plotly.graph_objects as go

    drawn = [row for row in indicator.rows if _NUMBER.fullmatch(row.target.value)]
    if not drawn:
        return None
    pairs = {(row.document.meta.province, row.document.id) for row in drawn}
    several = {name for name, count in Counter(province for province, _ in pairs).items() if count > 1}
    unit = drawn[0].target.unit
    figure = go.Figure(layout=_layout(_plain(unit)))
    for place, year in enumerate(sorted({row.target.year for row in drawn})):
        rows = [row for row in drawn if row.target.year == year]
        figure.add_bar(
            x=[_group(row, several) for row in rows],
            y=[float(row.target.value) for row in rows],
            name=year or pick(language, "không nêu năm", "no year"),
            marker_color=COLOURS[place % MAX_SERIES],
            text=[_plain(value_of(row.target.comparator, row.target.value, unit, language)) for row in rows],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{x}: %{text}<extra>%{fullData.name}</extra>",
        )
    figure.update_layout(barmode="group")
    groups = list(dict.fromkeys(_group(row, several) for row in drawn))
    figure.update_xaxes(type="category", categoryorder="array", categoryarray=groups)
    figure.update_yaxes(rangemode="tozero")
    return figure


def figure_json(figure: Figure) -> str:
    """A figure as plotly.js reads it, with how it behaves: it fits its box and shows no tool bar."""
    written: dict[str, Any] = json.loads(figure.to_json())
    return json.dumps({**written, "config": CONFIG}, ensure_ascii=False)


def quarter_of(day: str) -> str:
    """The quarter of an ISO date.

    >>> quarter_of("2025-05-31")
    '2/2025'
    """
    return f"{(int(day[5:7]) + 2) // 3}/{day[:4]}"


def value_of(comparator: str, value: str, unit: str, language: Language) -> str:
    """A value with its sign and unit, short enough for a bar.

    >>> value_of(">", "83.5", "%", "vi"), value_of("=", "100", "%", "en")
    ('> 83,5%', '100%')
    """
    sign = {">=": "≥ ", "<=": "≤ ", "=": ""}.get(comparator, f"{comparator} ")
    return f"{sign}{shown_number(value, language)}{'' if unit in ('%', '‰') else ' '}{unit}"


def _series(counts: dict[str, Counter[str]], language: Language) -> list[tuple[str, Counter[str]]]:
    """Counts by province, the largest first; those without a colour of their own added up."""
    sizes = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    if len(sizes) <= MAX_SERIES:
        return sizes
    rest = sum((found for _, found in sizes[MAX_SERIES - 1 :]), Counter[str]())
    return [*sizes[: MAX_SERIES - 1], (pick(language, "Tỉnh khác", "Others"), rest)]


def _group(row: TargetRow, several: Collection[str]) -> str:
    """The name of a group of bars: the province, and the document where the province has several."""
    meta = row.document.meta
    return _plain(f"{meta.province} ({meta.number})" if meta.province in several else meta.province)


def _plain(text: str) -> str:
    """Text for plotly, which reads a few HTML tags: angle brackets and entities as characters."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _layout(y_title: str) -> dict[str, Any]:
    return {
        "template": "none",
        "height": 320,
        "margin": {"l": 56, "r": 12, "t": 44, "b": 48},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": True,
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        "yaxis": {"title": {"text": y_title}, "rangemode": "tozero", "fixedrange": True, "tickformat": "~r"},
        "xaxis": {"fixedrange": True},
        "font": {"family": "system-ui, Segoe UI, Roboto, sans-serif", "size": 13},
        "dragmode": False,
    }
