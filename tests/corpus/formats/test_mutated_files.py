"""Hundreds of damaged files of every format: read, or refused by name; never a traceback, never long."""

from __future__ import annotations

import io
import random
import time
import zipfile

import made_up_plan as plan
import pytest

from corpus.errors import SourceError
from corpus.formats import legacy
from corpus.source import decode

TEXT = plan.as_text()
FILES = {
    "txt": TEXT.encode(),
    "utf16.txt": TEXT.encode("utf-16"),
    "vni.txt": legacy.encode(TEXT, "VNI").encode("cp1252", "ignore"),
    "html": plan.as_html(),
    "docx": plan.as_docx(),
    "pdf": plan.as_pdf(),
}
COUNTS = {"pdf": 25}  # each starts a process
PIECES = (
    *(b"\x00", b"\xff\xfe", b"<", b">", b"&#xD800;", b"|", b"<table><tr><td rowspan=9999 colspan=9999>", b"\f", b"%"),
    *(b"endobj", b"<!DOCTYPE x [", b"\xe2\x80\xae", b"<w:tbl>", b"9999999999", b"-1", b"\n" * 50, b"</w:p>"),
)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to eight places changed, cut out, doubled or cut off."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(changed) or 1)
        match chance.randrange(6):
            case 0:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[at : at + chance.randint(1, 200)]
            case 2:
                changed[at:at] = changed[at : at + chance.randint(1, 500)]
            case 3:
                changed[at:at] = chance.choice(PIECES)
            case 4:
                changed[at : at + 4] = chance.randbytes(4)
            case _:
                if chance.random() < 0.2:
                    del changed[at:]
    return bytes(changed)


def mutated_docx(data: bytes, chance: random.Random) -> bytes:
    """A package, whole as a ZIP, one of whose parts is damaged."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as new:
        names = ["word/document.xml", "word/numbering.xml", "word/styles.xml", "_rels/.rels"]
        target = chance.choice(names)
        for entry in old.infolist():
            part = old.read(entry)
            new.writestr(entry.filename, mutated(part, chance) if entry.filename == target else part)
    return stream.getvalue()


@pytest.mark.parametrize("name", sorted(FILES))
def test_damaged_files(name: str) -> None:
    chance = random.Random(name)
    format = name.split(".")[-1]
    for index in range(COUNTS.get(format, 150)):
        data = FILES[name]
        damaged = mutated_docx(data, chance) if format == "docx" and index % 2 else mutated(data, chance)
        start = time.monotonic()
        try:
            source = decode(f"damaged.{format}", format, damaged)
        except SourceError as error:
            assert "\n" not in str(error)
        else:
            assert all(1 <= line <= source.text.count("\n") + 1 for line, _ in source.pages)
        assert time.monotonic() - start < 5


@pytest.mark.parametrize("format", ["txt", "md", "html", "docx", "pdf"])
def test_noise(format: str) -> None:
    chance = random.Random(format)
    heads = (b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html><body>", b"\xff\xfe", b"\xef\xbb\xbf")
    for index in range(60):
        data = heads[index % (1 if format == "pdf" else len(heads))] + chance.randbytes(chance.randrange(1, 3000))
        if data.startswith(b"%PDF"):
            continue  # covered above, a process each
        with pytest.raises(SourceError):
            decode(f"noise.{format}", format, data)
