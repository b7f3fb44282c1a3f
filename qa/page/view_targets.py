"""The tab of targets: one indicator compared across provinces and years, in a chart and in a table.

Annotations are evaluated at once here (no `from __future__`): gradio reads them to pass event data.
"""

import re
from html import escape
from typing import TYPE_CHECKING, Any

from corpus.provinces import belongs_to
from qa.page.charts import comparison, figure_json
from qa.page.indicators import Indicator, indicators
from qa.page.render_targets import targets_html
from qa.page.tabs import (
    IN_LANGUAGE,
    LISTEN,
    PLAIN,
    QUIET,
    Say,
    Turn,
    both,
    downloads_html,
    language_of,
    pick,
    provinces,
)
from qa.page.view import Asker, safely
from qa.tables.records import TargetQuery, select_targets
from qa.types import Language

if TYPE_CHECKING:
    import gradio as gr

FORMATS = ("csv", "xlsx")
Shown = tuple[str, str, Any, str]  # links, title, chart, table


def build(engine: Asker, tab: "gr.Tab", language: Any, say: Say = both) -> None:
    """Fill the tab that is open in gradio's context; it is shown anew whenever it is opened."""
    import gradio as gr
    from gradio.components.plot import PlotData

    with gr.Row(elem_classes="pq-filters"):
        text = gr.Textbox(label=say("Chỉ tiêu có các từ", "Indicator with the words"), lines=1, max_lines=1)
        province = gr.Dropdown(
            provinces(engine.documents()),
            value=[],
            multiselect=True,
            label=say("Tỉnh (để trống: mọi tỉnh)", "Provinces (none: all of them)"),
            allow_custom_value=True,
        )
        year = gr.Textbox(label=say("Năm", "Year"), placeholder="2025", lines=1, max_lines=1)
    links = gr.HTML(**PLAIN)
    title = gr.HTML(**PLAIN)
    chart = gr.Plot(show_label=False, elem_classes="pq-chart")
    table = gr.HTML(elem_id="pq-targets-table", js_on_load=LISTEN, **PLAIN)

    def shown(turn: Turn, text: str, names: list[str], year: str, language: Language) -> Shown:
        found: list[Indicator] = []

        def body() -> str:
            found.extend(target_groups(engine, text, names, year))
            return targets_html(found, turn, language)

        html = safely(body, language)
        drawn = found[turn.drawn] if turn.drawn < len(found) else None
        figure = comparison(drawn, language) if drawn else None
        plot = PlotData(type="plotly", plot=figure_json(figure)) if figure else None
        given = {"text": [text], "province": names, "target_year": years_of(year)}
        return downloads_html("api/targets", given, FORMATS, language), title_html(drawn, language), plot, html

    def fill(
        text: str | None, names: list[str] | None, year: str | None, language: object
    ) -> tuple[str, str, Any, str]:
        return shown(Turn(), (text or "").strip(), names or [], year or "", language_of(language))

    def turn(
        event: gr.EventData, text: str | None, names: list[str] | None, year: str | None, language: object
    ) -> Shown:
        return shown(Turn.of(event), (text or "").strip(), names or [], year or "", language_of(language))

    inputs, outputs = [text, province, year, language], [links, title, chart, table]
    boxes = (box for part in (text, year) for box in (part.submit, part.blur))
    gr.on([tab.select, province.change, *boxes], fill, inputs, outputs, js=IN_LANGUAGE, **QUIET)
    tab.select(
        lambda: gr.update(choices=provinces(engine.documents())), None, province, **QUIET
    )  # they may have changed
    table.turn(turn, inputs, outputs, **QUIET)


def target_groups(engine: Asker, text: str, names: list[str], year: str) -> tuple[Indicator, ...]:
    """The indicators of some provinces (none: of all) whose words hold `text`, set for the years in `year`."""
    documents = [
        document
        for document in engine.documents()
        if not names or any(belongs_to(document.meta.province, name) for name in names)
    ]
    return indicators(select_targets(documents, TargetQuery(text=text, years=tuple(years_of(year)))))


def years_of(written: str) -> list[str]:
    """The years in what was typed.

    >>> years_of("2025, 2030")
    ['2025', '2030']
    """
    return re.findall(r"(?<!\d)20\d\d(?!\d)", written)


def title_html(drawn: Indicator | None, language: Language) -> str:
    """The name of the indicator that the chart shows, or "" when none is shown."""
    if drawn is None:
        return ""
    count = len(drawn.provinces)
    where = pick(language, f"{count} tỉnh", f"{count} province{'' if count == 1 else 's'}")
    return f'<p class="pq-drawn"><strong lang="vi">{escape(drawn.name)}</strong> · {where}</p>'
