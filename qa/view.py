"""What each part of the page shows: an engine and what a browser sent in, escaped HTML out. No gradio here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from html import escape
from typing import Any, Protocol

from corpus.errors import PlanqaError
from corpus.types import Document
from qa.labels import shown_date
from qa.render import answer_html, error_html, open_button
from qa.render_document import document_html
from qa.types import Answer, Filters

log = logging.getLogger(__name__)

MAX_QUESTION = 2_000  # characters
MAX_OPEN_SHELF = 8  # documents; a longer list starts folded
EXAMPLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Cán bộ · Officials",
        (
            "Cơ quan nào chịu trách nhiệm về SOC, thời hạn khi nào?",
            "who is responsible for SOC by when?",
            "Sơn La giao ai triển khai nền tảng thanh toán điện tử, ví điện tử?",
        ),
    ),
    (
        "Người dân · Citizens",
        (
            "den 2025 bao nhieu phan tram dan Tra Vinh co dien thoai thong minh",
            "Gia Lai đến năm 2030 có bao nhiêu phần trăm người dân có chữ ký số?",
            "Which communes of Vinh Phuc pilot the digital transformation model?",
        ),
    ),
)
_UNEXPECTED = "Có lỗi ngoài dự kiến, xin thử lại. · Something went wrong, please try again."


class Asker(Protocol):
    """What the page needs of the engine; errors that a user can mend are `PlanqaError`."""

    def ask(self, question: str, filters: Filters = ...) -> Answer:
        """Answer one question."""
        ...

    def documents(self) -> tuple[Document, ...]:
        """All documents of the home."""
        ...

    def document(self, document_id: str) -> Document:
        """One document by its id."""
        ...


def ask_html(engine: Asker, question: str) -> str:
    """The answer area for a question as typed; a question that is empty or too long never reaches the engine."""
    question = question.strip()
    if not question:
        return error_html("Hãy nhập câu hỏi rồi bấm Enter. · Type a question, then press Enter.")
    if len(question) > MAX_QUESTION:
        english = f"The question has {len(question):,} characters, at most {MAX_QUESTION:,}: please shorten it."
        size, most = (f"{number:,}".replace(",", ".") for number in (len(question), MAX_QUESTION))
        vietnamese = f"Câu hỏi dài {size} ký tự, tối đa {most}: hãy rút gọn."
        return error_html(f"{vietnamese} · {english}")
    answer = engine.ask(question)
    return answer_html(answer, _columns(engine, {found.document_id for found in answer.passages}))


def passage_view(engine: Asker, asked: dict[str, Any]) -> str:
    """The document panel for what a click sent; the values come from a browser and are checked."""
    document = engine.document(str(asked.get("document", "")))
    start, end = (int(value) if str(value := asked.get(key, 0)).isdecimal() else 0 for key in ("start", "end"))
    return document_html(document, start, end, "en" if asked.get("language") == "en" else "vi")


def examples_html() -> str:
    """The example questions as buttons, a group for each kind of user."""
    groups = "".join(
        f'<div class="pq-group"><h2>{escape(who)}</h2>'
        + "".join(f'<button type="button" class="pq-example">{escape(question)}</button>' for question in questions)
        + "</div>"
        for who, questions in EXAMPLES
    )
    return f'<details open><summary>Câu hỏi gợi ý · Examples</summary><div class="pq-groups">{groups}</div></details>'


def library_html(documents: Iterable[Document]) -> str:
    """The documents that answers come from, each with a button that opens it."""
    items = [
        f'<li><div lang="vi"><strong>{escape(d.meta.number or d.id)}</strong> · {escape(d.meta.issuer)}'
        f" · {escape(shown_date(d.meta.date, 'vi'))}<p>{escape(d.meta.title)}</p></div>"
        f"{open_button(d.id, 0, 0, 'vi', d.meta.number or d.id, 'Toàn văn · Full text')}</li>"
        for d in documents
    ]
    summary = f"Câu trả lời lấy từ {len(items)} văn bản · Answers come from {len(items)} documents"
    state = " open" if len(items) <= MAX_OPEN_SHELF else ""
    return f'<details{state}><summary>{summary}</summary><ul class="pq-shelf">{"".join(items)}</ul></details>'


def _columns(engine: Asker, document_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Column names of the table rows among the passages of some documents."""
    documents = (engine.document(document_id) for document_id in sorted(document_ids))
    return {passage.id: passage.columns for d in documents for passage in d.passages if passage.columns}


def safely(show: Callable[[], str]) -> str:
    """What `show` gives, or its error as one line of the page; the details of an unexpected one go to the log."""
    try:
        return show()
    except PlanqaError as error:
        return error_html(str(error))
    except Exception:
        log.exception("the page could not be filled")
        return error_html(_UNEXPECTED)
