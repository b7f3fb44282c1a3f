"""The page: tabs over one engine, the whole document beside them. With the tabs' own modules, all that imports gradio.

The question box, the tabs and the tables are gradio's. What shows text is `gr.HTML` that is never rendered anew: the
script of the page (assets/*.js) calls `start`, `ask` and `show` of `qa.web.calls` and writes the HTML that they give
into it, so that one path serves a question, a follow-up, a link and a server that was lost for a while.
"""

from __future__ import annotations

import json
import os
from collections import OrderedDict
from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from qa.page import phrases, view_documents, view_targets, view_tasks
from qa.page.guide import GUIDE_PATH, add_guide, guide_exists
from qa.page.page_head import OwnHead
from qa.page.phrases import both
from qa.page.view import Asker as Asker
from qa.web.calls import page_calls

if TYPE_CHECKING:
    import gradio as gr

_STYLES = ("page.css", "ask.css", "answer.css", "document.css", "records.css")
_SCRIPTS = ("page.js", "call.js", "copy.js", "chips.js", "document.js", "ask.js", "opinion.js", "link.js")
_RECORDS: dict[str, Callable[..., Any]] = {
    "tasks": view_tasks.build,
    "targets": view_targets.build,
    "documents": view_documents.build,
}
SESSIONS = 200
"""Readers that gradio keeps notes on: what the page needs lies in the browser, so that one forgotten loses nothing."""
_LIVE: dict[str, Any] = {"fn": None, "show_progress": "hidden", "api_visibility": "private"}


class Recent(OrderedDict[str, Any]):
    """Gradio's notes on the events of each reader, which it keeps without end: here the oldest finished ones go."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, session: str, events: Any) -> None:
        """Note the events of a reader, and forget those who have none running when there are too many."""
        super().__setitem__(session, events)
        if len(self) > self._most:
            for old in [name for name, running in self.items() if not running and name != session]:
                del self[old]


class Translations:
    """Gradio's translations, filled while the page is built."""

    def __init__(self) -> None:
        import gradio as gr

        self.vi: dict[str, str] = {}
        self.en: dict[str, str] = {}
        self.i18n = gr.I18n(vi=self.vi, en=self.en)

    def say(self, vietnamese: str, english: str) -> Any:
        """A label that gradio shows in the language of the page."""
        key = f"planqa{len(self.vi)}"
        self.vi[key], self.en[key] = vietnamese, english
        return self.i18n(key)


def build_app(engine: Asker, say: Any) -> gr.Blocks:
    """The page over one engine; mount it together with `look()` and the translations that `say` fills."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # for what runs before or outside of Blocks(analytics_enabled=)
    os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000000")  # else a DataFrame is built at each event
    os.environ.setdefault("GRADIO_ANALYTICS_MAX_EVENTS", "100")
    import gradio as gr

    plain: dict[str, Any] = {"apply_default_css": False}
    with gr.Blocks(analytics_enabled=False, title=phrases.TITLE[0], fill_width=True) as page:
        gr.HTML(_header(), elem_id="pq-header", **plain)
        language = gr.Textbox("vi", visible="hidden", show_label=False, elem_id="pq-language")
        with gr.Row(elem_id="pq-columns"):
            with gr.Column(elem_id="pq-main"), gr.Tabs(selected="ask", overflow_behavior="wrap", elem_id="pq-tabs"):
                for name, label in phrases.TABS.items():
                    with gr.Tab(say(*label), id=name) as tab:
                        if name in _RECORDS:
                            _RECORDS[name](engine, tab, language, say)
                        else:
                            _ask_tab(engine, say)
                    tab.select(js=f"() => {{ window.planqa.opens('{name}'); }}", **_LIVE)
            with gr.Column(elem_id="pq-side"):
                gr.HTML('<div id="pq-panel"></div>', elem_id="pq-panel-part", **plain)
        page.load(outputs=language, js="() => { window.planqa.live(); return window.planqa.language; }", **_LIVE)
    page.state_session_capacity = SESSIONS
    page.queue(api_open=False, max_size=64)
    page._queue.pending_event_ids_session = Recent(SESSIONS)
    return page


def _ask_tab(engine: Asker, say: Any) -> None:
    """The question box, and the part that the script fills."""
    import gradio as gr

    with gr.Row(elem_id="pq-box"):
        box = gr.Textbox(
            label=say(*phrases.QUESTION),
            placeholder=say(*phrases.PLACEHOLDER),
            lines=1,
            max_lines=5,
            autofocus=True,
            elem_id="pq-question",
            html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="search"),
        )
        button = gr.Button(say(*phrases.SEND), variant="primary", elem_id="pq-send")
    gr.HTML(
        _work(),
        elem_id="pq-work",
        js_on_load="window.planqa.start(element, server);",
        server_functions=page_calls(engine),
        apply_default_css=False,
    )
    gr.on([box.submit, button.click], inputs=box, js="(question) => { window.planqa.ask(question); }", **_LIVE)


def look() -> dict[str, Any]:
    """Theme and head of the page, for `mount_gradio_app()`; nothing in them names another host."""
    import gradio as gr

    fonts = ("-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "Arial", "sans-serif")
    colours = {"body_background_fill": "page", "body_text_color": "text", "block_background_fill": "surface"}
    colours |= {"block_border_color": "line", "block_title_text_color": "muted", "block_label_text_color": "muted"}
    colours |= {"input_background_fill": "surface", "input_border_color": "field", "input_placeholder_color": "muted"}
    colours |= {"input_background_fill_focus": "surface", "input_border_color_focus": "accent"}
    named = {name + dark: f"var(--pq-{colour})" for name, colour in colours.items() for dark in ("", "_dark")}
    named |= {"body_background_fill": "#f5f6f4", "body_background_fill_dark": "#12181f"}  # before any style is there
    named |= {"body_text_color": "#17212b", "body_text_color_dark": "#e6ecf2", "input_border_width": "1px"}
    theme = gr.themes.Base(font=fonts, font_mono=("ui-monospace", "Consolas", "monospace"), neutral_hue="slate")
    theme = theme.set(**named, input_radius="9px", block_radius="12px", input_text_size="1rem")
    return {"theme": theme, "head": own_head_part()}


def own_head_part() -> str:
    """The styles and the script of the page, which gradio's script puts into the head."""
    style = "\n".join(_asset(name) for name in _STYLES)
    words = json.dumps({language: phrases.words(language) for language in ("vi", "en")}, ensure_ascii=False)
    script = "\n".join([f"window.planqa = {{ words: {words} }};", *(_asset(name) for name in _SCRIPTS)])
    return f"<style>{style}</style><script>{script}</script>"


def mount(engine: Asker, app: Any) -> None:
    """Put the page at "/" of a FastAPI application: no server-side rendering, history, monitoring or footer links."""
    import gradio as gr

    translations = Translations()
    app.add_middleware(OwnHead, first=_asset("early.js"), last=_asset("translate.js"))
    add_guide(app)
    gr.mount_gradio_app(
        app,
        build_app(engine, translations.say),
        "/",
        i18n=translations.i18n,
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


def _header() -> str:
    """The band at the top: name, what it is for, the guide, the other language."""
    guide = f'<a class="pq-guide" href="{GUIDE_PATH}">{both(phrases.GUIDE)}</a>' if guide_exists() else ""
    words = {"tagline": both(phrases.TAGLINE), "guide": guide, "skip": both(phrases.SKIP)}
    return _filled("header.html", words)


def _work() -> str:
    """Everything under the question box, empty: the script fills it."""
    return _filled("work.html", {"follow": both(phrases.FOLLOW), "send": both(phrases.FOLLOW_SEND)})


def _filled(name: str, words: dict[str, str]) -> str:
    """An HTML asset with its `[[words]]` put in."""
    html = _asset(name)
    for word, text in words.items():
        html = html.replace(f"[[{word}]]", text)
    return html


def _asset(name: str) -> str:
    """Text of one file in qa/assets."""
    return files("qa").joinpath("assets", name).read_text(encoding="utf-8")
