"""The 8-bit encodings in which Vietnamese offices wrote before Unicode, character by character.

- TCVN3, the "ABC" fonts (.VnTime, ...): TCVN 5712:1993, set VN2, bytes A1 to FF. Its fonts have no capitals with tone
  marks; these were typed in a font of capitals (.VnTimeH), or as a capital with a combining mark (B0 to B4).
- VNI, the fonts VNI-Times, ...: a base letter followed by a letter that stands for its marks (VNI Software, 1989).
- Windows-1258 (Microsoft): letters with at most one mark, tone marks combining; Python knows it as cp1258.

Tables map the character that Windows-1252 gives the byte, since that is how such text survives in files.
"""

from __future__ import annotations

import unicodedata

_TCVN3_FROM_A1 = (
    "ĂÂÊÔƠƯĐăâêôơưđẰ"  # A1-AF
    "\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"  # B0-BF
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"  # C0-CF
    "éẹềểễếệìỉỄẾỒĩíịò"  # D0-DF
    "Ổỏõóọồổỗốộờởỡớợù"  # E0-EF
    "ỖủũúụừửữứựỳỷỹýỵỐ"  # F0-FF
)
TCVN3 = {chr(0xA1 + offset): character for offset, character in enumerate(_TCVN3_FROM_A1)}
"""Windows-1252 character of each TCVN3 byte from A1, and the Vietnamese letter or combining mark it stands for."""

_TONES = "ùøûõï"  # sắc, huyền, hỏi, ngã, nặng behind a letter without another mark
_TONED = {
    "a": "áàảãạ",
    "e": "éèẻẽẹ",
    "o": "óòỏõọ",
    "u": "úùủũ" + "ụ",
    "y": "ýỳỷỹ",
    "ô": "ớờởỡợ",
    "ö": "ứừửữự",
}
_CIRCUMFLEX = {"a": "ấầẩẫậ", "e": "ếềểễệ", "o": "ốồổỗộ"}  # behind a, e, o: á à å ã ä
_BREVE = "ắằẳẵặ"  # behind a: é è ú ü ë
_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni() -> dict[str, str]:
    table = dict(_ALONE)
    for base, letters in _TONED.items():
        table.update({base + mark: letter for mark, letter in zip(_TONES, letters, strict=False)})
    for base, letters in _CIRCUMFLEX.items():
        table[base + "â"] = unicodedata.normalize("NFC", base + "\u0302")
        table.update({base + mark: letter for mark, letter in zip("áàåãä", letters, strict=True)})
    table["aê"] = "ă"
    table.update({"a" + mark: letter for mark, letter in zip("éèúüë", _BREVE, strict=True)})
    return table


VNI = _vni()
"""VNI's one or two Windows-1252 characters in lower case, and the Vietnamese letter; capitals go the same way."""


def _windows_1258() -> dict[str, str]:
    table: dict[str, str] = {}
    for byte in range(0x80, 0x100):
        try:
            latin, vietnamese = bytes([byte]).decode("cp1252"), bytes([byte]).decode("cp1258")
        except UnicodeDecodeError:
            continue  # not assigned in one of them
        if latin != vietnamese:
            table[latin] = vietnamese
    return table


WINDOWS_1258 = _windows_1258()
"""Windows-1252 character of each byte that Windows-1258 reads otherwise."""
