"""Vietnamese text written in TCVN3 (ABC fonts), VNI or Windows-1258, recognised and made Unicode, or refused by name.

Such text looks like Western European letters ("Céng hoµ x· héi chñ nghÜa ViÖt Nam"). Nothing in the file names its
encoding, so each is tried: the right one turns nearly all words into syllables that Vietnamese spelling allows, the
others hardly any.
"""

from __future__ import annotations

import re
import unicodedata

from corpus.formats.draft import Refused
from corpus.formats.language import is_syllable, vietnamese_share
from corpus.formats.legacy_tables import TCVN3, VNI, WINDOWS_1258

NAMES = ("TCVN3", "VNI", "Windows-1258")
_CONVERT, _SUSPECT, _MARGIN = 0.9, 0.6, 0.1
_FEWEST_WORDS = 8
_SAMPLE = 60_000  # characters; enough to tell, and quick
_VNI_LETTERS = {  # the first character's case is the letter's
    first + rest: letter if first == key[0] else letter.upper()
    for key, letter in VNI.items()
    for first in (key[0], key[0].upper())
    for rest in {key[1:], key[1:].upper()}
}
_VNI = re.compile("|".join(sorted(map(re.escape, _VNI_LETTERS), key=len, reverse=True)))
_WESTERN = re.compile("[\u00a1-\u00ff]")
_TOKEN = re.compile(r"[^\W\d_]+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def decode(text: str, name: str) -> str:
    """Unicode (NFC) of text that was read as Windows-1252 but is in the encoding `name`.

    >>> decode("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "TCVN3"), decode("Chuû tòch nöôùc", "VNI")
    ('Cộng hoà xã hội chủ nghĩa Việt Nam', 'Chủ tịch nước')
    """
    if name == "TCVN3":
        text = text.translate({ord(key): value for key, value in TCVN3.items()})
    elif name == "VNI":
        text = _VNI.sub(lambda found: _VNI_LETTERS[found[0]], text)
    else:
        text = text.translate({ord(key): value for key, value in WINDOWS_1258.items()})
    return unicodedata.normalize("NFC", text)


def encode(text: str, name: str) -> str:
    """The Windows-1252 characters that show how Unicode text is written in the encoding `name`: `decode` undone."""
    return "".join(_encode_letter(letter, name) for letter in unicodedata.normalize("NFC", text))


def by_font(font: str) -> str:
    """The encoding that a font's name implies, "" for a Unicode font.

    >>> by_font(".VnTimeH"), by_font("VNI-Times"), by_font("Times New Roman")
    ('TCVN3', 'VNI', '')
    """
    lowered = font.lower()
    return "TCVN3" if lowered.startswith(".vn") else "VNI" if lowered.startswith("vni-") else ""


def repair(text: str) -> tuple[str, str]:
    """The text in Unicode, and the name of the encoding it was in ("" when it was Unicode all along).

    Raises:
        Refused: it looks like one of the encodings, but not surely like one.
    """
    sample = unicodedata.normalize("NFC", text[:_SAMPLE])
    if vietnamese_share(sample) >= 0.04 or len(_WESTERN.findall(sample)) < 0.03 * len(sample):
        return text, ""
    scores = sorted(((_score(decode(sample, name)), name) for name in NAMES), reverse=True)
    (best, name), (second, _) = scores[0], scores[1]
    if best >= _CONVERT and best - second >= _MARGIN:
        return decode(text, name), name
    if best >= _SUSPECT:
        raise Refused(f"looks like {name} text (an encoding from before Unicode), but not surely", "save it as UTF-8")
    return text, ""


def _score(text: str) -> float:
    """Share of the words with marks that are Vietnamese syllables; 0 when there are too few to tell."""
    words = [word for word in _TOKEN.findall(text.lower()) if not word.isascii()]
    if len(words) < _FEWEST_WORDS:
        return 0.0
    return sum(map(is_syllable, words)) / len(words)


_TCVN3_CODES = {value: key for key, value in TCVN3.items()}
_VNI_CODES = {value: key for key, value in VNI.items()}
_1258_CODES = {value: key for key, value in WINDOWS_1258.items()}


def _encode_letter(letter: str, name: str) -> str:
    if letter.isascii():
        return letter
    if name == "VNI":
        code = _VNI_CODES.get(letter.lower(), letter)
        return code.upper() if letter.isupper() else code
    codes = _TCVN3_CODES if name == "TCVN3" else _1258_CODES
    if letter in codes:
        return codes[letter]
    if name == "Windows-1258" and ord(letter) < 0x100 and letter not in WINDOWS_1258:
        return letter  # the same in Windows-1252
    base, tone = _without_tone(letter)
    return (codes.get(base, base) + codes.get(tone, tone)) if tone else letter


def _without_tone(letter: str) -> tuple[str, str]:
    """A letter without its tone mark, and the mark: "ậ" is "â" and U+0323."""
    marks = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in marks if mark in _TONES), "")
    return unicodedata.normalize("NFC", marks.replace(tone, "") if tone else marks), tone
