"""Which documents and passages a question may be answered from: filters, and what the question itself names.

Passages lie in the order of their documents, so a choice of documents is a choice of ranges: a flag a document,
repeated for each of its passages. No passage is read for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from corpus.errors import QuestionError
from corpus.provinces import belongs_to
from corpus.types import Document
from corpus.vietnamese import fold
from index.columns import Columns
from qa.prior import KINDS
from qa.question import Question
from qa.types import Filters

Bools = NDArray[np.bool_]
REMEMBERED = 64
"""Filters of which the masks are kept."""


class Selection:
    """Choices among the documents and passages of one corpus."""

    def __init__(self, documents: Sequence[Document], columns: Columns) -> None:
        self._documents, self._columns = documents, columns
        self._passages = np.array([document.counts.passages for document in documents], np.int64)
        self._numbers: dict[str, list[int]] = {}
        for at, document in enumerate(documents):
            self._numbers.setdefault(document.meta.number.upper(), []).append(at)
        # what is remembered refers to no method: a generation is let go of with the last reference to it
        self.passing = lru_cache(REMEMBERED)(partial(_passing, documents))
        self._of_province = lru_cache(REMEMBERED)(partial(_belonging, documents))
        self._masks: dict[Filters, Bools] = {}

    def mask(self, filters: Filters) -> Bools:
        """Which passages the filters let through, shape (passages,); not to be written to.

        Raises:
            QuestionError: an unknown kind, or filters that no document passes.
        """
        if filters in self._masks:
            return self._masks[filters]
        for kind in filters.kinds:
            if kind not in KINDS:
                raise QuestionError(kind, f"a kind of passage: {', '.join(KINDS)}", "mend --kind")
        ids = {document.id for document in self.passing(filters)}
        if not ids:
            shown = ", ".join([*filters.provinces, *filters.documents, *filters.years])
            raise QuestionError(shown, "no document of the corpus passes these filters", "see `planqa documents`")
        passages = self._of(np.array([document.id in ids for document in self._documents], bool))
        mask = passages & self._columns.kinds.among(filters.kinds) if filters.kinds else passages
        if len(self._masks) >= REMEMBERED:
            self._masks.clear()
        self._masks[filters] = mask
        return mask

    def implied(self, asked: Question, filters: Filters) -> Bools:
        """Which passages stand in a document that the question itself names; all when it names none of the corpus."""
        wanted = np.ones(len(self._documents), bool)
        if asked.provinces and not filters.provinces:
            placed = np.logical_or.reduce([self._of_province(province.name) for province in asked.provinces])
            wanted = placed if placed.any() else wanted
        if asked.documents and not filters.documents:
            named = np.zeros(len(self._documents), bool)
            named[[at for number in asked.documents for at in self._numbers.get(number, ())]] = True
            wanted = wanted & named if (wanted & named).any() else wanted
        return self._of(wanted)

    def _of(self, documents: Bools) -> Bools:
        """The passages of the documents that are chosen, shape (passages,)."""
        return np.repeat(documents, self._passages)


def _passing(documents: Sequence[Document], filters: Filters) -> tuple[Document, ...]:
    """The documents that pass the filters, in the order of their ids."""
    return tuple(document for document in documents if _passes(document, filters))


def _belonging(documents: Sequence[Document], province: str) -> Bools:
    """Which documents are of a province, under its name of then or of today, shape (documents,)."""
    return np.array([belongs_to(document.meta.province, province) for document in documents], bool)


def _passes(document: Document, filters: Filters) -> bool:
    return (
        (not filters.provinces or any(belongs_to(document.meta.province, name) for name in filters.provinces))
        and (not filters.documents or any(_names(document, number) for number in filters.documents))
        and (not filters.years or document.meta.year in filters.years)
    )


def _names(document: Document, number: str) -> bool:
    return fold(number) in (fold(document.meta.number), document.id)
