"""The engine behind every face of planqa: opens a home, finds passages, answers questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import QuestionError
from corpus.types import Document, Passage, Target, Task
from index.generation import Generation
from index.home import check_encoder
from index.marks import Marks
from index.reranker import Reranker
from index.search import search
from index.types import Encoder, Hit
from qa.answering import answer
from qa.answers.evidence import Vocabulary
from qa.by_document import ByDocument
from qa.followup import resolve
from qa.llm.reword import Wording, reword
from qa.named_places import placed
from qa.prior import Prior
from qa.query import WordedQuery, make_query, word_query
from qa.question import Question, in_words_of, resolved, understand
from qa.selection import Selection
from qa.types import NO_FILTERS, Answer, Filters, Found

FRAMING = ("dau", "ky", "thuoc-tinh")
"""Kinds of sections that frame a document: head, foot, properties that a portal puts above it."""


class Engine:
    """Search and answers over one opened generation; the encoder is loaded when it is first needed."""

    def __init__(
        self,
        generation: Generation,
        load: Callable[[], Encoder],
        home: Path,
        reranker: Reranker | None = None,
        wording: Wording | None = None,
    ) -> None:
        self._generation, self._load, self._home = generation, load, home
        self._reranker, self._wording = reranker, wording

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder that the home was built with.

        Raises:
            ModelError: it cannot be loaded. HomeError: the home was built with another one.
        """
        encoder = self._load()
        check_encoder(self._generation, encoder, self._home)
        return encoder

    @property
    def generation(self) -> Generation:
        """The generation this engine reads."""
        return self._generation

    def beside(self, generation: Generation) -> Engine:
        """An engine over another generation of the same home, with the encoder, reranker and wording of this one."""
        return Engine(generation, self._load, self._home, self._reranker, self._wording)

    def documents(self) -> tuple[Document, ...]:
        """All documents, in the order of their ids."""
        return self._generation.documents

    def document(self, document_id: str) -> Document:
        """The document of this id.

        Raises:
            QuestionError: there is none.
        """
        if document_id not in self.by_id:
            raise QuestionError(document_id, "no document of this id", "see `planqa documents` for the ids")
        return self.by_id[document_id]

    @cached_property
    def by_id(self) -> dict[str, Document]:
        """Documents by id."""
        return {document.id: document for document in self.documents()}

    @cached_property
    def tasks(self) -> Mapping[str, Task]:
        """Task records by section id: listed ones, and duties in prose where nothing is listed."""
        return ByDocument(self.by_id, lambda d: {t.section_id: t for t in (*d.duties, *d.tasks)})

    @cached_property
    def targets(self) -> Mapping[str, list[Target]]:
        """Target records by passage id."""
        return ByDocument(self.by_id, _targets)

    @cached_property
    def parents(self) -> Mapping[str, str]:
        """The section above each section, by id."""
        return ByDocument(self.by_id, lambda d: {s.id: s.parent for s in d.sections})

    @cached_property
    def framing(self) -> NDArray[np.bool_]:
        """The passages that frame a document, shape (passages,): they say what it is, not what it plans."""
        return self._generation.columns.places.among(FRAMING)

    def cites(self, number: str) -> bool:
        """Whether any passage, or a heading above it, names a document of this number."""
        return self.prior.names(number)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Word counts over all passages with their context."""
        return Vocabulary(self._generation.lexical)

    @cached_property
    def marks(self) -> Marks:
        """What puts marks back on Vietnamese that was typed without."""
        return Marks(self._generation.lexical)

    @cached_property
    def prior(self) -> Prior:
        """What speaks for passages whatever their words are."""
        return Prior(self._generation.columns, self._generation.lexical, self._generation.passages)

    @cached_property
    def selection(self) -> Selection:
        """What filters and questions choose among the documents."""
        return Selection(self.documents(), self._generation.columns)

    def search(self, question: str, filters: Filters = NO_FILTERS, k: int = 10) -> tuple[Found, ...]:
        """The k passages nearest to the question, best first.

        Raises:
            QuestionError: empty or over-long question, or a filter that names nothing in the corpus.
        """
        asked = self.resolved(understand(question))
        return self.found(self.hits(asked, filters, k))

    def resolved(self, asked: Question) -> Question:
        """The question with the documents that it names in full, and the province of the place that it names."""
        return placed(resolved(asked, self.documents()), self)

    def explain(self, question: str) -> WordedQuery:
        """What a question is searched for: the text that is embedded, the terms that are looked up, what was added.

        Raises:
            QuestionError: empty or over-long question.
        """
        return word_query(understand(question), self.marks)

    def ask(
        self,
        question: str,
        filters: Filters = NO_FILTERS,
        id: str = "",
        after: str = "",
        as_of: date | None = None,
    ) -> Answer:
        """The answer to a question, with its proof, or why there is none.

        `after` is the question before it, when this one goes on from there ("còn Gia Lai thì sao?"); times such as
        "this year" are read against `as_of`, today when it is None.

        Raises:
            QuestionError: empty or over-long question, or a filter that names nothing in the corpus.
        """
        asked = resolve(question, after) if after else understand(question)
        given = answer(self, asked, filters, id, as_of)
        return reword(given, self._wording) if self._wording else given

    def hits(self, asked: Question, filters: Filters, k: int) -> list[Hit]:
        """The nearest passages as rows of the index; a province or document the question names restricts them."""
        allowed = self.selection.mask(filters) & self.selection.implied(asked, filters)
        query = make_query(in_words_of(asked, self.documents()), self.marks)
        return search(
            query,
            self.encoder,
            self._generation.indexes,
            allowed,
            k,
            self.prior.of(asked),
            self._generation.texts,
            self._reranker,
        )

    def selected(self, filters: Filters) -> tuple[Document, ...]:
        """The documents that pass the filters, in the order of their ids."""
        return self.selection.passing(filters)

    def warm_up(self) -> None:
        """Load what the first question would wait for."""
        self.ask("kế hoạch")
        self.marks.restore("ke hoach")
        _ = self.vocabulary, self.prior, self.tasks, self.targets

    def found(self, hits: list[Hit]) -> tuple[Found, ...]:
        """Hits as they are shown."""
        return tuple(self._shown(hit, rank) for rank, hit in enumerate(hits, 1))

    def passage(self, hit: Hit) -> Passage:
        """The passage of a hit."""
        return self._generation.passages[hit.row]

    def _shown(self, hit: Hit, rank: int) -> Found:
        passage = self.passage(hit)
        document = self.by_id[passage.document_id]
        return Found(
            rank=rank,
            passage_id=passage.id,
            document=document.meta.number,
            document_id=document.id,
            province=document.meta.province,
            citation=passage.citation,
            citation_en=passage.citation_en,
            text=passage.text,
            score=hit.score,
            start=passage.start,
            end=passage.end,
            kind=passage.kind,
            headings=passage.headings,
            dense=hit.dense,
            lexical=hit.lexical,
            terms=hit.terms,
            late=hit.late,
            prior=hit.prior,
        )


def _targets(document: Document) -> dict[str, list[Target]]:
    result: dict[str, list[Target]] = {}
    for target in document.targets:
        result.setdefault(target.passage_id, []).append(target)
    return result
