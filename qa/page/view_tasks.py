"""The tab of tasks: filters, a picture of the deadlines, the table, and what it can be downloaded as.

Annotations are evaluated at once here (no `from __future__`): gradio reads them to pass event data.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from corpus.provinces import belongs_to
from qa.page.charts import figure_json, timeline
from qa.page.render import error_html
from qa.page.render_tasks import SORTS, tasks_html
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
from qa.tables.records import Period, TaskQuery, TaskRow, read_time, select_tasks
from qa.types import Language

if TYPE_CHECKING:
    import gradio as gr

FORMATS = ("csv", "xlsx", "ics")
Shown = tuple[str, str, Any, str]  # links, title, chart, table


def build(engine: Asker, tab: "gr.Tab", language: Any, say: Say = both) -> None:
    """Fill the tab that is open in gradio's context; it is shown anew whenever it is opened."""
    import gradio as gr
    from gradio.components.plot import PlotData

    every = say("Mọi tỉnh", "Every province")

    def choices() -> list[tuple[Any, str]]:
        return [(every, ""), *((name, name) for name in provinces(engine.documents()))]

    with gr.Row(elem_classes="pq-filters"):
        province = gr.Dropdown(
            choices(),
            value="",
            label=say("Tỉnh", "Province"),
            allow_custom_value=True,
        )
        agency = gr.Textbox(label=say("Cơ quan", "Agency"), lines=1, max_lines=1)
        time = gr.Textbox(
            label=say("Thời hạn", "Deadline"), placeholder="trước tháng 6/2025; quý này; by 2030", lines=1, max_lines=1
        )
        text = gr.Textbox(label=say("Có các từ", "With the words"), lines=1, max_lines=1)
    links = gr.HTML(**PLAIN)
    title = gr.HTML(**PLAIN)
    chart = gr.Plot(show_label=False, elem_classes="pq-chart")
    table = gr.HTML(elem_id="pq-tasks-table", js_on_load=LISTEN, **PLAIN)

    def shown(turn: Turn, given: Sequence[str | None], language: Language) -> Shown:
        words = [(value or "").strip() for value in given]
        rows: list[TaskRow] = []

        def body() -> str:
            period = period_of(words[2], language)
            if isinstance(period, str):
                return period
            rows.extend(task_rows(engine, words[0], words[1], period, words[3]))
            return tasks_html(rows, turn, language)

        html = safely(body, language)
        figure = timeline(rows, language)
        plot = PlotData(type="plotly", plot=figure_json(figure)) if figure else None
        return links_html(words, language), title_html(rows, language), plot, html

    def fill(province: str | None, agency: str | None, time: str | None, text: str | None, language: object) -> Shown:
        return shown(Turn(), (province, agency, time, text), language_of(language))

    def turn(
        event: gr.EventData,
        province: str | None,
        agency: str | None,
        time: str | None,
        text: str | None,
        language: object,
    ) -> Shown:
        return shown(Turn.of(event, SORTS), (province, agency, time, text), language_of(language))

    inputs, outputs = [province, agency, time, text, language], [links, title, chart, table]
    boxes = (box for part in (agency, time, text) for box in (part.submit, part.blur))
    gr.on([tab.select, province.change, *boxes], fill, inputs, outputs, js=IN_LANGUAGE, **QUIET)
    # The corpus may have changed; an event carries labels as text, in which the browser finds those to translate.
    tab.select(lambda: gr.update(choices=[(str(label), name) for label, name in choices()]), None, province, **QUIET)
    table.turn(turn, inputs, outputs, **QUIET)


def task_rows(engine: Asker, province: str, agency: str, period: Period, text: str) -> tuple[TaskRow, ...]:
    """The tasks of a province ("": of all) that pass the other filters."""
    documents = [d for d in engine.documents() if not province or belongs_to(d.meta.province, province)]
    return select_tasks(documents, TaskQuery(agency=agency, text=text, due_from=period.first, due_to=period.last))


def period_of(words: str, language: Language) -> Period | str:
    """The time that the words name, an open one for none; one line of HTML when they cannot be read."""
    if not words:
        return Period(None, None)
    found = read_time(words, date.today())
    if found is None:
        vietnamese = f"“{words}”: không đọc được thời hạn; hãy viết như “trước tháng 6/2025”, “năm 2025”, “quý này”."
        english = f"“{words}”: no time was understood; write it like “before June 2025”, “2025”, “this quarter”."
        return error_html(pick(language, vietnamese, english))
    return found


def title_html(rows: Sequence[TaskRow], language: Language) -> str:
    """What the chart shows, and how many tasks it leaves out; "" without tasks."""
    if not rows:
        return ""
    undated = sum(row.due is None for row in rows)
    shown = pick(language, "Số nhiệm vụ đến hạn theo quý", "Tasks due by quarter")
    rest = pick(language, f"{undated} nhiệm vụ không có ngày", f"{undated} without a date")
    return f'<p class="pq-drawn"><strong>{shown}</strong> · {rest}</p>'


def links_html(words: Sequence[str], language: Language) -> str:
    """Links that download the tasks that these filters let through: province, agency, time, text."""
    period = read_time(words[2], date.today()) if words[2] else None
    first, last = (str(day or "") for day in period or ("", ""))
    given = {"province": [words[0]], "agency": [words[1]], "due_from": [first], "due_to": [last], "text": [words[3]]}
    return downloads_html("api/tasks", given, FORMATS, language)
