"""The most telling sentence of a passage: the stretch that states most of what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.types import Passage
from qa.answers.stating import Stating, Topic

SHORT = 320
"""A passage no longer than this is quoted whole."""

_END = re.compile(r"(?<=[.;:!?])\s+|\n")


def telling(passage: Passage, about: Sequence[Topic]) -> tuple[int, int]:
    """Offsets in the document of the sentence of a passage that states most topics; neighbours fill it up."""
    if len(passage.text) <= SHORT:
        return passage.start, passage.end
    spans = _spans(passage.text)
    stating = Stating(about)
    scores = [stating.share([passage.text[left:right]]) for left, right in spans]
    best = max(range(len(spans)), key=lambda i: (scores[i], -i))
    first = last = best
    while True:
        after = spans[last + 1][1] - spans[first][0] if last + 1 < len(spans) else SHORT + 1
        if after <= SHORT:
            last += 1
            continue
        before = spans[last][1] - spans[first - 1][0] if first else SHORT + 1
        if before > SHORT:
            break
        first -= 1
    return passage.start + spans[first][0], passage.start + spans[last][1]


def _spans(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences of a text.

    >>> _spans("Một. Hai;\\nBa")
    [(0, 4), (5, 9), (10, 12)]
    """
    spans, at = [], 0
    for found in _END.finditer(text):
        if found.start() > at:
            spans.append((at, found.start()))
        at = found.end()
    if at < len(text):
        spans.append((at, len(text)))
    return spans
