"""Which of the candidates are worth saying: as many as it takes to be likely to have the right one.

The coefficients of `candidates` were fitted so that the softmax of the worths is the chance of each candidate to be the
passage that answers; a clear winner stands alone, close ones stand side by side.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from qa.answers.candidates import Candidate

ENOUGH = 0.95
"""Chance of having the right passage at which no further one is cited."""
WORTH_SAYING = 0.03
"""Least chance of a passage that is cited beside a better one."""
MOST = 3


def chances(candidates: Sequence[Candidate]) -> list[float]:
    """The chance of each candidate to be the one that answers, given that one does; they add up to 1.

    >>> chances([])
    []
    """
    if not candidates:
        return []
    best = max(candidate.worth for candidate in candidates)
    weights = [math.exp(candidate.worth - best) for candidate in candidates]
    return [weight / sum(weights) for weight in weights]


def worth_saying(candidates: Sequence[Candidate], most: int = MOST, enough: float = ENOUGH) -> list[Candidate]:
    """The first candidates that together are likely to answer, best first; at least one when there is any."""
    said: list[Candidate] = []
    total = 0.0
    for candidate, chance in zip(candidates, chances(candidates), strict=True):
        if said and (total >= enough or chance < WORTH_SAYING or len(said) == most):
            break
        if any(_overlap(candidate, other) for other in said):
            continue
        said.append(candidate)
        total += chance
    return said


def _overlap(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates are pieces of one task, which is said once."""
    return one.task is not None and other.task is not None and one.task.section_id == other.task.section_id
