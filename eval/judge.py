"""Whether a text holds a quote, and which gold quotes a list of hits holds: how our own set is judged.

Gold are quotes, not passages, so every system is judged alike, however it cuts documents up. A text holds a quote

- when the quote stands in it, white space aside; or
- when the text was cut inside the quote, and at least 80% of the quote's words stand at the text's end (their
  beginning), at its beginning (their end), or are all there is of the text. Words that stand anywhere else do not
  count: plans repeat each other's sentences with other figures.

Worked example, with the quote "Trên 85% dân số có điện thoại" (7 words; 80% of them are 6, rounded up):
"- Trên 85% dân\\nsố có điện thoại thông minh" holds it; "... Trên 85% dân số có điện", cut there, holds it (6 of
7 words at its end); "Trên 70% dân số có điện thoại" does not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.vietnamese import normalise
from eval.questions import Question
from eval.types import Hit

ENOUGH = 0.8


@dataclass(frozen=True, slots=True)
class Held:
    """A hit of a known document, as text that is compared: without any white space."""

    document: str
    text: str


def squash(text: str) -> str:
    """Text in one spelling of every character, without white space.

    >>> squash("Trà  Vinh\\n2025")
    'TràVinh2025'
    """
    return "".join(normalise(text).split())


def holds(squashed: str, quote: str) -> bool:
    """Whether a squashed text holds a quote."""
    words = normalise(quote).split()
    if "".join(words) in squashed:
        return True
    least = math.ceil(ENOUGH * len(words))
    if not squashed or least >= len(words):
        return False
    if squashed in "".join(words):
        return len(squashed) >= ENOUGH * sum(map(len, words))
    return any(
        squashed.endswith("".join(words[:kept])) or squashed.startswith("".join(words[-kept:]))
        for kept in range(len(words) - 1, least - 1, -1)
    )


def gold_id(question: str, n: int) -> str:
    """Id of the nth gold quote of a question, from 1, in runs and qrels.

    >>> gold_id("tv-001", 2)
    'tv-001.gold-2'
    """
    return f"{question}.gold-{n}"


def judged_ids(question: Question, hits: Sequence[Hit], document_of: dict[str, str], k: int) -> list[tuple[str, float]]:
    """The first k hits as ids that the qrels of `question` speak of, best first.

    A hit becomes the ids of the gold quotes that it holds and no hit above it held; one that holds none, or only what
    was already found, becomes an id of its own, which no qrels name. So a quote counts once, where it stands best, and
    a hit with two quotes takes two places.
    """
    left = {gold_id(question.id, n): gold for n, gold in enumerate(question.gold, 1)}
    result: list[tuple[str, float]] = []
    for rank, hit in enumerate(hits[:k], 1):
        text, document = squash(hit.text), document_of.get(hit.id, "")
        found = [id for id, gold in left.items() if gold.document == document and holds(text, gold.quote)]
        for id in found:
            del left[id]
        result += [(id, hit.score) for id in found or [f"{hit.id}#{rank}"]]
    return result
