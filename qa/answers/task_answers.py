"""Who does it and by when: the task record that answers, said with its agencies and its deadline."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.terms import term_passage, term_year
from corpus.types import Document, Passage, Task
from corpus.vietnamese import fold
from qa.agencies import is_particular
from qa.answers import wording
from qa.answers.asked_kind import asks_several, of_other_kind
from qa.answers.candidates import Candidate
from qa.answers.choosing import chances
from qa.answers.draft import Draft
from qa.answers.periods import day_of_period, names_period, period
from qa.answers.places import heading_stating
from qa.answers.records_of import in_role
from qa.answers.stated_dates import stated_date
from qa.answers.subjects import partners
from qa.question import Question

if TYPE_CHECKING:
    from qa.engine import Engine

AGENT = frozenset({"who", "coordinating", "directing", "when"})
"""What a task record answers."""
FAR = 0.05
"""The same for one that states about as much of the question."""
AS_MUCH = 0.85
"""Share of what the best passage states that it must state for that."""
NEAR = 0.25
"""Share of the best passage's chance from which a passage with a task may answer in its place."""
AS_GOOD = 0.7
"""Share of the best task's chance from which a task of another province answers beside it."""
BESIDE = 0.1
"""The same for a second task of the document where it is asked who does each of two things."""
MISSING = 0.7
"""What a role or date that is asked for and left open takes from a task, in log-odds."""
_ASKS_DAY = re.compile(r"\b(ngay|hom|bua) (nao|may|bao nhieu)\b|\b(which|what) (day|date)\b|\bcut-?off\b")
_ASKS_DATE = re.compile(r"\b(nam|thang|ngay|quy) (nao|may)\b|\b(which|what) (year|month|quarter|date|day)\b")
OTHER_KIND = 1.0
"""What it takes from a task, in log-odds, that a Sở is asked for and others have it."""
LISTED = 0.4
"""What a task of a table or list has before a duty in running text, in log-odds."""


def chosen_tasks(asked: Question, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates whose tasks answer: the best, and an equally good one of each province where none is named."""
    odds = chances(found)
    near = [
        (c, p)
        for c, p in zip(found, odds, strict=True)
        if c.task is not None
        and (p >= NEAR * odds[0] or (p >= FAR * odds[0] and c.support >= AS_MUCH * found[0].support))
    ]
    if not asked.wants & {"who", "coordinating", "directing", "what_to_do"}:  # asked by when alone
        near = [(c, p) for c, p in near if c is found[0] or (c.task and as_asked(asked, c.task, c.passage).deadline)]
    if not near:
        return []
    weighed = sorted(((c, math.log(p + 1e-9) + fit(asked, c)) for c, p in near), key=lambda pair: -pair[1])
    best, worth = weighed[0]
    result = [best]
    if not asked.provinces and not asked.documents:
        for candidate, other in weighed[1:]:
            new = candidate.province not in {c.province for c in result}
            if new and other >= worth + math.log(AS_GOOD) and candidate.support >= best.support:
                result.append(candidate)
    if len(result) == 1 and _asks_lead(asked) and asks_several(asked):
        near = [(candidate, other) for candidate, other in weighed[1:] if other >= worth + math.log(BESIDE)]
        result += [candidate for candidate, _ in near if _led_by_others(candidate, best)][:1]
    return result


def _led_by_others(one: Candidate, other: Candidate) -> bool:
    """Whether a task of the same document is given to other agencies."""
    assert one.task is not None and other.task is not None
    return one.document is other.document and bool(one.task.lead) and set(one.task.lead).isdisjoint(other.task.lead)


def fit(asked: Question, candidate: Candidate) -> float:
    """How far a task has what is asked for: less for each role or date that it leaves open, more when it is listed."""
    assert candidate.task is not None
    task = as_asked(asked, candidate.task, candidate.passage)
    slots = {
        "who": task.lead or task.coordinating or task.directing,
        "coordinating": task.coordinating,
        "directing": task.directing,
        "when": task.deadline,
    }
    missing = sum(name in asked.wants and not value for name, value in slots.items())
    missing += _asks_lead(asked) and not in_role(task, asked.wants).lead  # "Phối hợp với ..." helps, and leads nothing
    other = _asks_lead(asked) and of_other_kind(asked, task.lead)
    return LISTED * (task.source != "prose") - MISSING * missing - OTHER_KIND * other


def say_task(engine: Engine, draft: Draft, asked: Question, candidate: Candidate) -> None:
    """State the task of a candidate; an agency that its passage does not name is cited with the heading that does."""
    assert candidate.task is not None
    document, task = candidate.document, as_asked(asked, candidate.task, candidate.passage)
    stated = next((p for p in document.passages if p.id == task.passage_id), candidate.passage)
    draft.add_task(task)
    unit = engine.tasks.get(task.section_id)
    whole = next((p for p in document.passages if unit and p.id == unit.passage_id), stated)
    for sentence in wording.task(task, asked, document.meta):
        # a line of a task has its deadline from the task around it
        from_whole = task.deadline and task.deadline not in stated.text and task.deadline in sentence
        draft.say(sentence, document, whole if from_whole else stated)
    if "when" in asked.wants and not task.deadline and (term := term_passage(document.passages)):
        draft.say(wording.term(term_year([term]), term.text, asked), document, term)
    if candidate.passage.id != stated.id:
        draft.cite(document, candidate.passage, candidate.passage.start, candidate.passage.end)
    for agency in dict.fromkeys((*task.lead[:1], *task.coordinating[:1], *task.directing[:1])):
        if agency not in stated.text and (heading := heading_stating(document, task.section_id, agency)):
            draft.cite_place(document, heading)
    if task.directing:
        directing = _holding_directing(document, task)
        if directing is not None and directing.id != stated.id:
            draft.cite(document, directing, directing.start, directing.end)


def as_asked(asked: Question, task: Task, passage: Passage) -> Task:
    """The task in the roles and with the deadline that are asked for.

    Of a report it is asked how often, or by which day of the period it is due; of helpers, in which role they are.
    """
    if not _asks_lead(asked) and not _asks_partners(asked, task):
        task = in_role(task, asked.wants)
    if task.source == "prose" and task.lead and not task.coordinating:
        task = replace(task, coordinating=partners(task.task))
    if not asked.wants & {"when", "how_often", "reporting"}:
        return task
    text = passage.text
    if "how_often" in asked.wants:
        return replace(task, deadline=period(text) or task.deadline)
    by_day = "reporting" in asked.wants or _ASKS_DAY.search(asked.folded) or names_period(asked.folded)
    if by_day and (day := day_of_period(text, asked.folded)):
        return replace(task, deadline=day)
    if not task.deadline and task.source == "prose":
        return replace(task, deadline=stated_date(text) or day_of_period(text, asked.folded) or period(text))
    if _ASKS_DATE.search(asked.folded) and not re.search(r"\d", task.deadline):
        return replace(task, deadline=stated_date(task.task) or task.deadline)  # "thường xuyên" is no year
    return task


def _asks_lead(asked: Question) -> bool:
    """Whether it is asked who does it, and of no other role."""
    return "who" in asked.wants and not asked.wants & {"coordinating", "directing"}


def _asks_partners(asked: Question, task: Task) -> bool:
    """Whether it is asked with whom an agency works that the question names and the task is given to."""
    if "coordinating" not in asked.wants:
        return False
    given = fold("; ".join(task.lead))
    return any(is_particular(name) and fold(name) in given for name in asked.agencies)


def _holding_directing(document: Document, task: Task) -> Passage | None:
    """The nearest passage at or before the task that prints the directing unit: its cell is merged over the group."""
    before = [p for p in document.passages if p.start <= task.start and task.directing[0] in p.text]
    return before[-1] if before else None
