"""Rows of cells in, rows of a table out: group headings told from rows, merged cells put back where they cover.

A cell merged down is printed once; the rows it covers are shorter. Which columns they lack is told by what they hold: a
number in the first place, agencies under agencies, dates under dates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from corpus.markers import roman
from corpus.table_cells import ORDINAL, SUM, Cell
from corpus.vietnamese import fold

_AGENCY = re.compile(
    r"^(-\s*)?(cac )?(so|ban|bo|ubnd|uy ban|van phong|cong an|co quan|don vi|hoi|hoi dong|trung tam|chi cuc|cuc"
    r"|phong|lanh dao|cong chuc|chuyen vien|can bo|tro ly|nhan vien|van thu|thu truong|giam doc|truong phong"
    r"|nguoi|vien|truong)\b"
)
_TIME = re.compile(r"\b(ngay|thang|quy [ivx\d]+|nam|thuong xuyen|hang|20\d\d|gio|thoi gian|dinh ky)\b")


@dataclass(frozen=True, slots=True)
class Row:
    """A row in reading order; `span` maps a column to the text of the merged cell above that covers it."""

    cells: tuple[str, ...]
    line: int
    is_group: bool
    span: tuple[tuple[int, str], ...] = ()

    @property
    def ordinal(self) -> str:
        """The row's number as written without its full stop, "" when it has none."""
        first = self.cells[0] if self.cells else ""
        return first.rstrip(".) ") if ORDINAL.match(first) else ""


def merge_framed(rows: Sequence[Sequence[Cell]], width: int) -> tuple[Row, ...]:
    """Rows of a framed or lined table: every printed cell is there, cells under a merged one are not."""
    profiles = _profiles(rows, width)
    result: list[Row] = []
    above: list[str] = []
    for index, row in enumerate(rows):
        texts = [cell.text for cell in row]
        if not any(texts):
            continue
        line = next(cell.line for cell in row if cell.text)
        if _is_group_row(rows, index, width):
            result.append(Row(tuple(texts), line, is_group=True))
            above = []
            continue
        span: tuple[tuple[int, str], ...] = ()
        if len(texts) < width and SUM.match(next(filter(None, texts))):
            texts = [*texts[:-1], *[""] * (width - len(texts)), texts[-1]]  # a sum: its label is merged across
        elif len(texts) < width and above:
            alone = (index + 1 == len(rows) or len(rows[index + 1]) == width) and len(rows[index - 1]) == width
            texts, span = _place(texts, above, profiles, width, alone)
        texts = (texts + [""] * width)[:width]
        covered = dict(span)
        above = [covered.get(column, text) for column, text in enumerate(texts)]
        result.append(Row(tuple(texts), line, is_group=False, span=span))
    return tuple(result)


def _is_group_row(rows: Sequence[Sequence[Cell]], index: int, width: int) -> bool:
    """A heading across the table: a title alone, or a number and a title, and nothing in the other cells."""
    row = rows[index]
    texts = [cell.text for cell in row]
    filled = [i for i, text in enumerate(texts) if text]
    if not filled or filled[-1] > 1 or (len(filled) == 2 and not ORDINAL.match(texts[0])):
        return False
    following = next((r for r in rows[index + 1 :] if any(c.text for c in r)), None)
    after = following[0].text.rstrip(".) ") if following else ""
    own = texts[0].rstrip(".) ")
    if width < 3:
        return width == 2 and len(filled) == 2 and own.isalpha() and after in ("1", "01", "I")
    if texts[0] in ("-", "+", "*"):
        return False
    if len(filled) == 1:
        return filled[0] == 0 or len(row) < width or _in_capitals(texts[1])
    if len(row) < width:
        # A row under merged cells is short too: its number follows on the row's above, and the next one's on its own.
        before = rows[index - 1][0].text.rstrip(".) ") if index else ""
        runs_on = own.isdecimal() and before.isdecimal() and int(own) == int(before) + 1
        return not (runs_on and not after.startswith(f"{own}.") and after not in ("1", "01", "-", "+"))
    if roman(texts[0].rstrip(".) ")) or _in_capitals(texts[1]):
        return True
    # All cells are there, only empty: a heading if rows stand under it whose numbers go on from its own or start again.
    return len(texts) >= 4 and (
        after.startswith(f"{own}.") or after in ("-", "+") or (own[:1].isalpha() and after == "1")
    )


def _in_capitals(text: str) -> bool:
    return len(text) > 3 and text.upper() == text


def _profiles(rows: Sequence[Sequence[Cell]], width: int) -> list[list[str]]:
    """What kinds of text the full rows hold in each column."""
    profiles: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        if len(row) == width:
            for column, cell in enumerate(row):
                if cell.text:
                    profiles[column].append(_kind(cell.text))
    return profiles


def _kind(text: str) -> str:
    if ORDINAL.match(text):
        return "ordinal"
    folded = fold(text[:60])
    if re.fullmatch(r"[\d.,%\s/-]+", text):
        return "number"
    if _AGENCY.match(folded):
        return "agency"
    if len(text) < 40 and _TIME.search(folded):
        return "time"
    return "long" if len(text) > 90 else "short"


def _place(
    texts: Sequence[str], above: Sequence[str], profiles: Sequence[Sequence[str]], width: int, alone: bool
) -> tuple[list[str], tuple[tuple[int, str], ...]]:
    """Lay the cells of a short row under the columns they fit best; the rest lies under merged cells.

    One short row among full ones that lacks just its end may as well be merged across: nothing is filled in there.
    """
    best, chosen = -1.0, tuple(range(len(texts)))
    missing = width - len(texts)
    if width > 12 and missing > 2:
        options = [tuple(range(missing, width)), tuple(range(len(texts)))]
    else:
        options = list(combinations(range(width), len(texts)))
    for columns in options:
        score = 0.0
        for text, column in zip(texts, columns, strict=True):
            seen = profiles[column]
            if text and seen:
                score += seen.count(_kind(text)) / len(seen)
        covered = [column for column in range(width) if column not in columns]
        score += 0.3 * sum(bool(above[column]) for column in covered) / max(1, len(covered))
        score -= 0.25 * sum(b - a > 1 for a, b in zip(covered, covered[1:], strict=False))
        score += 0.1 if covered and covered[0] == 0 else 0.0
        if score > best:
            best, chosen = score, columns
    placed = [""] * width
    for text, column in zip(texts, chosen, strict=True):
        placed[column] = text
    if alone and chosen == tuple(range(len(texts))):
        return placed, ()
    span = tuple((column, above[column]) for column in range(width) if column not in chosen and above[column])
    return placed, span


def merge_open(rows: Sequence[tuple[Cell, ...]], width: int) -> tuple[Row, ...]:
    """Rows of an open table, with the cells put back that a cell merged over a whole group covers.

    A row with fewer cells than columns (or padding at its end) lies under a merged cell. Merged cells nest from the
    left, so the covered column is the leftmost one behind the task column that holds text in the row where the group
    began.
    """
    result: list[Row] = []
    anchor: tuple[str, ...] = ()
    anchored = False
    for row in rows:
        if not row:
            result.append(Row((), 0, is_group=True))
            anchor, anchored = (), False
            continue
        texts = [cell.text for cell in row]
        missing = (width - len(row)) + _trailing_padding(row)
        if _is_open_group(texts, width):
            level_text = texts[0]
            if roman(level_text.rstrip(".")) or not ORDINAL.match(level_text) or "." not in level_text:
                anchor, anchored = tuple(texts), any(texts[2:])
            result.append(Row(tuple(texts), row[0].line, is_group=True))
            continue
        texts = texts[: width - missing] if missing > 0 else texts[:width] if len(texts) > width else texts
        span: list[tuple[int, str]] = []
        if missing > 0 and anchored:
            column = next((i for i in range(2, len(anchor)) if anchor[i]), 0)
            if column and missing == 1:
                span.append((column, anchor[column]))
                texts.insert(column, "")
        elif missing == 0:
            anchor, anchored = tuple(texts), True
        texts += [""] * (width - len(texts))
        result.append(Row(tuple(texts), row[0].line, is_group=False, span=tuple(span)))
    return tuple(result)


def _trailing_padding(row: Sequence[Cell]) -> int:
    count = 0
    for cell in reversed(row):
        if not cell.padding:
            break
        count += 1
    return count


def _is_open_group(texts: Sequence[str], width: int) -> bool:
    """A title and at most one more cell (a directing unit merged over the group), all else empty."""
    filled = [index for index, text in enumerate(texts) if text]
    if not filled or width < 3:
        return False
    if ORDINAL.match(texts[0]):
        rest = [index for index in filled if index > 0]
        is_roman = bool(roman(texts[0].rstrip(".)")))
        return len(rest) == 1 or (is_roman and len(rest) == 2 and rest == [1, 2] and width >= 5)
    return len(filled) == 1
