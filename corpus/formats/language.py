"""Whether a text is Vietnamese, told by its letters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from corpus.formats.draft import Refused

_OWN = frozenset("ƠơƯư") | {chr(code) for code in range(0x1EA0, 0x1EFA)}
_LEAST = 0.04
_FEWEST_LETTERS = 100
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_STOPPED = re.compile("[\u0300\u0303\u0309]")  # tones that a syllable ending in c, ch, p, t cannot carry
# Onset, one to three vowels, coda (as spelled; after Đoàn Thiện Thuật, Ngữ âm tiếng Việt, 1977).
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|th|tr|ch|gh|gi|kh|ph|qu|[bcdđghklmnprstvx])?[aăâeêioôơuưy]{1,3}(?:ch|nh|ng|[cmnpt])?"
)


def vietnamese_share(text: str) -> float:
    """Share of the letters that only Vietnamese writes: ơ, ư, and letters with two marks or a hook or dot below.

    About 0.15 to 0.2 in official texts, and next to nothing in other languages, French and Portuguese included.

    >>> vietnamese_share("thương mại điện tử") > 0.2, vietnamese_share("La République française a été fondée")
    (True, 0.0)
    """
    counts = Counter(text)
    letters = sum(count for character, count in counts.items() if character.isalpha())
    return sum(counts[letter] for letter in _OWN & counts.keys()) / letters if letters else 0.0


def check_language(text: str) -> None:
    """Pass Vietnamese text, and text too short to tell.

    Raises:
        Refused: it is in another language, or was typed without diacritics.
    """
    letters = sum(map(str.isalpha, text))
    share = vietnamese_share(unicodedata.normalize("NFC", text))
    if letters >= _FEWEST_LETTERS and share < _LEAST:
        raise Refused(
            f"not Vietnamese: {share:.1%} of its {letters:,} letters are ones that only Vietnamese writes "
            f"(at least {_LEAST:.0%} expected)",
            "give the Vietnamese text, with its diacritics",
        )


def is_syllable(word: str) -> bool:
    """Whether Vietnamese spelling allows the lower-case word as a syllable.

    >>> [is_syllable(word) for word in ("nghiệp", "quyết", "đường", "céng", "hoµ", "nghîp")]
    [True, True, True, True, False, False]
    """
    marks = unicodedata.normalize("NFD", word)
    tones = _TONES.findall(marks)
    bare = unicodedata.normalize("NFC", _TONES.sub("", marks))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(bare):
        return False
    return not (bare.endswith(("c", "ch", "p", "t")) and _STOPPED.search(marks))
