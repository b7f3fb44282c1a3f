"""The name of an agency as words that can be compared, and how far two names agree.

An abbreviation stands for the words whose initials it spells ("TT&TT", "KHĐT", "UBND"); "uỷ" and "ủy" are one spelling.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.vietnamese import fold, normalise

_TOKEN = re.compile(r"[^\W_]+(?:[&-][^\W_]+)*")
_HEAD = re.compile(r"(?:[,;\n(]|\s[-–+]\s|\bvà\s|\bva\s|:)\s*(?:và\s+|va\s+)?(?:các\s+|cac\s+)?$", re.IGNORECASE)
_SMALL = {"và", "va", "các", "cac", "của", "cua"}  # written or left out as it comes
_COMMITTEE = ("uy", "ban", "nhan", "dan")


@dataclass(frozen=True, slots=True)
class AgencyWord:
    """A word of a name: folded, with its marks in one order ("uỷ" is "ủy"), and whether an agency may begin here."""

    folded: str
    marked: str
    abbreviation: bool
    head: bool


def aligned(asked: Sequence[AgencyWord], stated: Sequence[AgencyWord], marked: bool) -> int:
    """How many stated words the asked ones cover, from the first on; -1 when they differ.

    With `marked`, diacritics count.

    >>> aligned(agency_words("Sở TT&TT"), agency_words("Sở Thông tin và Truyền thông tỉnh Gia Lai"), True)
    5
    """
    dead: set[tuple[int, int]] = set()  # pairs of places from which nothing leads on: each is tried once

    def follow(i: int, j: int) -> int:
        if i == len(asked):
            return j
        if j == len(stated) or (i, j) in dead:
            return -1
        one, other = asked[i], stated[j]
        steps = []
        if one.folded == other.folded and (not marked or one.marked == other.marked):
            steps.append((1, 1))
        if len(one.folded) > 1 and (taken := _spelt(one.folded, stated[j:])) > 1:
            steps.append((1, taken))
        if other.abbreviation and (taken := _spelt(other.folded, asked[i:])) > 1:
            steps.append((taken, 1))
        for on_asked, on_stated in steps:
            if (end := follow(i + on_asked, j + on_stated)) >= 0:
                return end
        dead.add((i, j))
        return -1

    return follow(0, 0)


def _spelt(letters: str, words: Sequence[AgencyWord]) -> int:
    """How many words the letters abbreviate ("kh" for "khoa học", "nnptnt" for "nông nghiệp PTNT"), 0 if none."""
    for at, word in enumerate(words):
        if word.abbreviation and letters.startswith(word.folded):
            letters = letters[len(word.folded) :]
        elif letters.startswith(word.folded[0]):
            letters = letters[1:]
        else:
            return 0
        if not letters:
            return at + 1
    return 0


@lru_cache(maxsize=8192)
def agency_words(name: str) -> tuple[AgencyWord, ...]:
    """The words of a name or list of names, without those that come and go ("và", "các", "của").

    >>> [word.folded for word in agency_words("Ủy ban nhân dân các huyện")]
    ['ubnd', 'huyen']
    """
    text = normalise(name)
    words: list[AgencyWord] = []
    for found in _TOKEN.finditer(text):
        token = found[0]
        joined = "&" in token or (token.isupper() and len(token) > 1)
        parts = [re.sub(r"[&-]", "", token)] if joined else token.split("-")
        head = not words or bool(_HEAD.search(text, max(0, found.start() - 24), found.start()))
        for part in parts:
            if part.lower() not in _SMALL:
                words.append(AgencyWord(fold(part), _ordered(part.lower()), joined, head))
                head = False
    return _short_committee(words)


def _short_committee(words: list[AgencyWord]) -> tuple[AgencyWord, ...]:
    result: list[AgencyWord] = []
    at = 0
    while at < len(words):
        if tuple(word.folded for word in words[at : at + 4]) == _COMMITTEE:
            result.append(AgencyWord("ubnd", "ubnd", True, words[at].head))
            at += 4
        else:
            result.append(words[at])
            at += 1
    return tuple(result)


@cache
def _ordered(syllable: str) -> str:
    """A syllable as its base letters and its marks: "thuỷ" and "thủy" are the same."""
    parts = unicodedata.normalize("NFD", syllable)
    base = "".join(character for character in parts if not unicodedata.combining(character))
    return base + "".join(sorted(character for character in parts if unicodedata.combining(character)))
