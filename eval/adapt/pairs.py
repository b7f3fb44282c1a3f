"""What a training question is ranked with: its candidates, and what else than vectors speaks for them.

The encoder is trained inside the search it is for: what words, kinds and years speak for a passage stays as it is, and
the encoder learns what they leave open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.adapt.questions import GeneralText, TrainingQuestion, rows_of, unseen_rows
from eval.judge import squash
from index.encoder import SentenceTransformerEncoder
from index.passages import texts_of
from index.search import CANDIDATES, DENSE_SPREAD, Indexes, Words
from index.text_index import index_texts
from index.types import Query, Vectors
from qa.engine import Engine
from qa.query import make_query
from qa.question import understand
from qa.types import NO_FILTERS

NEAR = 64
"""Passages of the first ranking that a question is held against, besides those that answer it."""


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A home, or texts: the indexes, and of each passage the document and the windows that the encoder reads."""

    indexes: Indexes
    documents: tuple[str, ...]
    windows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A question and its candidates in a home."""

    held: Held
    query: Query
    rows: NDArray[np.intp]  # (candidates,)
    fixed: Vectors  # (candidates,), what is not the encoder's
    right: NDArray[np.bool_]  # (candidates,)
    looked_at: NDArray[np.bool_]  # (candidates,), those that are compared token by token
    rarity: Vectors  # (tokens of the question,)

    @property
    def document(self) -> str:
        """The document that answers."""
        return self.held.documents[int(self.rows[self.right][0])]


def pairs(engine: Engine, encoder: SentenceTransformerEncoder, questions: Sequence[TrainingQuestion]) -> list[Pair]:
    """The questions with their candidates; those whose passage the corpus does not have are left out."""
    passages = engine.generation.passages
    numbers = [engine.by_id[passage.document_id].meta.number for passage in passages]
    squashed = [squash(passage.text) for passage in passages]
    unseen = unseen_rows(squashed, numbers)
    rows = {passage.id: frozenset({row}) for row, passage in enumerate(passages)}
    held = Held(
        engine.generation.indexes,
        tuple(passage.document_id for passage in passages),
        tuple(texts_of(engine.by_id[passage.document_id], passage, encoder) for passage in passages),
    )
    made = []
    for question in questions:
        if question.passage:
            right = rows.get(question.passage, frozenset()) - unseen
        else:
            right = rows_of(question.quote, question.document, squashed, numbers) - unseen
        if (pair := _pair(engine, encoder, held, question, right, unseen)) is not None:
            made.append(pair)
    return made


def text_pairs(folder: Path, encoder: SentenceTransformerEncoder, texts: Sequence[GeneralText]) -> list[Pair]:
    """The questions of texts, which are indexed in a folder, each with its candidates among all of them."""
    words = [text.text for text in texts]
    windows = tuple((text,) for text in words)
    held = Held(index_texts(folder, windows, words, words, encoder), tuple(text.subject for text in texts), windows)
    every, nothing = np.ones(len(texts), bool), np.zeros(len(texts), np.float32)
    return [
        _held_against(held, encoder, make_query(understand(question)), every, nothing, frozenset({row}))
        for row, text in enumerate(texts)
        for question in text.questions
    ]


def _pair(
    engine: Engine,
    encoder: SentenceTransformerEncoder,
    held: Held,
    question: TrainingQuestion,
    right: frozenset[int],
    unseen: frozenset[int],
) -> Pair | None:
    asked = engine.resolved(understand(question.question))
    allowed = engine.selection.implied(asked, NO_FILTERS)
    allowed[list(unseen)] = False
    if not any(allowed[row] for row in right):
        return None
    return _held_against(held, encoder, make_query(asked, engine.marks), allowed, engine.prior.of(asked), right)


def _held_against(
    held: Held,
    encoder: SentenceTransformerEncoder,
    query: Query,
    allowed: NDArray[np.bool_],
    prior: Vectors,
    right: frozenset[int],
) -> Pair:
    indexes = held.indexes
    reading = encoder.read_question(query.dense)
    rows = np.flatnonzero(allowed)
    whole, body = (indexes.lexical.scores(query.lexical, part) for part in ("whole", "body"))
    fixed = Words(query.weights, query.trust, whole, body, allowed).of(rows) + prior[rows]
    cosines = indexes.dense.cosines(indexes.space.question(reading.vector, query.language), rows)
    order = np.argsort(-(fixed + query.weights.dense * cosines / DENSE_SPREAD), kind="stable")
    kept = np.union1d(order[:NEAR], np.flatnonzero(np.isin(rows, list(right))))
    return Pair(
        held=held,
        query=query,
        rows=rows[kept],
        fixed=np.asarray(fixed[kept], np.float32),
        right=np.isin(rows[kept], list(right)),
        looked_at=np.isin(kept, order[:CANDIDATES]),
        rarity=np.sqrt(indexes.late.rarity(reading.ids)),
    )
