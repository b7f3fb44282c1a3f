"""How much one source file may hold; beyond this it is refused by name, before it costs memory or time.

The largest real plan known (a provincial development plan with its appendices) has 1.6 million characters on 480 pages;
the limits leave room for several times that, and keep what a hostile file can cost within seconds and 500 MB.
"""

from __future__ import annotations

MAX_BYTES = 64 * 1024 * 1024
"""Of the file as it lies on disk."""

MAX_CHARACTERS = 10_000_000
"""Of the text read from one file."""

MAX_MARKS = 64
"""On one letter: putting them in order takes time that grows with their square; no language has more than a few."""

MAX_CELLS = 200_000
"""Of one table, after merged cells were filled; the largest real appendix has about 6,000."""

MAX_COLUMNS = 200
"""Of one table."""

MAX_PAGES = 1_000
"""Of a PDF."""

MAX_PAGE_CHARACTERS = 60_000
"""Of one page of a PDF: ten times a page of the smallest print."""

MAX_PAGE_OBJECTS = 60_000
"""Of one page of a PDF: drawn objects that are looked at for the lines of tables."""

MAX_OCR_PAGES = 300
"""Pages without text that are recognised; a page takes 2 to 10 seconds of one core."""

OCR_SECONDS = 90
"""For the recognition of one page."""

PDF_SECONDS = 20
PDF_SECONDS_PER_MEGABYTE = 10
"""Of a PDF's worker process, wall clock; a page of text takes about 10 ms."""

PDF_MEMORY = 450 * 1024 * 1024
"""Of a PDF's worker process."""

MAX_PARTS = 5_000
"""Files inside a DOCX package."""

MAX_PART_BYTES = 48 * 1024 * 1024
"""Of one XML part of a DOCX, unpacked."""

MAX_PACKAGE_BYTES = 512 * 1024 * 1024
"""Of a DOCX package, unpacked, as its directory declares it (pictures included)."""

MAX_RATIO, RATIO_BYTES = 200, 4 * 1024 * 1024
"""A part larger than RATIO_BYTES that is packed more than MAX_RATIO times smaller is a bomb; XML packs 10 to 60."""

MAX_HTML_ELEMENTS, MAX_XML_ELEMENTS = 400_000, 1_000_000
"""Tags, start and end, of a page and of one part of a DOCX; an element costs some 200 bytes of memory."""

MAX_ATTRIBUTES = 2_000
"""Of one HTML element: each is compared with all before it."""

MAX_DEPTH = 200
"""Elements within elements, of HTML and DOCX."""
