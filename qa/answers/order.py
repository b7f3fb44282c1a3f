"""The first passages of a search in the order of how well they answer.

The search knows what a passage is about. How much of what is asked it states, whether it holds a figure or an agency
where one is asked for, and how long it is, tells which of the near ones answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.types import Hit
from qa.answers.candidates import FIRST, Candidate, candidates
from qa.answers.evidence import topics
from qa.question import Question

if TYPE_CHECKING:
    from qa.engine import Engine


def by_answer(engine: Engine, asked: Question, hits: Sequence[Hit]) -> list[Hit]:
    """The hits with the first of them in the order of how well they answer."""
    return placed(engine, hits, candidates(engine, asked, hits[:FIRST], topics(asked, engine.vocabulary)))


def placed(engine: Engine, hits: Sequence[Hit], weighed: Sequence[Candidate]) -> list[Hit]:
    """The hits with the first of them in the order of the candidates; heads and feet of documents stay in place.

    So does all where a reranker was configured: its order is the one that was asked for.

    Scores stay in falling order: of those that change places, the best passage has the best score.
    """
    result = list(hits)
    if engine.reranks:
        return result
    places = [place for place, hit in enumerate(hits[:FIRST]) if not engine.framing[hit.row]]
    moved = {hits[place].row for place in places}
    ordered = [candidate.hit for candidate in weighed if candidate.hit.row in moved]
    for place, hit in zip(places, ordered, strict=True) if places else ():
        result[place] = replace(hit, score=hits[place].score)
    return result
