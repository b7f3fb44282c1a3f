"""Bytes of a source file in, decoded text out, or a `SourceError` that names file and reason."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import SourceError
from corpus.vietnamese import normalise

SUFFIXES = {".txt": "txt", ".md": "md", ".markdown": "md"}
MAX_BYTES = 64 * 1024 * 1024
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Source:
    """One decoded source file; `text` is normalised but otherwise as published."""

    name: str
    format: str
    sha256: str
    text: str
    path: str = ""  # where it was read from; an edited file replaces what was read from the same path


def read_source(path: Path) -> Source:
    """Read and decode one file (UTF-8, or UTF-16 with a mark).

    Raises:
        SourceError: missing, empty, too large, binary, not text, or of an unknown format.
    """
    suffix = SUFFIXES.get(path.suffix.lower())
    if suffix is None:
        raise SourceError(path, f"expected one of {', '.join(SUFFIXES)}", "save the document as text or Markdown")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise SourceError(path, f"{size:,} bytes; at most {MAX_BYTES:,} can be read", "split the file")
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(path, f"cannot be read ({error.strerror})", "check the path and its permissions") from None
    return replace(decode(path.name, suffix, data), path=str(path.resolve()))


def decode(name: str, format: str, data: bytes) -> Source:
    """Decode the bytes of one file; see `read_source` for the errors."""
    if not data.strip():
        raise SourceError(name, "the file is empty", "give a file with the text of the document")
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise SourceError(name, "not UTF-8 text (a binary file?)", "save it as UTF-8 text") from None
    if "\x00" in text or sum(not c.isprintable() and c not in "\n\r\t\f\v" for c in text[:20000]) > 200:
        raise SourceError(name, "holds control characters (a binary file?)", "save it as UTF-8 text")
    return Source(name, format, hashlib.sha256(data).hexdigest(), normalise(text))
