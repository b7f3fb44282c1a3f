"""HTML: a page saved from a portal, without the portal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.formats.draft import Draft, Reading, Refused
from corpus.formats.grid import Cell, fill, is_layout
from corpus.formats.html_main import main_content, property_lines
from corpus.formats.legacy import by_font, decode
from corpus.formats.markup import Element, html_root
from corpus.formats.numerals import show
from corpus.formats.text import decode_text, marked, western
from corpus.limits import MAX_CELLS, MAX_COLUMNS, MAX_DEPTH
from corpus.vietnamese import squeeze

_CHARSET = re.compile(rb"""<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)
_UTF16 = {"utf-16", "utf-16le", "utf-16be"}  # in a meta element they mean UTF-8 (WHATWG HTML, 13.2.3.2)
_LIST_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_WESTERN = {"iso-8859-1", "latin1", "windows-1252", "us-ascii", "ascii", "windows-1258", "x-user-defined", "tcvn"}
_UNSHOWN = frozenset(
    "script style noscript template button select option textarea iframe object embed svg math canvas audio video head"
    " title link meta input img map area".split()
)
_AROUND = _UNSHOWN | {"nav", "footer", "aside", "dialog"}  # <form> is not among them: ASP.NET puts all in one
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr"
    " ul".split()
)


def read_html(data: bytes) -> Reading:
    """The document of a saved page; the portal's own lines about it (number, date, issuer) come first.

    Raises:
        Refused: an unknown charset, no text, elements nested too deep, a table beyond the limits.
    """
    root = html_root(_decode(data))
    dropped = _AROUND
    main, signs = main_content(root, dropped)
    if not signs:  # an element that was never closed may hold the document
        dropped = _UNSHOWN
        main, _ = main_content(root, dropped)
    writer = _Writer(dropped)
    for line in property_lines(root, main, dropped):
        writer.draft.line(line)
    writer.element(main, 0)
    writer.flush()
    reading = writer.draft.reading()
    if not reading.text.strip():
        raise Refused("no text in the page", "save the page again with its content")
    return reading


def _decode(data: bytes) -> str:
    """The page as text: byte order mark, meta element, UTF-8, or an encoding from before Unicode."""
    found = _CHARSET.search(data[:8192])
    name = found[1].decode("ascii").lower() if found else ""
    if marked(data) or not name or name in ("utf-8", "utf8") or name in _UTF16:
        if name in ("utf-8", "utf8") and not marked(data):
            return data.decode("utf-8", errors="replace")
        return decode_text(data)[0]
    if name not in _WESTERN and not name.startswith(("x-viet", "tcvn")):
        raise Refused(f'charset "{name}" is none of Vietnamese text', "save the page as UTF-8")
    try:
        return data.decode("utf-8")  # the declaration is often wrong; Western text is hardly ever valid UTF-8
    except UnicodeDecodeError:
        return western(data)  # `corpus.source` recognises TCVN3, VNI and Windows-1258 in it


class _Writer:
    """Walks elements, gathers the text of each paragraph, writes it when the paragraph ends."""

    def __init__(self, dropped: frozenset[str]) -> None:
        self._dropped = dropped
        self.draft = Draft()
        self._text: list[str] = []
        self._counts: dict[Element, int] = {}  # list -> number of its last item

    def flush(self) -> None:
        """End the paragraph."""
        text = "".join(self._text)
        self._text.clear()
        self.draft.paragraph(text)

    def element(self, element: Element, depth: int) -> None:
        """Write an element and what is in it."""
        tag = element.tag
        if not isinstance(tag, str) or tag in self._dropped:
            return
        if depth > MAX_DEPTH:
            raise Refused("elements nested too deep", "save the page again, as HTML only")
        if tag == "br":
            self._text.append("\n")
            return
        if tag == "table":
            self.flush()
            self._table(element, depth)
            return
        block = tag in _BLOCKS
        if block:
            if not (tag == "p" and self._only_marker()):
                self.flush()
            if tag == "li":
                self._text.append(self._marker(element))
        self._content(element, depth, pre=tag == "pre")
        if block:
            self.flush()

    def _content(self, element: Element, depth: int, pre: bool) -> None:
        encoding = by_font(element.get("face") or "") if element.tag == "font" else ""
        self._add(element.text, pre, encoding)
        for child in element:
            self.element(child, depth + 1)
            self._add(child.tail, pre, encoding)

    def _add(self, text: str | None, pre: bool, encoding: str = "") -> None:
        """White space is one space, as browsers show it; line breaks count in <pre> only (CSS Text, 4.1)."""
        if not text:
            return
        shown = text if pre else re.sub(r"[ \t\r\n\f]+", " ", text)
        self._text.append(decode(shown, encoding) if encoding else shown)

    def _marker(self, item: Element) -> str:
        """The marker a browser prints before a list item: "2. ", "b. ", "iv. " or "- "."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return "- "
        count = self._counts[parent] + 1 if parent in self._counts else _integer(parent.get("start"), 1)
        self._counts[parent] = number = _integer(item.get("value"), count)
        return show(number, _LIST_TYPES.get(parent.get("type") or "1", "decimal")) + ". "

    def _only_marker(self) -> bool:
        """Whether a list item's marker waits for its first paragraph: <li><p>."""
        return len(self._text) == 1 and self._text[0].endswith(" ") and self._text[0].strip() != ""

    def _table(self, table: Element, depth: int) -> None:
        places: list[list[Element]] = []
        count = 0
        for row in _own_rows(table):
            cells = [child for child in row if child.tag in ("td", "th")]
            count += len(cells)
            if count > MAX_CELLS:
                raise Refused(f"a table of more than {MAX_CELLS:,} cells", "split the table, or leave it out")
            places.append(cells)
        nested = next(table.iterdescendants("table"), None) is not None
        rows = [] if nested else [[self._cell(cell, depth) for cell in cells] for cells in places]
        if rows and not is_layout(rows):
            self.draft.table(fill(rows))
            return
        for cell in (cell for cells in places for cell in cells):
            self._content(cell, depth + 1, pre=False)
            self.flush()

    def _cell(self, cell: Element, depth: int) -> Cell:
        inner = _Writer(self._dropped)
        inner._content(cell, depth + 1, pre=False)
        inner.flush()
        return Cell(inner.draft.reading().text.strip(), _span(cell, "rowspan"), _span(cell, "colspan"))


def _own_rows(table: Element) -> Iterator[Element]:
    """The table's rows, not those of tables inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _span(cell: Element, name: str) -> int:
    """rowspan or colspan, held to what the table can hold (WHATWG HTML, 4.9.11)."""
    value = squeeze(cell.get(name) or "1")
    limit = MAX_COLUMNS if name == "colspan" else 65_534
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 1
    return limit if number == 0 and name == "rowspan" else max(1, min(number, limit))


def _integer(text: str | None, default: int) -> int:
    value = (text or "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else default
