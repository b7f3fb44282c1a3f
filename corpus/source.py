"""Bytes of a source file in, its text as canonical lines out, or a `SourceError` that names file and reason."""

from __future__ import annotations

import hashlib
import os
import stat
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from corpus.errors import SourceError
from corpus.formats.draft import Reading, Refused
from corpus.formats.language import check_language
from corpus.formats.legacy import repair
from corpus.formats.sniff import sniff
from corpus.formats.text import check_amount
from corpus.limits import MAX_BYTES
from corpus.vietnamese import normalise

SUFFIXES = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".pdf": "pdf",
}
"""Suffixes of files that can be read; what a file really is, its content tells."""

OTHER_SUFFIXES = frozenset(
    ".doc .docm .dot .rtf .odt .xls .xlsx .ppt .pptx .mht .mhtml .epub .jpg .jpeg .png .gif .bmp .tif .tiff .webp .heic"
    " .zip .rar .7z".split()
)
"""Suffixes of files that a folder's reader would expect to be read: each is named among what was left out."""

_READERS = {
    "txt": "corpus.formats.text:read_text",
    "md": "corpus.formats.text:read_text",
    "html": "corpus.formats.html:read_html",
    "docx": "corpus.formats.docx:read_docx",
    "pdf": "corpus.formats.pdf:read_pdf",
}


@dataclass(frozen=True, slots=True)
class Source:
    """One decoded source file; `text` is normalised but otherwise as published."""

    name: str
    format: str
    sha256: str
    text: str
    path: str = ""  # where it was read from; an edited file replaces what was read from the same path
    pages: tuple[tuple[int, int], ...] = ()  # (line, page), both from 1, where a page begins; () when it has none
    set_aside: tuple[tuple[str, str], ...] = ()  # (role, text) of running headers, page numbers, footnotes
    encoding: str = ""  # "TCVN3", "VNI", "Windows-1258" when the text was converted from it

    def page_of(self, line: int) -> int:
        """The page that a line (from 1) of `text` begins on, 0 when pages are not known.

        >>> Source("a", "pdf", "", "", pages=((1, 1), (40, 2))).page_of(41)
        2
        """
        index = bisect_right(self.pages, line, key=lambda pair: pair[0])
        return self.pages[index - 1][1] if index else 0


def read_source(path: Path) -> Source:
    """Read one file: text, Markdown, HTML, DOCX or PDF, told by its content rather than by its name.

    Raises:
        SourceError: missing, unreadable, empty, too large, damaged, locked, hostile, not Vietnamese, another kind.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise SourceError(path, "a folder, not a file", "name the files in it, or ingest the folder")
        if not stat.S_ISREG(status.st_mode):
            raise SourceError(path, "not a regular file (a pipe or a device)", "name a file")
        if status.st_size > MAX_BYTES:
            raise SourceError(path, f"{status.st_size:,} bytes; at most {MAX_BYTES:,} can be read", "split the file")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no valid path"
        raise SourceError(path, f"cannot be read ({reason})", "check the path and its permissions") from None
    return replace(decode(path.name, SUFFIXES.get(path.suffix.lower(), "txt"), data), path=os.path.realpath(path))


def decode(name: str, format: str, data: bytes) -> Source:
    """Read the bytes of one file; `format` is what its name says it is. See `read_source` for the errors."""
    try:
        found = sniff(format, data)
        reading = _reader(found)(data)
        text, encoding = repair(reading.text)
        text = normalise(text)
        check_amount(text)
        check_language(text)
    except Refused as error:
        raise SourceError(name, error.reason, error.remedy) from None
    except (MemoryError, RecursionError):
        raise SourceError(name, "needs more memory than there is (a damaged file?)", "save it again") from None
    digest = hashlib.sha256(data).hexdigest()
    return Source(name, found, digest, text, "", reading.pages, reading.set_aside, reading.encoding or encoding)


def _reader(format: str) -> Callable[[bytes], Reading]:
    """The reader of a format, its libraries imported only now."""
    module, function = _READERS[format].split(":")
    reader: Callable[[bytes], Reading] = getattr(import_module(module), function)
    return reader
