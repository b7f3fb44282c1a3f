"""The engine behind every face of planqa: opens a home, finds passages, answers questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import QuestionError
from corpus.provinces import belongs_to
from corpus.types import Document, Passage, Target, Task
from corpus.vietnamese import fold
from index.context import lexical_text
from index.generation import Generation
from index.home import check_encoder
from index.marks import Marks
from index.reranker import Reranker
from index.search import search
from index.types import Encoder, Hit
from qa.answering import answer
from qa.answers.evidence import Vocabulary
from qa.followup import resolve
from qa.llm.reword import Wording, reword
from qa.prior import KINDS, Prior
from qa.query import WordedQuery, make_query, word_query
from qa.question import Question, understand
from qa.types import NO_FILTERS, Answer, Filters, Found


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
    def tasks(self) -> dict[str, Task]:
        """Task records by section id: listed ones, and duties in prose where nothing is listed."""
        return {t.section_id: t for d in self.documents() for t in (*d.duties, *d.tasks)}

    @cached_property
    def targets(self) -> dict[str, list[Target]]:
        """Target records by passage id."""
        result: dict[str, list[Target]] = {}
        for document in self.documents():
            for target in document.targets:
                result.setdefault(target.passage_id, []).append(target)
        return result

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Word counts over all passages with their context."""
        return Vocabulary([lexical_text(self.by_id[p.document_id], p) for p in self._generation.passages])

    @cached_property
    def marks(self) -> Marks:
        """What puts marks back on Vietnamese that was typed without."""
        return Marks(lexical_text(self.by_id[p.document_id], p) for p in self._generation.passages)

    @cached_property
    def prior(self) -> Prior:
        """What speaks for passages whatever their words are."""
        return Prior(self.documents(), self._generation.passages)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The passages' own words, in the order of the index."""
        return tuple(passage.text for passage in self._generation.passages)

    def search(self, question: str, filters: Filters = NO_FILTERS, k: int = 10) -> tuple[Found, ...]:
        """The k passages nearest to the question, best first.

        Raises:
            QuestionError: empty or over-long question, or a filter that names nothing in the corpus.
        """
        asked = understand(question)
        return self.found(self.hits(asked, filters, k))

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
        allowed = self.mask(filters) & self.implied(asked, filters)
        query = make_query(asked, self.marks)
        return search(
            query,
            self.encoder,
            self._generation.indexes,
            allowed,
            k,
            self.prior.of(asked),
            self.texts,
            self._reranker,
        )

    def selected(self, filters: Filters) -> tuple[Document, ...]:
        """The documents that pass the filters, in the order of their ids."""
        return tuple(document for document in self.documents() if _passes(document, filters))

    def warm_up(self) -> None:
        """Load what the first question would wait for."""
        self.ask("kế hoạch")
        _ = self.vocabulary, self.marks, self.prior, self.texts, self.tasks, self.targets

    def mask(self, filters: Filters) -> NDArray[np.bool_]:
        """Which passages the filters let through, shape (passages,)."""
        documents = [d for d in self.documents() if _passes(d, filters)]
        for kind in filters.kinds:
            if kind not in KINDS:
                raise QuestionError(kind, f"a kind of passage: {', '.join(KINDS)}", "mend --kind")
        if not documents:
            shown = ", ".join([*filters.provinces, *filters.documents, *filters.years])
            raise QuestionError(shown, "no document of the corpus passes these filters", "see `planqa documents`")
        ids = {document.id for document in documents}
        return np.fromiter(
            (
                p.document_id in ids and (not filters.kinds or p.kind in filters.kinds)
                for p in self._generation.passages
            ),
            bool,
            len(self._generation.passages),
        )

    def implied(self, asked: Question, filters: Filters) -> NDArray[np.bool_]:
        """Which passages stand in a document that the question itself names; all when it names none of the corpus."""
        wanted = self.documents()
        if asked.provinces and not filters.provinces:
            wanted = (
                tuple(d for d in wanted if any(belongs_to(d.meta.province, p.name) for p in asked.provinces)) or wanted
            )
        if asked.documents and not filters.documents:
            wanted = tuple(d for d in wanted if d.meta.number.upper() in asked.documents) or wanted
        ids = {document.id for document in wanted}
        rows = (p.document_id in ids for p in self._generation.passages)
        return np.fromiter(rows, bool, len(self._generation.passages))

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


def _passes(document: Document, filters: Filters) -> bool:
    meta = document.meta
    return (
        (not filters.provinces or any(belongs_to(document.meta.province, name) for name in filters.provinces))
        and (not filters.documents or any(_names(document, number) for number in filters.documents))
        and (not filters.years or meta.year in filters.years)
    )


def _names(document: Document, number: str) -> bool:
    return fold(number) in (fold(document.meta.number), document.id)
