"""Facts of an answer against gold facts: agencies, deadlines, figures, in forms that can be compared.

Both sides are brought into one form by the same rules, none of which belongs to the programme under test.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from fractions import Fraction

from corpus.vietnamese import fold, normalise, squeeze

_SHORT = {
    "tt&tt": "thông tin và truyền thông",
    "kh&đt": "kế hoạch và đầu tư",
    "kh&cn": "khoa học và công nghệ",
    "gd&đt": "giáo dục và đào tạo",
    "ubnd": "ủy ban nhân dân",
    "uỷ ban": "ủy ban",
    "cđs": "chuyển đổi số",
}
_AND = re.compile(r"\s+và\s+(?=(?:các|cơ quan|đơn vị|địa phương|tổ chức|doanh nghiệp|sở|ủy ban|công an|hội|bộ)\b)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_MARKER = re.compile(r"\[\d+\]")


def agencies(names: Iterable[str]) -> frozenset[str]:
    """The parts of agency lists, in one spelling: cut at commas, and at an "và" that another agency follows.

    >>> sorted(agencies(["Các Sở, ban, ngành tỉnh", "UBND các cấp."]))
    ['ban', 'ngành tỉnh', 'sở', 'ủy ban nhân dân các cấp']
    >>> sorted(agencies(["Sở Thông tin và Truyền thông và các đơn vị có liên quan"]))
    ['sở thông tin và truyền thông', 'đơn vị liên quan']
    """
    parts = re.split(r"[,;]", ";".join(normalise(name).lower() for name in names))
    for short, long in _SHORT.items():
        parts = [part.replace(short, long) for part in parts]
    parts = [one.replace("có liên quan", "liên quan") for part in parts for one in _AND.split(part)]
    cleaned = (re.sub(r"^(?:các|và)\s+", "", squeeze(part)).strip(" .:") for part in parts)
    return frozenset(part for part in cleaned if part)


def deadlines(written: str) -> frozenset[str]:
    """The deadlines of a list, in one spelling; "trong" and "vào" in front say nothing that the time does not.

    >>> sorted(deadlines("2022 – 2025; Trước  tháng 06/2025; trong quý IV/2025"))
    ['2022-2025', 'quy iv/2025', 'truoc thang 6/2025']
    """
    parts = (squeeze(fold(normalise(part))).strip(" .,") for part in written.split(";"))
    spaced = (re.sub(r"\s*[-–—]\s*", "-", re.sub(r"^(?:trong|vao) ", "", part)) for part in parts)
    return frozenset(re.sub(r"\b0+(?=\d)", "", part) for part in spaced if part)


def f1(said: Collection[str], gold: Collection[str]) -> float:
    """Harmonic mean of precision and recall of a set (van Rijsbergen 1979); 1 when both are empty.

    Said {a, b, c}, gold {a, d}: precision 1/3, recall 1/2, F1 = 2 * (1/3 * 1/2) / (1/3 + 1/2) = 0.4.

    >>> f1({"a", "b", "c"}, {"a", "d"})
    0.4
    """
    if not said and not gold:
        return 1.0
    return 2 * len(set(said) & set(gold)) / (len(set(said)) + len(set(gold)))


def readings(number: str) -> frozenset[Fraction]:
    """What a number as written may mean: Vietnamese writes 1.234,5 for what English writes as 1,234.5.

    >>> sorted(readings("37,8")), sorted(readings("1.000"))
    ([Fraction(189, 5)], [Fraction(1, 1), Fraction(1000, 1)])
    """
    found: set[Fraction] = set()
    for thousands, mark in ((".", ","), (",", ".")):
        if re.fullmatch(rf"\d{{1,3}}(?:\{thousands}\d{{3}})*(?:\{mark}\d+)?|\d+(?:\{mark}\d+)?", number):
            found.add(Fraction(number.replace(thousands, "").replace(mark, ".")))
    return frozenset(found)


def numbers(text: str) -> list[str]:
    """The numbers of a text as they are written, markers such as [1] left out; a date is several numbers.

    >>> numbers("Trên 85% đến ngày 30/6/2025 [1]")
    ['85', '30', '6', '2025']
    """
    return _NUMBER.findall(_MARKER.sub(" ", text))


def unsupported(text: str, sources: Iterable[str]) -> list[str]:
    """The numbers of a text that stand in none of the sources, whatever way they are written.

    >>> unsupported("Trên 85% đến năm 2030 [1]", ["+ Trên 85% dân số trưởng thành ..."])
    ['2030']
    """
    known = {value for source in sources for number in numbers(source) for value in _values(number)}
    return [number for number in numbers(text) if known.isdisjoint(_values(number))]


def _values(number: str) -> frozenset[Fraction]:
    """Readings, or the parts of what is none, such as 2.1.3."""
    return readings(number) or frozenset(Fraction(part) for part in re.split(r"[.,]", number))


def same_value(said: str, gold: str) -> bool:
    """Whether two values, both with a dot as decimal mark, are one number, or the same words.

    >>> same_value("85", "85.0"), same_value("100", "10")
    (True, False)
    """
    try:
        return Fraction(said) == Fraction(gold)
    except (ValueError, ZeroDivisionError):
        return fold(squeeze(said)) == fold(squeeze(gold))
