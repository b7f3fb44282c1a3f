"""A shipped plan's opening as a file of four formats, and damage done to such files."""

from __future__ import annotations

import io
import random
import re
import zipfile
from functools import cache
from html import escape
from importlib import resources

import docx
from pdf_writer import PdfWriter
from test_mutated_files import PIECES, mutated

FORMATS = ("txt", "html", "docx", "pdf")
LINES = 90
BIG = (b"99999999999999999999", b"-1", b"2147483648", b"1e309", b"0", b"\xd9\xa3\xd9\xa4")
TAGS = (b"<w:tbl><w:tr><w:tc>", b"<w:p><w:r>", b"<div>", b"<table><tr><td>", b"[", b"<<", b"<w:ins>", b"<ul><li>")


@cache
def lines() -> tuple[str, ...]:
    """The beginning of a plan that comes with planqa."""
    folder = resources.files("corpus").joinpath("plans")
    name = min(file.name for file in folder.iterdir() if file.name.endswith(".txt"))
    return tuple(folder.joinpath(name).read_text(encoding="utf-8").splitlines()[:LINES])


@cache
def whole(format: str) -> bytes:
    """The plan as a file that nobody has damaged."""
    if format == "txt":
        return "\n".join(lines()).encode()
    if format == "html":
        return f"<!DOCTYPE html><html><meta charset=utf-8><body>{''.join(map(_html, lines()))}</body></html>".encode()
    if format == "docx":
        document, stream = docx.Document(), io.BytesIO()
        for line in lines():
            cells = _cells(line)
            if cells:
                row = document.add_table(1, len(cells)).rows[0]
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
            else:
                document.add_paragraph(line)
        document.save(stream)
        return stream.getvalue()
    pdf, y = PdfWriter(), 60.0
    for line in lines():
        y = pdf.paragraph(70, y, line, 62)
        if y > 700:
            pdf.page()
            y = 60.0
    return pdf.bytes()


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("| ").split("|")] if line.count("|") > 1 else []


def _html(line: str) -> str:
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in _cells(line))
    return f"<table><tr>{cells}</tr></table>" if cells else f"<p>{escape(line)}</p>"


def damaged(format: str, chance: random.Random) -> bytes:
    """The file with one kind of damage that `chance` chooses; of a package mostly within its parts."""
    data = whole(format)
    if format == "docx" and chance.random() < 0.8:
        return _package(data, chance)
    return _damage(data, chance)


def _damage(data: bytes, chance: random.Random) -> bytes:
    match chance.randrange(6):
        case 0:
            return mutated(data, chance)
        case 1:
            return data[: chance.randrange(len(data))]
        case 2:  # another file, or itself, in its middle
            other, at = whole(chance.choice(FORMATS)), chance.randrange(len(data))
            start = chance.randrange(len(other))
            return data[:at] + other[start : start + chance.randrange(1, 20_000)] + data[at:]
        case 3:  # a number grown beyond all bounds
            numbers = list(re.finditer(rb"\d+", data))
            for found in sorted(chance.sample(numbers, min(len(numbers), 5)), key=lambda m: -m.start()):
                data = data[: found.start()] + chance.choice(BIG) + data[found.end() :]
            return data
        case 4:
            at = chance.randrange(len(data))
            return data[:at] + chance.choice(TAGS) * chance.choice((10, 300, 20_000)) + data[at:]
        case _:
            flipped = bytearray(data)
            for _ in range(chance.randint(1, 200)):
                flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
            at = chance.randrange(len(flipped))
            return bytes(flipped[:at] + chance.choice(PIECES) + flipped[at:])


def _package(data: bytes, chance: random.Random) -> bytes:
    """A whole ZIP whose parts are damaged, exchanged, doubled, left out, or blown up."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = [(entry.filename, old.read(entry)) for entry in old.infolist()]
    at, other = chance.sample(range(len(parts)), 2)
    text = next(place for place, (name, _) in enumerate(parts) if name == "word/document.xml")
    name, content = parts[at]
    match chance.randrange(7):
        case 0 | 1:
            parts[text] = (parts[text][0], _damage(parts[text][1], chance))
        case 2:
            parts[at] = (name, _damage(content, chance))
        case 3:
            parts[at], parts[other] = (name, parts[other][1]), (parts[other][0], content)
        case 4:
            del parts[at]
        case 5:
            parts[at] = (chance.choice(("../../x.xml", "/etc/x", "word/document.xml", "a\\b", "x" * 60_000)), content)
        case _:
            parts[at] = (name, content + bytes(chance.choice((10**5, 10**7))))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as new:
        for place, (name, content) in enumerate(parts):
            if any(name == before for before, _ in parts[:place]):
                new.filelist.append(new.filelist[0])  # told twice in the directory
            else:
                new.writestr(name, content)
    return stream.getvalue()
