"""Pages put together: running headers and page numbers set aside, tables that a page break cut made whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.formats.draft import Draft, Reading
from corpus.formats.pdf_cut_tables import CutTable
from corpus.formats.pdf_layout import Item, LaidPage
from corpus.formats.pdf_lines import TextLine
from corpus.formats.pdf_prose import Prose
from corpus.formats.pdf_tables import RuledTable
from corpus.vietnamese import squeeze

_MARGIN = 0.12  # of the page's height, where running lines stand
_REPEATED = 0.4  # of the pages
_FEWEST_PAGES = 3
_NUMBER = re.compile(r"^(?:trang\s*)?[-–—\s]*\d{1,4}(?:\s*/\s*\d{1,4})?[-–—.\s]*$", re.IGNORECASE)


def join(pages: Sequence[LaidPage]) -> Reading:
    """Canonical lines of all pages."""
    draft = Draft()
    pages = _body(draft, pages)
    prose = Prose(draft, pages)
    table = CutTable()
    for page in pages:
        for item in page.items:
            if isinstance(item, RuledTable):
                prose.flush()
                if table.takes(item):
                    table.extend(item, page.number)
                else:
                    table.write(draft)
                    table = CutTable(item, page.number)
            else:
                table.write(draft)
                prose.add(item, page)
    prose.flush()
    table.write(draft)
    return draft.reading()


def _body(draft: Draft, pages: Sequence[LaidPage]) -> list[LaidPage]:
    """The pages without what runs through them, which is set aside."""
    running = _running(pages)
    result: list[LaidPage] = []
    for page in pages:
        items: list[Item] = []
        for item in page.items:
            if isinstance(item, TextLine) and (role := _role(item, page, running)):
                draft.set_aside(role, f"page {page.number}: {item.text}")
            else:
                items.append(item)
        if page.scan:
            draft.set_aside("picture-page", f"page {page.number} is a picture without text")
        result.append(replace(page, items=tuple(items)))
    return result


def _running(pages: Sequence[LaidPage]) -> frozenset[str]:
    """Lines in the margins that stand on many pages, numbers aside."""
    seen = Counter(
        key
        for page in pages
        for key in {_key(item) for item in page.items if isinstance(item, TextLine) and _in_margin(item, page)}
    )
    least = max(_FEWEST_PAGES, _REPEATED * len(pages))
    return frozenset(key for key, count in seen.items() if count >= least)


def _role(item: TextLine, page: LaidPage, running: frozenset[str]) -> str:
    if not _in_margin(item, page):
        return ""
    if _NUMBER.match(item.text):
        return "page-number"
    return "running-line" if _key(item) in running else ""


def _in_margin(item: TextLine, page: LaidPage) -> bool:
    return item.bottom < _MARGIN * page.height or item.top > (1 - _MARGIN) * page.height


def _key(item: TextLine) -> str:
    return re.sub(r"\d+", "#", squeeze(item.text))
