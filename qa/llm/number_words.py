"""Numbers written as words, put into digits: "eighty-five percent", "chín mươi phần trăm".

"một" and "one" stay words, since they are articles and pronouns more often than numbers.
"""

from __future__ import annotations

import re

from qa.types import Language

_SMALL_EN = dict(
    zip(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split(),
        range(2, 20),
        strict=True,
    )
) | {"one": 1}
_TENS_EN = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_ANY_EN = "|".join(sorted([*_SMALL_EN, *_TENS_EN, "hundred"], key=len, reverse=True))
_RUN_EN = re.compile(rf"(?<!\w)(?:{_ANY_EN})(?:(?:\s+and)?[\s-]+(?:{_ANY_EN}))*(?!\w)", re.I)

_DIGITS_VI = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9,
}  # fmt: skip
# "năm" is a year unless a unit follows; "tư", "mốt" and "lăm" are digits behind tens alone.
_ANY_VI = (
    r"một|hai|ba|bốn|sáu|bảy|bẩy|tám|chín|mười|mươi|trăm|linh|lẻ"
    r"|năm(?=\s+(?:mươi|trăm|nghìn|ngàn|triệu|tỷ|tỉ)(?!\w))|(?<=mươi )(?:tư|mốt|lăm)"
)
_RUN_VI = re.compile(rf"(?<!\w)(?:{_ANY_VI})(?:\s+(?:{_ANY_VI}))*(?!\w)", re.I)
_NEVER_ALONE_VI = frozenset({"một", "mươi", "linh", "lẻ", "trăm"})
_SHARE_VI = re.compile(r"\bphần\s*$", re.I)

_VAGUE = (
    ("½", r"một nửa|nửa|half"),
    ("×2", r"gấp đôi|gấp hai|twice|doubl(?:e|ed|es|ing)"),
    ("×3", r"gấp ba|tripl(?:e|ed|es|ing)"),
    ("12x", r"một tá|dozens?"),
)
_VAGUE_WORDS = tuple((sign, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I)) for sign, words in _VAGUE)
_SIGNS = {"½": "0.5", "×2": "2x", "×3": "3x", "12x": "12x"}


def written_numbers(text: str, language: Language) -> str:
    """The text with its number words in digits.

    >>> written_numbers("eighty-five percent of two hundred communes", "en")
    '85 percent of 200 communes'
    >>> written_numbers("chín mươi lăm phần trăm, năm 2025, một số xã", "vi")
    '95 phần trăm, năm 2025, một số xã'
    """
    for sign, pattern in _VAGUE_WORDS:
        text = pattern.sub(_SIGNS[sign] if sign != "½" else ("0.5" if language == "en" else "0,5"), text)
    if language == "en":
        return _RUN_EN.sub(_english, text)
    return _RUN_VI.sub(_vietnamese, text)


def _english(hit: re.Match[str]) -> str:
    words = [word for word in re.split(r"[\s-]+", hit[0].lower()) if word != "and"]
    if words == ["one"]:
        return hit[0]
    total = 0
    for word in words:
        if word == "hundred":
            total = max(1, total) * 100
        else:
            total += _SMALL_EN.get(word, 0) + _TENS_EN.get(word, 0)
    return str(total)


def _vietnamese(hit: re.Match[str]) -> str:
    words = hit[0].lower().split()
    if words == ["trăm"] and _SHARE_VI.search(hit.string[: hit.start()]):
        return hit[0]  # "phần trăm" is the sign of a share
    if len(words) == 1 and words[0] in _NEVER_ALONE_VI:
        return hit[0]
    total, digit = 0, 0
    for word in words:
        if word in _DIGITS_VI:
            digit = _DIGITS_VI[word]
        elif word == "mười":
            total, digit = total + 10, 0
        elif word == "mươi":
            total, digit = total + 10 * max(1, digit), 0
        elif word == "trăm":
            total, digit = total + 100 * max(1, digit), 0
    return str(total + digit)
