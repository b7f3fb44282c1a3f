"""The one file that knows lxml: bytes or text in, elements out, nothing fetched, no entity expanded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

from lxml import etree, html

from corpus.formats.draft import Refused
from corpus.limits import MAX_ATTRIBUTES, MAX_DEPTH, MAX_HTML_ELEMENTS, MAX_PART_BYTES, MAX_XML_ELEMENTS

Element = etree._Element

# ECMA-376 part 2 (Open Packaging Conventions), 7.2: parts are UTF-8 or UTF-16, and must not hold a DTD.
_ENCODING = re.compile(rb"""^[^<]{0,8}<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]+)""")
_BEGINS = re.compile(rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<")  # an encoding like EBCDIC would hide a DTD
_DECLARES = re.compile(r"<!ENTITY\b|<!DOCTYPE[^>\[]{0,1000}\[", re.IGNORECASE)
_LONG_TAG, _QUOTED = re.compile(r"<[^<>]{8000,}"), re.compile(r"\"[^\"]*\"|'[^']*'")
_ALLOWED = {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"utf-16le", b"utf-16be"}


def html_root(text: str) -> Element:
    """The root element of an HTML page, as browsers repair it.

    Raises:
        Refused: nothing in it, elements nested deeper than `MAX_DEPTH`, or a DTD or entities of its own.
    """
    if _DECLARES.search(text):
        raise Refused("declares a DTD or entities", "save the page again, as HTML only")
    if (tags := text.count("<")) > MAX_HTML_ELEMENTS:
        raise Refused(f"{tags:,} tags; at most {MAX_HTML_ELEMENTS:,} can be read", "split the page")
    if any(_attributes(tag[0]) > MAX_ATTRIBUTES for tag in _LONG_TAG.finditer(text)):
        raise Refused(f"more than {MAX_ATTRIBUTES:,} attributes of one element", "save the page again")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Refused("no readable HTML in it", "save the page again") from None
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise Refused("elements nested too deep", "save the page again, as HTML only")
    return root


def _attributes(tag: str) -> int:
    """How many attributes a tag may have, at most; what stands in quotes counts once."""
    return len(_QUOTED.sub(" ", tag).replace("=", " ").replace("/", " ").split())


def check_xml(data: bytes, part: str) -> None:
    """Pass XML that is safe to parse.

    Raises:
        Refused: too large, in another encoding than UTF-8 or UTF-16, or with a DTD or entities of its own.
    """
    if len(data) > MAX_PART_BYTES:
        raise Refused(f"{part} unpacks to more than {MAX_PART_BYTES:,} bytes", "split the document")
    if (tags := data.count(b"<")) > MAX_XML_ELEMENTS:
        raise Refused(f"{part} holds {tags:,} tags; at most {MAX_XML_ELEMENTS:,} can be read", "split the document")
    plain = data.replace(b"\x00", b"")  # UTF-16 as well
    if not _BEGINS.match(plain):
        raise Refused(f"{part} is no XML in UTF-8 or UTF-16", "get the file again")
    found = _ENCODING.match(plain)
    if found and found[1].lower() not in _ALLOWED:
        raise Refused(f"{part} is in {found[1].decode('ascii')}, not UTF-8", "save the document again")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise Refused(f"{part} declares a DTD or entities", "save the document again in Word or LibreOffice")


def parse_xml(data: bytes, part: str) -> Element:
    """The root element of one XML part.

    Raises:
        Refused: unsafe (see `check_xml`), or not well-formed.
    """
    check_xml(data, part)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Refused(f"{part} is not well-formed XML (a damaged file?)", "get the file again") from None


def iterate_xml(data: bytes, part: str) -> Iterator[tuple[str, Element]]:
    """("start" or "end", element) of one XML part as it is read; see `parse_xml` for the errors."""
    check_xml(data, part)
    depth = 0
    try:
        events = etree.iterparse(
            BytesIO(data),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for event, element in events:
            depth += 1 if event == "start" else -1
            if depth > MAX_DEPTH:
                raise Refused(f"elements nested too deep in {part}", "save the document again")
            yield event, element
    except (etree.XMLSyntaxError, ValueError):
        raise Refused(f"{part} is not well-formed XML (a damaged file?)", "get the file again") from None
