"""What a reader hands on: canonical lines, the page each begins on, and what it set aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.limits import MAX_CHARACTERS
from corpus.vietnamese import squeeze


class Refused(Exception):
    """A file that cannot be read, as its reader sees it; `corpus.source` adds the file's name."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


@dataclass(frozen=True, slots=True)
class Reading:
    """One file's text, the (line, page) pairs where pages begin, and (role, text) of what was set aside."""

    text: str
    pages: tuple[tuple[int, int], ...] = ()
    set_aside: tuple[tuple[str, str], ...] = ()
    encoding: str = ""  # from before Unicode, that the text was converted from


class Draft:
    """Canonical lines in the making.

    >>> draft = Draft()
    >>> draft.paragraph("I. MỤC TIÊU")
    >>> draft.table([["STT", "Nhiệm vụ"], ["1", "Ban hành | công bố"]])
    >>> draft.paragraph("II. TỔ CHỨC")
    >>> print(draft.reading().text, end="")
    I. MỤC TIÊU
    <BLANKLINE>
    | STT | Nhiệm vụ |
    | 1 | Ban hành ¦ công bố |
    <BLANKLINE>
    II. TỔ CHỨC
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._pages: list[tuple[int, int]] = []
        self._aside: list[tuple[str, str]] = []
        self._size = 0

    def page(self, number: int) -> None:
        """Lines written from now on stand on this page (counted from 1)."""
        line = len(self._lines) + 1
        if self._pages and self._pages[-1][0] == line:
            self._pages.pop()
        if not self._pages or self._pages[-1][1] != number:
            self._pages.append((line, number))

    def gap(self) -> None:
        """A blank line, unless one is there already."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def line(self, text: str) -> None:
        """One line as it is, white space squeezed; an empty one is a gap.

        Raises:
            Refused: the file holds more text than `MAX_CHARACTERS`.
        """
        shown = squeeze(text)
        if not shown:
            self.gap()
            return
        self._size += len(shown) + 1
        if self._size > MAX_CHARACTERS:
            raise Refused(f"more than {MAX_CHARACTERS:,} characters of text", "split the file")
        self._lines.append(shown)

    def paragraph(self, text: str) -> None:
        """A paragraph between gaps; its own line breaks stay."""
        if not text.strip():
            return
        self.gap()
        for line in text.split("\n"):
            if line.strip():
                self.line(line)
        self.gap()

    def table(self, rows: Iterable[Sequence[str]], pages: Sequence[int] = ()) -> None:
        """A table between gaps, a row a line; `pages` names the page of each row, where that is known."""
        self.gap()
        for index, row in enumerate(rows):
            if index < len(pages):
                self.page(pages[index])
            self.line("| " + " | ".join(map(cell_text, row)) + " |")
        self.gap()

    def set_aside(self, role: str, text: str) -> None:
        """Text that is not the document's: a running header, a page number; kept so that nothing is lost unseen."""
        self._aside.append((role, squeeze(text)))

    def reading(self) -> Reading:
        """The finished lines."""
        while self._lines and not self._lines[-1]:
            self._lines.pop()
        text = "\n".join(self._lines) + "\n" if self._lines else ""
        pages = tuple(pair for pair in self._pages if pair[0] <= len(self._lines))
        return Reading(text, pages, tuple(self._aside))


def cell_text(text: str) -> str:
    """A cell on one line, its own bars (plain or full-width) as "¦" so that they part no cells."""
    return squeeze(text).replace("|", "¦").replace("｜", "¦")
