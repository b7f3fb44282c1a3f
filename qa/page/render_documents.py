"""The documents of a corpus as one escaped HTML string: a table with counts, warnings and editions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from corpus.types import Document
from corpus.vietnamese import fold
from qa.page.labels import labels, shown_date
from qa.page.render import open_button
from qa.page.render_table import Column, pager_html, table_html
from qa.page.tabs import Turn, pick
from qa.types import Language

PAGE = 25  # documents on a page
_KEYS: dict[str, Callable[[Document], tuple[object, ...]]] = {
    "number": lambda d: (fold(d.meta.number), d.id),
    "province": lambda d: (fold(d.meta.province), d.id),
    "date": lambda d: (d.meta.date, d.id),
    "passages": lambda d: (len(d.passages), d.id),
    "tasks": lambda d: (len(d.all_tasks), d.id),
    "targets": lambda d: (len(d.targets), d.id),
    "warnings": lambda d: (len(d.warnings), d.id),
}
SORTS = tuple(sign + key for key in _KEYS for sign in ("", "-"))


def documents_html(documents: Iterable[Document], text: str, turn: Turn, language: Language) -> str:
    """The documents whose number, title, issuer or province hold every word of `text`, one page of them."""
    words = fold(text).split()
    found = [document for document in documents if all(word in _searched(document) for word in words)]
    order = turn if turn.sort else Turn(turn.page, "province")
    found.sort(key=_KEYS[order.sort.removeprefix("-")], reverse=order.sort.startswith("-"))
    first = (min(turn.page, -(-len(found) // PAGE) or 1) - 1) * PAGE
    rows = [_row(document, language) for document in found[first : first + PAGE]]
    count = len(found)
    caption = pick(language, f"{count} văn bản", f"{count} document{'' if count == 1 else 's'}")
    if not found:
        return f'<p class="pq-note" role="status">{pick(language, "Không có văn bản nào.", "No document.")}</p>'
    table = table_html(caption, _columns(language), rows, order, language)
    return f'<section class="pq-tab" lang="{language}">{table}{pager_html(order, count, PAGE, language)}</section>'


def _searched(document: Document) -> str:
    meta = document.meta
    return fold(" ".join((meta.number, meta.kind, meta.title, meta.issuer, meta.province, meta.date)))


def _columns(language: Language) -> list[Column]:
    words = labels(language)
    return [
        Column(words.source, "number"),
        Column(pick(language, "Tỉnh", "Province"), "province"),
        Column(words.date, "date"),
        Column(pick(language, "Đoạn", "Passages"), "passages"),
        Column(pick(language, "Nhiệm vụ", "Tasks"), "tasks"),
        Column(words.targets, "targets"),
        Column(pick(language, "Cảnh báo khi đọc", "Warnings"), "warnings"),
        Column(words.editions),
    ]


def _row(document: Document, language: Language) -> list[str]:
    meta = document.meta
    name = meta.number or document.id
    opened = open_button(document.id, 0, 0, language, name, pick(language, "Toàn văn", "Full text"))
    return [
        f'<strong lang="vi">{escape(f"{meta.kind} {name}".strip())}</strong>'
        f'<span class="pq-about-line" lang="vi">{escape(meta.title)}</span>{opened}',
        f'<span lang="vi">{escape(meta.province)}</span>',
        escape(shown_date(meta.date, language)),
        str(len(document.passages)),
        str(len(document.all_tasks)),
        str(len(document.targets)),
        _warnings(document, language),
        "<br>".join(escape(edition.source) for edition in document.editions),
    ]


def _warnings(document: Document, language: Language) -> str:
    if not document.warnings:
        return "0"
    items = "".join(f"<li>{escape(warning)}</li>" for warning in document.warnings)
    count = len(document.warnings)
    summary = pick(language, f"{count} cảnh báo", f"{count} warning{'' if count == 1 else 's'}")
    return f'<details class="pq-warnings"><summary>{summary}</summary><ul lang="en">{items}</ul></details>'
