"""Fifteen more files made to hurt, beside the 25 of tests/corpus/test_sandbox_bombs.py: each ends in time, apart.

Some of them hold a text that reads as a plan, and then become a document; most are refused by name.
"""

from __future__ import annotations

import gzip
import io
import time
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import made_up_plan as plan
import pytest
from pdf_writer import assemble, stream
from test_sandbox_bombs import BOMBS, W, replaced

from corpus.errors import SourceError
from corpus.sandbox import Limits, read_apart
from corpus.source import decode

LIMITS = Limits(seconds=20, seconds_per_megabyte=0)
TEXT = plan.as_text()


def doubled() -> bytes:
    """A DOCX whose directory tells of its document a thousand times."""
    buffer = io.BytesIO(plan.as_docx())
    with zipfile.ZipFile(buffer, "a") as archive:
        entry = archive.getinfo("word/document.xml")
        archive.filelist += [entry] * 1_000
        archive._didModify = True  # type: ignore[attr-defined]
    return buffer.getvalue()


def two_documents() -> bytes:
    buffer = io.BytesIO(plan.as_docx())
    with zipfile.ZipFile(buffer, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body/></w:document>")
    return buffer.getvalue()


def body(inner: str) -> bytes:
    return replaced("word/document.xml", f"<w:document {W}><w:body>{inner}</w:body></w:document>".encode())


def pdf(pages: bytes, *more: bytes) -> bytes:
    return assemble([b"<< /Type /Catalog /Pages 2 0 R >>", pages, *more])


def filters_on_filters() -> bytes:
    """A page whose commands are packed nine times over, each time a thousand times smaller."""
    data = b"0 0 m 1 1 l S\n" * 3_000_000
    for _ in range(9):
        data = zlib.compress(data, 9)
    extra = " ".join(["/FlateDecode"] * 9)
    whole = b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (len(data), extra.encode(), data)
    return pdf(
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        whole,
    )


def many_pages() -> bytes:
    kids = b"3 0 R " * 200_000
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    return pdf(b"<< /Type /Pages /Kids [%s] /Count 200000 >>" % kids, page)


def vast_page() -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1e9 1e9] /UserUnit 1e9 /Contents 4 0 R >>"
    return pdf(b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream(b"0 0 1e9 1e9 re f"))


MORE: dict[str, Callable[[], bytes]] = {
    "doubled.docx": doubled,
    "two-documents.docx": two_documents,
    "tables-in-tables.docx": lambda: body("<w:tbl><w:tr><w:tc>" * 60 + "</w:tc></w:tr></w:tbl>" * 60),
    "spans.docx": lambda: body(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>' * 500
    ),
    "levels.docx": lambda: body(
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="999999999"/><w:numId w:val="-9999999999999999"/></w:numPr></w:pPr></w:p>'
        * 900
    ),
    "packed.txt": lambda: gzip.compress(bytes(50_000_000)),
    "comment.html": lambda: b"<html><body><!--" + b"-" * 9_000_000,
    "attributes.html": lambda: b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(400_000)) + b">x",
    "characters.html": lambda: b"<html><body><p>" + b"&#x110000;&#xD800;&#0;" * 30_000,
    "marks.txt": lambda: (TEXT + "a" + "\u0323\u0301" * 2_000_000).encode(),
    "numbers.txt": lambda: (TEXT + "1." * 300_000).encode(),
    "points.txt": lambda: (TEXT + "\n" + "a) Điều 1. khoản 1 Điều 1 Điều lệ, " * 12_000).encode(),
    "filters.pdf": filters_on_filters,
    "many-pages.pdf": many_pages,
    "vast.pdf": vast_page,
}


def test_there_are_forty() -> None:
    assert len(BOMBS) + len(MORE) == 40


@pytest.mark.parametrize("name", sorted(MORE))
def test_a_bomb_ends_as_a_document_or_an_error(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(MORE[name]())
    begun = time.monotonic()
    try:
        read_apart(tmp_path / name, limits=LIMITS)
    except SourceError as error:
        assert str(error).startswith(f"{name}: ") and "\n" not in str(error)
    assert time.monotonic() - begun < LIMITS.seconds + 5


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("marks.txt", "more than 64 marks on one letter"),
        ("attributes.html", "more than 2,000 attributes of one element"),
        ("packed.txt", "archive|compressed|binary"),
    ],
)
def test_what_would_take_long_is_refused_at_once(name: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        decode(name, name.rpartition(".")[2], MORE[name]())
