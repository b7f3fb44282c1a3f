"""Plain text and Markdown: bytes to text by mark, UTF-8 or an encoding from before Unicode."""

from __future__ import annotations

import re
from unicodedata import combining

from corpus.formats.draft import Reading, Refused
from corpus.formats.legacy import repair
from corpus.limits import MAX_CELLS, MAX_CHARACTERS, MAX_MARKS

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_UNREADABLE = re.compile(r"[^\w\s!-~]{65,}")  # neither letters nor digits: marks on a letter are among them
_PRINTED = frozenset("\n\r\t\f\v")
_MAX_CONTROLS = 200
_REMEDY = "save it as UTF-8 text"
_WINDOWS_1252 = {
    byte: bytes([byte]).decode("cp1252") for byte in range(0x80, 0xA0) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


def read_text(data: bytes) -> Reading:
    """The text of the file, as it is; a form feed begins a page.

    Raises:
        Refused: binary, or in an encoding that cannot be told.
    """
    text, encoding = decode_text(data)
    check_amount(text)
    if "\f" not in text:
        return Reading(text, encoding=encoding)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    pages: list[tuple[int, int]] = []
    line = 1
    for number, piece in enumerate(text.split("\f"), 1):
        pages.append((line, number))
        line += piece.count("\n")
    return Reading(text, tuple(dict(pages).items()), encoding=encoding)


def decode_text(data: bytes) -> tuple[str, str]:
    """The text of the bytes, and the encoding from before Unicode that it was in, or ""; see `read_text` for errors."""
    name = ""
    encoding = marked(data)
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding or error.start >= len(data) - 3:
            raise Refused(f"broken {encoding or 'UTF-8'} text at byte {error.start:,} (truncated?)", _REMEDY) from None
        text, name = repair(western(data))
        if not name:
            reason = f"not UTF-8 (byte {error.start:,}), nor TCVN3, VNI or Windows-1258 text"
            raise Refused(reason, _REMEDY) from None
    head = text[:20_000]
    if "\x00" in text or sum(not c.isprintable() and c not in _PRINTED for c in head) > _MAX_CONTROLS:
        raise Refused("holds control characters (a binary file?)", _REMEDY)
    return text, name


def marked(data: bytes) -> str:
    """The encoding that a byte order mark names, or ""."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")


def western(data: bytes) -> str:
    """The bytes as Windows-1252; the five bytes it leaves open as Latin-1, as browsers do (WHATWG Encoding)."""
    return data.decode("latin-1").translate(_WINDOWS_1252)


def check_amount(text: str) -> None:
    """Pass what one document can hold.

    Raises:
        Refused: more text, or more table cells.
    """
    if len(text) > MAX_CHARACTERS:
        raise Refused(f"{len(text):,} characters; at most {MAX_CHARACTERS:,} can be read", "split the file")
    if any(sum(map(bool, map(combining, run[0]))) > MAX_MARKS for run in _UNREADABLE.finditer(text)):
        raise Refused(f"more than {MAX_MARKS} marks on one letter", "save it again, or get the original")
    if (cells := text.count("|")) > MAX_CELLS:
        raise Refused(f"tables of {cells:,} cells; at most {MAX_CELLS:,} can be read", "split the file")
