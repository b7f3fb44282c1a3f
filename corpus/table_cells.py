"""Lines with bars in, a stream of cells out: the first step in reading a flattened table.

Three layouts are told apart, because only they say where a row ends:

- *lined*: a row a line, as in Markdown ("| a | b |") or without the outer bars ("a | b");
- *framed*: a cell a line, each row between its own outer bars, so that two bars in a row part two rows - or hold an
  empty cell between them;
- *open*: a cell a line (or several) behind each of which stands a bar; rows have no mark of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.clean import Line, is_kind_line
from corpus.markers import marker
from corpus.vietnamese import fold, squeeze

Layout = Literal["lined", "framed", "open"]

FIRST_COLUMN = re.compile(r"^(stt|tt|so tt|so thu tu|s\.?t\.?t\.?)$")
ORDINAL = re.compile(r"^((?:[Bb]ước\s|B)?(?!(?:19|20)\d\d$)\d{1,4}(\.\d{1,3})*|[IVXLC]{1,6}|[A-Z]|[a-zđ])\s*[.)]?$")
HEADER_START = re.compile(
    r"^(stt|tt|so tt|so thu tu|s\.?t\.?t\.?|thu tu( cong viec)?|cac buoc|(thu tu )?buoc( thuc hien)?)$"
)
SUM = re.compile(r"^(tổng\s*(cộng|số|thời gian|thu|chi|kinh phí|mức|[ivx]+\b|:|$)|cộng\s*(:|$))", re.IGNORECASE)
"""The label of a row that adds up the rows above it."""

_RULE = re.compile(r"^\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?$")
# What can stand in no cell of a data table: the next part of the document, its letterhead or its signatures.
_WALL = re.compile(
    r"^(noi nhan\s*:|t/?m\. ?(uy|hoi|ban|chu)|kt\. ?(chu|giam|bo|truong)|tl\.|tuq\.|ghi chu\s*:"
    r"|phu luc\b|phu bieu\b|\((ban hanh )?kem theo"
    r"|cong hoa xa hoi|doc lap - tu do|so\s*:[\s\d….]*/|mau so \d|[a-z. ]{3,30}, ngay\s.{0,12}\bthang\b)"
)
_BRIEF_END = re.compile(r"^(noi nhan\s*:|tm\.|kt\.|tl\.|ghi chu\s*:|phu luc\b)")
MAX_SILENT_LINES = 120
MAX_OPEN_SILENT_LINES = 80
MAX_CELLS = 1_000_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `padding` when a renderer put it where a merged cell covers the place."""

    text: str
    line: int
    padding: bool = False


def layout(lines: Sequence[Line], index: int) -> Layout | None:
    """How the table that may begin in line `index` was flattened, None when no bar stands there or just behind."""
    text = lines[index].text
    if "|" not in text:
        return "open" if any("|" in line.text for line in lines[index + 1 : index + 3]) else None
    counts = [line.text.count("|") for line in lines[index : index + 4] if line.text]
    if counts[0] >= 2 and text.replace("|", "").strip() and len(counts) > 1 and counts[1] == counts[0]:
        return "lined"
    return "framed" if text.startswith("|") else "open"


def lined_rows(lines: Sequence[Line], index: int) -> tuple[list[list[Cell]], int]:
    """Rows of a lined table, and the index behind its last line; ruled lines are left out."""
    rows: list[list[Cell]] = []
    end = index
    framed = lines[index].text.startswith("|")
    for i in range(index, len(lines)):
        line = lines[i]
        if "|" not in line.text or line.text.startswith("|") != framed:
            if line.text or (i + 1 < len(lines) and "|" not in lines[i + 1].text):
                break
            continue
        end = i + 1
        if _RULE.match(line.text):
            continue
        pieces = [piece.replace("\\|", "|") for piece in re.split(r"(?<!\\)\|", line.text)]
        if not pieces[0].strip() and framed:
            pieces = pieces[1:]
        if pieces and not pieces[-1].strip():
            pieces = pieces[:-1]
        rows.append([Cell(squeeze(piece.replace("<br>", " ")), line.number) for piece in pieces])
    return rows, end


def framed_cells(lines: Sequence[Line], index: int) -> tuple[list[Cell], list[int]]:
    """The cells of a framed table up to what surely is no cell of it; and for each the index of its closing line."""
    cells: list[Cell] = []
    closings: list[int] = []
    first = ""
    for cell, closing, titled in _stream(lines, index, MAX_SILENT_LINES):
        if titled or is_wall(cell.text):
            break
        if cells and cells[-1].text and (fold(cell.text) == first or HEADER_START.match(fold(cell.text))):
            # Two filled cells in a row, and the second begins a header: the first one is prose between two tables.
            cells.pop()
            closings.pop()
            break
        cells.append(cell)
        closings.append(closing)
        first = first or fold(cell.text)
        if len(cells) > MAX_CELLS:
            break
    return cells, closings


def _stream(lines: Sequence[Line], index: int, silence: int) -> Iterator[tuple[Cell, int, bool]]:
    """Cells between bars from the opening one on, with the index of the closing line and whether a title opens them."""
    pending: list[str] = []
    number, last = lines[index].number, index
    opened = False
    for i in range(index, len(lines)):
        text = lines[i].text
        if "|" not in text:
            if i - last > silence:
                return
            if text:
                if not pending:
                    number = lines[i].number
                pending.append(text)
            continue
        last = i
        for position, piece in enumerate(text.split("|")):
            if position:
                if opened:
                    yield (
                        Cell(squeeze(" ".join(pending)), number),
                        i,
                        is_kind_line(pending[0].strip()) if pending else False,
                    )
                opened, pending, number = True, [], lines[i].number
            if piece.strip():
                pending.append(piece)


def is_wall(text: str) -> bool:
    """Whether the words begin something that no table holds."""
    if not text:
        return False
    head = text[:90]
    return (
        bool(_WALL.match(fold(head))) or (head.startswith("Điều ") and marker(head) is not None) or is_kind_line(text)
    )


def open_cells(lines: Sequence[Line]) -> list[Cell]:
    """The cells of an open table; padding holds no text at all, a printed empty cell at least a line break."""
    cells: list[Cell] = []
    pending, number, broken = "", lines[0].number, False
    for line in lines:
        for position, piece in enumerate(line.text.split("|")):
            if position:
                text = squeeze(pending)
                cells.append(Cell(text, number, padding=not text and not broken))
                pending, broken, number = "", False, line.number
            if piece.strip() and not pending.strip():
                number = line.number
            pending += piece
        pending += "\n"
        broken = True
        if len(cells) > MAX_CELLS:
            break
    while cells and not cells[0].text:
        cells.pop(0)
    return cells


def open_end(lines: Sequence[Line], index: int) -> int:
    """Index behind the last line of the open table that begins at `index`."""
    last = index
    for i in range(index, len(lines)):
        text = lines[i].text
        bare = text.strip("| ")
        if _BRIEF_END.match(fold(bare[:40])) or (bare.startswith("Điều ") and marker(bare)):
            break
        if "|" in text:
            last = i
        elif i - last > MAX_OPEN_SILENT_LINES or (
            not text and "|" in lines[i - 1].text and i + 1 < len(lines) and _prose_follows(lines, i + 1)
        ):
            break
    return last + 1


def _prose_follows(lines: Sequence[Line], index: int) -> bool:
    """Whether a paragraph that no bar closes soon begins behind a blank line."""
    following = [line.text for line in lines[index : index + 12] if line.text]
    return bool(following) and not any("|" in text for text in following)
