"""Targets of several plans that set the same indicator, brought together however each plan words it.

Two targets are brought together when their units, populations and areas agree and the words of one are those of the
other and few more, common openings ("tỷ lệ", "phấn đấu") aside. A word in the place of another ("hợp đồng điện tử",
"hóa đơn điện tử"), a number or a "không" more makes another indicator, and so does a second target of one document for
one year: a plan that sets both means two things. Each target keeps its own wording.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.vietnamese import fold, words
from qa.tables.records import TargetRow

SHARE = 0.8
"""How much of the longer wording's words the shorter one must have."""
_OPENING = re.compile(r"^(phan dau|den (het )?nam \d{4}|ty le|ti le|ty trong|ti trong)\s+")
_SAME = (("nguoi dan", "dan so"), ("su dung", "dung"), ("tren dia ban tinh", ""), ("cua tinh", ""))
_SMALL = {"cac", "co", "duoc", "dat", "nhung", "va", "hoac"}
_DECIDING = re.compile(r"khong|chua|ngoai|tru|.*\d.*")

Wording = frozenset[str]


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator and the targets that plans set for it."""

    name: str  # the shortest wording
    rows: tuple[TargetRow, ...]

    @property
    def provinces(self) -> tuple[str, ...]:
        """The provinces that set it, each once."""
        return tuple(dict.fromkeys(row.document.meta.province for row in self.rows))

    @property
    def years(self) -> tuple[str, ...]:
        """The years that it is set for, each once, in order."""
        return tuple(sorted({row.target.year for row in self.rows}))


def indicators(rows: Sequence[TargetRow]) -> tuple[Indicator, ...]:
    """The indicators of some targets: those of most provinces first, then those of most years, then by name."""
    groups: list[list[TargetRow]] = []
    kept: dict[tuple[str, str, str], list[tuple[int, Wording]]] = {}  # groups by what must agree, with their wordings
    for row in rows:
        target = row.target
        alike = kept.setdefault((fold(target.unit), fold(target.population), fold(target.area)), [])
        wording = wording_of(target.indicator)
        place = next((at for at, other in alike if same(wording, other) and not _has(groups[at], row)), None)
        if place is None:
            alike.append((len(groups), wording))
            groups.append([row])
        else:
            groups[place].append(row)
    result = [Indicator(min((row.target.indicator for row in group), key=len), tuple(group)) for group in groups]
    return tuple(sorted(result, key=_order))


def wording_of(indicator: str) -> Wording:
    """An indicator's words without marks, common openings and small words; words for one thing made one.

    >>> wording_of("Tỷ lệ người dân có hồ sơ sức khỏe điện tử") == wording_of("dân số có hồ sơ sức khỏe điện tử")
    True
    """
    text = " ".join(words(fold(indicator)))
    while (shorter := _OPENING.sub("", text)) != text:
        text = shorter
    for phrase, instead in _SAME:
        text = re.sub(rf"\b{phrase}\b", instead, text)
    return frozenset(text.split()) - _SMALL


def same(one: Wording, other: Wording) -> bool:
    """Whether two wordings name one indicator.

    >>> one = wording_of("doanh nghiệp nhỏ và vừa dùng hợp đồng điện tử")
    >>> same(one, wording_of("doanh nghiệp nhỏ và vừa dùng hóa đơn điện tử")), same(one, one | {"tinh"})
    (False, True)
    """
    few, many = sorted((one, other), key=len)
    return few <= many and len(few) >= SHARE * len(many) and not any(map(_DECIDING.fullmatch, many - few))


def _has(group: Sequence[TargetRow], row: TargetRow) -> bool:
    """Whether a group has a target of this document for this year."""
    key = (row.document.id, row.target.year)
    return any((other.document.id, other.target.year) == key for other in group)


def _order(indicator: Indicator) -> tuple[int, int, str, str]:
    return -len(indicator.provinces), -len(indicator.years), fold(indicator.name), indicator.rows[0].passage.id
