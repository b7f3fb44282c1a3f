"""The one file that knows pdfium. Run as a process of its own, with limits on memory and time: pdfium is C++, and a
hostile PDF must not take planqa with it.

    python -m corpus.formats.pdf_worker text     < FILE.pdf    pages as JSON (`pdf_layout.to_json`), or why not
    python -m corpus.formats.pdf_worker render N < FILE.pdf    page N (from 1) as a grey picture (PGM), 300 dots an inch
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.formats.draft import Refused
from corpus.formats.pdf_layout import lay_out, to_json
from corpus.formats.pdf_page import Glyph, Page, Rule, words_of
from corpus.limits import (
    MAX_CHARACTERS,
    MAX_PAGE_CHARACTERS,
    MAX_PAGE_OBJECTS,
    MAX_PAGES,
    PDF_MEMORY,
    PDF_SECONDS,
    PDF_SECONDS_PER_MEGABYTE,
)

DOTS_PER_INCH = 300
_MOST_DOTS = 40_000_000  # of one page; A3 has 17 million
_THIN = 3.0  # points: a filled rectangle thinner than this is a line
_PICTURE = 0.6  # of the page's area
_DAMAGED = "get the file again"


def main() -> None:
    """Serve one request; the answer is JSON or a picture on standard output."""
    command = sys.argv[1]
    data = sys.stdin.buffer.read()
    _limit(len(data))
    output = sys.stdout.buffer
    try:
        document = open_pdf(data)
        if command == "render":
            output.write(render(document, int(sys.argv[2])))
        else:
            output.write(json.dumps({"pages": list(pages(document))}).encode())
    except Refused as error:
        output.write(json.dumps({"refused": [error.reason, error.remedy]}).encode())
    except MemoryError:
        refused = [f"needs more than {PDF_MEMORY // 2**20} MB of memory", "print it to a new PDF"]
        output.write(json.dumps({"refused": refused}).encode())
    output.flush()


def open_pdf(data: bytes) -> pdfium.PdfDocument:
    """Open a PDF.

    Raises:
        Refused: encrypted, damaged, no pages, or too many.
    """
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", 0) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise Refused("locked with a password (an encrypted PDF)", "save it without a password") from None
        raise Refused("a damaged PDF (truncated?)", _DAMAGED) from None
    if not count:
        raise Refused("a PDF without pages (damaged?)", _DAMAGED)
    if count > MAX_PAGES:
        raise Refused(f"{count:,} pages; at most {MAX_PAGES:,} can be read", "split the file")
    return document


def pages(document: pdfium.PdfDocument) -> Iterator[dict[str, Any]]:
    """The pages laid out, one at a time.

    Raises:
        Refused: more text than a page, or a document, can hold.
    """
    total = 0
    for index in range(len(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError:
            raise Refused(f"page {index + 1} cannot be read (a damaged PDF?)", _DAMAGED) from None
        read = _page(page, index + 1)
        total += sum(len(word.text) + 1 for word in read.words)
        if total > MAX_CHARACTERS:
            raise Refused(f"more than {MAX_CHARACTERS:,} characters of text", "split the file")
        yield to_json(lay_out(read))
        page.close()


def render(document: pdfium.PdfDocument, number: int) -> bytes:
    """One page as a picture, smaller than 300 dots an inch when the page is huge."""
    page = document[number - 1]
    width, height = page.get_size()
    scale = min(DOTS_PER_INCH / 72, (_MOST_DOTS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    rows = memoryview(bitmap.buffer)
    lines = (bytes(rows[y * bitmap.stride : y * bitmap.stride + bitmap.width]) for y in range(bitmap.height))
    return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(lines)


def _page(page: pdfium.PdfPage, number: int) -> Page:
    width, height = page.get_size()
    turn = _Turn(page)
    rules: list[Rule] = []
    picture = 0.0
    for count, item in enumerate(page.get_objects((raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE), max_depth=5)):
        if count > MAX_PAGE_OBJECTS:
            break
        if item.type == raw.FPDF_PAGEOBJ_PATH:
            rules.extend(_rules(item, turn))
        else:
            left, bottom, right, top = item.get_bounds()
            picture += max(0.0, right - left) * max(0.0, top - bottom)
    text = page.get_textpage()
    words = words_of(_glyphs(text, turn, number))
    text.close()
    return Page(number, width, height, tuple(words), tuple(rules), picture > _PICTURE * width * height)


class _Turn:
    """From the page's own coordinates (y up, not rotated) to those of the page as it is shown (y down)."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.rotation = page.get_rotation()
        self.left, self.bottom, self.right, self.top = page.get_cropbox()

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom as shown (ISO 32000-1, 7.7.3.3: Rotate turns clockwise)."""
        if self.rotation == 90:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.rotation == 180:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        if self.rotation == 270:
            return self.top - top, self.right - right, self.top - bottom, self.right - left
        return left - self.left, self.top - top, right - self.left, self.top - bottom


def _glyphs(text: pdfium.PdfTextPage, turn: _Turn, number: int) -> Iterator[Glyph]:
    count = text.count_chars()
    if count > MAX_PAGE_CHARACTERS:
        raise Refused(f"page {number} holds {count:,} characters; at most {MAX_PAGE_CHARACTERS:,} expected", "split it")
    rectangle = raw.FS_RECTF()
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text.raw, index)
        if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            continue
        if not raw.FPDFText_GetLooseCharBox(text.raw, index, ctypes.byref(rectangle)):
            continue
        yield chr(code), *turn.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)


def _rules(item: pdfium.PdfObject, turn: _Turn) -> Iterator[Rule]:
    """The level and upright lines of a path: its straight pieces, or the long way of a thin rectangle."""
    matrix = item.get_matrix()
    container = item.container
    outer = container.get_matrix() if container else None
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(raw.FPDFPath_CountSegments(item.raw), 5_000)):
        segment = raw.FPDFPath_GetPathSegment(item.raw, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = matrix.on_point(x.value, y.value)
        point = outer.on_point(*point) if outer else point
        if kind == raw.FPDF_SEGMENT_LINETO and points:
            yield from _straight(points[-1], point, turn)
            points.append(point)
            if raw.FPDFPathSegment_GetClose(segment):
                yield from _straight(point, points[0], turn)
        else:
            points = [point]


def _straight(start: tuple[float, float], end: tuple[float, float], turn: _Turn) -> Iterator[Rule]:
    left, right = sorted((start[0], end[0]))
    bottom, top = sorted((start[1], end[1]))
    left, top, right, bottom = turn.box(left, bottom, right, top)
    if bottom - top <= 1.0 and right - left > _THIN:
        yield Rule(left, (top + bottom) / 2, right, (top + bottom) / 2)
    elif right - left <= 1.0 and bottom - top > _THIN:
        yield Rule((left + right) / 2, top, (left + right) / 2, bottom)


def _limit(size: int) -> None:
    """Bound memory and processor time, where the system can (POSIX)."""
    try:
        import resource
    except ImportError:
        return
    seconds = PDF_SECONDS + PDF_SECONDS_PER_MEGABYTE * size // 2**20
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (PDF_MEMORY, PDF_MEMORY))


if __name__ == "__main__":
    main()
