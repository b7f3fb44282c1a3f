"""Sections in, passages out: the smallest citable sections that stand alone and fit the encoder's window.

A leaf of the section tree is a passage. A task keeps the lines that say who and when; a section whose own text says
something before its children begin is a passage too; a pure heading is context for what stands under it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from corpus.citations import citation, citation_en
from corpus.clean import is_kind_line
from corpus.kinds import heading_path, is_task_with_attributes, own_text, passage_kind, tasks_within
from corpus.tree import Node, Tree
from corpus.types import Metadata, Passage

if TYPE_CHECKING:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

MAX_CHARACTERS = 1000
"""Longest passage; with its context it stays under 512 tokens of multilingual-e5 (about 3.4 characters a token)."""

DENSE_CHARACTERS = 700
CELL = " | "  # between the cells of a row
MIN_ROOM = 400
FREE_NAMES = 200
"""Names of columns are embedded in front of their cells: what they take above this is taken off the row's room."""

MIN_LEAD = 60  # shorter own text of a section with children is a heading

_SIGNS = re.compile(r"[^\w\s]|\d")


def make_passages(tree: Tree, meta: Metadata) -> tuple[Passage, ...]:
    """The passages of a document in reading order; together with the headings they hold every word of it."""
    result: list[Passage] = []
    for node, start, end in _units(tree):
        result.extend(_split(tree, meta, node, start, end))
    return tuple(result)


def _units(tree: Tree) -> Iterator[tuple[Node, int, int]]:
    """Sections that become passages, with the stretch of text each covers."""

    def walk(node: Node) -> Iterator[tuple[Node, int, int]]:
        own = own_text(node)
        if node.kind == "bang":
            pass  # the header is context of its rows
        elif node.kind in ("noi-nhan", "ky", "dau", "thuoc-tinh") or not node.children:
            yield node, node.start, node.end
            return
        elif is_task_with_attributes(node):
            inner = tasks_within(node)
            yield node, node.start, inner[0].start if inner else node.end
            for child in node.children[node.children.index(inner[0]) :] if inner else ():
                yield from walk(child)
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


def _split(tree: Tree, meta: Metadata, node: Node, start: int, end: int) -> Iterator[Passage]:
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
        pieces = _pieces(text, room, row is not None)
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


def _pieces(text: str, room: int, is_row: bool) -> list[str]:
    """The text cut at the ends of lines and sentences; the splitter must cut, never change."""
    if len(text) <= room:
        return [text]
    pieces = _splitter(room, CELL if is_row else "\n").split_text(text)
    if "".join(pieces) != text or max(map(len, pieces)) > room:
        return [text[i : i + room] for i in range(0, len(text), room)]
    return pieces


@cache
def _splitter(room: int, first: str) -> RecursiveCharacterTextSplitter:
    """Cuts at `first` where it can: between lines, or the cells of a row; imported late, for few texts are so long."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    return RecursiveCharacterTextSplitter(
        chunk_size=room,
        chunk_overlap=0,
        separators=[first, ". ", "; ", ", ", " "],
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
