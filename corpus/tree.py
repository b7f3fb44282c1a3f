"""The tree of sections while it grows: nodes, the stack of open sections, and the reading text they stand in."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.blocks import Block
from corpus.markers import RANKS


@dataclass(slots=True)
class Node:
    """A section while it is being read; `blocks` are its own blocks, children come after them."""

    kind: str
    label: str
    ordinal: int
    id: str
    parent: Node | None
    heading: str = ""
    start: int = 0
    end: int = 0
    line: int = 0
    inferred: bool = False
    note: str = ""  # what an appendix says under its title of where it belongs: "(Kèm theo ...)"
    block: Block | None = None
    children: list[Node] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    has_lines: bool | None = None  # once asked: whether lines under it say who does it or by when

    @property
    def rank(self) -> int:
        """Nesting rank; sections outside the numbering (header, legal bases, ...) stand at the top."""
        return RANKS.get(self.kind, 99 if self.kind in ("doan", "dong", "can-cu") else -1)

    def ancestors(self) -> list[Node]:
        """The sections above this one, nearest first, without the root."""
        result, node = [], self.parent
        while node is not None and node.parent is not None:
            result.append(node)
            node = node.parent
        return result


@dataclass(frozen=True, slots=True)
class Tree:
    """The root of the sections, all sections in reading order, the reading text, and what looked wrong."""

    root: Node
    nodes: tuple[Node, ...]
    text: str
    warnings: tuple[str, ...]


class Builder:
    """Grows the tree block by block; the stack holds the open sections, outermost first."""

    def __init__(self, document_id: str) -> None:
        self.root = Node("goc", "", 0, document_id, None)
        self.stack: list[Node] = [self.root]
        self.nodes: list[Node] = []
        self.ids: set[str] = set()
        self.parts: list[str] = []
        self.length = 0
        self.warnings: list[str] = []
        self.zone = "dau"  # dau -> can-cu -> than -> ky -> phu-luc
        self.columns: tuple[str, ...] = ()
        self.table_depth: list[Node] = []
        self.articles: dict[str, int] = {}
        self.first_roman = 0  # ordinal of the body's first Roman heading
        self.uses_dd = False  # whether the document numbers a điểm "đ"

    # -- text ------------------------------------------------------------------------------------------------

    def write(self, text: str) -> tuple[int, int]:
        """Append a line to the reading text; offsets of what was written."""
        start = self.length + (1 if self.parts else 0)
        self.parts.append(text)
        self.length = start + len(text)
        return start, self.length

    def open(self, kind: str, label: str, ordinal: int, name: str, block: Block | None, heading: str = "") -> Node:
        """A new section under the innermost open one."""
        parent = self.stack[-1]
        identifier = f"{parent.id}.{name}"
        if identifier in self.ids:
            again = 2
            while f"{identifier}x{again}" in self.ids:
                again += 1
            identifier = f"{identifier}x{again}"
        self.ids.add(identifier)
        node = Node(kind, label, ordinal, identifier, parent, heading, block=block)
        node.start = node.end = self.length + (1 if self.parts else 0)
        parent.children.append(node)
        self.nodes.append(node)
        if block is not None:
            node.line = block.line
            if block.text:
                node.start, node.end = self.write(block.text)
        return node

    def close_to(self, rank: int) -> None:
        """Close every open section of this rank or a deeper one."""
        while len(self.stack) > 1 and self.stack[-1].rank >= rank:
            self.stack.pop()

    def push(self, node: Node) -> None:
        """Keep the section open for what follows."""
        self.stack.append(node)

    def last_article(self, number: int) -> int:
        """The article before this one in the same text (the document's, or an attached one); this one is noted."""
        text = self.stack[1].id if len(self.stack) > 1 and self.stack[1].kind == "phu-luc" else self.root.id
        previous = self.articles.get(text, 0)
        self.articles[text] = number
        return previous

    def anchor(self) -> Node:
        """The innermost open section that counts bullets and paragraphs: groups are transparent to numbering."""
        for node in reversed(self.stack):
            if node.kind != "nhom":
                return node
        return self.root

    def append(self, block: Block) -> None:
        """More text of the innermost open section."""
        _, end = self.write(block.text)
        self.stack[-1].end = end

    def count(self, node: Node, kind: str) -> int:
        """The next number of an unnumbered kind under the section."""
        node.counts[kind] = node.counts.get(kind, 0) + 1
        return node.counts[kind]


def adopt_under(group: Node, node: Node, root: Node) -> None:
    """Show a node under a group that its id does not name."""
    (node.parent or root).children.remove(node)
    node.parent = group
    group.children.append(node)


def extend_ends(node: Node) -> int:
    """A section ends where the last of its descendants ends."""
    for child in node.children:
        node.end = max(node.end, extend_ends(child))
    return node.end
