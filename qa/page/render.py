"""An `Answer` in, one escaped HTML string out: the answer, its facts, the passages that prove it, the others found.

Everything that comes from a question or a document goes through `html.escape`; nothing is read as Markdown. The
official words stand in serif type inside `<blockquote lang="vi">`, planqa's own words around them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from corpus.agencies import successors
from qa.page.copying import answer_text, citation_text
from qa.page.labels import Labels, labels, reason_text, shown_number
from qa.page.marking import Marker, passage_html
from qa.page.render_opinion import opinion_html
from qa.page.why import why_html
from qa.types import Answer, Citation, Facts, Found, Language, TargetFact

Columns = Mapping[str, Sequence[str]]
"""Column names of table rows, by passage id."""

MAX_NEAREST = 3  # passages shown at once where there is no answer; the others start folded
_REFERENCE = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True, slots=True)
class _Shown:
    """What every part of one answer needs to know of it."""

    answer: Answer
    language: Language  # of the page
    columns: Columns
    turn: int  # which question of a conversation, 0 the first: ids are unique in the page

    @property
    def words(self) -> Labels:
        """The page's words."""
        return labels(self.language)

    def place(self, n: int) -> str:
        """The id of a citation's card."""
        return f"pq-t{self.turn}-c{n}" if self.turn else f"pq-c{n}"


def answer_html(answer: Answer, columns: Columns | None = None, language: Language | None = None, turn: int = 0) -> str:
    """The whole answer area for one answer, or for none with the reason why.

    The page's own words are in `language`, the answer's without one; `turn` counts the questions of a conversation.
    """
    shown = _Shown(answer, language or answer.language, columns or {}, turn)
    inner = _answered(shown) if answer.answerable else _unanswered(shown)
    title = f"pq-answer-title-{turn}"
    return (
        f'<section class="pq-answer" lang="{shown.language}" aria-labelledby="{title}">'
        f'<h2 class="pq-question" id="{title}" lang="{answer.language}">{escape(answer.question)}</h2>'
        f"{inner}{opinion_html(answer, shown.language)}</section>"
    )


def error_html(message: str) -> str:
    """One plain line that says what went wrong and what to do."""
    return f'<p class="pq-error" role="alert">{escape(" ".join(message.split()))}</p>'


def _answered(shown: _Shown) -> str:
    answer, words = shown.answer, shown.words
    cited = {citation.passage_id for citation in answer.citations}
    others = [found for found in answer.passages if found.passage_id not in cited]
    passages = {found.passage_id: found for found in answer.passages}
    cards = "".join(_citation(c, passages.get(c.passage_id), shown) for c in answer.citations)
    proof = f"<h3>{words.proof}</h3>{cards}" if cards else ""
    copy = f'<p class="pq-actions">{copy_button(answer_text(answer), words.copy_answer)}</p>'
    return f"{_answer_text(shown)}{copy}{facts_html(answer.facts, shown.language)}{proof}{_others(others, shown)}"


def _unanswered(shown: _Shown) -> str:
    answer, words = shown.answer, shown.words
    reason = _linked(shown) or f"<p>{escape(reason_text(answer.reason, answer.language))}</p>"
    said = (
        f'<div class="pq-none"><p class="pq-none-title">{words.no_answer}</p>'
        f'<div lang="{answer.language}">{reason}</div></div>'
    )
    if answer.citations:  # a false premise is corrected, with the proof
        passages = {found.passage_id: found for found in answer.passages}
        cards = "".join(_citation(c, passages.get(c.passage_id), shown) for c in answer.citations)
        said = f"{said}<h3>{words.proof}</h3>{cards}"
    if not answer.passages:
        return said
    near = "".join(_found(found, shown) for found in answer.passages[:MAX_NEAREST])
    more = _others(answer.passages[MAX_NEAREST:], shown)
    return f'{said}<h3>{words.nearest}</h3><p class="pq-note">{words.nearest_note}</p>{near}{more}'


def _answer_text(shown: _Shown) -> str:
    return f'<div class="pq-text" lang="{shown.answer.language}">{_linked(shown)}</div>'


def _linked(shown: _Shown) -> str:
    """The answer's text, its markers as links to their citations."""
    known = {citation.n for citation in shown.answer.citations}

    def link(marker: re.Match[str]) -> str:
        n = int(marker[1])
        if n not in known:
            return marker[0]
        return f'<a class="pq-ref" href="#{shown.place(n)}" aria-label="{shown.words.proof} {n}">[{n}]</a>'

    return _REFERENCE.sub(link, _paragraphs(shown.answer.answer))


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line.strip())}</p>" for line in text.split("\n") if line.strip())


def facts_html(facts: Facts, language: Language) -> str:
    """The facts as a small table, or "" when there are none; the document's own words in either language."""
    words = labels(language)
    rows = [
        (words.responsible, facts.responsible),
        (words.coordinating, facts.coordinating),
        (words.directing, facts.directing),
        (words.deadline, (facts.deadline,) if facts.deadline else ()),
    ]
    body = "".join(
        f'<tr><th scope="row">{name}</th>'
        f'<td lang="vi">{"<br>".join(_agency(value, language) for value in values)}</td></tr>'
        for name, values in rows
        if values
    )
    table = f'<table class="pq-facts"><caption>{words.facts}</caption><tbody>{body}</tbody></table>' if body else ""
    return table + _targets(facts.targets, language, words)


def _agency(name: str, language: Language) -> str:
    """An agency in the document's words, and the one that does its main work today, where that has changed."""
    heirs = ", ".join(heir.name for heir in successors(name) if not heir.matters)
    said = labels(language).answered_by.format(names=heirs) if heirs else ""
    return escape(name) + (f' <small class="pq-now" lang="{language}">({escape(said)})</small>' if said else "")


def _targets(targets: Sequence[TargetFact], language: Language, words: Labels) -> str:
    if not targets:
        return ""
    heads = (words.indicator, words.value, words.year, words.source)
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body = "".join(
        "<tr>"
        f'<td data-label="{heads[0]}" lang="vi">{escape(target.indicator)}</td>'
        f'<td data-label="{heads[1]}"><strong>{escape(target_value(target, language))}</strong></td>'
        f'<td data-label="{heads[2]}">{escape(target.year)}</td>'
        f'<td data-label="{heads[3]}" lang="vi">{escape(target.document)} <small>{escape(target.province)}</small></td>'
        "</tr>"
        for target in targets
    )
    return (
        f'<table class="pq-targets"><caption>{words.targets}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def target_value(target: TargetFact, language: Language) -> str:
    """A target's value as it is said: "trên 85%", "over 85%", "tối thiểu 12,5 triệu"."""
    comparator = labels(language).comparators.get(target.comparator, target.comparator)
    gap = "" if target.unit in ("%", "‰") else " "
    return " ".join(f"{comparator} {shown_number(target.value, language)}{gap}{target.unit}".split())


def _citation(citation: Citation, found: Found | None, shown: _Shown) -> str:
    text, marker, path, why = citation.quote, Marker(0, len(citation.quote)), "", ""
    names: Sequence[str] = ()
    if found is not None:
        start = citation.start - found.start
        if found.text[max(start, 0) : citation.end - found.start] != citation.quote:
            start = found.text.find(citation.quote)
        if start >= 0:
            text, marker = found.text, Marker(start, start + len(citation.quote))
            names = shown.columns.get(found.passage_id, ())
        path, why = _path(found.headings), why_html(found, shown.answer.passages, shown.language)
    quoted = passage_html(text, marker, names)
    name = f"{shown.words.proof} {citation.n}"
    copy = copy_button(citation_text(citation), shown.words.copy_citation, name)
    opened = open_button(citation.document_id, citation.start, citation.end, shown.language, citation.citation)
    return (
        f'<article class="pq-card" id="{shown.place(citation.n)}" tabindex="-1" aria-label="{name}">'
        f'<header><span class="pq-n" aria-hidden="true">{citation.n}</span>'
        f"<div>{_where(citation.citation, citation.citation_en, shown)}</div></header>"
        f'{path}<blockquote class="pq-official" lang="vi">{quoted}</blockquote>'
        f'<p class="pq-actions">{opened}{copy}</p>{why}</article>'
    )


def _found(found: Found, shown: _Shown) -> str:
    quoted = passage_html(found.text, Marker(0, 0), shown.columns.get(found.passage_id, ()))
    opened = open_button(found.document_id, found.start, found.end, shown.language, found.citation)
    return (
        f'<article class="pq-card pq-plain"><header>'
        f"<div>{_where(found.citation, found.citation_en, shown)}</div></header>"
        f'{_path(found.headings)}<blockquote class="pq-official" lang="vi">{quoted}</blockquote>'
        f'<p class="pq-actions">{opened}</p>{why_html(found, shown.answer.passages, shown.language)}</article>'
    )


def _others(others: Sequence[Found], shown: _Shown) -> str:
    if not others:
        return ""
    cards = "".join(_found(found, shown) for found in others)
    return f'<details class="pq-others"><summary>{shown.words.others} ({len(others)})</summary>{cards}</details>'


def _where(citation: str, english: str, shown: _Shown) -> str:
    wanted = english and "en" in (shown.language, shown.answer.language)
    beside = f'<p class="pq-cite-en" lang="en">{escape(english)}</p>' if wanted else ""
    return f'<h4 class="pq-cite" lang="vi">{escape(citation)}</h4>{beside}'


def _path(headings: Sequence[str]) -> str:
    shown = " › ".join(escape(heading) for heading in headings if heading)
    return f'<p class="pq-path" lang="vi">{shown}</p>' if shown else ""


def copy_button(text: str, label: str, about: str = "") -> str:
    """The button that copies a text; `about` tells it from its neighbours for those who do not see them."""
    name = f' aria-label="{escape(f"{label}: {about}")}"' if about else ""
    return f'<button type="button" class="pq-copy" data-copy="{escape(text)}"{name}>{escape(label)}</button>'


def open_button(document_id: str, start: int, end: int, language: Language, citation: str, label: str = "") -> str:
    """The button that shows text[start:end] marked in the whole document; `citation` tells it from its neighbours."""
    word = label or labels(language).open
    return (
        f'<button type="button" class="pq-open" data-document="{escape(document_id)}" data-start="{int(start)}" '
        f'data-end="{int(end)}" data-language="{language}" aria-label="{escape(f"{word}: {citation}")}">'
        f"{escape(word)}</button>"
    )
