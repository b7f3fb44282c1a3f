"""The one year in which a plan is carried out, where a section of its own says so: "III. Thời gian thực hiện"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.types import Passage
from corpus.vietnamese import fold

_HEADING = re.compile(r"(?:^|\W)(?:thoi gian|thoi han|tien do) (?:trien khai|thuc hien)\W*$")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_LONGEST = 250  # characters; more than a sentence or two tells of steps, not of the term
_DEEPEST = 2  # headings above; deeper ones speak of a part of the plan


def term_passage(passages: Iterable[Passage]) -> Passage | None:
    """The passage that states the plan's term, when it names one year alone; None where none does, or two do."""
    found = [
        passage
        for passage in passages
        if passage.headings
        and len(passage.headings) <= _DEEPEST
        and len(passage.text) <= _LONGEST
        and _HEADING.search(fold(passage.headings[-1]))
        and len(set(_YEAR.findall(passage.text))) == 1
    ]
    return found[0] if len(found) == 1 else None


def term_year(passages: Iterable[Passage]) -> str:
    """The year of the plan's term, "" when it is not one year.

    "Mục III. THỜI GIAN THỰC HIỆN" with "Triển khai trong năm 2022" gives "2022".
    """
    stated = term_passage(passages)
    return _YEAR.findall(stated.text)[0] if stated else ""
