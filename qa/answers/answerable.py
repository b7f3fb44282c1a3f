"""How likely it is that the best passage answers the question: what `EVIDENCE` measures, weighed by a logistic model.

No single score tells an answerable question from its neighbour: passages about the same thing always exist. So several
are weighed together: how well the best passage fits, how much of what is asked it states, whether the kind of thing
that is asked for stands there, and how much the question names at all.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qa.answers.candidates import Candidate
from qa.answers.evidence import Topic
from qa.answers.slots import slots, states
from qa.question import Question

EVIDENCE = ("one", "worth", "stated", "slots", "why", "topics")
WEIGHTS = (-2.69, 0.83, -2.13, -6.1, -3.64, 2.54)
"""Coefficients of EVIDENCE: a logistic regression with an L2 penalty of 1 on standardised evidence, fitted by
`python -m eval.fit` on the `dev` questions and on questions about plans of ten other provinces."""
LEAST = 0.72
"""Chance below which there is no answer."""
LEAST_COMPARED = 0.55
"""The same where provinces are compared: that a plan sets no such thing is an answer there."""
TOP = 3
"""The best passages whose evidence is held against the question."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Evidence in the order of EVIDENCE, and the chance it gives."""

    evidence: tuple[float, ...]
    chance: float


def judge(asked: Question, found: Sequence[Candidate], about: Sequence[Topic]) -> Verdict:
    """How likely the best candidates are to answer."""
    best, top = found[0], found[:TOP]
    kinds = slots(asked)
    evidence = (
        1.0,
        best.worth,
        best.support,
        float(bool(kinds) and not any(states(kinds, candidate.passage.text) for candidate in top)),
        float("why" in asked.wants),
        min(1.0, len(about) / 4),
    )
    odds = sum(weight * value for weight, value in zip(WEIGHTS, evidence, strict=True))
    return Verdict(evidence, 1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))))
