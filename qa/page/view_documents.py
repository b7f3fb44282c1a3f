"""The tab of documents: the corpus at a glance, what looked wrong when it was read, each document a click away.

Annotations are evaluated at once here (no `from __future__`): gradio reads them to pass event data.
"""

from typing import TYPE_CHECKING, Any

from qa.page.render_documents import SORTS, documents_html
from qa.page.tabs import IN_LANGUAGE, LISTEN, PLAIN, QUIET, Say, Turn, both, language_of
from qa.page.view import Asker, safely
from qa.types import Language

if TYPE_CHECKING:
    import gradio as gr


def build(engine: Asker, tab: "gr.Tab", language: Any, say: Say = both) -> None:
    """Fill the tab that is open in gradio's context; it is shown anew whenever it is opened."""
    import gradio as gr

    text = gr.Textbox(label=say("Lọc theo số, tên, tỉnh", "Filter by number, title, province"), lines=1, max_lines=1)
    table = gr.HTML(elem_id="pq-documents-table", js_on_load=LISTEN, **PLAIN)

    def shown(turn: Turn, text: str, language: Language) -> str:
        return safely(lambda: documents_html(engine.documents(), text, turn, language), language)

    def fill(text: str | None, language: object) -> str:
        return shown(Turn(), text or "", language_of(language))

    def turn(event: gr.EventData, text: str | None, language: object) -> str:
        return shown(Turn.of(event, SORTS), text or "", language_of(language))

    inputs, outputs = [text, language], [table]
    gr.on([tab.select, text.submit, text.blur], fill, inputs, outputs, js=IN_LANGUAGE, **QUIET)
    table.turn(turn, inputs, outputs, **QUIET)
