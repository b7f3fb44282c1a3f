"""What the glossary says of the words of a Vietnamese quote, for readers of English; marked as no translation."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from corpus.vietnamese import words

MOST = 5
FEW = 2  # terms of two syllables, mostly everyday words, where there are no longer ones
_LONGEST = 7  # words of a term that is looked up


@cache
def _terms() -> dict[str, str]:
    """The first English phrase by Vietnamese term; what English readers read anyway is left out."""
    text = resources.files("qa").joinpath("data/glossary.json").read_text(encoding="utf-8")
    result: dict[str, str] = {}
    for entry in json.loads(text):
        for term in entry["vi"] if entry["en"] else ():
            key = " ".join(words(term))
            if len(key.split()) > 1 and not key.isascii():
                result.setdefault(key, entry["en"][0])
    return result


def gloss(quote: str) -> tuple[tuple[str, str], ...]:
    """Terms of a quote with their English, longest first at each place, each once; long terms before everyday words.

    >>> gloss("Tỷ lệ dân số trưởng thành có chữ ký số")[-1]
    ('chữ ký số', 'digital signature')
    """
    found: dict[str, str] = {}
    everyday: dict[str, str] = {}
    tokens, terms, at = words(quote), _terms(), 0
    while at < len(tokens) and len(found) < MOST:
        for size in range(min(_LONGEST, len(tokens) - at), 1, -1):
            term = " ".join(tokens[at : at + size])
            if term in terms:
                (found if size > 2 else everyday).setdefault(term, terms[term])
                at += size
                break
        else:
            at += 1
    return tuple((found or dict(list(everyday.items())[:FEW])).items())


def glossed(quote: str) -> str:
    """The gloss in brackets, to stand behind a quote; "" when the glossary knows none of its words."""
    found = gloss(quote)
    return f" (glossary, not a translation: {'; '.join(f'{vi} = {en}' for vi, en in found)})" if found else ""
