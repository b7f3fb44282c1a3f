"""Vietnamese text: one spelling of every character, and the form without diacritics.

Vietnamese letters exist composed (NFC) and decomposed (NFD); portals mix in non-breaking spaces, soft hyphens,
zero-width characters and full-width forms. Everything in planqa works on `normalise(text)`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
LOWER = UPPER.lower()
"""The Vietnamese capital and small letters, for character classes: their code points alternate, so no range will do."""

_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF], None)
_INVISIBLE.update(dict.fromkeys(range(0x202A, 0x202F), None))  # direction marks
_INVISIBLE.update(dict.fromkeys([*range(0x2061, 0x2065), *range(0x2066, 0x2070), 0x061C, 0x180E], None))
_INVISIBLE.update(dict.fromkeys([*range(0xFFF9, 0xFFFC), 0xE0001, *range(0xE0020, 0xE0080)], None))  # notes and tags
_INVISIBLE.update(dict.fromkeys([*range(0x09), *range(0x0E, 0x1C), *range(0x7F, 0xA0)], None))  # terminals obey them
_SPACES = dict.fromkeys([0x0009, 0x000B, 0x000C, *range(0x001C, 0x0020), 0x0085, 0x00A0, 0x1680, 0x202F, 0x205F], " ")
_SPACES.update(dict.fromkeys([*range(0x2000, 0x200B), 0x2028, 0x2029, 0x3000], " "))
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_TABLE: dict[int, str | None] = {**_FULL_WIDTH, **_INVISIBLE, **_SPACES}

_FOLDED: dict[int, str | None] = dict.fromkeys(range(0x0300, 0x0370), None)  # combining marks
for _code in (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)):
    _base = "".join(c for c in unicodedata.normalize("NFD", chr(_code)) if not unicodedata.combining(c))
    if _base != chr(_code):
        _FOLDED[_code] = _base
_FOLDED[ord("đ")] = "d"
"""Latin letters without their marks: a table is some ten times as fast as decomposing each text."""

_WORD = re.compile(r"\d+(?:[./-][^\W_]+)+|[^\W_]+(?:[.-][^\W_]+|/(?=\d)[^\W_]+)*")


def normalise(text: str) -> str:
    """NFC, plain spaces, "\\n" line ends, no invisible or control characters.

    >>> normalise("Tra\\u0300\\u00a0Vinh\\r\\n")
    'Trà Vinh\\n'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text.translate(_TABLE))


def squeeze(text: str) -> str:
    """The text with each run of white space as one space, none at the ends."""
    return " ".join(text.split())


def fold(text: str) -> str:
    """Lower case without diacritics, đ as d: how people type on a phone.

    >>> fold("Điện thoại thông minh")
    'dien thoai thong minh'
    """
    if text.isascii():
        return text.lower()
    return _fold_short(text) if len(text) < 200 else _fold(text)


def _fold(text: str) -> str:
    folded = text.lower().translate(_FOLDED)
    if unicodedata.is_normalized("NFD", folded):
        return folded
    decomposed = unicodedata.normalize("NFD", folded)  # letters of other scripts
    return "".join(character for character in decomposed if not unicodedata.combining(character))


_fold_short = lru_cache(maxsize=8192)(_fold)  # labels, headings and names come again and again


def has_diacritics(text: str) -> bool:
    """Whether any letter carries a Vietnamese mark (đ counts)."""
    return fold(text) != text.lower()


def words(text: str) -> list[str]:
    """Syllables and numbers in lower case; a number, date or document number stays in one piece.

    >>> words("Quyết định 749/QĐ-TTg: 37,8% sở/ngành")
    ['quyết', 'định', '749/qđ-ttg', '37', '8', 'sở', 'ngành']
    """
    return _WORD.findall(text.lower())


def slug(text: str) -> str:
    """ASCII letters and digits joined by hyphens, for identifiers.

    >>> slug("2043/QĐ-UBND")
    '2043-qd-ubnd'
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
