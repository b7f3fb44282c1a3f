"""Files made to hurt: each is refused by name, in one line, before it costs memory or time, apart from this process."""

from __future__ import annotations

import io
import random
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "formats"))

import made_up_plan as plan

from corpus.errors import SourceError
from corpus.sandbox import read_apart
from corpus.source import decode

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha" * 10}">' for n in range(10))
DOCUMENT = f"<w:document {W}><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>"
HTML = f"<body><p>{plan.DUTY}</p></body></html>"


def package(parts: dict[str, bytes], level: int = 9) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def replaced(name: str, data: bytes, level: int = 9) -> bytes:
    """A good DOCX with one part exchanged or added."""
    with zipfile.ZipFile(io.BytesIO(plan.as_docx())) as archive:
        return package({entry: archive.read(entry) for entry in archive.namelist()} | {name: data}, level)


def lying(data: bytes) -> bytes:
    """A DOCX whose directory declares 1,000 bytes for a document of 80 million."""
    large = package({"[Content_Types].xml": b"<Types/>", "word/document.xml": data})
    size = struct.pack("<I", len(data))
    return large.replace(size, struct.pack("<I", 1000))


def nested(depth: int) -> bytes:
    data = bytes(10**6)
    for _ in range(depth):
        data = package({f"{n}.zip": data for n in range(10)})
    return data


def pdf_bomb() -> bytes:
    """A PDF whose one page unpacks to 200 MB of drawing commands."""
    packer, packed = zlib.compressobj(9), bytearray()
    for _ in range(200):
        packed += packer.compress(b"0 0 m 1 1 l S\n" * 75_000)
    packed += packer.flush()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), bytes(packed)),
    ]
    body = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return body + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"


def wide() -> bytes:
    """Empty paragraphs with identifiers that pack badly enough to pass for a document."""
    numbers = random.Random(7)
    paragraphs = "".join(f'<w:p w:i="{numbers.getrandbits(12):x}"/>' for _ in range(1_100_000))
    return f"<w:document {W}>{paragraphs}</w:document>".encode()


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "laughs.docx": (
        lambda: replaced("word/document.xml", f"<!DOCTYPE x [{LAUGHS}]>{DOCUMENT}".encode()),
        "declares a DTD or entities",
    ),
    "laughs-in-styles.docx": (
        lambda: replaced("word/styles.xml", f"<!DOCTYPE x [{LAUGHS}]><w:styles {W}>&a9;</w:styles>".encode()),
        "declares a DTD or entities",
    ),
    "laughs-utf16.docx": (
        lambda: replaced("word/document.xml", f"<!DOCTYPE x [{LAUGHS}]>{DOCUMENT}".encode("utf-16")),
        "declares a DTD or entities",
    ),
    "laughs-ebcdic.docx": (
        lambda: replaced("word/document.xml", f"<!DOCTYPE x [{LAUGHS}]>{DOCUMENT}".encode("cp037")),
        "no XML in UTF-8 or UTF-16",
    ),
    "file.docx": (
        lambda: replaced(
            "word/document.xml", f'<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>{DOCUMENT}'.encode()
        ),
        "declares a DTD or entities",
    ),
    "dtd-elsewhere.docx": (
        lambda: replaced("_rels/.rels", b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><Relationships/>'),
        "declares a DTD or entities",
    ),
    "laughs.html": (
        lambda: f"<!DOCTYPE html [{LAUGHS}]><html>{HTML}".encode(),
        "declares a DTD or entities",
    ),
    "laughs.xhtml": (
        lambda: f'<?xml version="1.0"?><!DOCTYPE html [{LAUGHS}]><html>{HTML}'.encode(),
        "declares a DTD or entities",
    ),
    "entity.htm": (lambda: f'<html><!entity a "b">{HTML}'.encode(), "declares a DTD or entities"),
    "laughs.xml": (lambda: f'<?xml version="1.0"?><!DOCTYPE x [{LAUGHS}]><x>&a9;</x>'.encode(), "an XML file"),
    "zeros.docx": (
        lambda: replaced("word/media/image1.png", bytes(40 * 2**20)),
        "packed more than 200 times smaller",
    ),
    "large.docx": (
        lambda: replaced("word/document.xml", b"<a>" + bytes(range(32, 127)) * 600_000),
        "packed more than 200 times smaller|unpacks to more than",
    ),
    "lying.docx": (lambda: lying(b"<a>" + b"x" * 80_000_000), "cannot be unpacked|unpacks to more|damaged ZIP"),
    "many.docx": (lambda: package({f"{n}.xml": b"" for n in range(6000)}), "a package of 6,000 files"),
    "nested.zip": (lambda: nested(3), "a ZIP archive without a Word document"),
    "nested.docx": (lambda: package({"word/inner.docx": nested(2)}), "a ZIP archive without a Word document"),
    "deep.docx": (
        lambda: replaced(
            "word/document.xml", f"<w:document {W}>{'<w:p>' * 9000}{'</w:p>' * 9000}</w:document>".encode()
        ),
        "nested too deep|not well-formed",
    ),
    "wide.docx": (
        lambda: replaced("word/document.xml", wide(), 1),
        "holds 1,100,002 tags",
    ),
    "deep.html": (lambda: b"<html><body>" + b"<div>" * 100_000, "nested too deep"),
    "wide.html": (lambda: b"<html><body>" + b"<b>x</b>" * 300_000, "600,002 tags"),
    "span.html": (
        lambda: b"<html><body><table>" + b'<tr><td colspan="99999999" rowspan="65000">x' * 3000 + b"</table>",
        "cells|official document|Vietnamese",
    ),
    "long.txt": (lambda: "Sở Nội vụ ".encode() * 1_100_000, "at most 10,000,000 can be read"),
    "bars.txt": (lambda: b"|" * 300_000, "tables of 300,000 cells"),
    "paths.pdf": (pdf_bomb, "damaged|no text|scan|within|memory"),
    "loop.pdf": (
        lambda: (
            b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 999999999>>endobj\ntrailer<</Root 1 0 R>>"
        ),
        "damaged|without pages|pages",
    ),
}


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_a_bomb_is_refused_by_name(name: str) -> None:
    """By the readers themselves, so that a command that reads in its own process is safe as well."""
    make, said = BOMBS[name]
    data = make()
    begun = time.monotonic()
    with pytest.raises(SourceError, match=said) as error:
        decode(name, name.rpartition(".")[2], data)
    assert time.monotonic() - begun < 60  # alone: 2; what matters is that it ends
    assert str(error.value).startswith(f"{name}: ") and "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["laughs.docx", "zeros.docx", "nested.zip", "laughs.html"])
def test_a_bomb_is_refused_apart(name: str, tmp_path: Path) -> None:
    make, said = BOMBS[name]
    (tmp_path / name).write_bytes(make())
    with pytest.raises(SourceError, match=said):
        read_apart(tmp_path / name)


def test_a_usual_doctype_is_no_bomb() -> None:
    page = plan.as_html()
    known = b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1.dtd">'
    whole = page if page.lower().startswith(b"<!doctype") else known + page
    assert plan.DUTY in " ".join(decode("a.html", "html", whole.replace(b"<!DOCTYPE html>", known)).text.split())
