"""PDFs written by hand, byte by byte: text in any script without a font file, and ruled tables (ISO 32000-1).

The font is named but not embedded; its ToUnicode map says which letter each code is, and every letter is half as wide
as it is high. Coordinates are points from the upper left corner of an A4 page.
"""

from __future__ import annotations

import textwrap
import zlib
from collections.abc import Sequence

WIDTH, HEIGHT = 595, 842
_SIZE, _PITCH = 12.0, 18.0


class PdfWriter:
    """Pages of text and lines."""

    def __init__(self, rotation: int = 0) -> None:
        self._pages: list[list[str]] = [[]]
        self._codes: dict[str, int] = {}
        self._rotation = rotation

    def page(self) -> None:
        """Begin the next page."""
        self._pages.append([])

    def text(self, x: float, y: float, text: str, size: float = _SIZE) -> None:
        """One line of text, its baseline at y."""
        codes = "".join(f"{self._codes.setdefault(letter, len(self._codes) + 1):04X}" for letter in text)
        self._pages[-1].append(f"BT /F1 {size} Tf 1 0 0 1 {x:.1f} {HEIGHT - y:.1f} Tm <{codes}> Tj ET")

    def paragraph(self, x: float, y: float, text: str, characters: int) -> float:
        """Text wrapped by hand; returns where the next paragraph begins."""
        for line in textwrap.wrap(text, characters):
            self.text(x, y, line)
            y += _PITCH
        return y + 8

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A ruled line."""
        self._pages[-1].append(f"{x0:.1f} {HEIGHT - y0:.1f} m {x1:.1f} {HEIGHT - y1:.1f} l S")

    def row(self, edges: Sequence[float], y: float, cells: Sequence[str], open_below: Sequence[int] = ()) -> float:
        """A row of ruled cells; those named in `open_below` go on in the next row. Returns its lower edge."""
        wrapped = [
            textwrap.wrap(cell, max(4, int((right - left - 6) / 4.5)))
            for cell, left, right in zip(cells, edges, edges[1:], strict=False)
        ]
        bottom = y + 12 * max(map(len, wrapped)) + 6
        for column, lines in enumerate(wrapped):
            for index, text in enumerate(lines):
                self.text(edges[column] + 3, y + 11 + 12 * index, text, 9)
            self.line(edges[column], y, edges[column + 1], y) if not self._open(column) else None
            if column not in open_below:
                self.line(edges[column], bottom, edges[column + 1], bottom)
        for edge in edges:
            self.line(edge, y, edge, bottom)
        self._opened = tuple(open_below)
        return bottom

    def _open(self, column: int) -> bool:
        return column in getattr(self, "_opened", ())

    def bytes(self) -> bytes:
        """The file."""
        count = len(self._pages)
        kids = " ".join(f"{6 + 2 * index} 0 R" for index in range(count))
        objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
            b"<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H /DescendantFonts [4 0 R]"
            b" /ToUnicode 5 0 R >>",
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /DW 500 /CIDSystemInfo << /Registry (Adobe)"
            b" /Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /Made /Flags 4"
            b" /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >> >>",
            stream(self._to_unicode()),
        ]
        for index, page in enumerate(self._pages):
            rotate = f" /Rotate {self._rotation}" if self._rotation else ""
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}]{rotate} /Contents {7 + 2 * index} 0 R"
                " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
            )
            objects.append(stream("\n".join(page).encode()))
        return assemble(objects)

    def _to_unicode(self) -> bytes:
        maps = "\n".join(
            f"1 beginbfchar <{code:04X}> <{letter.encode('utf-16-be').hex()}> endbfchar"
            for letter, code in self._codes.items()
        )
        return (
            "/CIDInit /ProcSet findresource begin begincmap\n"
            f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{maps}\nendcmap end"
        ).encode()


def stream(data: bytes, extra: str = "") -> bytes:
    """A compressed stream object."""
    packed = zlib.compress(data)
    return f"<< /Length {len(packed)} /Filter /FlateDecode {extra}>>\nstream\n".encode() + packed + b"\nendstream"


def assemble(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """A file of these objects, numbered from 1, the first one its catalogue."""
    data = b"%PDF-1.7\n"
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{at:010} 00000 n \n" for at in places)
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer}>>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + (table + end).encode()
