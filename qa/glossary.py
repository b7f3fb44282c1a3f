"""The bilingual glossary: English phrases of the field and the Vietnamese terms that plans use for them.

`data/glossary.json` is a list of entries that people can edit, {"en": [...], "vi": [...], "short": [...], "near":
[...]}: every English phrase of an entry stands for every Vietnamese term of it, the commonest first; `short` are its
abbreviations, `near` what people say for it in everyday Vietnamese (see `synonyms`).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

_WORD = re.compile(r"[A-Za-z0-9À-ỹĐđ&]+(?:[-'’/.][A-Za-z0-9À-ỹĐđ]+)*")
_MAX_WORDS = 8
# Upper-case keys that are English words when written small: "it", "most".
_ONLY_UPPER = frozenset("IT MOST PAR PM PC POS AI SOC LAN WAN VAT AR VR".split())


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase of the question, and what stands for it in Vietnamese plans."""

    phrase: str
    vietnamese: tuple[str, ...]
    short: tuple[str, ...] = ()


@cache
def _entries() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Vietnamese terms and their short forms, by English phrase in canonical form."""
    text = resources.files("qa").joinpath("data/glossary.json").read_text(encoding="utf-8")
    result: dict[str, tuple[list[str], list[str]]] = {}
    for entry in json.loads(text):
        for phrase in entry["en"]:
            terms, short = result.setdefault(canonical(phrase), ([], []))
            terms += entry["vi"]
            short += entry.get("short", ())
    return {
        phrase: (tuple(dict.fromkeys(terms)), tuple(dict.fromkeys(short))) for phrase, (terms, short) in result.items()
    }


@lru_cache(maxsize=16384)
def canonical(phrase: str) -> str:
    """An English phrase as the glossary is looked up by: lower case, plural and hyphens aside.

    >>> canonical("Digital Signatures"), canonical("e-signature")
    ('digital signature', 'e signature')
    """
    parts = re.split(r"[\s\-/]+", phrase.lower().replace("’", "'"))
    return " ".join(_singular(part) for part in parts if part)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and re.search(r"(ss|sh|ch|x)es$", word):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def match(question: str) -> tuple[tuple[Match, ...], tuple[str, ...]]:
    """The glossary's phrases in an English question, longest first at each place, and the words it does not know.

    >>> phrases, unknown = match("adults with smartphones")
    >>> [phrase.phrase for phrase in phrases], unknown
    (['adults', 'smartphones'], ('with',))
    """
    tokens = _WORD.findall(question)
    found: list[Match] = []
    unknown: list[str] = []
    at = 0
    while at < len(tokens):
        for size in range(min(_MAX_WORDS, len(tokens) - at), 0, -1):
            phrase = " ".join(tokens[at : at + size])
            entry = _entry(phrase)
            if entry and not (phrase.upper() in _ONLY_UPPER and phrase.upper() != phrase):
                found.append(Match(phrase, *entry))
                at += size
                break
        else:
            unknown.append(tokens[at])
            at += 1
    return tuple(found), tuple(unknown)


def _entry(phrase: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The terms of a phrase, which may stand in the possessive: "the province's", "farmers'"."""
    entries = _entries()
    return entries.get(canonical(phrase)) or entries.get(canonical(re.sub(r"['’](s\b|(?!\w))", "", phrase)))
