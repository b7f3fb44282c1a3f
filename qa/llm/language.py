"""Whether a text is in Vietnamese or English, names and quotes aside."""

from __future__ import annotations

import re

from corpus.vietnamese import UPPER, has_diacritics
from qa.types import Language

MARKED = 0.4
"""Least share of the words of a Vietnamese text that carry a mark; of running Vietnamese some three quarters do."""
SMALL = 0.15
"""Least share of the words of an English text that are its small words; of running English some two fifths are."""

_ASIDE = re.compile(r"“(?:[^“”]|“[^“”]*”)*”|\"[^\"]*\"|\((?:[^()]|\([^()]*\))*\)")
_NAME = re.compile(rf"(?<=\w )[{UPPER}]\w*|\w*\d\w*")
_SMALL_ENGLISH = frozenset(
    "the a an of and or to in by for on at with from is are was were be been has have had must should will shall may "
    "it its this that these those which who as than before after until over under at least responsible deadline task "
    "target plan province department coordinating directing there no not".split()
)


def is_in_language(text: str, language: Language) -> bool:
    """Whether the words of a text outside names, quotes and brackets are in the language.

    >>> is_in_language("Sở Nội vụ chịu trách nhiệm đến năm 2025.", "vi"), is_in_language("The deadline is 2025.", "vi")
    (True, False)
    """
    words = re.findall(r"[^\W\d_]+", _NAME.sub(" ", _ASIDE.sub(" ", text)))
    if not words:
        return True
    if any(not _is_latin(word) for word in words):
        return False
    if language == "vi":
        return sum(has_diacritics(word) for word in words) >= MARKED * len(words)
    small = [word for word in words if word.islower()]
    if not small:
        return True
    foreign = sum(has_diacritics(word) for word in small)
    return foreign <= 0.25 * len(small) and sum(w.lower() in _SMALL_ENGLISH for w in words) >= SMALL * len(words)


def _is_latin(word: str) -> bool:
    return all(ord(character) < 0x0250 or 0x1E00 <= ord(character) < 0x1F00 for character in word)
