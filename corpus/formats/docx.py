"""DOCX: paragraphs with their automatic numbers, tables with their merged cells, as Word shows them.

Tracked changes are read as accepted: insertions stay, deletions go. Headers, footers and hidden text are no part of the
text; text boxes follow the paragraph they are anchored to; footnotes are set aside. WordprocessingML: ECMA-376 part 1,
clause 17.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from corpus.formats.docx_numbering import Numbering
from corpus.formats.docx_styles import Style, Styles, W, flag, font_of, numbering_of, transitional, value
from corpus.formats.docx_tables import TableReader
from corpus.formats.draft import Draft, Reading, Refused
from corpus.formats.grid import write
from corpus.formats.legacy import by_font, decode
from corpus.formats.markup import Element, iterate_xml, parse_xml
from corpus.formats.package import Package
from corpus.limits import MAX_CELLS

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNREAD = ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sdtPr", "fldData")
_LEFT_OUT = frozenset((_FALLBACK, *(f"{W}{name}" for name in _UNREAD)))
_TEXT, _BREAK, _PAGE, _BOX = f"{W}t", f"{W}br", f"{W}lastRenderedPageBreak", f"{W}txbxContent"
_SIGNS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def read_docx(data: bytes) -> Reading:
    """The document's text; pages are those of Word's last layout, where the file keeps them.

    Raises:
        Refused: damaged, locked, hostile (ZIP bomb, DTD, entities), no text, or a table beyond the limits.
    """
    package = Package(data)
    return _Reader(package).read()


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(self._related("/styles"))
        self._numbering = Numbering(self._related("/numbering"))
        self._draft = Draft()
        self._page = 1
        self._tables = TableReader(self._paragraph, lambda: self._page)

    def read(self) -> Reading:
        name = self._package.document
        data = transitional(self._package.read(name))
        cells = 0
        depth = 0  # of blocks: tables and paragraphs inside a block are written with it
        paged = b"lastRenderedPageBreak" in data
        if paged:
            self._draft.page(1)
        for event, element in iterate_xml(data, name):
            if element.tag == f"{W}tc" and event == "start":
                cells += 1
                if cells > MAX_CELLS:
                    raise Refused(f"tables of more than {MAX_CELLS:,} cells", "split the tables, or leave them out")
            if element.tag not in (f"{W}p", f"{W}tbl"):
                continue
            depth += 1 if event == "start" else -1
            if event == "end" and depth == 0:
                if not _deleted(element):
                    self._block(element)
                _forget(element)
        self._footnotes()
        reading = self._draft.reading()
        if not reading.text.strip():
            raise Refused("no text in the document (pictures of pages?)", "give the PDF of the pages")
        return reading

    def _related(self, ending: str) -> Element | None:
        name = self._package.related(ending)
        if not name or not self._package.has(name):
            return None
        return parse_xml(transitional(self._package.read(name)), name)

    def _block(self, element: Element) -> None:
        if element.tag == f"{W}tbl":
            self._table(element)
            return
        before = self._page
        text = self._paragraph(element)
        begins = self._page if element.find(f".//{_PAGE}") is not None and _breaks_first(element) else before
        if begins > 1:
            self._draft.page(begins)
        self._draft.paragraph(text)
        if self._page > 1:
            self._draft.page(self._page)

    def _paragraph(self, paragraph: Element) -> str:
        """The paragraph's marker and text, and behind them the text of its text boxes."""
        properties = paragraph.find(f"{W}pPr")
        chain = self._styles.chain(value(properties.find(f"{W}pStyle")) if properties is not None else "")
        chain = chain or self._styles.chain(self._styles.default)
        boxes: list[str] = []
        text = "".join(self._pieces(paragraph, chain, boxes)).strip()
        if text:
            marker = self._marker(properties, chain)
            text = f"{marker} {text}" if marker else text
        return "\n".join([text, *boxes])

    def _marker(self, properties: Element | None, chain: list[Style]) -> str:
        num_id, level = numbering_of(properties)
        style = value(properties.find(f"{W}pStyle")) if properties is not None else ""
        for inherited in chain:
            if num_id is None and inherited.num_id is not None:
                num_id = inherited.num_id
                level = self._numbering.level_of_style(num_id, style) if level is None else level
            if level is None and inherited.level is not None:
                level = inherited.level
        return self._numbering.marker(num_id, level or 0) if num_id not in (None, "", "0") and num_id else ""

    def _pieces(self, element: Element, chain: list[Style], boxes: list[str]) -> Iterator[str]:
        """Text of a paragraph's runs, in order."""
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in _LEFT_OUT:
                continue
            if tag == _BOX:
                boxes.extend(text for block in child.iterchildren(f"{W}p") if (text := self._paragraph(block)).strip())
            elif tag == f"{W}r":
                yield from self._run(child, chain, boxes)
            else:
                yield from self._pieces(child, chain, boxes)

    def _run(self, run: Element, chain: list[Style], boxes: list[str]) -> Iterator[str]:
        properties = run.find(f"{W}rPr")
        if flag(properties, "vanish"):
            return
        caps = flag(properties, "caps")
        if caps is None:
            caps = next((style.caps for style in chain if style.caps is not None), None)
        font = font_of(properties) or next((style.font for style in chain if style.font), "") or self._styles.font
        encoding = by_font(font)
        for child in run:
            tag = child.tag
            if tag == _TEXT:
                text = decode(child.text or "", encoding) if encoding else child.text or ""
                # Fonts of capitals, .VnTimeH: their small letters look like capitals.
                yield text.upper() if caps or (encoding == "TCVN3" and font.endswith("H")) else text
            elif tag == _BREAK:
                yield " " if (child.get(f"{W}type") or "textWrapping") == "column" else "\n"
            elif tag == _PAGE:
                self._page += 1
            elif tag in _SIGNS:
                yield _SIGNS[tag]
            elif isinstance(tag, str) and tag not in _LEFT_OUT:
                yield from self._pieces(child, chain, boxes)  # a drawing may hold a text box

    def _table(self, table: Element) -> None:
        rows, pages = self._tables.read(table)
        write(self._draft, rows, pages if self._page > 1 else ())

    def _footnotes(self) -> None:
        root = self._related("/footnotes")
        for note in root.iter(f"{W}footnote") if root is not None else ():
            if note.get(f"{W}type") is None:
                text = " ".join(self._paragraph(paragraph) for paragraph in note.iter(f"{W}p"))
                if text.strip():
                    self._draft.set_aside("footnote", unicodedata.normalize("NFC", text))


def _deleted(element: Element) -> bool:
    """Whether a block was deleted or moved away, or is a second rendering for older programs."""
    return any(parent.tag in _LEFT_OUT for parent in element.iterancestors())


def _breaks_first(paragraph: Element) -> bool:
    """Whether Word began the page with this paragraph: the break stands before all of its text."""
    for element in paragraph.iter(_PAGE, _TEXT):
        return element.tag == _PAGE
    return False


def _forget(element: Element) -> None:
    """Free what has been written: the element and its siblings before it."""
    element.clear()
    while (previous := element.getprevious()) is not None and (parent := element.getparent()) is not None:
        parent.remove(previous)
