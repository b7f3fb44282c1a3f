"""An `Answer` in, one escaped HTML string out: the answer, its facts, the passages that prove it, the others found.

Everything that comes from a question or a document goes through `html.escape`; nothing is read as Markdown. The
official words stand in serif type inside `<blockquote lang="vi">`, planqa's own words around them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from qa.labels import Labels, labels, reason_text, shown_number
from qa.marking import Marker, passage_html
from qa.types import Answer, Citation, Facts, Found, Language, TargetFact

Columns = Mapping[str, Sequence[str]]
"""Column names of table rows, by passage id."""

_REFERENCE = re.compile(r"\[(\d{1,3})\]")


def answer_html(answer: Answer, columns: Columns | None = None) -> str:
    """The whole answer area for one answer, or for none with the reason why."""
    words, shown = labels(answer.language), columns or {}
    inner = _answered(answer, words, shown) if answer.answerable else _unanswered(answer, words, shown)
    return (
        f'<section class="pq-answer" lang="{answer.language}" aria-labelledby="pq-answer-title">'
        f'<h2 class="pq-question" id="pq-answer-title">{escape(answer.question)}</h2>{inner}</section>'
    )


def error_html(message: str) -> str:
    """One plain line that says what went wrong and what to do."""
    return f'<p class="pq-error" role="alert">{escape(" ".join(message.split()))}</p>'


def _answered(answer: Answer, words: Labels, columns: Columns) -> str:
    cited = {citation.passage_id for citation in answer.citations}
    others = [found for found in answer.passages if found.passage_id not in cited]
    passages = {found.passage_id: found for found in answer.passages}
    cards = "".join(_citation(c, passages.get(c.passage_id), answer.language, words, columns) for c in answer.citations)
    proof = f"<h3>{words.proof}</h3>{cards}" if cards else ""
    text = _answer_text(answer.answer, {citation.n for citation in answer.citations}, words)
    return f"{text}{facts_html(answer.facts, answer.language)}{proof}{_others(others, answer.language, words, columns)}"


def _unanswered(answer: Answer, words: Labels, columns: Columns) -> str:
    reason = _paragraphs(answer.answer) or f"<p>{escape(reason_text(answer.reason, answer.language))}</p>"
    said = f'<div class="pq-none"><p class="pq-none-title">{words.no_answer}</p>{reason}</div>'
    if not answer.passages:
        return said
    near = "".join(_found(found, answer.language, words, columns) for found in answer.passages)
    return f'{said}<h3>{words.nearest}</h3><p class="pq-note">{words.nearest_note}</p>{near}'


def _answer_text(text: str, known: set[int], words: Labels) -> str:
    def link(marker: re.Match[str]) -> str:
        n = int(marker[1])
        if n not in known:
            return marker[0]
        return f'<a class="pq-ref" href="#pq-c{n}" aria-label="{words.proof} {n}">[{n}]</a>'

    return f'<div class="pq-text">{_REFERENCE.sub(link, _paragraphs(text))}</div>'


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
        f'<tr><th scope="row">{name}</th><td lang="vi">{"<br>".join(escape(value) for value in values)}</td></tr>'
        for name, values in rows
        if values
    )
    table = f'<table class="pq-facts"><caption>{words.facts}</caption><tbody>{body}</tbody></table>' if body else ""
    return table + _targets(facts.targets, language, words)


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


def _citation(citation: Citation, found: Found | None, language: Language, words: Labels, columns: Columns) -> str:
    text, marker, path = citation.quote, Marker(0, len(citation.quote)), ""
    names: Sequence[str] = ()
    if found is not None:
        start = citation.start - found.start
        if found.text[max(start, 0) : citation.end - found.start] != citation.quote:
            start = found.text.find(citation.quote)
        if start >= 0:
            text, marker = found.text, Marker(start, start + len(citation.quote))
            names = columns.get(found.passage_id, ())
        path = _path(found.headings)
    quoted = passage_html(text, marker, names)
    where = _where(citation.citation, citation.citation_en, language)
    return (
        f'<article class="pq-card" id="pq-c{citation.n}" tabindex="-1" aria-label="{words.proof} {citation.n}">'
        f'<header><span class="pq-n" aria-hidden="true">{citation.n}</span><div>{where}</div></header>'
        f'{path}<blockquote class="pq-official" lang="vi">{quoted}</blockquote>'
        f"{open_button(citation.document_id, citation.start, citation.end, language, citation.citation)}</article>"
    )


def _found(found: Found, language: Language, words: Labels, columns: Columns) -> str:
    quoted = passage_html(found.text, Marker(0, 0), columns.get(found.passage_id, ()))
    where = _where(found.citation, found.citation_en, language)
    return (
        f'<article class="pq-card pq-plain"><header><div>{where}</div></header>'
        f'{_path(found.headings)}<blockquote class="pq-official" lang="vi">{quoted}</blockquote>'
        f"{open_button(found.document_id, found.start, found.end, language, found.citation)}</article>"
    )


def _others(others: Sequence[Found], language: Language, words: Labels, columns: Columns) -> str:
    if not others:
        return ""
    cards = "".join(_found(found, language, words, columns) for found in others)
    return f'<details class="pq-others"><summary>{words.others} ({len(others)})</summary>{cards}</details>'


def _where(citation: str, english: str, language: Language) -> str:
    beside = f'<p class="pq-cite-en" lang="en">{escape(english)}</p>' if language == "en" and english else ""
    return f'<h4 class="pq-cite" lang="vi">{escape(citation)}</h4>{beside}'


def _path(headings: Sequence[str]) -> str:
    shown = " › ".join(escape(heading) for heading in headings if heading)
    return f'<p class="pq-path" lang="vi">{shown}</p>' if shown else ""


def open_button(document_id: str, start: int, end: int, language: Language, citation: str, label: str = "") -> str:
    """The button that shows text[start:end] marked in the whole document; `citation` tells it from its neighbours."""
    word = label or labels(language).open
    return (
        f'<button type="button" class="pq-open" data-document="{escape(document_id)}" data-start="{int(start)}" '
        f'data-end="{int(end)}" data-language="{language}" aria-label="{escape(f"{word}: {citation}")}">'
        f"{escape(word)}</button>"
    )
