"""The page: one question box, the cited answer, the document beside it. Only this module imports gradio.

The parts that show text are `gr.HTML` with strings from `qa.view`; clicks in them reach Python as the events
`show_passage` and `pick_question`, raised by one delegated listener each (assets/page.js), so that they survive every
re-rendering. Annotations are evaluated at once here (no `from __future__`): gradio reads them to pass event data.
"""

import os
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from qa.view import Asker as Asker
from qa.view import ask_html, examples_html, library_html, passage_view, safely

if TYPE_CHECKING:
    import gradio as gr

TITLE = "planqa · Hỏi đáp kế hoạch"
_STYLES = ("page.css", "answer.css", "document.css")


def build_app(engine: Asker) -> "gr.Blocks":
    """The page over one engine; launch or mount it together with `look()`."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # for what runs before or outside of Blocks(analytics_enabled=)
    os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000000")  # else a DataFrame is built at each event
    import gradio as gr

    def ask(question: str | None) -> str:
        return safely(lambda: ask_html(engine, question or ""))

    def pick(event: gr.EventData) -> tuple[str, str]:
        question = str(_data(event).get("question", ""))
        return question, ask(question)

    def show(event: gr.EventData) -> str:
        return safely(lambda: passage_view(engine, _data(event)))

    def library() -> str:
        return safely(lambda: library_html(engine.documents()))

    plain: dict[str, Any] = {"apply_default_css": False}
    with gr.Blocks(analytics_enabled=False, title=TITLE, fill_width=True) as page:
        gr.HTML(_asset("header.html"), elem_id="pq-header", **plain)
        with gr.Row(elem_id="pq-columns"):
            with gr.Column(elem_id="pq-ask"):
                with gr.Row(elem_id="pq-box"):
                    box = gr.Textbox(
                        label="Câu hỏi · Your question",
                        placeholder="Tiếng Việt có dấu hoặc không dấu, or English",
                        lines=1,
                        max_lines=5,
                        autofocus=True,
                        elem_id="pq-question",
                        html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="search"),
                    )
                    button = gr.Button("Hỏi · Ask", variant="primary", elem_id="pq-send")
                gr.HTML(_asset("status.html"), elem_id="pq-status-area", **plain)
                answer = gr.HTML(elem_id="pq-answer", js_on_load=_listen("show_passage"), **plain)
                examples = gr.HTML(examples_html(), elem_id="pq-examples", js_on_load=_listen("pick_question"), **plain)
                shelf = gr.HTML(elem_id="pq-library", js_on_load=_listen("show_passage"), **plain)
            with gr.Column(elem_id="pq-side"):
                panel = gr.HTML(elem_id="pq-panel", js_on_load="window.planqa.panel(element, props, watch);", **plain)

        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        one: dict[str, Any] = {"concurrency_id": "engine", "concurrency_limit": 1}  # questions are answered in turn
        done: dict[str, Any] = {"fn": None, "js": "() => window.planqa.done()", "api_visibility": "private"}
        asking = "(q) => window.planqa.busy([q])"
        asked = gr.on([box.submit, button.click], ask, box, answer, js=asking, **quiet, **one)
        asked.then(**done)
        picking = "() => window.planqa.busy([])"
        picked = examples.pick_question(pick, None, [box, answer], js=picking, **quiet, **one)
        picked.then(**done)
        page.load(library, None, shelf, **quiet)
        for part in (answer, shelf):
            part.show_passage(show, None, panel, concurrency_limit=4, **quiet)
    return page.queue(api_open=False, max_size=64)


def look() -> dict[str, Any]:
    """Theme and head of the page, for `launch()` or `mount_gradio_app()`; nothing in them names another host."""
    import gradio as gr

    fonts = ("-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "Arial", "sans-serif")
    theme = gr.themes.Base(font=fonts, font_mono=("ui-monospace", "Consolas", "monospace"), neutral_hue="slate").set(
        body_background_fill="#f5f6f4",
        body_background_fill_dark="#12181f",
        body_text_color="#17212b",
        body_text_color_dark="#e6ecf2",
    )
    style = "\n".join(_asset(name) for name in _STYLES)
    head = f"<style>{style}</style><script>{_asset('page.js')}</script>"
    return {"theme": theme, "head": head}


def mount(engine: Asker, app: Any) -> None:
    """Put the page at "/" of a FastAPI application: no server-side rendering, history, monitoring or footer links."""
    import gradio as gr

    gr.mount_gradio_app(
        app,
        build_app(engine),
        "/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size="1kb",
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        **look(),
    )


def _data(event: "gr.EventData") -> dict[str, Any]:
    """What a browser sent with an event; anything but an object is taken for an empty one."""
    sent = getattr(event, "_data", None)
    return sent if isinstance(sent, dict) else {}


def _listen(event: str) -> str:
    """The script of an HTML part that raises `event`; gradio wants its name in quotes here."""
    return f"window.planqa.listen(element, trigger, '{event}');"


def _asset(name: str) -> str:
    """Text of one file in qa/assets."""
    return files("qa").joinpath("assets", name).read_text(encoding="utf-8")
