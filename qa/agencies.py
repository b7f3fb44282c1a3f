"""Agencies as people name them, and their names in English beside the Vietnamese one that is the official one.

`data/agencies.json` holds both: `names` gives the English name of an official one, `aliases` what stands for it in
everyday writing ("Sở TT&TT", "NHNN"). Former names come from the corpus room, which knows what was merged when.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus.vietnamese import fold, squeeze

ALIKE = 88.0
"""How alike, of 100, a misspelt name must be to an official one; "Sở Thông tin và Truền thông" is 97."""

_HEADS = (
    r"(?:so|ban|cuc|chi cuc|hoi|van phong|cong an|thanh tra|kho bac|bao hiem|ngan hang|lien doan|lien minh|ubnd|bo)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency named in a text: its official name in small letters, and where it stands."""

    name: str
    start: int
    end: int


@cache
def _data() -> dict[str, dict[str, str]]:
    data = json.loads(resources.files("qa").joinpath("data/agencies.json").read_text(encoding="utf-8"))
    return {key: {name.lower(): value for name, value in data[key].items()} for key in ("names", "aliases")}


def translate(agency: str) -> str:
    """The English name of an agency, "" when it is not known.

    >>> translate("Sở Nội vụ"), translate("Sở TT&TT")
    ('Department of Home Affairs', 'Department of Information and Communications')
    """
    names, aliases = _data()["names"], _data()["aliases"]
    name = squeeze(agency).lower()
    name = aliases.get(name, name).lower()
    unlisted = re.sub(r"^(các|và)\s+", "", name)
    for form in (name, unlisted, re.sub(r"\s+tỉnh$", "", name), re.sub(r"\s+tỉnh$", "", unlisted), f"{name} tỉnh"):
        if form in names:
            return names[form]
    return ""


def bilingual(agency: str) -> str:
    """The English name with the agency's own Vietnamese name beside it, or the Vietnamese name alone.

    >>> bilingual("Sở Nội vụ")
    'Department of Home Affairs (Sở Nội vụ)'
    """
    english = translate(agency)
    return f"{english} ({agency})" if english else agency


def mentions(text: str, marked: bool = True) -> tuple[Mention, ...]:
    """The agencies that a text names, in its order: by official, former, short, English or misspelt name.

    >>> [mention.name for mention in mentions("Sở TT&TT phải làm gì?")]
    ['sở thông tin và truyền thông']
    >>> [mention.name for mention in mentions("so thong tin va truyen thog", marked=False)]
    ['sở thông tin và truyền thông']
    """
    shown = text.lower() if marked else fold(text)
    found: list[Mention] = []
    for form, name in _forms(marked):
        at = shown.find(form)
        while at >= 0:
            end = at + len(form)
            if _stands_alone(shown, at, end) and not any(m.start < end and at < m.end for m in found):
                found.append(Mention(name, at, end))
            at = shown.find(form, at + 1)
    found += [m for m in _initialled(text) if not any(m.start < n.end and n.start < m.end for n in found)]
    found += _misspelt(fold(text), found)
    return tuple(sorted(found, key=lambda mention: mention.start))


def named_agencies(text: str, marked: bool = True) -> tuple[str, ...]:
    """The official names of the agencies that a text names, in small letters, each once.

    >>> named_agencies("Sở Nội vụ phải làm gì?")
    ('sở nội vụ',)
    """
    return tuple(dict.fromkeys(mention.name for mention in mentions(text, marked)))


def is_particular(name: str) -> bool:
    """Whether a name means one agency, not any of a class: "sở y tế", not "các doanh nghiệp" or "ubnd cấp xã".

    >>> is_particular("sở y tế"), is_particular("các sở, ban, ngành")
    (True, False)
    """
    return bool(
        re.match(r"(sở \w|công an|thanh tra|cục|kho bạc|bảo hiểm|ngân hàng nhà nước|hội |liên|ban \w|văn phòng)", name)
    )


_INITIALS = re.compile(r"(?<![\w/&-])(?:(?<=[Ss]ở )|S)([A-ZĐ]{2,8}(?:[&-][A-ZĐ]{1,6})*)(?![\w/&-])")


def _initialled(text: str) -> list[Mention]:
    """Departments named by initials in capitals: "STC", "Sở TC", "SNN&MT"; none where two departments have the same."""
    return [
        Mention(name, found.start(), found.end())
        for found in _INITIALS.finditer(text)
        if (name := _departments().get(re.sub("[&-]", "", found[1])))
    ]


@cache
def _departments() -> dict[str, str]:
    """Departments by the initials of their names, with the office left out: "TC" for sở tài chính."""
    result: dict[str, set[str]] = {}
    for name in _data()["names"]:
        if name.startswith("sở "):
            words = [word for word in re.findall(r"\w+", name[3:]) if word != "và"]
            result.setdefault("".join(word[0] for word in words).upper(), set()).add(name)
    return {
        initials: min(names) for initials, names in result.items() if len({re.sub(r"\W+", "", n) for n in names}) == 1
    }


@cache
def _forms(marked: bool) -> tuple[tuple[str, str], ...]:
    """What stands for an agency and its official name, longest first."""
    names, aliases = _data()["names"], _data()["aliases"]
    forms = {name: name for name in names if " " in name}
    forms |= {alias: name.lower() for alias, name in aliases.items() if marked or not _is_common(alias)}
    english: dict[str, str] = {}
    for name, translated in names.items():
        english.setdefault(translated.lower(), name)
    english = _by_field(english) | english
    result: dict[str, str] = forms if marked else {fold(form): name for form, name in forms.items()}
    result = {**english, **result}
    return tuple(sorted(result.items(), key=lambda form: (-len(form[0]), form[0])))


def _by_field(english: Mapping[str, str]) -> dict[str, str]:
    """Departments by their field alone: the "planning department" is the Department of Planning and Investment.

    >>> _by_field({"department of planning and investment": "sở kế hoạch và đầu tư"})["planning department"]
    'sở kế hoạch và đầu tư'
    """
    result: dict[str, str] = {}
    seen: dict[str, set[str]] = {}
    for translated, name in english.items():
        if fields := translated.removeprefix("department of ").split(" and ") if "department of " in translated else []:
            result[f"{' and '.join(fields)} department"] = name
            first = re.split(",| and ", fields[0])[0]
            seen.setdefault(first, set()).add(name)
    for first, names in seen.items():
        if len(names) == 1:
            result.setdefault(f"{first} department", next(iter(names)))
            result.setdefault(f"department of {first}", next(iter(names)))
    return result


def _is_common(alias: str) -> bool:
    """Whether a short name is an everyday phrase once its marks are gone: "sở lao động" is "sổ lao động", too, and
    "CA tỉnh" is "cả tỉnh".
    """
    if alias.split()[0] == "ca":
        return True
    return len(alias.split()) < 4 and alias.startswith("sở ") and all(len(word) > 2 for word in alias.split()[1:])


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


@cache
def _official() -> dict[str, str]:
    return {fold(name): name for name in _data()["names"] if len(name) > 9 and re.match(_HEADS, fold(name))}


def _misspelt(folded: str, found: list[Mention]) -> list[Mention]:
    """Names typed with a letter wrong, where a word that begins agencies' names stands."""
    from rapidfuzz import fuzz, process

    result: list[Mention] = []
    for head in re.finditer(rf"(?<!\w){_HEADS}\s+\w", folded):
        start = head.start()
        if any(mention.start <= start < mention.end for mention in [*found, *result]):
            continue
        words = list(re.finditer(r"\S+", folded[start : start + 60]))
        best: tuple[float, str, int] = (0.0, "", 0)
        for count in range(2, min(9, len(words) + 1)):
            typed = folded[start : start + words[count - 1].end()].rstrip(" ,.?!;:")
            match = process.extractOne(typed, _official().keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
            if match and match[1] > best[0]:
                best = (match[1], _official()[match[0]], len(typed))
        if best[1]:
            result.append(Mention(best[1], start, start + best[2]))
    return result
