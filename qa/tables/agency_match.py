"""Whether an agency that a plan names is the one that is asked for, however either of the two writes it.

"Sở TT&TT", "so thong tin va truyen thong" and "Sở Thông tin và Truyền thông" are one agency; "Thanh tra Sở Nội vụ" and
"Công an tỉnh" are not "Sở Nội vụ". A name is compared word by word from the head of an agency in a list; an
abbreviation stands for the words whose initials it spells. People's committees are compared by level and place. With
`collective`, a department is also found where a plan names "các sở, ban, ngành" as one body.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.agencies import agency_names, predecessors, successors
from corpus.provinces import belongs_to, find_provinces
from corpus.vietnamese import has_diacritics, normalise, squeeze
from qa.tables.agency_words import AgencyWord, agency_words, aligned

_TITLES = (("giam", "doc"), ("chu", "tich"), ("thu", "truong"), ("chanh",))  # "Chánh Văn phòng UBND tỉnh"
_LONGEST = 60  # words: nothing longer is the name of an agency

_DISTRICT, _COMMUNE = frozenset({"huyen", "quan", "thi xa", "thanh pho"}), frozenset({"xa", "phuong", "thi tran"})
_LEVELS = {
    ("cap", "tinh"): frozenset({"tinh"}),
    ("cap", "huyen"): _DISTRICT,
    ("cap", "xa"): _COMMUNE,
    ("cap",): _DISTRICT | _COMMUNE,  # "UBND các cấp"
    **{tuple(level.split()): frozenset({level}) for level in ("tinh", *_DISTRICT, *_COMMUNE)},
}


@dataclass(frozen=True, slots=True)
class _Form:
    """A name to look for, and the day from which documents may mean the asked agency by it; "" for any day."""

    words: tuple[AgencyWord, ...]
    since: str = ""


class AgencyMatcher:
    """Finds one agency under its names of today and before 2025, with or without diacritics, short or in full.

    >>> asked = AgencyMatcher("Sở TT&TT")
    >>> asked.matches("Sở Thông tin và Truyền thông"), asked.matches("Thanh tra Sở Thông tin và Truyền thông")
    (True, False)
    >>> AgencyMatcher("Sở Nội vụ", collective=True).matches("Các sở, ban, ngành tỉnh")
    True
    >>> AgencyMatcher("UBND huyện").matches("UBND các huyện, thị xã, thành phố")
    True
    """

    def __init__(self, asked: str, collective: bool = False) -> None:
        text = squeeze(normalise(asked)).strip(" .,;:?!\"'“”")
        words = agency_words(text) if len(text) < 8 * _LONGEST else ()
        self._marked, self._collective = (
            has_diacritics(text),
            collective and words[:1] != () and words[0].folded == "so",
        )
        self._words = words[:_LONGEST]
        named = [province for province in find_provinces(text, folded=True) if _ends_with(words, province.name)]
        self._province = named[0].name if named else ""
        self._forms = (_Form(self._words), *_other_names(_bare(_without_place(words, self._province)), self._marked))
        self._known: dict[tuple[str, str, str], bool] = {}

    def matches(self, stated: str, province: str = "", issued: str = "") -> bool:
        """Whether a name stated in a document of that province, issued on that ISO date, is the one asked for."""
        key = (stated, province, issued)
        if key not in self._known:
            self._known[key] = self._matches(agency_words(stated), province, issued)
        return self._known[key]

    def _matches(self, stated: tuple[AgencyWord, ...], province: str, issued: str) -> bool:
        if not self._words:
            return False
        if self._province and province and not belongs_to(province, self._province):
            return False
        if self._collective and any(_is_all_departments(stated[at:]) for at, word in enumerate(stated) if word.head):
            return True
        return any(
            self._named(form.words, stated, province) for form in self._forms if not form.since or issued >= form.since
        )

    def _named(self, asked: tuple[AgencyWord, ...], stated: tuple[AgencyWord, ...], province: str) -> bool:
        bare = _without_place(asked, self._province)
        levels, place = _committee(bare)
        for start in (at for at, word in enumerate(stated) if word.head):
            rest = _without_title(stated[start:])
            if levels:
                other, other_place = _committee(_without_place(_segment(rest), province))
                if levels & other and (not place or not other_place or place == other_place):
                    return True
            elif aligned(asked, rest, self._marked) >= 0:
                return True
            elif self._province or asked[-1].folded == "tinh":
                segment = _without_place(_segment(rest), province)
                if aligned(_bare(bare), _bare(segment), self._marked) == len(_bare(segment)) > 0:
                    return True
        return False


def _other_names(words: tuple[AgencyWord, ...], marked: bool) -> tuple[_Form, ...]:
    """Names of the agency before and after 2025: a successor only in documents that are younger than it."""
    known = [name for name in agency_names() if aligned(words, agency_words(name), marked) == len(agency_words(name))]
    before = [_Form(agency_words(name)) for one in known for name in predecessors(one)]
    heirs = [heir for one in known for heir in successors(one) if not heir.matters]
    return tuple(dict.fromkeys([*before, *(_Form(agency_words(heir.name), heir.since) for heir in heirs)]))


def _without_title(words: tuple[AgencyWord, ...]) -> tuple[AgencyWord, ...]:
    """Without the head of an agency in front of it: what "Giám đốc Sở Nội vụ" is to do, the department is."""
    for title in _TITLES:
        if len(words) > len(title) and tuple(word.folded for word in words[: len(title)]) == title:
            return words[len(title) :]
    return words


def _is_all_departments(words: Sequence[AgencyWord]) -> bool:
    """Whether a name stands for the departments of a province as one body: "các sở, ban, ngành", "các sở, ngành"."""
    return len(words) > 1 and words[0].folded == "so" and words[1].folded in ("ban", "nganh")


def _committee(words: Sequence[AgencyWord]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The levels that the name of a people's committee covers, and its place: () when it is no such name, or many."""
    folded = [word.folded for word in words]
    if not folded or folded[0] != "ubnd":
        return frozenset(), ()
    levels: frozenset[str] = frozenset()
    at, count = 1, 0
    while at < len(folded):
        size = next((n for n in (2, 1) if tuple(folded[at : at + n]) in _LEVELS), 0)
        if not size:
            break
        levels |= _LEVELS[tuple(folded[at : at + size])]
        at, count = at + size, count + 1
    return levels, tuple(folded[at:]) if count == 1 else ()


def _segment(words: Sequence[AgencyWord]) -> tuple[AgencyWord, ...]:
    """One agency of a list: up to the next head; a list of people's committees keeps its levels."""
    end = next((at for at, word in enumerate(words) if at and word.head), len(words))
    if words and words[0].folded == "ubnd":
        levels = {word for level in _LEVELS for word in level}
        while end < len(words) and words[end].folded in levels:
            end += 1
    return tuple(words[:end])


def _without_place(words: tuple[AgencyWord, ...], province: str) -> tuple[AgencyWord, ...]:
    return words[: -len(province.split())] if province and _ends_with(words, province) else words


def _bare(words: tuple[AgencyWord, ...]) -> tuple[AgencyWord, ...]:
    """Without "tỉnh" at the end, which plans write or leave out; "UBND tỉnh" needs it."""
    return words[:-1] if len(words) > 1 and words[-1].folded == "tinh" and words[-2].folded != "ubnd" else words


def _ends_with(words: Sequence[AgencyWord], province: str) -> bool:
    name = [word.folded for word in agency_words(province)]
    return len(words) > len(name) and [word.folded for word in words[-len(name) :]] == name
