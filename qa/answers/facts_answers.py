"""A question about one thing, answered: from the task, from the target, else from the most telling sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.types import Document
from qa.answers import wording
from qa.answers.candidates import Candidate
from qa.answers.choosing import chances, worth_saying
from qa.answers.draft import Draft
from qa.answers.periods import day_of_period, period
from qa.answers.sentences import telling
from qa.answers.stated_dates import date_about
from qa.answers.stating import Topic
from qa.answers.target_answers import everywhere, meant, say_targets
from qa.answers.task_answers import AGENT, as_asked, chosen_tasks, say_task
from qa.question import Question

if TYPE_CHECKING:
    from qa.engine import Engine

NEAR = 0.15
"""Chance from which a passage without a target may state the figure of a year."""
WEIGHED = 5
"""The best candidates in which a year that is asked for may stand."""


def say_facts(
    engine: Engine,
    draft: Draft,
    asked: Question,
    found: Sequence[Candidate],
    about: Sequence[Topic],
    documents: Sequence[Document],
) -> None:
    """Write what answers the question into the draft: a record where one fits, and the passages beside it."""
    figure = "how_much" in asked.wants or (not asked.wants and bool(found[0].targets))
    agent = bool(asked.wants & AGENT)
    said: set[str] = set()
    if agent and not figure:
        said |= _tasks(engine, draft, asked, found)
    if figure:
        said |= _targets(engine, draft, asked, found, about, documents)
        _owner(draft, asked, found, said)
    if not said and (agent or "what_to_do" in asked.wants):
        said |= _tasks(engine, draft, asked, found)
    if not said and not asked.wants and found[0].task is None:  # words alone: of a listed task, what the list says
        said |= _tasks(engine, draft, asked, [c for c in found if c.task is None or c.task.source != "prose"])
    first = not said
    for candidate in worth_saying(found):
        if candidate.passage.id in said or (candidate.task is not None and candidate.task.passage_id in said):
            continue
        if figure and said and of_other_year(asked, candidate):
            continue
        draft.quote(candidate.document, candidate.passage, *telling(candidate.passage, about))
        if first:
            _note(engine, draft, asked, candidate, about)
            first = False
        said.add(candidate.passage.id)


def _owner(draft: Draft, asked: Question, found: Sequence[Candidate], said: set[str]) -> None:
    """Who answers for a target that was said, where its row says so, or it is asked and its passage says so."""
    owners = [
        c
        for c in found[:WEIGHED]
        if c.task is not None and c.targets and c.passage.id in said and (c.passage.columns or "who" in asked.wants)
    ]
    for candidate in owners[:1]:
        assert candidate.task is not None
        draft.add_task(candidate.task)
        draft.say(wording.owner(candidate.task, asked), candidate.document, candidate.passage)


def _note(engine: Engine, draft: Draft, asked: Question, candidate: Candidate, about: Sequence[Topic]) -> None:
    """Note the facts that a quoted passage states: its task, its targets, its date."""
    if candidate.task is not None:
        draft.add_task(as_asked(asked, candidate.task, candidate.passage))
    elif "when" in asked.wants:
        text = candidate.passage.text
        draft.add_deadline(day_of_period(text, asked.folded) or date_about(about, text) or period(text))
    for placed in meant(engine, () if asked.years_added else asked.years, [candidate], about):
        draft.note_target(placed.target, placed.document, placed.passage)


def _tasks(engine: Engine, draft: Draft, asked: Question, found: Sequence[Candidate]) -> set[str]:
    chosen = chosen_tasks(asked, found)
    for candidate in chosen:
        say_task(engine, draft, asked, candidate)
    return {c.passage.id for c in chosen} | {c.task.passage_id for c in chosen if c.task}


def _targets(
    engine: Engine,
    draft: Draft,
    asked: Question,
    found: Sequence[Candidate],
    about: Sequence[Topic],
    documents: Sequence[Document],
) -> set[str]:
    years = () if asked.years_added else asked.years
    first = meant(engine, years, found, about)
    placed = everywhere(engine, first, documents) if first else []
    placed = [p for p in placed if not years or p.target.year in years or (not p.target.year and p in first)]
    return say_targets(draft, placed)


def year_missing(asked: Question, found: Sequence[Candidate]) -> bool:
    """Whether a year that is asked for stands nowhere near: for a figure, in no target of the best passages."""
    if not asked.years or asked.years_added:
        return False
    top = found[:WEIGHED]
    odds = chances(top)
    if "how_much" in asked.wants and top[0].targets:
        likely = [c for c, p in zip(top, odds, strict=True) if p >= NEAR * odds[0]]
        if any(target.year in asked.years for candidate in likely for target in candidate.targets):
            return False
        near = [c for c, p in zip(top, odds, strict=True) if p > NEAR and c.passage.kind != "target"]
        return not any(year in candidate.passage.text for candidate in near for year in asked.years)
    stating = [c for c in top if c.passage.kind != "legal-basis" or asked.wants & {"legal_basis"}]
    return not any(_states(candidate, year) for candidate in stating for year in asked.years)


def of_other_year(asked: Question, candidate: Candidate) -> bool:
    """Whether all that a passage sets is set for other years than the one that is asked for."""
    years = {target.year for target in candidate.targets}
    return bool(asked.years and not asked.years_added and years) and years.isdisjoint({*asked.years, ""})


def _states(candidate: Candidate, year: str) -> bool:
    meta, task = candidate.document.meta, candidate.task
    if task is not None and task.deadline_end and task.deadline_start[:4] <= year <= task.deadline_end[:4]:
        return True
    return any(year in text for text in (candidate.passage.text, *candidate.passage.headings, meta.title, meta.date))
