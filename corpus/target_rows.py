"""Targets in tables: an indicator a row, a column for each year or one for the value to reach."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.types import Passage, Target
from corpus.vietnamese import fold

_INDICATOR = re.compile(r"\b(chi tieu|muc tieu|tieu chi|san pham|noi dung|ten|hang muc)\b")
_UNIT = re.compile(r"\b(dvt|don vi tinh|don vi do)\b|^don vi$")
_AIM = re.compile(r"\b(ke hoach|muc tieu|chi tieu|giai doan|phan dau|nam)\b")
_PAST = re.compile(r"\b(uoc|uth|thuc hien nam|thuc hien \d{4}|hien trang|hien nay|ket qua|da dat|nam truoc)\b")
_YEAR = re.compile(r"20\d\d")
_NUMBER = re.compile(
    r"^(?P<sign>[<>≥≤]=?|trên|tối thiểu|ít nhất|dưới)?\s*(?P<value>\d{1,3}(?:\.\d{3})+(?:,\d+)?"
    r"|\d+(?:[.,]\d+)?)\s*(?P<unit>%)?$",
    re.IGNORECASE,
)
_SIGNS = {
    ">": ">",
    "≥": ">=",
    ">=": ">=",
    "<": "<",
    "≤": "<=",
    "<=": "<=",
    "trên": ">",
    "tối thiểu": ">=",
    "ít nhất": ">=",
    "dưới": "<",
}
CELL = " | "


def row_targets(passage: Passage) -> Iterator[Target]:
    """Every value that a row sets for a year to come; columns of past years are results, not targets."""
    columns = [fold(name) for name in passage.columns]
    name_at = next((i for i, name in enumerate(columns) if _INDICATOR.search(name) and not _YEAR.search(name)), -1)
    if name_at < 0:
        return
    unit_at = next((i for i, name in enumerate(columns) if _UNIT.search(name)), -1)
    cells = passage.text.split(CELL)
    if name_at >= len(cells) or not re.search(r"[^\W\d]", cells[name_at]):
        return
    group = passage.headings[-1] if passage.headings else ""
    at = passage.start
    for index, cell in enumerate(cells):
        start, at = at, at + len(cell) + len(CELL)
        if index in (name_at, unit_at) or index >= len(columns):
            continue
        name = columns[index]
        found = _NUMBER.match(cell.strip())
        if not found or _PAST.search(name) or not (_YEAR.search(name) or _AIM.search(name)):
            continue
        indicator = cells[name_at] if not _is_part(cells) else f"{group}: {cells[name_at]}"
        years = _YEAR.findall(passage.columns[index])
        if not years:
            continue
        what = passage.columns[index].split(" - ")[-1] if " - " in passage.columns[index] else ""
        if what and not _YEAR.search(what):
            indicator = f"{indicator} - {what}"
        yield Target(
            document_id=passage.document_id,
            section_id=passage.section_id,
            passage_id=passage.id,
            indicator=indicator,
            comparator=_SIGNS.get((found["sign"] or "").lower(), "="),
            value=plain_number(found["value"]),
            unit=found["unit"] or (cells[unit_at] if 0 <= unit_at < len(cells) else ""),
            year=years[-1],
            quote=cell,
            start=start,
            end=start + len(cell),
        )


def _is_part(cells: Sequence[str]) -> bool:
    """Whether the row stands under a heading that names what its own words only qualify ("-", "Diện tích")."""
    return cells[0] in ("-", "+", "")


def plain_number(written: str) -> str:
    """A number with a dot as decimal mark and no thousands separator.

    >>> plain_number("37,8"), plain_number("1.459"), plain_number("2.5"), plain_number("05")
    ('37.8', '1459', '2.5', '5')
    """
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", written):
        written = written.replace(".", "")
    whole, _, part = written.replace(",", ".").partition(".")
    whole = whole.lstrip("0") or "0"
    return f"{whole}.{part}" if part else whole
