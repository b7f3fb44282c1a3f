"""Several provinces side by side: a cited row for each, and those that set nothing of the kind named as such.

Each province is searched by itself. Its best passage is a row when it says what is asked about as well as the best
passage of all does; that a plan sets no such thing is said only after its own passages were weighed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.provinces import belongs_to
from corpus.types import Document
from corpus.vietnamese import fold
from index.types import Hit
from qa.answers import wording
from qa.answers.candidates import Candidate, candidates
from qa.answers.choosing import worth_saying
from qa.answers.draft import Draft
from qa.answers.places import line_stating
from qa.answers.sentences import telling
from qa.answers.stating import Topic
from qa.answers.target_answers import Placed, everywhere, meant, say_targets
from qa.answers.task_answers import AGENT, as_asked, fit, say_task
from qa.question import Question

if TYPE_CHECKING:
    from qa.engine import Engine

DEPTH = 12
"""Passages of each province that are weighed."""
BEHIND = 5.0
"""How far, in log-odds, a province's best passage may lie behind the best of all and still be a row."""
BEHIND_NAMED = 8.0
"""The same for a province that the question names."""
STATED = 0.35
"""Share of what the best passage of all states that a row must state."""
TASKS = 5
"""The best passages of a province of which the first with a task says who does it."""
CLOSE = 1.4
"""How far, in log-odds, a task may lie behind the first one to be said in its place, because it has what is asked."""
ROWS = 2
"""Passages that a row quotes at most."""


def provinces_compared(asked: Question, documents: Sequence[Document]) -> tuple[str, ...]:
    """The provinces of the corpus that a question sets side by side; () when it asks about one, or about none."""
    held = tuple(dict.fromkeys(document.meta.province for document in documents if document.meta.province))
    if not asked.provinces and "provinces" in asked.wants:
        return tuple(sorted(held, key=fold)) if len(held) > 1 else ()
    named = [one for p in asked.provinces for one in held if belongs_to(one, p.name)]
    return tuple(sorted(dict.fromkeys(named), key=fold)) if len(asked.provinces) > 1 and named else ()


def compare(
    engine: Engine,
    draft: Draft,
    asked: Question,
    hits: Sequence[Hit],
    about: Sequence[Topic],
    provinces: Sequence[str],
    documents: Sequence[Document],
) -> None:
    """Add a row for each province to the draft; none where no province states what is asked."""
    every = candidates(engine, asked, _deepest(engine, hits, provinces), about)
    rows = {province: [c for c in every if c.province == province] for province in provinces}
    if not every:
        return
    best = every[0]
    years = () if asked.years_added else asked.years
    is_aim = best.passage.kind == "target" and (best.task is None or not asked.wants & AGENT)
    figure = "how_much" in asked.wants or is_aim
    first = meant(engine, years, every, about) if figure else []
    placed = [p for p in everywhere(engine, first, documents) if not years or p.target.year in years] if first else []
    behind = BEHIND_NAMED if asked.provinces else BEHIND
    for province in provinces:
        near = [c for c in rows[province] if c.worth > best.worth - behind and c.support >= STATED * best.support]
        own = [p for p in placed if p.document.meta.province == province]
        if first and not own and near:
            own = [p for p in meant(engine, years, near, about) if not years or p.target.year in years]
        _row(engine, draft, asked, about, province, near, own, documents)


def _deepest(engine: Engine, hits: Sequence[Hit], provinces: Sequence[str]) -> list[Hit]:
    """The best hits of each province, in their order."""
    left = dict.fromkeys(provinces, DEPTH)
    result = []
    for hit in hits:
        province = engine.by_id[engine.passage(hit).document_id].meta.province
        if left.get(province, 0):
            left[province] -= 1
            result.append(hit)
    return result


def _row(
    engine: Engine,
    draft: Draft,
    asked: Question,
    about: Sequence[Topic],
    province: str,
    near: Sequence[Candidate],
    own: Sequence[Placed],
    documents: Sequence[Document],
) -> None:
    say_targets(draft, own)
    # "Who sets the higher target?" asks for a figure; "who does it, and to what level?" for both.
    agent = asked.wants & AGENT and (not own or "how_much" in asked.wants)
    with_task = [c for c in near[:TASKS] if c.task is not None] if agent else []
    cited = {p.passage.id for p in own}
    if with_task:
        doing = max(
            (c for c in with_task if c.worth > with_task[0].worth - CLOSE), key=lambda c: c.worth + fit(asked, c)
        )
        say_task(engine, draft, asked, doing)
        cited.add(doing.passage.id)
    for candidate in worth_saying(near, ROWS):
        if candidate.passage.id not in cited:
            draft.quote(candidate.document, candidate.passage, *telling(candidate.passage, about))
            if not cited and candidate.task is not None:
                draft.add_task(as_asked(asked, candidate.task, candidate.passage))
            cited.add(candidate.passage.id)
    if not cited:
        document = next((d for d in documents if d.meta.province == province), None)
        line = line_stating(document, document.meta.number) if document is not None else None
        if document is not None and line is not None:
            draft.say_of(wording.not_set(document.meta, asked), document, [replace(line, role="heading")])
