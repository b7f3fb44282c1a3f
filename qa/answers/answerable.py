"""How likely it is that the best passage answers the question: what `EVIDENCE` measures, weighed by a logistic model.

No single score tells an answerable question from its neighbour: passages about the same thing always exist. So several
are weighed together: how well the best passage fits, how much of what is asked it states, whether the years, agencies
and numbers that the question names stand there and the kind of thing that is asked for, and what is asked for at all:
plans say who is to do a thing far more often than they say when.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.agencies import predecessors
from corpus.vietnamese import fold, words
from qa.answers.candidates import Candidate
from qa.answers.slots import slots, states
from qa.answers.stating import Topic, support
from qa.query import make_query
from qa.question import Question
from qa.types import Filters

if TYPE_CHECKING:
    from qa.engine import Engine

EVIDENCE = (
    "one", "worth", "stated", "words", "stated_words", "slots", "why", "who", "when", "how_much", "years", "agencies",
    "numbers", "elsewhere", "near", "left_out", "record", "terms",
)  # fmt: skip
WEIGHTS = (
    -8.35,
    0.45,
    0.22,
    4.14,
    -2.31,
    -4.25,
    -5.21,
    0.66,
    -0.80,
    -1.28,
    -5.24,
    -2.56,
    -1.45,
    -1.13,
    1.30,
    -2.76,
    0.85,
    -3.85,
)
"""Coefficients of EVIDENCE: a logistic regression with an L2 penalty of 1 on standardised evidence, fitted by
`python -m eval.fit` on the `dev` questions and on some 1,000 others about these and 39 other documents."""
LEAST = 0.43
"""Chance below which there is no answer."""
LEAST_COMPARED = 0.43
"""The same where provinces are compared: that a plan sets no such thing is an answer there."""
FEW_WORDS, MANY_WORDS = 8, 25
"""Words of a question that are counted, at least and at most: a passage seldom states all of a long one, and answers it
nevertheless; "Ai lo SOC?" asks for no less than a question of eight."""
MOST_ELSEWHERE = 3.0
"""Bound of the evidence from elsewhere."""
ALL_STATED, AS_WELL = 0.9, 1.2
"""Share of what is asked from which a passage states it all, and the bound of the evidence from elsewhere then: another
province may say the same at more length."""
USUAL_LATE = {"vi": 0.45, "en": 0.36}
"""Late interaction of the best passage with a question that is answered, by language."""
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
    shown = (best.passage.text, *best.passage.headings, best.document.meta.title)
    stated = best.support if about else 0.0
    folded = [fold(text) for text in shown]
    length = min(MANY_WORDS, max(FEW_WORDS, len(words(asked.text)))) / 10
    evidence = (
        1.0,
        best.worth,
        stated,
        length,
        stated * length,
        float(bool(kinds) and not any(states(kinds, candidate.passage.text) for candidate in top)),
        float("why" in asked.wants),
        float("who" in asked.wants),
        float("when" in asked.wants),
        float("how_much" in asked.wants),
        _missing(asked.years, (*shown, best.document.meta.year)),
        _missing([_shown_as(name, folded) for name in asked.agencies], folded),
        _missing(_numbers(asked), shown),
        best_elsewhere if best.support < ALL_STATED else min(best_elsewhere, AS_WELL),
        _near(asked, found),
        0.0 if asked.wants else 1.0 - stated,  # of words that ask nothing in particular, all are wanted
        float(best.support >= ALL_STATED and _has_record(asked, best)) if about else 0.0,
        _unstated_terms(about, shown),
    )
    if not (about or asked.provinces or asked.documents):
        return Verdict(evidence, 0.0)  # "who are you": nothing is asked about that a plan could state
    odds = sum(weight * value for weight, value in zip(WEIGHTS, evidence, strict=True))
    return Verdict(evidence, 1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))))


def _unstated_terms(about: Sequence[Topic], shown: Sequence[str]) -> float:
    """Share of what is asked that are terms, and no everyday words, which the texts do not state.

    Everyday words stand for terms that they do not name; a term that is not stated is another thing: "semiconductor
    engineers" are not among those who learn "basic digital skills".

    >>> _unstated_terms([Topic("kỹ sư", ("kỹ sư",), 3.0), Topic("dạy", ("dạy",), 1.0)], ["đào tạo kỹ năng số"])
    0.75
    """
    terms = [topic for topic in about if topic.is_term]
    total = sum(topic.weight for topic in about)
    return sum(topic.weight for topic in terms) * (1.0 - support(terms, shown)) / total if total else 0.0


def _has_record(asked: Question, best: Candidate) -> bool:
    """Whether the best passage holds a record of what is asked for: a task with an agency or a date, a target."""
    task = best.task
    return bool(
        ("how_much" in asked.wants and best.targets)
        or (task is not None and "who" in asked.wants and task.lead)
        or (task is not None and "when" in asked.wants and task.deadline)
    )


def _shown_as(agency: str, folded: Sequence[str]) -> str:
    """The agency's name without marks: of its own and those of agencies that it took over from, one that is shown."""
    names = [fold(name) for name in (agency, *predecessors(agency))]
    return next((name for name in names if any(name in text for text in folded)), names[0])


def _near(asked: Question, found: Sequence[Candidate]) -> float:
    """How much nearer the best passage's tokens are than is usual, in tenths; 0 in a home that keeps no tokens."""
    best = max(candidate.hit.late for candidate in found)
    return 10 * (best - USUAL_LATE["en" if asked.language == "en" else "vi"]) if best else 0.0


def _missing(named: Sequence[str], texts: Sequence[str]) -> float:
    """The share of the names or numbers that stand in none of the texts as they are; 0 where there are none.

    >>> _missing(["2025", "30"], ["30 xã", "đến năm 2030"])
    0.5
    """
    shown = "\n".join(texts)
    gone = [name for name in named if not re.search(rf"(?<!\w){re.escape(name)}(?!\d)", shown)]
    return len(gone) / len(named) if named else 0.0


def _numbers(asked: Question) -> list[str]:
    """The numbers of a question, but for years and numbers of documents."""
    text = asked.text
    for gone in (*asked.documents, *asked.years, *asked.short_numbers):
        text = text.replace(gone, " ")
    return re.findall(r"(?<!\w)\d+(?:[.,]\d+)*", text)
