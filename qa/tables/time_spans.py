"""The times that a text names, each as its first and last day: dates, halves, quarters, months, years; "6 tháng tới".

Works on text that `fold` has rid of marks and capitals, in Vietnamese and English. A time without a year is of the
year of the day that the caller gives; "next quarter" and "tháng sau" are counted from that day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeAlias

from corpus.markers import roman

Span: TypeAlias = tuple[date, date]

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join(f"{name}|{name[:3]}" for name in _MONTHS)
_YEAR = r"(20\d\d|nay|toi|sau|truoc|ngoai|this year|next year|last year|the year)"
_COUNT = r"(\d{1,3}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_UNIT = r"(ngay|tuan|thang|quy|nam|days?|weeks?|months?|quarters?|years?)"
_SHIFT = {"nay": 0, "toi": 1, "sau": 1, "truoc": -1, "ngoai": -1, "roi": -1, "this": 0, "current": 0, "the": 0}
_SHIFT |= {"next": 1, "coming": 1, "last": -1, "previous": -1}
_NUMBERS = dict(zip("mot hai ba bon nam sau bay tam chin muoi".split(), range(1, 11), strict=True))
_NUMBERS |= dict(zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True))
_NUMBERS |= {"twelve": 12, "first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_ENGLISH_UNIT = {"ngay": "day", "tuan": "week", "thang": "month", "quy": "quarter", "nam": "year"}
_PER_UNIT = {"month": 1, "quarter": 3, "year": 12}


def _day(year: str, month: str, day: str) -> Span:
    number = _MONTHS.index(next(m for m in _MONTHS if m.startswith(month))) + 1 if month.isalpha() else int(month)
    one = date(int(year), number, int(day))
    return one, one


def _months(year: int, first: int, last: int) -> Span:
    """From the first day of a month to the last day of another; ValueError when there is no such month."""
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _year_of(text: str | None, today: date) -> int:
    word = (text or "nay").split()[0]
    return int(word) if word.isdigit() else today.year + _SHIFT[word]


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS.get(text) or roman(text.upper())


def _half(found: re.Match[str], today: date) -> Span:
    first, last = (1, 6) if found[1] in ("dau", "first") else (7, 12)
    return _months(_year_of(found[2], today), first, last)


def _quarter(found: re.Match[str], today: date) -> Span:
    number = _number(found[1])
    return _months(_year_of(found[2], today), 3 * number - 2, 3 * number)


def _quarters(found: re.Match[str], today: date) -> Span:
    return _months(_year_of(found[3], today), 3 * _number(found[1]) - 2, 3 * _number(found[2]))


def _month(found: re.Match[str], today: date) -> Span:
    number = int(found[1]) if found[1].isdigit() else [m[:3] for m in _MONTHS].index(found[1][:3]) + 1
    return _months(_year_of(found[2] if found.re.groups > 1 else None, today), number, number)


def _rolling(found: re.Match[str], today: date) -> Span:
    unit = found[2].rstrip("s")
    return today, _later(today, _number(found[1]), _ENGLISH_UNIT.get(unit, unit))


def _rolled(found: re.Match[str], today: date) -> Span:
    unit = found[2].rstrip("s")
    return _later(today, -_number(found[1]), _ENGLISH_UNIT.get(unit, unit)), today


def _later(day: date, count: int, unit: str) -> date:
    """The day so many units later; the last day of the month where it has no such day.

    >>> _later(date(2025, 1, 31), 1, "month")
    datetime.date(2025, 2, 28)
    """
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    at = day.year * 12 + day.month - 1 + count * _PER_UNIT[unit]
    year, month = divmod(at, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _relative(shift: str, unit: str, today: date) -> Span:
    unit = _ENGLISH_UNIT.get(unit, unit)
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=_SHIFT[shift])
        return monday, monday + timedelta(days=6)
    size = _PER_UNIT[unit]
    at = (today.year * 12 + today.month - 1) // size * size + _SHIFT[shift] * size
    year, month = divmod(at, 12)
    return _months(year, month + 1, month + size)


_READERS: tuple[tuple[str, Callable[[re.Match[str], date], Span]], ...] = (
    (r"\b(20\d\d)-(\d{1,2})-(\d{1,2})\b", lambda f, _: _day(f[1], f[2], f[3])),
    (r"(?:\bngay )?\b(\d{1,2}) thang (\d{1,2})(?: nam|,) (20\d\d)\b", lambda f, _: _day(f[3], f[2], f[1])),
    (r"(?<![\d/])(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(20\d\d)\b", lambda f, _: _day(f[3], f[2], f[1])),
    (rf"\b(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({_MONTH}),? (20\d\d)\b", lambda f, _: _day(f[3], f[2], f[1])),
    (rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?,? (20\d\d)\b", lambda f, _: _day(f[3], f[1], f[2])),
    (r"\b(?:hom nay|today)\b", lambda _, today: (today, today)),
    (rf"\b(?:6 thang|sau thang|nua) (dau|cuoi)(?: cua)? nam(?: {_YEAR})?\b", _half),
    (rf"\b(first|second) half of {_YEAR}\b", _half),
    (rf"\b{_COUNT} {_UNIT} (?:sap )?(?:toi|tiep theo|ke tiep|nua)\b", _rolling),
    (rf"\b(?:trong vong|within(?: the)?(?: next| coming)?|next|coming) {_COUNT} {_UNIT}\b", _rolling),
    (rf"\b{_COUNT} {_UNIT} (?:vua |da )?qua\b", _rolled),
    (rf"\b(?:last|past|previous) {_COUNT} {_UNIT}\b", _rolled),
    (r"\b(20\d\d)\s?[-–—]\s?(20\d\d)\b", lambda f, _: (date(int(f[1]), 1, 1), date(int(f[2]), 12, 31))),
    (rf"\bquy ([ivx]+|\d)\s?(?:,|-|–|va|den)\s?(?:quy )?([ivx]+|\d)(?:\s?[/,-]\s?|(?: nam)? ){_YEAR}\b", _quarters),
    (rf"\bquy ([ivx]+|\d)\b(?:(?:\s?[/,-]\s?|(?: nam)? ){_YEAR}\b)?", _quarter),
    (rf"\bq([1-4])\b(?:(?:\s?[/,-]\s?|(?: of)? ){_YEAR}\b)?", _quarter),
    (rf"\b(first|second|third|fourth|1st|2nd|3rd|4th) quarter\b(?:(?:,| of|) {_YEAR}\b)?", _quarter),
    (rf"\bquarter ([1-4]|[iv]+)\b(?:(?:,| of|) {_YEAR}\b)?", _quarter),
    (
        r"\bthang (\d{1,2})\s?(?:,|-|–|va|den)\s?(?:thang )?(\d{1,2})(?:\s?[/.-]\s?| nam )(20\d\d)\b",
        lambda f, _: _months(int(f[3]), int(f[1]), int(f[2])),
    ),
    (rf"\bthang (\d{{1,2}})\b(?:(?:\s?[/.-]\s?|(?: nam)? ){_YEAR}\b)?", _month),
    (r"(?<![\d/])(\d{1,2})\s?/\s?(20\d\d)\b", _month),
    (rf"\b({_MONTH})\b,?(?: of)? {_YEAR}\b", _month),
    (rf"\b({'|'.join(name for name in _MONTHS if name != 'may')})\b", _month),
    (r"(?:(?<=\bby )|(?<=\bin )|(?<=\bbefore )|(?<=\bafter )|(?<=\buntil ))(may)\b", _month),
    (
        r"(?<!viet )\b(tuan|thang|quy|nam) (nay|toi|sau|truoc|ngoai|roi)\b",
        lambda f, today: _relative(f[2], f[1], today),
    ),
    (
        r"\b(this|current|next|coming|last|previous) (week|month|quarter|year)\b",
        lambda f, today: _relative(f[1], f[2], today),
    ),
    (r"(?:(?<=\bcuoi )|(?<=\bhet ))(thang|quy|nam)\b", lambda f, today: _relative("nay", f[1], today)),
    (r"(?<=\bend of )the (month|quarter|year)\b", lambda f, today: _relative("this", f[1], today)),
    (
        r"(?:\bnam )?(?<![\d/.-])(20\d\d)(?![\d/])\b",
        lambda f, _: (date(int(f[1]), 1, 1), date(int(f[1]), 12, 31)),
    ),
)
_COMPILED = tuple((re.compile(pattern), read) for pattern, read in _READERS)


def find_spans(folded: str, today: date) -> list[tuple[int, int, date, date]]:
    """Every time the folded text names, in its order: where it stands, and its first and last day.

    What the calendar lacks ("30/02/2025", "tháng 13/2025") is no time, nor is any smaller piece of it.

    >>> [(str(first), str(last)) for _, _, first, last in find_spans("quy iii nam 2025", date(2024, 1, 1))]
    [('2025-07-01', '2025-09-30')]
    """
    hits: list[tuple[int, int, date, date]] = []
    rest = folded
    for pattern, read in _COMPILED:
        for found in pattern.finditer(rest):
            try:
                first, last = read(found, today)
            except (ValueError, OverflowError):
                continue
            if first <= last:
                hits.append((found.start(), found.end(), first, last))
        rest = pattern.sub(lambda found: "\0" * len(found[0]), rest)
    return sorted(hits)
