"""Where a passage is, in the address of the page: `open` names a document or passage, `mark` the words in it.

The ids are the same after every rebuild, and `mark` ("12,60": 60 characters from the 12th of the passage on) counts
from the passage, so that a link still marks the same words after text in front of it has changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from corpus.types import Document

_MARK = re.compile(r"(-?\d{1,8}),(\d{1,8})")


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a document's reading text; an empty one marks nothing."""

    document: Document
    start: int = 0
    end: int = 0


def address(place: Place) -> tuple[str, str]:
    """`open` and `mark` of a place: counted from the smallest passage that holds its start, else from the document."""
    if place.start >= place.end:
        return place.document.id, ""
    holding = [p for p in place.document.passages if p.start <= place.start < p.end]
    length = place.end - place.start
    if not holding:
        return place.document.id, f"{place.start},{length}"
    passage = min(holding, key=lambda p: (p.end - p.start, p.id))
    return passage.id, f"{place.start - passage.start},{length}"


def located(find: Callable[[str], Document], opened: str, mark: str) -> Place:
    """The place that an address names; `find` gives a document by its id or raises.

    A passage that is gone opens its document without a mark, nonsense in `mark` marks the whole passage.
    """
    document = find(opened.split(".")[0])
    passage = next((p for p in document.passages if p.id == opened), None)
    given = _MARK.fullmatch(mark)
    if passage is None:
        if given is None or opened != document.id:
            return Place(document)
        return within(document, int(given[1]), int(given[1]) + int(given[2]))
    if given is None:
        return Place(document, passage.start, passage.end)
    start = passage.start + int(given[1])
    return within(document, start, start + int(given[2]))


def within(document: Document, start: int, end: int) -> Place:
    """The part of a stretch that lies in the document."""
    size = len(document.text)
    return Place(document, max(0, min(start, size)), max(0, min(end, size)))
