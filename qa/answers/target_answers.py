"""Which targets answer: the one that the question means, and the same indicator wherever else the corpus sets it.

The target that is meant is found by its passage and by what the question names; the others by their likeness to it, in
every plan that the question allows, so that an answer is complete however the search ranked their passages.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.types import Document, Passage, Target
from corpus.vietnamese import fold, words
from qa.answers.candidates import Candidate
from qa.answers.choosing import chances
from qa.answers.draft import Draft
from qa.answers.evidence import Vocabulary
from qa.answers.stating import Topic, support

if TYPE_CHECKING:
    from qa.engine import Engine

SAME = 0.72
"""Likeness from which two indicators are taken for one, calibrated on the `dev` questions of eval/."""
BESIDE = 0.5
"""Share of the best target's support from which a target of the same passage is meant, too."""
ALSO = 0.9
"""The same for a target of another passage of the document."""
ENOUGH = 0.3
"""Support below which targets of other passages are not meant, too."""
NEAR = 0.1
"""Share of the best passage's chance from which a passage's targets may be meant."""
MOST = 12
_FILLERS = frozenset(
    "ty le ti so cac co tren dia ban tinh cua duoc va cho toi thieu dat trong phan dau muc den nam it".split()
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A target with its passage and document."""

    target: Target
    passage: Passage
    document: Document


def meant(
    engine: Engine, asked_years: Sequence[str], found: Sequence[Candidate], about: Sequence[Topic]
) -> list[Placed]:
    """The targets that the question means, of the passage that fits best; none when no near passage sets any."""
    best: tuple[float, Candidate, Target] | None = None
    odds = chances(found)
    for candidate, chance in zip(found, odds, strict=True):
        if chance < NEAR * odds[0]:
            continue
        for target in candidate.targets:
            dated = 1.0 if not asked_years or target.year in asked_years else 0.0
            score = math.log(chance + 1e-6) + 2.0 * _support(about, target) + 1.5 * dated
            if best is None or score > best[0]:
                best = (score, candidate, target)
    if best is None:
        return []
    _, candidate, target = best
    top = _support(about, target)
    result = [Placed(target, candidate.passage, candidate.document)]
    for other, chance in zip(found, odds, strict=True):
        least = BESIDE * top if other is candidate else ALSO * max(top, ENOUGH)
        if other is not candidate and (chance < NEAR * odds[0] or other.document.id != candidate.document.id):
            continue
        for one in other.targets:
            if one is target:
                continue
            if (_support(about, one) >= least and _dated(one, target, asked_years)) or _limits_too(one, target):
                result.append(Placed(one, other.passage, other.document))
    return result


def _limits_too(one: Target, other: Target) -> bool:
    """Whether two values of a clause belong together: "không quá 02 tập thể, 05 cá nhân", "tương ứng 70%, 60%, 55%"."""
    if (one.start, one.end, one.year, one.comparator) != (other.start, other.end, other.year, other.comparator):
        return False
    if one.indicator == other.indicator:
        return one.value != other.value
    return one.comparator in ("<=", "<") and "%" not in one.unit + other.unit and one.unit != other.unit


def _support(about: Sequence[Topic], target: Target) -> float:
    """How much of what is asked a target names, most of it in its indicator, the rest in its clause."""
    own = [target.indicator, target.population, target.area]
    return 0.7 * support(about, own) + 0.3 * support(about, [*own, target.quote])


def _dated(target: Target, best: Target, asked_years: Sequence[str]) -> bool:
    return target.year in asked_years if asked_years else target.indicator != best.indicator or target.year != best.year


def everywhere(engine: Engine, first: Sequence[Placed], documents: Iterable[Document]) -> list[Placed]:
    """The targets of some documents that set the indicator of any of the first ones, by province, document and year."""
    allowed = {document.id for document in documents}
    known = {(p.target.passage_id, p.target.indicator, p.target.value, p.target.year) for p in first}
    result = [placed for placed in first if placed.document.id in allowed]
    for document in engine.documents():
        if document.id not in allowed:
            continue
        for target in document.targets:
            if (target.passage_id, target.indicator, target.value, target.year) in known:
                continue
            if any(
                target.unit == one.target.unit and likeness(engine.vocabulary, target, one.target) >= SAME
                for one in first
            ):
                result.append(Placed(target, _passage(document, target), document))
    return sorted(result, key=lambda p: (fold(p.document.meta.province), p.document.id, p.target.year, p.target.start))


def say_targets(draft: Draft, placed: Sequence[Placed]) -> set[str]:
    """State targets, each once: where a plan sets one in its body and its annex, one sentence cites both."""
    said: dict[tuple[str, ...], int] = {}
    for one in placed[:MOST]:
        target = one.target
        words_ = " ".join(sorted(content_words(target.indicator)))
        key = (one.document.id, target.value, target.unit, target.year, target.comparator, words_)
        if key in said:
            draft.cite_again(said[key], one.document, one.passage, target.start, target.end)
        else:
            said[key] = draft.add_target(target, one.document, one.passage)
    return {one.passage.id for one in placed[:MOST]}


def likeness(vocabulary: Vocabulary, one: Target, other: Target) -> float:
    """How far two indicators are of the same words, each weighed by its rarity: 0 for none, 1 for all (a cosine)."""
    first, second = content_words(one.indicator), content_words(other.indicator)
    weight = {word: vocabulary.rarity(word) for word in first | second}
    shared = sum(weight[word] ** 2 for word in first & second)
    norms = [math.sqrt(sum(weight[word] ** 2 for word in side)) for side in (first, second)]
    return shared / (norms[0] * norms[1]) if all(norms) else 0.0


def content_words(indicator: str) -> frozenset[str]:
    """The words of an indicator that tell it from others.

    >>> sorted(content_words("Tỷ lệ dân số có điện thoại"))
    ['dân', 'thoại', 'điện']
    """
    return frozenset(word for word in words(indicator) if fold(word) not in _FILLERS)


def _passage(document: Document, target: Target) -> Passage:
    return next(passage for passage in document.passages if passage.id == target.passage_id)
