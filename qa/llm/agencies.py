"""The agencies that planqa knows, looked up to the letter: a check may not guess what a misspelt name means."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

from qa.agencies import translate


@cache
def vietnamese_names() -> tuple[str, ...]:
    """Names of at least two words, in small letters, longest first."""
    data = json.loads(resources.files("qa").joinpath("data/agencies.json").read_text(encoding="utf-8"))
    names = {name.lower() for key in ("names", "aliases") for name in data.get(key, {}) if " " in name}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


@cache
def english_names() -> tuple[str, ...]:
    """Their English names of at least two words, in small letters, longest first."""
    names = {english.lower() for english in map(translate, vietnamese_names()) if " " in english}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def same_agency(agency: str) -> tuple[str, ...]:
    """Every name of an agency, in small letters: as written, as known otherwise, in English last.

    >>> same_agency("Sở Y tế")[0], same_agency("Sở Y tế")[-1]
    ('sở y tế', 'department of health')
    """
    english = translate(agency)
    others = [name for name in vietnamese_names() if english and translate(name) == english]
    return tuple(dict.fromkeys(name for name in (agency.lower(), *others, english.lower()) if name))


def named(text: str, names: Sequence[str]) -> list[str]:
    """Which of the names, longest first, stand in a text; of names that overlap, the longest.

    >>> named("Văn phòng UBND tỉnh", ("văn phòng ubnd tỉnh", "ubnd tỉnh"))
    ['văn phòng ubnd tỉnh']
    """
    rest, found = text.lower(), []
    for name in names:
        if name in rest and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", rest):
            found.append(name)
            rest = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ; ", rest)
    return found
