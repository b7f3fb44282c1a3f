"""Names of agencies in English, beside the Vietnamese name that is the official one."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources

from corpus.vietnamese import fold


@cache
def _names() -> dict[str, str]:
    data = json.loads(resources.files("qa").joinpath("data/agencies.json").read_text(encoding="utf-8"))
    return {name.lower(): english for name, english in data["names"].items()}


def translate(agency: str) -> str:
    """The English name of an agency, "" when it is not known.

    >>> translate("Sở Nội vụ")
    'Department of Home Affairs'
    """
    names = _names()
    name = re.sub(r"\s+", " ", agency).strip().lower()
    for form in (name, re.sub(r"^các\s+", "", name), re.sub(r"\s+tỉnh$", "", name), f"{name} tỉnh"):
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


def named_agencies(text: str, marked: bool = True) -> tuple[str, ...]:
    """The known agencies that a text names, longest names first; without marks when it is typed so.

    >>> named_agencies("Sở Nội vụ phải làm gì?")
    ('sở nội vụ',)
    """
    found: list[str] = []
    rest = text.lower() if marked else fold(text)
    for name in sorted(_names(), key=len, reverse=True):
        shown = name if marked else fold(name)
        if " " in name and re.search(rf"(?<!\w){re.escape(shown)}(?!\w)", rest):
            found.append(name)
            rest = rest.replace(shown, " ")
    return tuple(found)
