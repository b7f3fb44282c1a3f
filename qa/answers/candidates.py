"""Passages that were found, weighed by how well they answer: what `features` measure, weighed by fitted coefficients.

The order of the search tells what a passage is about. What is asked for tells more: a question for a figure is answered
by a passage with a target, one for an agency by one with a task, and what the question names must be stated there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.types import Document, Passage, Target, Task
from corpus.vietnamese import fold
from index.types import Hit
from qa.agencies import is_particular
from qa.answers.line_duties import of_line, of_sentence
from qa.answers.periods import period
from qa.answers.records_of import targets_of, task_of
from qa.answers.stated_dates import part_about, stated_date
from qa.answers.stating import Stating, Topic
from qa.question import Question
from qa.tables.agency_match import AgencyMatcher

if TYPE_CHECKING:
    from qa.engine import Engine

FEATURES = (
    "score", "cosine", "late", "lexical", "stated", "stated_above", "task", "target", "no_figure", "cites", "reports",
    "year", "length", "dated", "whole", "own", "total",
)  # fmt: skip
FIRST = 10
"""The first passages of a search: the best evidence is among them."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that was found, what it states of the question, and how well it answers (a log-odds)."""

    hit: Hit
    passage: Passage
    document: Document
    task: Task | None
    targets: tuple[Target, ...]
    support: float  # share of the topics stated in the passage or above it
    features: tuple[float, ...]
    worth: float = 0.0

    @property
    def province(self) -> str:
        """The province of the document."""
        return self.document.meta.province


def candidates(engine: Engine, asked: Question, hits: Sequence[Hit], about: Sequence[Topic]) -> list[Candidate]:
    """The hits as candidates, best first."""
    if not hits:
        return []
    stated = [topic for topic in about if engine.vocabulary.states(topic)]
    about = stated or about  # what stands nowhere tells no passage apart; where all of it does, no passage states it
    first = hits[:FIRST]
    top = (
        first[0].score,
        max(hit.dense for hit in first),
        max(hit.lexical for hit in first) or 1.0,
        max(hit.late for hit in first),
    )
    body = [hit for hit in hits if not engine.framing[hit.row]] or list(hits)
    stating = Stating(about)
    found = [_candidate(engine, asked, hit, about, stating, top) for hit in body]
    return sorted(found, key=lambda candidate: -candidate.worth)


def _candidate(
    engine: Engine,
    asked: Question,
    hit: Hit,
    about: Sequence[Topic],
    stating: Stating,
    top: tuple[float, float, float, float],
) -> Candidate:
    passage = engine.passage(hit)
    document = engine.by_id[passage.document_id]
    task, targets = task_of(engine, passage), targets_of(engine, document, passage)
    if asked.wants & _OF_DUTY:
        if task is None:
            task = of_sentence(passage, about)
        elif task.section_id in engine.tasks:
            task = of_line(task, passage, about)
        if task is not None and ";" in task.deadline and about:
            task = replace(task, deadline=part_about(about, task.deadline))
    above = stating.share([passage.text, *passage.headings, document.meta.title])
    features = _features(asked, hit, stating, top, passage, document, task, targets, above)
    worth = sum(weight * value for weight, value in zip(WEIGHTS, features, strict=True))
    return Candidate(hit, passage, document, task, targets, above, features, worth)


def _features(
    asked: Question,
    hit: Hit,
    stating: Stating,
    top: tuple[float, float, float, float],
    passage: Passage,
    document: Document,
    task: Task | None,
    targets: tuple[Target, ...],
    above: float,
) -> tuple[float, ...]:
    """What speaks for a passage, in the order of FEATURES; each about 0 to 1."""
    wants, folded, title = asked.wants, fold(passage.text), document.meta.title
    matchers = [_matcher(name) for name in asked.agencies if is_particular(name)]
    agent = bool(wants & {"who", "coordinating", "directing", "when"}) and "how_often" not in wants
    figure = "how_much" in wants
    dated = not asked.years or any(year in passage.text for year in asked.years)
    return (
        hit.score,
        5 * (hit.dense - top[1]),
        10 * (hit.late - top[3]),
        hit.lexical / top[2],
        stating.share([passage.text]),
        above,
        float(agent and task is not None) - float(agent and task is None),
        float(figure and bool(targets)) - float(figure and not targets),
        float(figure and not any(c.isdigit() for c in passage.text)),
        float("legal_basis" in wants and bool(re.search(r"\d/[a-zđ]", passage.text.lower()))),
        float("reporting" in wants and "bao cao" in folded),
        float(dated or any(target.year in asked.years for target in targets)) - 1.0,
        min(1.0, math.log10(len(passage.text) + 1) / 3) - 1.0,
        float("when" in wants and bool((task and task.deadline) or stated_date(passage.text) or period(passage.text))),
        stating.share([title]) if agent and _OF_PLAN.search(folded) else 0.0,
        _of_agency(matchers, task, document),
        float("when" in wants and bool(_ASKS_SPAN.search(asked.folded) and _TOTAL.match(folded))),
    )


_OF_PLAN = re.compile(
    r"\b(?:ke hoach|de an|chuong trinh|quyet dinh|chi thi|quy che|quy dinh|nghi quyet|phuong an|du an) nay\b"
)
_ASKS_SPAN = re.compile(
    r"\b(?:bao lau|(?:may|bao nhieu) (?:ngay|bua|hom|tuan|thang)|how (?:long|many days)"
    r"|(?:handling|processing|total) time)\b"
)
_TOTAL = re.compile(r"\W*tong (?:cong |so )?thoi gian\b")
"""What a procedure takes as a whole, where each of its steps has a time of its own."""
_OF_DUTY = frozenset({"who", "coordinating", "directing", "when", "what_to_do"})
_matcher = lru_cache(maxsize=500)(AgencyMatcher)


def _of_agency(matchers: Sequence[AgencyMatcher], task: Task | None, document: Document) -> float:
    """1 for a task of an agency that the question names, -1 for one of others alone, 0 where neither can be told."""
    if not matchers or task is None:
        return 0.0
    meta = document.meta
    units = (*task.lead, *task.coordinating, *task.directing)
    return 1.0 if any(m.matches(unit, meta.province, meta.date) for m in matchers for unit in units) else -1.0


WEIGHTS = (6.58, 4.09, -0.05, 1.71, 0.15, 3.49, 0.43, 0.92, -0.53, 0.32, 1.04, 1.41, 0.70, 1.55, 2.19, 0.52, 1.93)
"""Coefficients of FEATURES: a conditional logit ("which of these passages answers?") with an L2 penalty of 1, fitted by
`python -m eval.fit` on the `dev` questions and on others about these and ten other plans."""
