"""How likely it is that the best passage answers the question: what `EVIDENCE` measures, weighed by a logistic model.

No single score tells an answerable question from its neighbour: passages about the same thing always exist. So several
are weighed together: how well the best passage fits, how much of what is asked it states, whether the kind of thing
that is asked for stands there, and how much the question names at all.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.answers.candidates import Candidate
from qa.answers.evidence import Topic, support
from qa.answers.slots import slots, states
from qa.query import make_query
from qa.question import Question
from qa.types import Filters

if TYPE_CHECKING:
    from qa.engine import Engine

EVIDENCE = ("one", "worth", "stated", "slots", "why", "topics", "elsewhere", "far")
WEIGHTS = (-1.31, 0.88, -3.22, -4.78, -4.19, 2.03, -1.56, -1.37)
"""Coefficients of EVIDENCE: a logistic regression with an L2 penalty of 1 on standardised evidence, fitted by
`python -m eval.fit` on the `dev` questions and on others about these and ten other plans."""
LEAST = 0.55
"""Chance below which there is no answer."""
LEAST_COMPARED = 0.5
"""The same where provinces are compared: that a plan sets no such thing is an answer there."""
MOST_ELSEWHERE = 3.0
"""Bound of the evidence from elsewhere."""
ALL_STATED, AS_WELL = 0.9, 1.2
"""Share of what is asked from which a passage states it all, and the bound of the evidence from elsewhere then: another
province may say the same at more length."""
USUAL_LATE = {"vi": 0.45, "en": 0.36}
"""Late interaction below which a question is seldom answerable: its words are like those of no passage."""
TOO_FAR, NOTHING = 0.5, 0.1
"""Tenths behind what is usual, and share of what is asked that is stated, at which a question is about other things."""
TOP = 3
"""The best passages whose evidence is held against the question."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Evidence in the order of EVIDENCE, and the chance it gives."""

    evidence: tuple[float, ...]
    chance: float


def elsewhere(engine: Engine, asked: Question, filters: Filters) -> float:
    """How well the best passage of the documents that the question does not ask about fits its words, 1 as well as the
    best of those that it does; 0 where it asks about all. What another province plans, this one may not.
    """
    inside = engine.selection.mask(filters) & engine.selection.implied(asked, filters)
    if inside.all() or not inside.any():
        return 0.0
    scores = engine.generation.indexes.lexical.scores(make_query(asked, engine.marks).lexical)
    best = float(scores[inside].max())
    return min(MOST_ELSEWHERE, float(scores[~inside].max()) / best) if best > 0 else MOST_ELSEWHERE


def judge(asked: Question, found: Sequence[Candidate], about: Sequence[Topic], best_elsewhere: float = 0.0) -> Verdict:
    """How likely the best candidates are to answer; `best_elsewhere` is what `elsewhere` gave."""
    best, top = found[0], found[:TOP]
    kinds = slots(asked)
    evidence = (
        1.0,
        best.worth,
        best.support,
        float(bool(kinds) and not any(states(kinds, candidate.passage.text) for candidate in top)),
        float("why" in asked.wants),
        min(1.0, len(about) / 4),
        best_elsewhere if best.support < ALL_STATED else min(best_elsewhere, AS_WELL),
        _far(asked, found),
    )
    shown = (best.passage.text, *best.passage.headings, best.document.meta.title)
    if evidence[-1] >= TOO_FAR and support(about, shown) < NOTHING:
        return Verdict(evidence, 0.0)
    odds = sum(weight * value for weight, value in zip(WEIGHTS, evidence, strict=True))
    return Verdict(evidence, 1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))))


def _far(asked: Question, found: Sequence[Candidate]) -> float:
    """How far the best passage's tokens stay behind what is usual, in tenths; 0 in a home that keeps no tokens."""
    best = max(candidate.hit.late for candidate in found)
    return 10 * max(0.0, USUAL_LATE["en" if asked.language == "en" else "vi"] - best) if best else 0.0
