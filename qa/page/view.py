"""What the page shows for what a browser sent: an engine and untrusted values in, escaped HTML out. No gradio here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from html import escape
from typing import Any, Protocol

from corpus.errors import PlanqaError, QuestionError
from corpus.types import Document
from qa.followup import resolve
from qa.page import choices, links
from qa.page.chips import Chip, understood
from qa.page.examples import examples
from qa.page.labels import shown_date, shown_number
from qa.page.phrases import EXAMPLES, pick
from qa.page.render import answer_html, error_html, open_button
from qa.page.render_document import document_html
from qa.question import understand
from qa.types import Answer, Filters, Language

log = logging.getLogger(__name__)

MAX_QUESTION = 2_000  # characters
MAX_OPEN_SHELF = 8  # documents; a longer list starts folded
Sent = dict[str, Any]
"""Values as a browser sent them; nothing in them can be trusted."""


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

    def selected(self, filters: Filters) -> tuple[Document, ...]:
        """The documents that pass the filters."""
        ...


def language_of(sent: Sent) -> Language:
    """The language of the page that sent this."""
    return "en" if sent.get("language") == "en" else "vi"


def start_view(engine: Asker, sent: Sent) -> Sent:
    """What the plain page is filled with: examples, filters to choose, the documents; and which filters are known."""
    language, documents = language_of(sent), engine.documents()
    known = choices.choices(documents, language)
    return {
        "examples": examples_html(documents, language),
        "form": choices.form_html(known, language),
        "library": library_html(documents, language),
        "filters": choices.chosen(known, documents, sent.get("filters")),
        "shown": known,
    }


def ask_view(engine: Asker, sent: Sent) -> Sent:
    """The answer to a question as typed, and what was understood.

    A question that is empty or too long, and filters that leave no document, never reach the engine.
    """
    language, question = language_of(sent), _text(sent.get("question", "")).strip()
    if problem := _unfit(question, language):
        return {"html": error_html(problem), "chips": []}
    filters = filters_of(engine, sent)
    if filters != Filters() and not engine.selected(filters):
        said = (
            "Không văn bản nào qua được các bộ lọc này; hãy bỏ bớt.",
            "No document passes these filters; remove some.",
        )
        return {"html": error_html(pick(said, language)), "chips": []}
    typed, question = question, resolved(question, _text(sent.get("previous", "")))
    answer = engine.ask(question, filters)
    columns = _columns(engine, {found.document_id for found in answer.passages})
    html = answer_html(answer, columns, language, turn_of(sent))
    meant = [Chip("follow", question)] if question != typed else []
    return {
        "html": html,
        "question": question,
        "chips": [chip.to_json() for chip in (*meant, *chips(question, language))],
    }


def resolved(question: str, previous: str) -> str:
    """A follow-up as the whole question that it stands for, which a link can hold; any other question as it is.

    Where the follow-up asks for something else of the same ("ai phối hợp?"), its own words go in front.
    """
    try:
        if not previous:
            return question
        asked = resolve(question, previous[:MAX_QUESTION])
        if asked.wants <= understand(asked.text).wants:
            return asked.text
        return f"{question.rstrip(' ?.')}: {asked.text}"[:MAX_QUESTION]
    except QuestionError:
        return question


def filters_of(engine: Asker, sent: Sent) -> Filters:
    """The filters that a browser sent, as far as they can be chosen."""
    given = sent.get("filters")
    if not isinstance(given, dict) or not any(given.values()):
        return Filters()
    documents = engine.documents()
    return choices.filters(choices.chosen(choices.choices(documents, language_of(sent)), documents, given))


def chips(question: str, language: Language) -> tuple[Chip, ...]:
    """What was understood from a question; nothing from one that cannot be read."""
    try:
        return understood(understand(question), language)
    except QuestionError:
        return ()


def _unfit(question: str, language: Language) -> str:
    """Why a question is not asked at all, "" when it can be."""
    if not question:
        return pick(("Hãy nhập câu hỏi rồi bấm Enter.", "Type a question, then press Enter."), language)
    if len(question) > MAX_QUESTION:
        size, most = (shown_number(str(number), language) for number in (len(question), MAX_QUESTION))
        vietnamese = f"Câu hỏi dài {size} ký tự, tối đa {most}: hãy rút gọn."
        return pick((vietnamese, f"The question has {size} characters, at most {most}: please shorten it."), language)
    return ""


def _text(sent: object) -> str:
    """What a browser sent as a text that can be sent back: halves of character pairs, which JSON may hold, as "?"."""
    return str(sent).encode("utf-8", "replace").decode("utf-8")


def turn_of(sent: Sent) -> int:
    """Which question of a conversation this is, 0 the first; it makes the ids in the page unique."""
    turn = sent.get("turn", 0)
    return turn if isinstance(turn, int) and 0 <= turn < 1000 else 0


def passage_view(engine: Asker, sent: Sent) -> Sent:
    """The document panel for what a click or a link asks for, and the address that shows the same again."""
    language = language_of(sent)
    if opened := str(sent.get("open", "")):
        place = links.located(engine.document, opened[:300], str(sent.get("mark", "")))
    else:
        document = engine.document(str(sent.get("document", "")))
        start, end = (_offset(sent.get(key, 0)) for key in ("start", "end"))
        place = links.within(document, start, end)
    opened, mark = links.address(place)
    html = document_html(place.document, place.start, place.end, language)
    return {"html": html, "open": opened, "mark": mark}


def _offset(value: object) -> int:
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def examples_html(documents: Iterable[Document], language: Language) -> str:
    """The example questions as buttons, a group for each kind of user."""
    groups = "".join(
        f'<div class="pq-group"><h2>{escape(pick((group.vietnamese, group.english), language))}</h2>'
        + "".join(
            f'<button type="button" class="pq-example">{escape(question)}</button>' for question in group.questions
        )
        + "</div>"
        for group in examples(documents)
    )
    if not groups:
        return ""
    return f'<details open><summary>{pick(EXAMPLES, language)}</summary><div class="pq-groups">{groups}</div></details>'


def library_html(documents: Iterable[Document], language: Language) -> str:
    """The documents that answers come from, each with a button that opens it."""
    label = pick(("Toàn văn", "Full text"), language)
    items = [
        f'<li><div lang="vi"><strong>{escape(d.meta.number or d.id)}</strong> · {escape(d.meta.issuer)}'
        f" · {escape(shown_date(d.meta.date, language))}<p>{escape(d.meta.title)}</p></div>"
        f"{open_button(d.id, 0, 0, language, d.meta.number or d.id, label)}</li>"
        for d in documents
    ]
    count = shown_number(str(len(items)), language)
    summary = pick((f"Câu trả lời lấy từ {count} văn bản", f"Answers come from {count} documents"), language)
    state = " open" if len(items) <= MAX_OPEN_SHELF else ""
    return f'<details{state}><summary>{summary}</summary><ul class="pq-shelf">{"".join(items)}</ul></details>'


def _columns(engine: Asker, document_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Column names of the table rows among the passages of some documents."""
    documents = (engine.document(document_id) for document_id in sorted(document_ids))
    return {passage.id: passage.columns for d in documents for passage in d.passages if passage.columns}


def safely(show: Callable[[], str], language: Language = "vi") -> str:
    """What `show` gives, or its error as one line of the page; the details of an unexpected one go to the log."""
    try:
        return show()
    except Exception as error:
        return error_line(error, language)


def error_line(error: Exception, language: Language) -> str:
    """An error as one line of the page; what is not for users goes to the log instead."""
    if isinstance(error, PlanqaError):
        return error_html(str(error))
    log.error("the page could not be filled", exc_info=error)
    said = ("Có lỗi ngoài dự kiến, xin thử lại.", "Something went wrong, please try again.")
    return error_html(pick(said, language))
