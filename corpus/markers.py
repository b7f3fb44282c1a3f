"""The numbering of Vietnamese official texts: which marker opens a line, and what may follow what.

Decisions number phần, chương, mục, Điều, khoản (1.), điểm (a), đ among the letters); plans number I., 1., 1.1, a), -, +
(Decree 30/2020/NĐ-CP, appendix I, on the form of administrative documents; Decree 34/2016/NĐ-CP, article 62, on
chapters, sections, articles, clauses and points).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.vietnamese import UPPER

LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The letters that number điểm, in order: the Vietnamese alphabet without marks except đ (no f, j, w, z)."""

RANKS = {
    "phu-luc": 0,
    "phan": 1,
    "chuong": 2,
    "muc": 3,
    "dieu": 4,
    "khoan": 5,
    "tieu-khoan": 6,
    "tieu-tieu-khoan": 7,
    "diem": 8,
    "nhom": 9,
    "gach": 10,
    "cong": 11,
}
"""Nesting order, outermost first; a section of rank r closes all open sections of rank r or more."""

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "phu-luc",
        re.compile(
            rf"^(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu)(?:\s+(?:SỐ|số))?\s*([IVXLC]+"
            rf"|\d{{1,3}}[A-Za-z]?)?\s*[.:]?\s*(?=$|[{UPPER}(])"
        ),
    ),
    (
        "phan",
        re.compile(
            r"^(?:PHẦN|Phần)\s+(?:THỨ\s+|thứ\s+)?(NHẤT|HAI|BA|BỐN|NĂM|nhất|hai|ba|bốn|năm"
            r"|[IVXLC]+|\d{1,2}|[A-Z])\s*[.:]?\s*(?=$|\S)"
        ),
    ),
    ("chuong", re.compile(r"^(?:CHƯƠNG|Chương)\s+([IVXLC]+|\d{1,2})\s*[.:]?\s*")),
    ("muc-so", re.compile(r"^(?:MỤC|Mục)\s+(\d{1,2})\s*[.:]\s*")),
    ("dieu", re.compile(r"^(?:ĐIỀU|Điều)\s+(\d{1,3}[a-zđ]?)\s*[.:]\s*")),
    ("muc", re.compile(rf"^([IVXLC]{{1,7}})\s*(?:[.)]\s*(?=\S)|/\s*(?=[{UPPER}]))")),
    ("muc", re.compile(rf"^([IVXL]{{1,7}})\s*[-–]\s*(?=[{UPPER}])")),
    ("phan", re.compile(rf"^([ABCDE])\s*[.)/-]\s+(?=[{UPPER}])")),
    ("tieu-tieu-khoan", re.compile(r"^(\d{1,2}\.\d{1,2}\.\d{1,2})\s*[.):]?\s*(?=[^\d\s.%,/])")),
    ("tieu-khoan", re.compile(r"^(\d{1,2}\.\d{1,2})\s*[.):]?\s+(?=[^\d\s%,/])")),
    ("khoan", re.compile(r"^(\d{1,3})\s*[.)]\s*(?=[^\d\s.]|\d+\s?%)")),
    ("diem", re.compile(r"^([a-zđ])\s*[.)]\s*(?=\S)")),
    ("cong", re.compile(r"^(?:[-–—]\s*)?[+*]\s*(?=\S)")),
    ("gach", re.compile(r"^[-–—−•▪●■◦]\s*(?=\S)")),
)
_BARE = re.compile(
    r"^(?:Điều|ĐIỀU|Mục|Chương|Phần|[-–—+•]|\d{1,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,2}\.|[a-zđ][.)]|[IVXLC]+\.)$"
)
_FIRST_LETTERS = frozenset("IVXLCPMĐ")
_BEHIND_LETTER = frozenset(".) /-")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_NUMERALS = {"nhất": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5}


@dataclass(frozen=True, slots=True)
class Marker:
    """A numbering marker: its kind, its label as written ("3", "đ", "IV"), its ordinal, and the text behind it."""

    kind: str
    label: str
    ordinal: int
    rest: str


def roman(label: str) -> int:
    """Value of a well-formed Roman numeral, 0 for anything else.

    >>> roman("XIV"), roman("IIX")
    (14, 0)
    """
    if not label or not re.fullmatch(r"C{0,3}(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})", label):
        return 0
    total = 0
    values = [_ROMAN[letter] for letter in label]
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < following else value
    return total


def marker(text: str) -> Marker | None:
    """The numbering marker that opens the text, if there is one.

    >>> marker("đ) Bảo đảm an toàn").ordinal
    5
    >>> marker("25, khoản 3, Điều 27 Nghị định") is None
    True
    """
    first = text[:1]
    if first.isalpha() and first not in _FIRST_LETTERS and text[1:2] not in _BEHIND_LETTER:
        return None  # prose, most often
    for kind, pattern in _PATTERNS:
        if found := pattern.match(text):
            label = found.group(1) or "" if pattern.groups else ""
            ordinal = _ordinal(kind, label)
            if ordinal < 0:
                continue
            return Marker("chuong-muc" if kind == "muc-so" else kind, label, ordinal, text[found.end() :])
    return None


def is_bare(text: str) -> bool:
    """Whether the text is a marker and nothing else, its words wrapped to the next line."""
    return bool(_BARE.match(text))


def _ordinal(kind: str, label: str) -> int:
    """Place in its sequence, 0 for unnumbered ones, -1 when the label is no numeral of this kind."""
    if kind in ("gach", "cong"):
        return 0
    if kind == "diem":
        return LETTERS.index(label) + 1 if label in LETTERS else -1
    if kind == "muc":
        return roman(label) or -1
    if label.isdigit():
        return int(label)
    if kind in ("phu-luc", "phan", "chuong"):
        if label.lower() in _NUMERALS:
            return _NUMERALS[label.lower()]
        return roman(label) or (ord(label) - 64 if len(label) == 1 and label.isupper() else 0)
    if "." in label:
        return int(label.rsplit(".", 1)[1])
    return int(re.sub(r"\D", "", label) or 0)
