"""Which documents a question is about, and whether the corpus holds any of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.provinces import belongs_to
from corpus.types import Document
from corpus.vietnamese import fold
from qa.instructions import is_order
from qa.question import Question, is_other_language
from qa.types import Reason


def documents_asked(documents: Sequence[Document], asked: Question) -> tuple[Document, ...]:
    """The documents of the provinces and numbers that a question names; all where it names none that is held."""
    placed = [d for d in documents if any(belongs_to(d.meta.province, p.name) for p in asked.provinces)]
    held = placed or list(documents)
    named = [d for d in held if d.meta.number.upper() in asked.documents]
    if not named:
        return tuple(held)
    covered = {document.meta.province for document in named}
    open_ = [p for p in asked.provinces if not any(belongs_to(province, p.name) for province in covered)]
    return (*named, *(d for d in placed if any(belongs_to(d.meta.province, p.name) for p in open_)))


def out_of_corpus(documents: Sequence[Document], asked: Question, cites: Callable[[str], bool] | None = None) -> Reason:
    """Why the corpus cannot hold an answer: another language, a province or document it does not have; "" else.

    `cites` tells whether any passage names a document of this number; without it the documents are searched for it.
    """
    if is_other_language(asked.text):
        return "other_language"
    if is_order(asked.text):
        return "not_a_question"
    if asked.provinces and not any(belongs_to(d.meta.province, p.name) for d in documents for p in asked.provinces):
        return "province_not_covered"
    numbers = {document.meta.number.upper() for document in documents}
    if asked.documents and not numbers & set(asked.documents):
        cites = cites or (lambda number: any(fold(number) in fold(document.text) for document in documents))
        if not any(map(cites, asked.documents)):
            return "document_not_covered"
    return ""
