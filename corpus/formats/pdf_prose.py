"""Lines of text put together where only the paper's width parted them.

On a page it can be measured what plain text leaves to guess: a line that had room for the next word ends a paragraph.
Where measure and marks disagree (a full line that ends a sentence, a line that begins with a number) the lines stay
apart, without a blank line, and `corpus.paragraphs` decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from corpus.formats.draft import Draft
from corpus.formats.pdf_layout import LaidPage
from corpus.formats.pdf_lines import TextLine
from corpus.markers import marker

_BROKEN = re.compile(r"\w[-\u00ad]$")  # a line that breaks at a hyphen within a word: "36-" / "NQ/TW"
_ENDED = (".", ";", ":", "!", "?", "…")
_INDENT = 6.0  # points: a line that begins further right begins a paragraph
_SLACK = 3.0  # points


class Prose:
    """Writes text lines to the draft, a paragraph a line where that is sure."""

    def __init__(self, draft: Draft, pages: Sequence[LaidPage]) -> None:
        self._draft = draft
        self._margins = _margins(pages)
        self._text = ""
        self._begin = 0.0  # left edge of the paragraph's first line
        self._last: TextLine | None = None
        self._page: LaidPage | None = None

    def add(self, line: TextLine, page: LaidPage) -> None:
        """One more line of a page."""
        turned = page is not self._page
        if self._last and self._page and self._continues(self._last, line, self._page, turned):
            self._text = _joined(self._text, line.text)
        else:
            after = self._last is not None
            self.flush()
            self._draft.page(page.number)
            if line.gap and not (turned and after):
                self._draft.gap()  # at a page's top nothing tells whether a paragraph goes on
            self._text, self._begin = line.text, line.left
        self._last, self._page = line, page

    def flush(self) -> None:
        """End the paragraph."""
        if self._text:
            self._draft.line(self._text.replace("\u00ad", "-"))
        self._text, self._last = "", None

    def _continues(self, last: TextLine, line: TextLine, page: LaidPage, turned: bool) -> bool:
        if last.column or line.column:
            return False
        if _BROKEN.search(last.text):
            return not line.gap or turned
        if (line.gap and not turned) or self._room(last, page) >= line.first + _SLACK:
            return False
        if not turned and self._begin > line.left + _INDENT:
            return True  # paragraphs are indented here, and this line is not
        if marker(line.text):
            return False
        if not turned and line.left > last.left + _INDENT and not marker(self._text):
            return False
        return not last.text.endswith(_ENDED) or line.text[:1].islower()

    def _room(self, line: TextLine, page: LaidPage) -> float:
        """How much more would have fitted into the line."""
        left, right = self._margins[page.width]
        before, behind = line.left - left, right - line.right
        centered = behind > _INDENT and abs(before - behind) < 2 * _INDENT
        return behind + before if centered else behind


def _margins(pages: Sequence[LaidPage]) -> dict[float, tuple[float, float]]:
    """Left and right edge of the text on pages of each width."""
    edges: dict[float, list[TextLine]] = defaultdict(list)
    for page in pages:
        edges[page.width].extend(item for item in page.items if isinstance(item, TextLine) and not item.column)
    margins: dict[float, tuple[float, float]] = {}
    for width, lines in edges.items():
        lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
        odd = len(lines) // 40  # a few lines may stick out
        margins[width] = (lefts[odd], rights[-1 - odd]) if lines else (0.0, 0.0)
    return margins


def _joined(text: str, following: str) -> str:
    if text.endswith("\u00ad") and len(text) > 1:
        return text[:-1] + ("" if following[:1].islower() else "-") + following
    return text + following if _BROKEN.search(text) else f"{text} {following}"
