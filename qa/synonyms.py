"""What people say for the terms of plans, in Vietnamese: short forms ("TTHC"), everyday words ("giấy tờ"), other terms.

Read from `data/glossary.json`: the `near` forms of an entry stand for its `vi` terms, which stand for each other; a
`short` form for those of them that have its initials, for all where none has. Typed without marks, a phrase of one word
is taken for a short form only: "dan" may be any of many words.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib import resources

from corpus.vietnamese import fold, words

_LONGEST = 6


@cache
def _terms(folded: bool) -> dict[str, tuple[str, ...]]:
    """Terms of the plans by what is said for them, both as words in a row."""
    result: dict[str, dict[str, None]] = {}
    for entry in json.loads(resources.files("qa").joinpath("data/glossary.json").read_text(encoding="utf-8")):
        terms = [_form(term, folded) for term in entry["vi"]]
        for said in entry.get("short", ()):
            meant = abbreviated(said, entry["vi"])
            result.setdefault(_form(said, folded), {}).update(dict.fromkeys(_form(term, folded) for term in meant))
        near = [_form(said, folded) for said in (*entry.get("near", ()), *entry["vi"])]
        if folded:
            near = [said for said in near if " " in said]
        for said in near:
            result.setdefault(said, {}).update(dict.fromkeys(terms))
    return {said: tuple(terms) for said, terms in result.items() if said}


def abbreviated(short: str, terms: Sequence[str]) -> list[str]:
    """The terms whose initials a short form is made of; all of them when it is made of none's.

    >>> abbreviated("PTDS", ["tìm kiếm cứu nạn", "phòng thủ dân sự"])
    ['phòng thủ dân sự']
    """
    letters = [letter for letter in fold(short) if letter.isalnum()]
    return [term for term in terms if [word[0] for word in words(fold(term))] == letters] or list(terms)


def _form(text: str, folded: bool) -> str:
    return " ".join(words(fold(text) if folded else text))


def phrases(tokens: Sequence[str], folded: bool) -> list[tuple[int, int, tuple[str, ...]]]:
    """Where a question says something for terms of the plans, longest first at each place: start, end, terms.

    >>> phrases(["mấy", "giấy", "tờ"], False)[0][:2]
    (1, 3)
    """
    known, found, at = _terms(folded), [], 0
    while at < len(tokens):
        for size in range(min(_LONGEST, len(tokens) - at), 0, -1):
            terms = known.get(" ".join(tokens[at : at + size]))
            if terms:
                found.append((at, at + size, terms))
                at += size
                break
        else:
            at += 1
    return found
