"""Words of a page as lines in reading order: columns of a letterhead or a signature block one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from corpus.formats.pdf_page import Word
from corpus.vietnamese import fold

_WIDE = 1.5  # heights: a gap between words that may part columns; justified text stays below
_CORRIDOR = 0.6  # heights: what must stay free between two columns in each of their lines
_MOST_APART = 90.0  # points between two lines of one column (room for a stamp)
_PARAGRAPH = 1.25  # times the usual distance between lines: a gap between paragraphs
_LIST_MARK = re.compile(
    r"^(?:[-–—+•*]|\(?[\dIVXLCa-zđA-Z]{1,5}(?:\.\d{1,2}){0,3}[.):/]*|(?:Điều|Mục|Chương|Phần) \w{1,4}[.:]?)$"
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text; `gap` when white space parts it from the line above; `first` is the width of its first word."""

    text: str
    top: float
    bottom: float
    gap: bool = False
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    column: bool = False  # one of two columns: its paragraphs end where its lines do


def lines_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words that stand at one height, from left to right; lines from the top."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.middle, word.left)):
        for line in lines[-3:]:
            reference = max(line, key=lambda other: other.bottom - other.top)
            overlap = min(reference.bottom, word.bottom) - max(reference.top, word.top)
            if overlap > 0.5 * min(reference.bottom - reference.top, word.bottom - word.top):
                line.append(word)
                break
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.left) for line in lines]


def text_of(words: Iterable[Word]) -> str:
    """The words of a cell, its lines joined by line breaks, words broken at a hyphen made whole."""
    text = "\n".join(" ".join(word.text for word in line) for line in lines_of(words))
    return re.sub(r"(?<=\w)-\n|(?<=\w)\u00ad\n(?=[^\W\d_])", lambda found: found[0].strip("\n\u00ad"), text)


def read_lines(words: Sequence[Word]) -> list[TextLine]:
    """Text lines in reading order, columns apart, gaps between paragraphs marked."""
    lines = lines_of(words)
    pitch = _pitch(lines)
    result: list[TextLine] = []
    index = 0
    while index < len(lines):
        end, corridor = _columns(lines, index)
        if end > index:
            region = [word for line in lines[index:end] for word in line]
            for column in (
                [word for word in region if word.center < corridor],
                [word for word in region if word.center >= corridor],
            ):
                result.extend(_shown(lines_of(column), pitch, None, True))
            index = end
            continue
        above = lines[index - 1] if index else None
        result.extend(_shown([lines[index]], pitch, above))
        index += 1
    return result


def _shown(
    lines: Sequence[Sequence[Word]], pitch: float, above: Sequence[Word] | None, column: bool = False
) -> list[TextLine]:
    """Lines of one column; the first has a gap above it unless it follows `above` closely."""
    result: list[TextLine] = []
    for line in lines:
        top, bottom = min(word.top for word in line), max(word.bottom for word in line)
        gap = above is None or _distance(above, line) > _PARAGRAPH * pitch
        text, start, end = " ".join(word.text for word in line), line[0], line[-1]
        result.append(TextLine(text, top, bottom, gap, start.left, end.right, start.right - start.left, column))
        above = line
    return result


def _distance(above: Sequence[Word], below: Sequence[Word]) -> float:
    return max(word.bottom for word in below) - max(word.bottom for word in above)


def _pitch(lines: Sequence[Sequence[Word]]) -> float:
    """The usual distance between lines of one paragraph: at most a quarter of all distances are smaller."""
    near = sorted(d for d in (_distance(a, b) for a, b in zip(lines, lines[1:], strict=False)) if 4 < d < 40)
    return near[len(near) // 4] if near else 18.0


def _height(line: Sequence[Word]) -> float:
    return median(word.bottom - word.top for word in line)


def _columns(lines: Sequence[Sequence[Word]], index: int) -> tuple[int, float]:
    """End of the two-column region that begins at `index` (or `index` itself), and the x between its columns."""
    corridor = _widest_gap(lines[index])
    if corridor is None:
        return index, 0.0
    left, right = corridor
    last, divided = index, 1
    end = index + 1
    while end < len(lines) and _distance(lines[end - 1], lines[end]) < _MOST_APART:
        line = lines[end]
        free = _free(line, left, right)
        if free[1] - free[0] < _CORRIDOR * _height(line):
            break
        if line[0].left < free[0] and line[-1].right > free[1]:
            last, divided = end, divided + 1
        left, right = free
        end += 1
    first = " ".join(word.text for word in lines[index])
    if divided < 2:
        return index, 0.0
    recipients = fold(first).startswith("noi nhan")
    return (end if recipients else last + 1), (left + right) / 2


def _widest_gap(line: Sequence[Word]) -> tuple[float, float] | None:
    """The widest gap of the line that may part columns; one behind a list's marker may not."""
    best: tuple[float, float] | None = None
    for position in range(1, len(line)):
        before, after = line[position - 1], line[position]
        gap = after.left - before.right
        if gap < _WIDE * _height(line) or (best and gap <= best[1] - best[0]):
            continue
        if not _LIST_MARK.match(" ".join(word.text for word in line[:position])):
            best = (before.right, after.left)
    return best


def _free(line: Sequence[Word], left: float, right: float) -> tuple[float, float]:
    """The widest part of the corridor that the line leaves free."""
    best = (left, left)
    edge = left
    for word in line:
        if word.right <= left or word.left >= right:
            continue
        if word.left - edge > best[1] - best[0]:
            best = (edge, word.left)
        edge = max(edge, word.right)
    return (edge, right) if right - edge > best[1] - best[0] else best
