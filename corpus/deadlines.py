"""A deadline as written, read as dates: first and last day, and how it recurs.

A period reads from its first to its last day; "trước tháng 6/2025" ends on the day before that month begins; "quý
II/2026" is April to June; "đến năm 2030" has only an end, "từ 01/7/2025" only a beginning. What cannot be read has
empty dates: the written words always stay.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.markers import roman
from corpus.vietnamese import fold, squeeze

_RECURRENCE = (
    ("continuous", re.compile(r"thuong xuyen|lien tuc|hang ngay|quanh nam")),
    ("monthly", re.compile(r"hang thang|moi thang")),
    ("quarterly", re.compile(r"hang quy|moi quy")),
    ("yearly", re.compile(r"h[aă]ng nam|moi nam")),
)
_DAY = re.compile(r"(?:ngay\s*)?(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(20\d\d)")
_DAY_WORDS = re.compile(r"ngay\s*(\d{1,2})\s*thang\s*(\d{1,2})\s*nam\s*(20\d\d)")
_MONTH = re.compile(r"thang\s*(\d{1,2})\s*(?:[/.-]|nam)\s*(20\d\d)|(?<![\d/])(\d{1,2})\s*/\s*(20\d\d)")
_QUARTER = re.compile(r"quy\s*([ivx]+|\d)\s*(?:[/,.-]|nam)?\s*(?:nam\s*)?(20\d\d)")
_QUARTERS = re.compile(
    r"quy\s*([ivx]+|\d)\s*(?:[,;–-]|va)\s*(?:quy\s*)?([ivx]+|\d)\s*(?:[/,.-]|nam)?\s*(?:nam\s*)?(20\d\d)"
)
_MONTHS = re.compile(r"thang\s*(\d{1,2})\s*(?:[,;–-]|va|den)\s*(?:thang\s*)?(\d{1,2})\s*(?:[/.-]|nam)\s*(20\d\d)")
_DAYS = re.compile(
    r"ngay\s*(\d{1,2})(?:\s*(?:thang|/)\s*(\d{1,2}))?\s*den\s*(?:het\s*)?ngay\s*(\d{1,2})\s*(?:thang|/)\s*(\d{1,2})"
    r"\s*(?:nam|/)\s*(20\d\d)"
)
_HALF = re.compile(r"(?:6|sau) thang (dau|cuoi) nam\s*(20\d\d)?")
_YEARS = re.compile(r"(20\d\d)\s*[-–—]\s*(20\d\d)|tu nam\s*(20\d\d)\s*den(?: het)?\s*(?:nam\s*)?(20\d\d)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_ELSEWHERE = re.compile(r"^theo\b|quy dinh tai|neu (tren|tai)")  # the date is another document's
_UNTIL = re.compile(r"(cham nhat|den|hoan thanh|xong)\b(?!.*\btu\b)")
_SINCE = re.compile(r"(ke )?tu\b(?!.*\bden\b(?! khi\b))(?!.*\d{4}\s*[-–]\s*\d{4})")
_BEFORE = re.compile(r"(?:(?:hoan thanh|xong)\s+)?(truoc|cham nhat (?:la )?truoc)\s*(ngay|thang|nam|quy)?")


@dataclass(frozen=True, slots=True)
class Deadline:
    """The written words, first and last day as ISO dates or "", and the recurrence."""

    text: str
    start: str = ""
    end: str = ""
    recurrence: str = ""


def read_deadline(text: str) -> Deadline:
    """Read a deadline.

    >>> read_deadline("trước tháng 6/2025")
    Deadline(text='trước tháng 6/2025', start='', end='2025-05-31', recurrence='')
    >>> read_deadline("năm 2024 và thực hiện thường xuyên")
    Deadline(text='năm 2024 và thực hiện thường xuyên', start='2024-01-01', end='2024-12-31', recurrence='continuous')
    """
    written = squeeze(text).rstrip(".;")
    folded = fold(written)
    recurrence = next((name for name, pattern in _RECURRENCE if pattern.search(folded)), "")
    spans = [] if _ELSEWHERE.search(folded) else _spans(folded)
    if not spans:
        return Deadline(written, recurrence=recurrence)
    start = min(first for first, _ in spans)
    end = max(last for _, last in spans)
    if _BEFORE.match(folded):
        return Deadline(written, "", (start - timedelta(days=1)).isoformat(), recurrence)
    if _UNTIL.match(folded):
        return Deadline(written, "", end.isoformat(), recurrence)
    if _SINCE.match(folded):
        return Deadline(written, start.isoformat(), "", recurrence)
    return Deadline(written, start.isoformat(), end.isoformat(), recurrence)


def _spans(folded: str) -> list[tuple[date, date]]:
    """Every period the words name; a smaller unit hides the larger one around it."""
    spans: list[tuple[date, date]] = []
    rest = folded
    for found in _MONTHS.finditer(rest):  # before days: "tháng 11 - 12/2025" is no 11 December
        first, last, year = (int(group) for group in found.groups())
        if 1 <= first <= last <= 12:
            spans.append(_months(year, first, last))
    rest = _MONTHS.sub(" ", rest)
    for found in _DAYS.finditer(rest):
        spans += _days(*(int(group or 0) for group in found.groups()))
    rest = _DAYS.sub(" ", rest)
    for pattern in (_DAY_WORDS, _DAY):
        for found in pattern.finditer(rest):
            day, month, year = (int(group) for group in found.groups())
            try:
                spans.append((date(year, month, day), date(year, month, day)))
            except ValueError:
                continue
        rest = pattern.sub(" ", rest)
    for found in _HALF.finditer(rest):
        if found.group(2):
            spans.append(_months(int(found.group(2)), *((1, 6) if found.group(1) == "dau" else (7, 12))))
    rest = _HALF.sub(" ", rest)
    for found in _YEARS.finditer(rest):
        first, last = (int(group) for group in found.groups() if group)
        if first <= last:
            spans.append((date(first, 1, 1), date(last, 12, 31)))
    rest = _YEARS.sub(" ", rest)
    for pattern in (_QUARTERS, _QUARTER):
        for found in pattern.finditer(rest):
            *labels, year_label = found.groups()
            quarters = [int(label) if label.isdigit() else roman(label.upper()) for label in labels]
            if all(1 <= quarter <= 4 for quarter in quarters):
                spans.append(_months(int(year_label), 3 * min(quarters) - 2, 3 * max(quarters)))
        rest = pattern.sub(" ", rest)
    for found in _MONTH.finditer(rest):
        month, year = (int(group) for group in found.groups() if group)
        if 1 <= month <= 12:
            spans.append(_months(year, month, month))
    rest = _MONTH.sub(" ", rest)
    for found in _YEAR.finditer(rest):
        year = int(found.group(1))
        spans.append((date(year, 1, 1), date(year, 12, 31)))
    return spans


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _days(day: int, month: int, last_day: int, last_month: int, year: int) -> list[tuple[date, date]]:
    """A period whose first day leaves out what it shares with the last: "từ ngày 08 đến ngày 10 tháng 12 năm 2025"."""
    month = month or last_month
    try:
        return [(date(year - (month > last_month), month, day), date(year, last_month, last_day))]
    except ValueError:
        return []
