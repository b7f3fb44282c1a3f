"""Sections in, passages out: the smallest citable sections that stand alone and fit the encoder's window.

A leaf of the section tree is a passage. A task keeps the lines that say who and when; a section whose own text says
something before its children begin is a passage too; a pure heading is context for what stands under it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from langchain_text_splitters import RecursiveCharacterTextSplitter

from corpus.blocks import Block
from corpus.citations import citation, citation_en
from corpus.clean import is_kind_line
from corpus.duties import duty_of
from corpus.labels import attribute
from corpus.rows import row_values
from corpus.tree import Node, Tree
from corpus.types import Metadata, Passage
from corpus.vietnamese import fold

MAX_CHARACTERS = 1000
"""Longest passage; with its context it stays under 512 tokens of multilingual-e5 (about 3.4 characters a token)."""

DENSE_CHARACTERS = 700
CELL = " | "  # between the cells of a row
MIN_ROOM = 400
FREE_NAMES = 200
"""Names of columns are embedded in front of their cells: what they take above this is taken off the row's room."""

MIN_LEAD = 60  # shorter own text of a section with children is a heading
MAX_HEADINGS = 6

_TARGET_PATH = re.compile(r"\b(muc tieu|chi tieu)\b")
_RESULT_PATH = re.compile(
    r"\b(ket qua (dat duoc|thuc hien)|tinh hinh thuc hien|danh gia ket qua|ton tai, han che|thuc trang|hien trang)\b"
)
_DUTY_PATH = re.compile(r"\b(to chuc thuc hien|trach nhiem|phan cong|to chuc trien khai)\b")
_BUDGET_PATH = re.compile(r"\b(kinh phi|ngan sach|nguon von|nguon luc tai chinh)\b")
_LEGAL_PATH = re.compile(r"\bcan cu\b")
_AGENCY = re.compile(
    r"^(cac )?(so|ban (?!hanh)|ubnd|uy ban|van phong|cong an|doanh nghiep|dai (?!hoi)|bao (?!dam|cao|ve)"
    r"|hoi (?!nghi|thao)|to (?!chuc)|chu tich|bo (?!sung|tri)|cuc|ngan hang|doan|de nghi)\b"
)
_INDICATOR = re.compile(r"\b(chi tieu|muc tieu)\b")
_PROCEDURE = re.compile(r"\b(thu tuc|tieu chi|quy trinh|dieu kien|trinh tu|cham diem|bieu mau|danh hieu)\b")
_YEARLY_AIM = re.compile(r"\b(ke hoach|muc tieu|chi tieu|giai doan)\b.*\b20\d\d\b")
_SIGNS = re.compile(r"[^\w\s]|\d")
_MEASURE = re.compile(r"\d+(?:[.,]\d+)?\s*%")


def make_passages(tree: Tree, meta: Metadata) -> tuple[Passage, ...]:
    """The passages of a document in reading order; together with the headings they hold every word of it."""
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=MAX_CHARACTERS,
        chunk_overlap=0,
        separators=["\n", ". ", "; ", ", ", " "],
        keep_separator="end",
        strip_whitespace=False,
    )
    result: list[Passage] = []
    for node, start, end in _units(tree):
        result.extend(_split(tree, meta, node, start, end, splitter))
    return tuple(result)


def is_task_with_attributes(node: Node) -> bool:
    """Whether the lines under the section say who does it or by when ("+ Cơ quan thực hiện: ...")."""
    return bool(node.children) and any(attribute(_own(child)) for child in node.children)


def _own(node: Node) -> str:
    return node.block.text if node.block else ""


def _units(tree: Tree) -> Iterator[tuple[Node, int, int]]:
    """Sections that become passages, with the stretch of text each covers."""

    def walk(node: Node) -> Iterator[tuple[Node, int, int]]:
        own = _own(node)
        if node.kind == "bang":
            pass  # the header is context of its rows
        elif node.kind in ("noi-nhan", "ky", "dau", "thuoc-tinh") or not node.children or is_task_with_attributes(node):
            yield node, node.start, node.end
            return
        elif node.kind == "nhom-bang":
            if node.block is not None and node.block.row is not None and sum(map(bool, node.block.row.cells)) > 2:
                yield node, node.start, node.start + len(own)
        elif own and _says_something(node, own):
            yield node, node.start, node.start + len(own)
        for child in node.children:
            yield from walk(child)

    for child in tree.root.children:
        yield from walk(child)


def _says_something(node: Node, own: str) -> bool:
    """Whether a section's own words are more than a heading."""
    if own.upper() == own or node.kind in ("nhom", "phu-luc"):
        return False
    return len(own) - len(node.label) >= MIN_LEAD and len(own) > len(node.heading) + MIN_LEAD


def _split(
    tree: Tree, meta: Metadata, node: Node, start: int, end: int, splitter: RecursiveCharacterTextSplitter
) -> Iterator[Passage]:
    text = tree.text[start:end]
    if not text.strip():
        return
    row = node.block.row if node.block else None
    names = _columns(node) if row is not None else ()
    room = MAX_CHARACTERS if not names else max(MIN_ROOM, MAX_CHARACTERS - max(0, sum(map(len, names)) - FREE_NAMES))
    if _is_dense(text):
        room = min(room, DENSE_CHARACTERS)
    if node.kind in ("dau", "thuoc-tinh"):
        pieces = _lines(text)
    else:
        pieces = _pieces(text, room, splitter if row is None else _row_splitter(room))
    at = start
    kind = passage_kind(node, text)
    for number, piece in enumerate(pieces, 1):
        left, right = at, at + len(piece)
        first = tree.text.count(CELL, start, left)
        at = right
        edges = " \n|" if row is not None and len(pieces) > 1 else None
        left += len(piece) - len(piece.lstrip(edges))
        right -= len(piece) - len(piece.rstrip(edges))
        if left >= right:
            continue
        shown = tree.text[left:right]
        yield Passage(
            id=node.id if len(pieces) == 1 else f"{node.id}.p{number}",
            document_id=tree.root.id,
            section_id=node.id,
            kind=kind,
            text=shown,
            start=left,
            end=right,
            headings=heading_path(node),
            columns=names[first : first + shown.count(CELL) + 1] if len(pieces) > 1 else names,
            citation=citation(node, meta),
            citation_en=citation_en(node, meta),
            line=node.line,
        )


def _lines(text: str) -> list[str]:
    """The lines of a letterhead or of a portal's properties, which do not run on; kind and title stay together."""
    lines = text.splitlines(keepends=True)
    kind = next((i for i, line in enumerate(lines) if is_kind_line(line.strip())), len(lines))
    return [*lines[:kind], *filter(None, ["".join(lines[kind:])])]


def _is_dense(text: str) -> bool:
    """Whether numbers and signs, a token each, or capitals, rare in what the encoder learnt, fill the window sooner."""
    return len(text) > DENSE_CHARACTERS and (text.upper() == text or len(_SIGNS.findall(text)) > 0.16 * len(text))


def _pieces(text: str, room: int, splitter: RecursiveCharacterTextSplitter) -> list[str]:
    """The text cut at the ends of lines and sentences; the splitter must cut, never change."""
    if len(text) <= room:
        return [text]
    pieces = splitter.split_text(text)
    if "".join(pieces) != text or max(map(len, pieces)) > room:
        return [text[i : i + room] for i in range(0, len(text), room)]
    return pieces


@cache
def _row_splitter(room: int) -> RecursiveCharacterTextSplitter:
    """A long row is cut between its cells first."""
    return RecursiveCharacterTextSplitter(
        chunk_size=room,
        chunk_overlap=0,
        separators=[CELL, ". ", "; ", ", ", " "],
        keep_separator="end",
        strip_whitespace=False,
    )


def _columns(node: Node) -> tuple[str, ...]:
    """The column name of each cell that the row's text shows; cells under a merged one are not printed in the row."""
    if node.block is None or node.block.row is None:
        return ()
    covered = {column for column, _ in node.block.row.span}
    shown = node.block.text.count(CELL) + 1
    return tuple(name for index, name in enumerate(node.block.columns) if index not in covered)[:shown]


def heading_path(node: Node) -> tuple[str, ...]:
    """Headings above a section, outermost first, each with its number as the document writes it."""
    path: list[str] = []
    for above in reversed(node.ancestors()):
        text = above.heading
        if not text and above.block is not None and above.block.row is None and above.kind != "bang":
            text = _shorten(above.block.text)
        if text:
            path.append(f"{above.label}. {text}" if above.label and above.kind in ("dieu", "muc", "phu-luc") else text)
    return tuple(path[-MAX_HEADINGS:])


def _shorten(text: str, limit: int = 120) -> str:
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


def passage_kind(node: Node, text: str) -> str:
    """What a passage is for: target, task, assignment, result, legal-basis, recipients, budget or other."""
    if node.kind == "can-cu":
        return "legal-basis"
    if node.kind == "noi-nhan":
        return "recipients"
    if node.kind in ("dau", "ky", "nhom-bang", "thuoc-tinh"):
        return "other"
    path = fold(" / ".join([*heading_path(node), node.heading]))
    if _RESULT_PATH.search(path):
        return "result"
    if is_task_with_attributes(node):
        return "task"
    if node.kind == "dong" and node.block is not None:
        return _row_kind(node.block, path)
    if _LEGAL_PATH.search(path.split(" / ")[0]):
        return "legal-basis"
    if _TARGET_PATH.search(path):
        return "target"
    if _BUDGET_PATH.search(path):
        return "budget"
    if _DUTY_PATH.search(path) or any(_AGENCY.match(fold(a.heading)) for a in [node, *node.ancestors()] if a.heading):
        return "assignment"
    if node.kind in ("khoan", "tieu-khoan", "diem", "gach") and duty_of(text):
        return "assignment"
    if _PROCEDURE.search(path) or re.search(r"(dưới|=|hơn)\s*\d+\s*%", text):
        return "other"
    return "target" if _MEASURE.search(text) and len(text) < 400 else "other"


def _row_kind(block: Block, path: str) -> str:
    """A row that says who does something is a task, one of an indicator's values a target."""
    if sum(bool(_YEARLY_AIM.search(fold(name))) for name in block.columns) >= 2 and not row_values(block):
        return "target"
    if any(_INDICATOR.search(fold(name)) for name in block.columns) and (
        _MEASURE.search(block.text) or _plans_years(block, path)
    ):
        return "target"
    if row_values(block):
        return "task"
    if _TARGET_PATH.search(path) and re.search(r"\d", block.text):
        return "target"
    return "other"


def _plans_years(block: Block, path: str) -> bool:
    """Whether the columns are years to come of a plan, so that the numbers under them are aims."""
    return sum(bool(re.search(r"\b20\d\d\b", name)) for name in block.columns) >= 2 or bool(_TARGET_PATH.search(path))
