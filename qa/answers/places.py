"""Where something stands: the line of a document's head or foot that states words, the heading that does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from corpus.citations import english_unit
from corpus.terms import term_passage
from corpus.types import Document, Passage

HEAD_AND_FOOT = ("dau", "ky", "thuoc-tinh")


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a document and the passage that is cited for it."""

    passage: Passage
    start: int
    end: int
    citation: str = ""  # of a heading, which is no passage of its own; "" where the passage's serves
    citation_en: str = ""
    role: Literal["passage", "heading"] = "passage"


def line_stating(document: Document, words: str, kinds: tuple[str, ...] = HEAD_AND_FOOT) -> Place | None:
    """The first line of the document's head, foot or portal properties that states the words."""
    kind_of = {section.id: section.kind for section in document.sections}
    for kind in kinds:
        for passage in document.passages:
            if kind_of.get(passage.section_id) == kind and (at := passage.text.find(words)) >= 0:
                return _line(document, passage, passage.start + at)
    return None


def heading_stating(document: Document, section_id: str, words: str) -> Place | None:
    """The nearest heading at or above a section that states the words, else the passage of the plan's term, else a line
    of the head that does, else the legal basis that a plan is made to carry out ("... đến năm 2025")."""
    sections = {section.id: section for section in document.sections}
    at = section_id
    while at in sections:
        section = sections[at]
        line_end = _line_end(document, section.start)
        if words in document.text[section.start : line_end]:
            passage = _passage_at(document, section.start)
            if passage is not None:
                return Place(passage, section.start, line_end, *_of_heading(passage, section.label), "heading")
        at = section.parent
    term = term_passage(document.passages)  # before the head, where the day of issue names a year, too
    if term is not None and words in term.text:
        return Place(term, term.start, term.end, role="heading")
    stated = line_stating(document, words, ("dau", "thuoc-tinh")) or line_stating(
        document, f"đến năm {words}", ("can-cu",)
    )
    return replace(stated, role="heading") if stated else None


def _of_heading(passage: Passage, label: str) -> tuple[str, str]:
    """The citations of a heading: those of a passage under it, without the units below the heading."""
    if not label:
        return "", ""
    english = english_unit(label)
    at, at_en = passage.citation.find(label), passage.citation_en.find(english)
    if at < 0 or at_en < 0:
        return "", ""
    return passage.citation[at:], passage.citation_en[at_en:]


def _line(document: Document, passage: Passage, at: int) -> Place:
    start = document.text.rfind("\n", passage.start, at) + 1 or passage.start
    return Place(passage, max(start, passage.start), min(_line_end(document, at), passage.end))


def _line_end(document: Document, at: int) -> int:
    end = document.text.find("\n", at)
    return end if end >= 0 else len(document.text)


def _passage_at(document: Document, at: int) -> Passage | None:
    """The passage that holds an offset, or the first one behind it: a heading is no passage of its own."""
    return next((passage for passage in document.passages if passage.end > at), None)
