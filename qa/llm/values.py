"""What a sentence states in figures, in one form for Vietnamese and English: numbers, dates, document numbers.

"1.250" in Vietnamese and "1,250" in English are the same number; "ngày 19 tháng 11 năm 2024", "19/11/2024" and
"19 November 2024" the same date. The words in front of a figure that bound it ("trên", "at least", "before") belong
to it: "dưới 85%" is not what "trên 85%" states.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from corpus.markers import roman
from qa.llm.number_words import written_numbers
from qa.types import Language

_MONTHS = "january february march april may june july august september october november december".split()
_NAMED = "|".join(_MONTHS)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_GAP = " \u241f "  # stands where a figure was read, so that none is read twice

_DOCUMENT = re.compile(r"(?<![\w/])\d{1,5}(?:/\d{4})?/[A-ZĐ][A-Za-zĐđ&\d]*(?:-[A-Za-zĐđ&\d]+)*")
_UNITS = {
    "điều": "điều|article", "khoản": "khoản|clause", "điểm": "điểm|point", "mục": "mục|section", "phần": "phần|part",
    "chương": "chương|chapter", "phụ lục": "phụ lục|appendix", "dòng": "dòng|row", "bảng": "bảng|table",
    "gạch đầu dòng": "gạch đầu dòng thứ|dash", "dấu cộng": "dấu cộng thứ|plus item", "đoạn": "(?<!giai )đoạn|paragraph",
}  # fmt: skip
_UNIT_NUMBER = r"\d{1,3}(?!\d)(?:\.\d+)*(?!\d|%|,\d)|[IVX]+(?!\w)|(?<=[mt] )[a-zđ](?!\w)"
_UNIT = re.compile(rf"(?<!\w)((?i:{'|'.join(_UNITS.values())}))\s+({_UNIT_NUMBER})")
_DATES = (
    re.compile(r"(?<![\d/.-])(?P<d>\d{1,2})\s*[/.-]\s*(?P<m>\d{1,2})\s*[/.-]\s*(?P<y>\d{4})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)"),
    re.compile(r"ngày\s*(?P<d>\d{1,2})\s*tháng\s*(?P<m>\d{1,2}),?\s*năm\s*(?P<y>\d{4})(?!\d)", re.I),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_NAMED}),?\s+(?P<y>\d{{4}})(?!\d)", re.I),
    re.compile(rf"(?<!\w)(?P<m>{_NAMED})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})(?!\d)", re.I),
)
_MONTHLY = (
    re.compile(r"tháng\s*(?P<m>\d{1,2})\s*(?:[/.,-]\s*(?:năm\s*)?|năm\s*)(?P<y>\d{4})(?!\d)", re.I),
    re.compile(r"(?<![\d/])(?P<m>\d{1,2})/(?P<y>\d{4})(?![\d/])"),
    re.compile(rf"(?<!\w)(?P<m>{_NAMED}),?\s+(?:of\s+)?(?P<y>\d{{4}})(?!\d)", re.I),
)
_QUARTER = re.compile(
    r"(?<!\w)(?:quý\s*(?P<v>[IVX]+|\d)|Q(?P<q>[1-4])|quarter\s+(?P<e>[IVX]+|\d)"
    r"|(?P<o>first|second|third|fourth|1st|2nd|3rd|4th)\s+quarter)(?!\w)"
    r"(?:\s*(?:[/,.-]|of)?\s*(?:năm\s*)?(?P<y>\d{4})(?!\d))?",
    re.I,
)
_DAYS = (
    re.compile(r"ngày\s*(?P<d>\d{1,2})\s*tháng\s*(?P<m>\d{1,2})(?!\d)", re.I),
    re.compile(r"(?<![\d/])(?P<d>\d{1,2})/(?P<m>\d{1,2})(?![\d/])"),
    re.compile(rf"(?<!\w)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_NAMED})(?!\w)", re.I),
    re.compile(rf"(?<!\w)(?P<m>{_NAMED})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\w)", re.I),
)
_MONTH_ALONE = (
    re.compile(r"tháng\s*(?P<m>\d{1,2})(?!\d)", re.I),
    re.compile(
        rf"(?<!\w)(?P<m>{_NAMED.replace('|may', '').title()}|(?:(?<=in )|(?<=by )|(?<=of )|(?<=before ))May)(?!\w)"
    ),
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)(?!\w)")
_CODE = re.compile(r"(?<![\w.,])(?=[\w-]*\d)(?=[\w-]*[^\W\d_])\w+(?:-\w+)*")
_PERCENT = re.compile(r"(?<=\d)\s*(?:%|phần\s+trăm|per\s?cent(?:age)?\b)", re.I)
_RANGE = re.compile(r"(\d)(\s*[-–—]\s*\d[\d.,]*%)")
_SCALES = (
    (r"(?:nghìn|ngàn)\s+t[ỷỉ]|trillion", 12),
    (r"t[ỷỉ]|billion", 9),
    (r"triệu|million", 6),
    (r"nghìn|ngàn|thousand", 3),
)
_SCALE = "|".join(f"(?P<s{power}>{words})" for words, power in _SCALES)
_NUMBER = re.compile(rf"(?<![\w])(\d+(?:[.,]\d+)*)(%?)(?:\s*(?:{_SCALE})(?!\w))?", re.I)
_NUMBERING = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})*[.)]\s+", re.M)  # "1.2. " numbers a line and states nothing

_FILLER = r"(?:\s*(?:là|đạt|mức|ngày|tháng|năm|hết|the|year|of))*\s*$"
_BEFORE = (
    ("<=", r"tối đa|không quá|không vượt quá|nhiều nhất|at most|up to|maximum|no more than|not more than|≤|<="),
    (
        ">=",
        r"tối thiểu|ít nhất|không dưới|không thấp hơn|không ít hơn|at least|minimum|no(?:t)? (?:less|fewer) than|≥|>=",
    ),
    (">", r"trên|hơn|vượt|more than|over|above|greater than|exceed(?:s|ing)?|higher than|>"),
    ("<", r"dưới|ít hơn|thấp hơn|nhỏ hơn|chưa (?:đến|tới)|less than|below|under|fewer than|lower than|<"),
    ("about", r"khoảng|gần|xấp xỉ|about|around|nearly|almost|approximately|roughly|some"),
    ("before", r"trước|before|prior to|earlier than"),
    ("after", r"sau|after|later than|beyond"),
    ("from", r"từ|from|since|starting"),
)
_BOUNDS = tuple((name, re.compile(rf"(?:(?<!\w)|(?=[<>≤≥]))(?:{words}){_FILLER}", re.I)) for name, words in _BEFORE)
_LATEST = re.compile(rf"(?:no later than|chậm nhất(?: là)?(?: trước)?|không muộn hơn){_FILLER}", re.I)
_UP = re.compile(r"\s*(?:[^\W\d]+\s+){0,2}?(?:trở lên|(?:or|and) (?:more|over|older|above|higher|up))\b", re.I)
_DOWN = re.compile(r"\s*(?:[^\W\d]+\s+){0,2}?(?:trở xuống|(?:or|and) (?:less|under|younger|below|fewer|lower))\b", re.I)
_TO = re.compile(r"\s*(?:đến|tới|to|until|through|[-–—])\s", re.I)


@dataclass(frozen=True, slots=True)
class Value:
    """One figure: its kind, its form that is the same in both languages, and how it is bounded ("" as it stands)."""

    kind: str
    text: str
    bound: str = ""


def read_values(text: str, language: Language) -> tuple[tuple[Value, ...], str]:
    """The figures of a text and the text without them; numbers are read by the custom of the language.

    >>> [value.text for value in read_values("trên 1.250 xã trước ngày 19/11/2024", "vi")[0]]
    ['2024-11-19', '1250']
    >>> read_values("over 85 percent", "en")[0] == read_values("trên 85%", "vi")[0]
    True
    """
    found: list[Value] = []
    rest = _NUMBERING.sub("", text)

    def take(pattern: re.Pattern[str], kind: str, form: Callable[[re.Match[str]], str]) -> None:
        nonlocal rest
        pieces, at = [], 0
        for hit in pattern.finditer(rest):
            shown = form(hit)
            if not shown:
                continue
            found.append(Value(kind, shown, _bound(rest[: hit.start()], rest[hit.end() :])))
            pieces += [rest[at : hit.start()], _GAP]
            at = hit.end()
        rest = "".join([*pieces, rest[at:]])

    take(_DOCUMENT, "document", lambda hit: hit[0].upper())
    take(_UNIT, "unit", _unit)
    for pattern in _DATES:
        take(pattern, "date", lambda hit: _dated(hit["y"], hit["m"], hit["d"]))
    for pattern in _MONTHLY:
        take(pattern, "month", lambda hit: _dated(hit["y"], hit["m"], ""))
    take(_QUARTER, "quarter", _quarter)
    for pattern in _DAYS:
        take(pattern, "day", lambda hit: _dated("", hit["m"], hit["d"]))
    for pattern in _MONTH_ALONE:
        take(pattern, "month", lambda hit: _dated("", hit["m"], ""))
    rest = _ORDINAL.sub("", rest)
    rest = _RANGE.sub(r"\1%\2", _PERCENT.sub("%", written_numbers(rest, language)))
    take(_CODE, "code", lambda hit: hit[0].casefold())
    take(_NUMBER, "number", lambda hit: _number(hit, language))
    return tuple(found), rest


def _unit(hit: re.Match[str]) -> str:
    name = next(unit for unit, forms in _UNITS.items() if re.fullmatch(forms, hit[1].lower()))
    return f"{name} {hit[2].lower()}"


def _dated(year: str, month: str, day: str) -> str:
    number = int(month) if month.isdigit() else _MONTHS.index(month.lower()) + 1
    if not 1 <= number <= 12 or (day and not 1 <= int(day) <= 31):
        return ""
    return f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")


def _quarter(hit: re.Match[str]) -> str:
    named = hit["v"] or hit["q"] or hit["e"]
    if named:
        number = int(named) if named.isdigit() else roman(named.upper())
    else:
        number = _ORDINALS[hit["o"].lower()]
    return f"{hit['y'] or ''}-Q{number}" if 1 <= number <= 4 else ""


def _number(hit: re.Match[str], language: Language) -> str:
    thousands, decimal = (",", ".") if language == "en" else (".", ",")
    digits = hit[1]
    if re.fullmatch(rf"[1-9]\d{{0,2}}(?:{re.escape(thousands)}\d{{3}})+(?:{re.escape(decimal)}\d+)?", digits):
        digits = digits.replace(thousands, "")
    digits = digits.replace(",", ".")
    if digits.count(".") > 1:
        return digits  # "1.2.3" numbers a section: only the same is the same
    value = Decimal(digits).scaleb(next((power for _, power in _SCALES if hit[f"s{power}"]), 0))
    return f"{value.normalize():f}{hit[2]}"


def _bound(before: str, after: str) -> str:
    """How the words around a figure bound it."""
    if _UP.match(after):
        return ">="
    if _DOWN.match(after):
        return "<="
    before = before[-60:]
    if _LATEST.search(before):
        return ""
    for name, pattern in _BOUNDS:
        if pattern.search(before):
            return "" if name == "from" and _TO.match(after) else name
    return ""
