"""Words for a time, "trước tháng 6/2025", "quý này", "by the end of 2025", read as a first and a last day.

What is relative is read against the day that the caller gives. A preposition before the time decides which side is
meant: "trước tháng 6" ends on the day before that month begins, "đến tháng 6" and "by June" on its last day, "sau
tháng 6" begins on the day after it, "từ tháng 6" on its first.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from corpus.vietnamese import fold, normalise, squeeze
from qa.tables.time_spans import find_spans


class Period(NamedTuple):
    """First and last day, both of it; None where it is open."""

    first: date | None
    last: date | None


_OVERDUE = re.compile(
    r"\b(qua (thoi )?han|tre (han|hen)|het (thoi )?han|cham han|overdue|past[ -]due|past (the|their|its) (due|deadline)"
    r"|(missed|passed) (the|their|its) (due|deadline)|(deadline|due date)s? (have|has|had) (already )?passed)\b"
)
_NOT_YET = re.compile(
    r"\b(chua (den|toi|het|qua) (thoi )?han|(con|con trong) (thoi )?han|not (yet )?(due|overdue)|still open)\b"
)
_SIDES = {
    "before": r"truoc(?: khi)?|before|prior to|earlier than",
    "until": (
        r"(?:cham|muon) nhat(?: la)?(?: (?:den|vao|trong))?|khong (?:qua|muon hon)|(?:den |toi )?het|den|toi"
        r"|by|until|till|up to|(?:no|not) later than|through|to"
    ),
    "after": r"sau(?: khi)?|after|later than",
    "since": r"ke tu|tu|from|since|starting|between",
}
_SIDE = re.compile(r"\b(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _SIDES.items()) + r")\s*$")
_FILLER = re.compile(r"\b(ngay|thoi diem|thoi gian|khi|the|day|date|month of|year)\s*$")
_RANGE = re.compile(r" den | va |[-–,]")
_END_OF = re.compile(r"\b(cuoi|(?:the )?end of)\s*$")


def read_time(words: str, as_of: date) -> Period | None:
    """The time that the words name, None when they name none; the first one when they name several apart.

    >>> day = date(2025, 3, 14)
    >>> str(read_time("việc nào phải xong trước tháng 6/2025?", day).last)
    '2025-05-31'
    >>> [str(end) for end in read_time("next quarter", day)], [str(end) for end in read_time("6 tháng tới", day)]
    (['2025-04-01', '2025-06-30'], ['2025-03-14', '2025-09-14'])
    """
    folded = squeeze(fold(normalise(words)))
    if _NOT_YET.search(folded):
        return Period(as_of, None)
    if _OVERDUE.search(folded):
        return Period(None, as_of - timedelta(days=1))
    spans = find_spans(folded, as_of)
    if not spans:
        return None
    start, stop, first, last = spans[0]
    side, end = _side(folded[:start])
    if side == "since" and first < last and _RANGE.search(folded[start:stop]):  # "từ tháng 3 đến tháng 6/2025"
        return Period(first, last)
    if side == "since" and len(spans) > 1:  # "from June 2025 to March 2026"
        at, _, begin, until = spans[1]
        kind, _ = _side(folded[:at])
        until = begin - timedelta(days=1) if kind == "before" else until
        if kind in ("", "until", "before"):
            return Period(first, until) if first <= until else None
    if side == "until" or (side == "before" and end):  # "before the end of June" is "by the end of June"
        return Period(None, last)
    if side == "before":
        return Period(None, first - timedelta(days=1))
    if side == "after":
        return Period(last + timedelta(days=1), None)
    if side == "since":
        return Period(last if end else first, None)
    return Period(last if end else first, last)


def asks_overdue(words: str) -> bool:
    """Whether the words ask for what is past its date.

    >>> asks_overdue("việc nào đã quá hạn?"), asks_overdue("việc nào chưa quá hạn?")
    (True, False)
    """
    folded = squeeze(fold(normalise(words)))
    return bool(_OVERDUE.search(folded)) and not _NOT_YET.search(folded)


def _side(before: str) -> tuple[str, bool]:
    """The side that the words before a time mean, and whether its end is meant ("cuối năm 2025")."""
    end = _END_OF.search(before)
    if end:
        before = before[: end.start()]
    while filler := _FILLER.search(before):
        before = before[: filler.start()]
    found = _SIDE.search(before)
    return (next(name for name, value in found.groupdict().items() if value) if found else ""), end is not None
