"""What a file is, told by its content: its name may be wrong."""

from __future__ import annotations

import re

from corpus.formats.draft import Refused
from corpus.formats.text import marked

# First bytes of what cannot be read, and what to do about it.
_AS_DOCX = "open it in Word or LibreOffice and save it as .docx or .pdf"
_PHOTO = "put the pages into one PDF; its text is then recognised"
_UNPACK = "unpack it and give the documents inside"
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "an RTF document", _AS_DOCX),
    (b"\xff\xd8\xff", "a photo (JPEG)", _PHOTO),
    (b"\x89PNG\r\n", "a picture (PNG)", _PHOTO),
    (b"GIF8", "a picture (GIF)", _PHOTO),
    (b"BM", "a picture (BMP)", _PHOTO),
    (b"II*\x00", "a picture (TIFF)", _PHOTO),
    (b"MM\x00*", "a picture (TIFF)", _PHOTO),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"7z\xbc\xaf", "a 7-Zip archive", _UNPACK),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"\x7fELF", "a program", "give a document"),
    (b"MZ", "a program", "give a document"),
    (b"SQLite format 3\x00", "a database", "give a document"),
)
_TEXTUAL = (b"BM", b"MZ")  # could begin a text as well; then no zero byte follows
_HTML = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|div|table|p|span)\b",
    re.IGNORECASE | re.DOTALL,
)
_ANYWHERE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_MHTML = re.compile(rb"^(?:From: <Saved by|MIME-Version: 1\.0|Content-Type: multipart/related)", re.IGNORECASE)
_XML = re.compile(r"^\s*<\?xml\b", re.IGNORECASE)


def sniff(hint: str, data: bytes) -> str:
    """The format of the bytes: "pdf", "docx", "html", or "md" or "txt" as the file's name hints.

    Raises:
        Refused: the file is empty, or of a kind that cannot be read.
    """
    if not data.strip(b" \t\r\n\f\v\x00\xef\xbb\xbf"):
        raise Refused("the file is empty", "give a file with the text of the document")
    head = data[:4096]
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    if data.startswith((b"PK\x05\x06", b"PK\x07\x08")):
        raise Refused("an empty or divided ZIP archive", _UNPACK)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise _ole(data)
    if (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or data[4:12] in (b"ftypheic", b"ftypmif1", b"ftypavif"):
        raise Refused("a photo", _PHOTO)
    for magic, kind, remedy in _REFUSED:
        if data.startswith(magic) and (magic not in _TEXTUAL or b"\x00" in head):
            raise Refused(kind, remedy)
    if _MHTML.match(data):
        raise Refused("a web page saved as MHTML", "save the page as HTML only")
    if hint in ("pdf", "docx") and b"\x00" in head and not marked(data):
        raise Refused(f"not a {hint.upper()} (its first bytes are not one's; damaged?)", "get the file again")
    return _text(hint, data)


def _text(hint: str, data: bytes) -> str:
    head = data[:4096].decode(marked(data) or "latin-1", errors="replace").lstrip("\ufeff\u00ef\u00bb\u00bf")
    begins = _HTML.match(head) and (hint != "md" or _ANYWHERE.search(head))  # Markdown may begin with a <div>
    if _XML.match(head) and not _ANYWHERE.search(head):
        raise Refused("an XML file", "give the document as text, HTML, DOCX or PDF")
    if begins or _XML.match(head) or (hint == "html" and "<" in head):
        return "html"
    return "md" if hint == "md" else "txt"


def _ole(data: bytes) -> Refused:
    """What a compound file holds, by the names in its directory ([MS-CFB] 2.6: UTF-16)."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Refused("locked with a password (an encrypted Office file)", "save it without a password")
    if "WordDocument".encode("utf-16-le") in data:
        return Refused("a Word 97-2003 document (.doc)", _AS_DOCX)
    return Refused("an old Office file", _AS_DOCX)
