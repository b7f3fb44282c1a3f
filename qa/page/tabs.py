"""What the tabs of tasks, targets and documents share: their filters' events, their buttons, their downloads.

Each tab's module has `build(engine, tab, language, say)`, to be called inside `gr.Tab`; `language` is a component whose
value is "vi" or "en". A tab is filled when it is opened and when one of its filters changes. Its buttons carry what
they ask for (`data-page`, `data-sort`), so that nothing is remembered between events; those of the class `pq-open` are
heard by the page's own script. Downloads are plain links to the REST interface. The styles are in assets/records.css.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from qa.types import Language

if TYPE_CHECKING:
    from corpus.types import Document

Say = Callable[[str, str], Any]
"""A label from its Vietnamese and its English words: both, or gradio's translation of one into the other."""

LISTEN = """
window.planqa.listen(element);
let pressed = "";
element.addEventListener("click", (click) => {
  const button = click.target.closest("button.pq-turn");
  if (!button) return;
  pressed = button.dataset.name;
  trigger('turn', { ...button.dataset });
});
watch("value", () => {
  const active = document.activeElement;
  const here = active === document.body || element.contains(active); // else the reader has gone on meanwhile
  const again = here && pressed && element.querySelector(`button.pq-turn[data-name="${CSS.escape(pressed)}"]`);
  pressed = "";
  if (again) (again.closest(".pq-pager") ? element.querySelector(".pq-scroll") : again).focus();
});
"""
"""The script of an HTML part with a table: its buttons open passages, turn pages and sort.

The table is drawn anew then; the focus goes back to the button, or after a page was turned to the table's beginning.
"""
IN_LANGUAGE = "(...given) => [...given.slice(0, -1), window.planqa.language]"
"""The script of an event whose last input is the language: the page knows it before its component does."""
PLAIN: dict[str, Any] = {"apply_default_css": False}
QUIET: dict[str, Any] = {
    "show_progress": "hidden",
    "api_visibility": "private",
    "concurrency_limit": 4,
    "trigger_mode": "always_last",  # what is typed while a table is made is shown after it
}


@dataclass(frozen=True, slots=True)
class Turn:
    """What a button of a table asks for: a page, an order, a row to draw."""

    page: int = 1
    sort: str = ""
    drawn: int = 0  # the indicator that the chart shows, counted from 0 in the order of the table

    @classmethod
    def of(cls, event: Any, sorts: Iterable[str] = ()) -> Turn:
        """What a browser sent with an event; anything unknown is taken for the first page in the usual order."""
        sent = getattr(event, "_data", None)
        asked = sent if isinstance(sent, dict) else {}
        sort = str(asked.get("sort", ""))
        return cls(max(_number(asked.get("page")), 1), sort if sort in sorts else "", _number(asked.get("drawn")))


def _number(sent: object) -> int:
    written = str(sent)
    return int(written) if re.fullmatch("[0-9]{1,6}", written) else 0


def both(vietnamese: str, english: str) -> str:
    """The label in both languages, "Tỉnh · Province"."""
    return f"{vietnamese} · {english}"


def language_of(value: object) -> Language:
    """The language that the page's language component holds; Vietnamese unless it is "en"."""
    return "en" if value == "en" else "vi"


def pick(language: Language, vietnamese: str, english: str) -> str:
    """The words of one language."""
    return english if language == "en" else vietnamese


def provinces(documents: Iterable[Document]) -> list[str]:
    """The provinces of some documents, each once, in alphabetical order."""
    return sorted({document.meta.province for document in documents if document.meta.province})


def downloads_html(path: str, values: Mapping[str, Sequence[str]], formats: Sequence[str], language: Language) -> str:
    """Links that download what a table shows, one for each format ("csv", "xlsx", "ics")."""
    given = [(name, value) for name, chosen in values.items() for value in chosen if value]
    addresses = [(kind, f"{path}?{urlencode([*given, ('format', kind)])}") for kind in formats]
    links = " ".join(
        f'<a class="pq-download" download href="{escape(address)}">{kind.upper()}</a>' for kind, address in addresses
    )
    return f'<p class="pq-downloads">{pick(language, "Tải về", "Download")}: {links}</p>'
