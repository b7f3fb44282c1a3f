"""From the passages that were found to an answer: records first, else the most telling sentences, or none.

Every sentence carries the marker of a citation whose quote stands in the document to the letter. What no passage
states is not said; where what is asked is not stated in any passage found, there is no answer, and the reason is given.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from corpus.types import Document
from index.types import Hit
from qa.answers import wording
from qa.answers.answerable import LEAST, LEAST_COMPARED, elsewhere, judge
from qa.answers.candidates import Candidate, candidates
from qa.answers.comparison import compare, provinces_compared
from qa.answers.draft import Draft
from qa.answers.evidence import topics
from qa.answers.facts_answers import say_facts, year_missing
from qa.answers.lists import listed, say_list
from qa.answers.metadata_answers import OF_DOCUMENT, documents_meant, say_documents
from qa.answers.premise import other_date, other_signer, with_agency
from qa.answers.scope import documents_asked, out_of_corpus
from qa.answers.stating import Topic
from qa.question import Question
from qa.types import Answer, Filters, Reason

if TYPE_CHECKING:
    from qa.engine import Engine

NEAREST = 10
"""Passages that an answer shows."""
DEPTH = 30
"""Passages that are weighed."""
WIDE = 400
"""Passages that are looked at when provinces are compared, so that each has some."""
SURE = 0.97
"""Confidence of what is read off a document's head and foot, or off the records alone."""


def answer(engine: Engine, asked: Question, filters: Filters, id: str, as_of: date | None = None) -> Answer:
    """Answer an understood question from the engine's corpus; times are read against `as_of`, today if it is None."""
    asked = engine.resolved(asked)
    selected = engine.selected(filters)
    side_by_side = provinces_compared(asked, selected)
    hits = engine.hits(asked, filters, WIDE if side_by_side else DEPTH)
    about = topics(asked, engine.vocabulary)
    weighed = candidates(engine, asked, hits[:DEPTH], about)
    found = engine.found(hits[:NEAREST])
    draft = Draft(asked)
    reason, chance = _write(engine, draft, asked, filters, hits, about, weighed, side_by_side, as_of or date.today())
    if not reason and not draft.sentences:
        reason = "not_stated"
    if reason:
        told = wording.declined(reason, asked, engine.documents())
        corrected = draft.sentences if reason == "false_premise" else []
        return Answer(
            question=asked.typed or asked.text, language=asked.language, answerable=False, confidence=chance,
            reason=reason,
            answer=" ".join([told, *corrected]), citations=tuple(draft.citations) if corrected else (),
            passages=found, id=id,
        )  # fmt: skip
    return Answer(
        question=asked.typed or asked.text, language=asked.language, answerable=True, confidence=chance, reason="",
        answer=draft.text(), facts=draft.facts(), citations=tuple(draft.citations), passages=found, id=id,
    )  # fmt: skip


def _write(
    engine: Engine,
    draft: Draft,
    asked: Question,
    filters: Filters,
    hits: list[Hit],
    about: tuple[Topic, ...],
    found: list[Candidate],
    side_by_side: tuple[str, ...],
    as_of: date,
) -> tuple[Reason, float]:
    """Fill the draft; why there is no answer, or "", and how likely it is the right one."""
    if reason := out_of_corpus(engine.documents(), asked, engine.cites):
        return reason, 0.0
    if not hits:
        return "nothing_found", 0.0
    documents = documents_asked(engine.selected(filters), asked)
    if any(topic.is_foreign_name for topic in about):
        return "nothing_found", 0.0
    if asked.wants & OF_DOCUMENT:
        reason = _of_documents(engine, draft, asked, documents, hits, about)
        if reason or draft.sentences:
            return reason, 0.0 if reason else SURE
    if (listing := listed(asked, documents, about, as_of)) is not None:
        say_list(draft, asked, listing)
        return ("", SURE) if draft.sentences else ("not_stated", 0.0)
    if about and not any(map(engine.vocabulary.states, about)):
        return "nothing_found", 0.0
    verdict = judge(asked, found, about, 0.0 if side_by_side else elsewhere(engine, asked, filters))
    if verdict.chance < (LEAST_COMPARED if side_by_side else LEAST):
        return ("year_not_covered" if year_missing(asked, found) else "nothing_found"), verdict.chance
    if side_by_side:
        compare(engine, draft, asked, hits, about, side_by_side, documents)
        return "", verdict.chance
    naming = with_agency(asked, found)
    if not naming:
        say_facts(engine, draft, asked, found[:1], about, documents)
        return "false_premise", verdict.chance
    if year_missing(asked, naming):
        return "year_not_covered", verdict.chance
    say_facts(engine, draft, asked, naming, about, documents)
    return "", verdict.chance


def _of_documents(
    engine: Engine,
    draft: Draft,
    asked: Question,
    documents: tuple[Document, ...],
    hits: list[Hit],
    about: tuple[Topic, ...],
) -> Reason:
    """Answer what is asked of documents as a whole, unless the question takes a wrong thing for granted."""
    nearest = engine.by_id[engine.passage(hits[0]).document_id]
    meant = documents_meant(asked, documents, about, nearest)
    say_documents(draft, asked, meant)
    wrong = any(other_signer(asked, document) or other_date(asked, document) for document in meant)
    return "false_premise" if wrong and draft.sentences else ""
