"""What stands on one page of a PDF: words with their places, and the straight lines that rule tables.

Coordinates are points (1/72 inch) from the upper left corner of the page as it is shown, x to the right, y down.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_HYPHENS = {"\u0002": "\u00ad", "\ufffe": "\u00ad"}  # pdfium's marks for a hyphen that only breaks a line


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a space between them, and the box around them."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.top + self.bottom) / 2

    @property
    def center(self) -> float:
        """Middle of its width."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, level (top == bottom) or upright (left == right)."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def level(self) -> bool:
        """Whether it runs across rather than down."""
        return self.top == self.bottom


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `picture` when a picture covers most of it, as in a scan."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    picture: bool = False

    @property
    def is_scan(self) -> bool:
        """Whether it shows a picture of text: hardly any characters (a digital signature's stamp at most)."""
        characters = sum(len(word.text) for word in self.words)
        return characters < (300 if self.picture else 3) and (self.picture or characters == 0)


Glyph = tuple[str, float, float, float, float]
"""A character and its box: left, top, right, bottom."""


def words_of(glyphs: Iterable[Glyph]) -> list[Word]:
    """Glyphs in drawing order as words: a space, a jump or a gap of a quarter of the height ends one.

    >>> [word.text for word in words_of([("T", 0, 0, 6, 10), ("ỉ", 6, 0, 9, 10), ("X", 13, 0, 19, 10)])]
    ['Tỉ', 'X']
    """
    words: list[Word] = []
    run: list[Glyph] = []
    for glyph in glyphs:
        text, left, top, _, bottom = glyph
        if text.isspace():
            _close(run, words)
            continue
        if run and not unicodedata.combining(text):
            before = run[-1]
            height = max(1.0, before[4] - before[2])
            apart = abs((top + bottom) - (before[2] + before[4])) > height or left - before[3] > height / 4
            if apart or left < before[1] - height / 4:
                _close(run, words)
        run.append(glyph)
    _close(run, words)
    return words


def _close(run: list[Glyph], words: list[Word]) -> None:
    if run:
        text = "".join(_HYPHENS.get(glyph[0], glyph[0]) for glyph in run)
        left, top = min(glyph[1] for glyph in run), min(glyph[2] for glyph in run)
        right, bottom = max(glyph[3] for glyph in run), max(glyph[4] for glyph in run)
        text = "-" if text == "\u00ad" else text
        words.append(Word(text, left, top, right, bottom))
        run.clear()
