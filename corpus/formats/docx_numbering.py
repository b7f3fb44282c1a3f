"""Automatic numbering of DOCX paragraphs, as Word prints it (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.formats.docx_styles import W, integer, value
from corpus.formats.markup import Element
from corpus.formats.numerals import bullet, show

_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered; `text` has %1 to %9 for the numbers of the levels."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    legal: bool = False  # all numbers in digits
    style: str = ""
    restart: int | None = None  # the level (from 1) whose number restarts this one; 0 never


class Numbering:
    """Counts the paragraphs of every list."""

    def __init__(self, root: Element | None = None) -> None:
        self._lists: dict[str, tuple[str, dict[int, Level], set[int]]] = {}  # numId -> list, levels, overridden starts
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is None:
            return
        abstract: dict[str, dict[int, Level]] = {}
        links: dict[str, str] = {}
        styles: dict[str, str] = {}
        for element in root.iter(f"{W}abstractNum"):
            name = element.get(f"{W}abstractNumId") or ""
            abstract[name] = dict(map(_level, element.findall(f"{W}lvl")))
            if link := value(element.find(f"{W}numStyleLink")):
                links[name] = link
            if style := value(element.find(f"{W}styleLink")):
                styles[style] = name
        for element in root.findall(f"{W}num"):
            name = value(element.find(f"{W}abstractNumId"))
            name = styles.get(links.get(name, ""), name)
            levels, overridden = dict(abstract.get(name, {})), set[int]()
            for override in element.findall(f"{W}lvlOverride"):
                index = integer(override.get(f"{W}ilvl") or "")
                if (own := override.find(f"{W}lvl")) is not None:
                    levels[index] = _level(own)[1]
                if (start := override.find(f"{W}startOverride")) is not None:
                    levels[index] = replace(levels.get(index, Level()), start=integer(value(start), 1))
                    overridden.add(index)
            self._lists[element.get(f"{W}numId") or ""] = (name, levels, overridden)

    def level_of_style(self, num_id: str, style: str) -> int:
        """The level that a list gives to a paragraph style, 0 when it names none."""
        _, levels, _ = self._lists.get(num_id, ("", {}, set()))
        return next((index for index, level in levels.items() if style and level.style == style), 0)

    def marker(self, num_id: str, index: int) -> str:
        """Count one more paragraph of a list's level, and give its marker ("1.", "a)", "-"), "" for none."""
        if num_id not in self._lists or not 0 <= index < _LEVELS:
            return ""
        name, levels, overridden = self._lists[num_id]
        counts = self._counts.setdefault(name, [None] * _LEVELS)
        level = levels.get(index)
        if level is None:
            return ""
        if index in overridden and (num_id, index) not in self._begun:
            counts[index] = None  # this list starts anew, though it shares its counts with others
        self._begun.add((num_id, index))
        counts[index] = level.start if counts[index] is None else (counts[index] or 0) + 1
        for deeper in range(index + 1, _LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or 0 < index + 1 <= restart:
                counts[deeper] = None
        if level.format == "bullet":
            return bullet(level.text)
        if level.format == "none" and "%" not in level.text:
            return level.text
        legal = level.legal
        return re.sub(r"%([1-9])", lambda found: self._number(levels, counts, int(found[1]) - 1, legal), level.text)

    @staticmethod
    def _number(levels: dict[int, Level], counts: list[int | None], index: int, legal: bool) -> str:
        level = levels.get(index, Level())
        count = counts[index]
        return show(level.start if count is None else count, "decimal" if legal else level.format)


def _level(element: Element) -> tuple[int, Level]:
    restart = element.find(f"{W}lvlRestart")
    legal = element.find(f"{W}isLgl")
    return integer(element.get(f"{W}ilvl") or ""), Level(
        start=integer(value(element.find(f"{W}start")), 1),
        format=value(element.find(f"{W}numFmt")) or "decimal",
        text=value(element.find(f"{W}lvlText")),
        legal=legal is not None and value(legal) not in ("0", "false", "off"),
        style=value(element.find(f"{W}pStyle")),
        restart=integer(value(restart)) if restart is not None else None,
    )
