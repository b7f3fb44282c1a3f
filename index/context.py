"""What is embedded and looked up for a passage: its words, and in front of them what it inherits."""

from __future__ import annotations

from corpus.types import Document, Passage
from index.windows import windows

MAX_CONTEXT = 420  # characters; the rest of the encoder's window belongs to the passage itself
_CELL = " | "


def embedded_text(document: Document, passage: Passage) -> str:
    """Province, number, title and headings in front of the passage; a table row as "column: cell" pairs.

    Passages of one document differ by their own words; which document they stand in tells provinces and years apart.
    """
    return front(document, passage) + body(passage)


def encoded_texts(document: Document, passage: Passage, longest: int) -> tuple[str, ...]:
    """What is encoded for a passage by an encoder that reads so many characters at once: its windows, or it alone."""
    return tuple(windows(body(passage), longest, front(document, passage)[: longest // 2]))


def front(document: Document, passage: Passage) -> str:
    """What stands before the passage's own words."""
    return f"{context(document, passage)}: "


def context(document: Document, passage: Passage) -> str:
    """The inherited words alone, shortened from the outside in when they are long."""
    meta = document.meta
    front = ". ".join(part for part in (meta.province, f"{meta.kind} {meta.number} {meta.year}".strip()) if part)
    headings = list(passage.headings)
    room = MAX_CONTEXT - len(front) - 4
    kept: list[str] = []
    for heading in reversed(headings):
        short = heading if len(heading) <= 120 else heading[:120].rsplit(" ", 1)[0]
        if len(short) + 3 > room:
            break
        kept.insert(0, short)
        room -= len(short) + 3
    title = meta.title[: max(0, min(len(meta.title), room - 3))]
    return " > ".join(part for part in (front, title, *kept) if part)


def body(passage: Passage) -> str:
    """The passage's own words, each cell of a table row behind its column's name."""
    if not passage.columns:
        return passage.text
    cells = passage.text.split(_CELL)
    named = (
        f"{column}: {cell}" if column else cell
        for column, cell in zip(passage.columns, cells, strict=False)
        if cell and cell != passage.text
    )
    return "; ".join(named) or passage.text


def lexical_text(document: Document, passage: Passage) -> str:
    """The words that the lexical index holds: the passage, its headings, its document's number and province."""
    meta = document.meta
    return "\n".join([passage.text, *passage.headings, meta.number, meta.province, meta.title])
