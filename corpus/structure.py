"""Blocks in, the tree of legal sections out, with the reading text they stand in.

Walks the blocks once and keeps a stack of open sections. A marker of rank r closes all open sections of rank r or
more. Where numbering starts again although its parent goes on (a plan that lost "IV." before a second "1."), the lost
heading is inferred and marked as such; a gap in a sequence is reported, never hidden.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.blocks import Block
from corpus.clean import is_kind_line
from corpus.markers import LETTERS, RANKS, Marker, marker
from corpus.vietnamese import fold, slug

_SIGNATURE = re.compile(r"^(tm\.|t/m|kt\.|tl\.|tuq\.|chu tich$|pho chu tich$|thu tuong$|pho thu tuong$|giam doc$|bo truong$)")
_RECIPIENTS = re.compile(r"^noi nhan\s*:?")
_LEGAL = re.compile(r"^(can cu |theo de nghi |xet de nghi |xet to trinh |thuc hien (quyet dinh|ke hoach|nghi quyet|thong bao|chi thi|van ban|cong van))")
_ATTACHED = re.compile(r"^\((kem theo|ban hanh kem theo|dinh kem)")
_ENACTING = re.compile(r"^(quyet dinh|quyet nghi|chi thi|nghi quyet|yeu cau)\s*:$")
MAX_GROUP_HEADING = 110


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
    block: Block | None = None
    children: list[Node] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

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


class _Builder:
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
        self.first_roman = 0

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

    def anchor(self) -> Node:
        """The innermost open section that counts bullets and paragraphs: groups are transparent to numbering."""
        for node in reversed(self.stack):
            if node.kind != "nhom":
                return node
        return self.root

    def count(self, node: Node, kind: str) -> int:
        """The next number of an unnumbered kind under the section."""
        node.counts[kind] = node.counts.get(kind, 0) + 1
        return node.counts[kind]


def build(document_id: str, blocks: Sequence[Block], properties: Sequence[Block] = ()) -> Tree:
    """Read the sections of a document out of its blocks; a portal's property lines stand behind them, set apart."""
    builder = _Builder(document_id)
    builder.first_roman = _first_roman(blocks)
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        _place(builder, block, following)
    builder.stack = [builder.root]
    for block in properties:
        if builder.stack[-1] is builder.root:
            builder.push(builder.open("thuoc-tinh", "thuộc tính do cổng thông tin ghi", 0, "thuoc-tinh", block))
        else:
            _append(builder, block)
    _extend_ends(builder.root)
    return Tree(builder.root, tuple(builder.nodes), "\n".join(builder.parts), tuple(builder.warnings))


def _first_roman(blocks: Sequence[Block]) -> int:
    """Ordinal of the first Roman heading of the document's own body, 0 when it has none."""
    for block in blocks:
        if block.begins_table or (_SIGNATURE.match(fold(block.text)) and len(block.text) < 80):
            return 0
        found = marker(block.text) if block.row is None else None
        if found and found.kind in ("dieu", "phu-luc"):
            return 0
        if found and found.kind == "muc":
            return found.ordinal
    return 0


def _place(b: _Builder, block: Block, following: Block | None) -> None:
    if block.row is not None or block.begins_table:
        _table_block(b, block)
        return
    text, folded = block.text, fold(block.text)
    found = marker(text)
    if b.zone == "ky" and _begins_attachment(block, found, folded):
        _attachment(b, block, found)
        return
    if _RECIPIENTS.match(folded) and b.zone in ("than", "ky", "dau"):
        b.close_to(-1)
        b.zone = "ky"
        b.stack = [b.root]
        b.push(b.open("noi-nhan", "Nơi nhận", 0, "noi-nhan", block))
        return
    if _SIGNATURE.match(folded) and len(text) < 80:
        if b.stack[-1].kind != "ky":
            b.stack = [*b.stack[:1]]
            b.zone = "ky"
            b.push(b.open("ky", "phần ký", 0, "ky", block))
        else:
            _append(b, block)
        return
    if b.zone == "ky":
        _append(b, block)
        return
    if b.zone in ("dau", "can-cu") and _opening(b, block, found, folded):
        return
    if b.zone in ("dau", "can-cu"):
        b.zone = "than"
        b.stack = [b.root]
        if b.first_roman == 2:
            _inferred(b, "muc", 1)
    if found and _accept(b, found, block, following):
        _numbered(b, found, block, following)
        return
    _unnumbered(b, block, following)


def _opening(b: _Builder, block: Block, found: Marker | None, folded: str) -> bool:
    """The header and the legal bases; True when the block belongs to them."""
    if found and found.kind not in ("gach", "cong", "diem") and not (found.kind == "khoan" and b.zone == "dau" and not b.nodes):
        return False
    if _ENACTING.match(folded) and b.zone == "can-cu":
        b.stack = [b.root]
        b.zone = "than"
        b.open("doan", "", 0, "quyet-dinh", block)
        return True
    if _LEGAL.match(folded):
        b.zone = "can-cu"
        b.stack = [b.root]
        number = b.count(b.root, "can-cu")
        b.open("can-cu", f"căn cứ thứ {number}", number, f"can-cu-{number}", block)
        return True
    if b.zone == "dau" and (len(block.text) < 400 and (block.text.upper() == block.text or _header_line(folded) or not b.nodes)):
        if not b.nodes:
            b.push(b.open("dau", "phần đầu", 0, "dau", block))
        else:
            _append(b, block)
        return True
    if b.zone == "dau" and b.nodes and is_kind_line(_last_line(b)) and len(block.text) < 400:
        _append(b, block)  # a title in small letters
        return True
    return False


def _last_line(b: _Builder) -> str:
    return b.parts[-1] if b.parts else ""


def _header_line(folded: str) -> bool:
    return bool(re.match(r"^(so\s*:|doc lap|cong hoa|.{2,40}, ngay \d|-+$|\d+\w?/)", folded))


def _begins_attachment(block: Block, found: Marker | None, folded: str) -> bool:
    if found and found.kind in ("phu-luc", "phan", "chuong", "dieu", "muc"):
        return True
    text = block.text
    return bool(
        is_kind_line(text)
        or (_ATTACHED.match(folded))
        or (text.upper() == text and len(text) > 25 and re.match(r"^(danh muc|phu luc|bang|bieu|ke hoach|quy |de an|noi dung|mau)", folded))
    )


def _attachment(b: _Builder, block: Block, found: Marker | None) -> None:
    """An appendix or an attached plan opens behind the signature."""
    b.stack = [b.root]
    b.zone = "phu-luc"
    if found and found.kind == "phu-luc":
        _numbered(b, found, block, None)
        return
    number = b.count(b.root, "kem-theo")
    name = "phu-luc" if number == 1 else f"phu-luc-kem-{number}"
    heading = "" if found else block.text
    node = b.open("phu-luc", "Phụ lục", 0, name, None if found else block, heading)
    b.push(node)
    if found:
        _numbered(b, found, block, None)


def _append(b: _Builder, block: Block) -> None:
    """More text of the innermost open section."""
    _, end = b.write(block.text)
    b.stack[-1].end = end


def _accept(b: _Builder, found: Marker, block: Block, following: Block | None) -> bool:
    """Whether the marker numbers a section here, rather than opening a sentence that refers to one."""
    if found.kind == "phu-luc":
        return len(block.text) < 300 and not re.match(r"^(kèm|ban hành|của|này|nêu)", found.rest)
    if found.kind == "dieu":
        return not re.match(r"^(và|của|Nghị định|Luật)\b", found.rest)
    return True


def _numbered(b: _Builder, found: Marker, block: Block, following: Block | None) -> None:
    kind = "muc" if found.kind == "chuong-muc" else found.kind
    if kind == "phu-luc":
        b.stack = [b.root]
        b.zone = "phu-luc"
        heading = found.rest.strip()
        label = f"Phụ lục {found.label}".strip()
        number = b.count(b.root, "phu-luc-so") if not found.label else 0
        name = f"phu-luc-{slug(found.label)}" if found.label else ("phu-luc" if number == 1 else f"phu-luc-{number}")
        b.push(b.open("phu-luc", label, found.ordinal, name, block, heading))
        return
    rank = RANKS[kind]
    if kind in ("gach", "cong"):
        _bullet(b, kind, found, block)
        return
    _infer_lost_parent(b, kind, rank, found)
    b.close_to(rank)
    parent = b.stack[-1]
    previous = max((n.ordinal for n in parent.children if n.kind == kind), default=0)
    if found.ordinal and found.ordinal > previous + 1:
        _report_gap(b, kind, previous, found, parent)
    own = _own_heading(found, block, following)
    node = b.open(kind, _label(kind, found), found.ordinal, _name(kind, found), block, own)
    b.push(node)


def _infer_lost_parent(b: _Builder, kind: str, rank: int, found: Marker) -> None:
    """When numbering starts again under an open parent, the source lost the next heading of the parent's kind."""
    if kind not in ("khoan", "diem"):
        return
    open_same = next((n for n in b.stack if n.kind == kind), None)
    if open_same is None:
        siblings_parent = next((n for n in reversed(b.stack) if n.rank < rank), b.root)
        last = max((n.ordinal for n in siblings_parent.children if n.kind == kind), default=0)
    else:
        siblings_parent = open_same.parent or b.root
        last = max((n.ordinal for n in siblings_parent.children if n.kind == kind), default=0)
    if found.ordinal > last:
        return
    holder = {"khoan": ("muc",), "diem": ("khoan",)}[kind]
    parent = siblings_parent
    if parent.kind not in holder:
        return
    last_child = next((n for n in reversed(parent.children) if n.kind == kind), None)
    b.close_to(parent.rank)
    lost = _inferred(b, parent.kind, parent.ordinal + 1)
    if found.ordinal == 2 and last_child is not None and last_child.children and _is_sentence(last_child):
        _adopt(b, lost, kind, last_child)


def _inferred(b: _Builder, kind: str, ordinal: int) -> Node:
    """Open a section whose heading the source lost."""
    label = _to_roman(ordinal) if kind == "muc" else LETTERS[ordinal - 1] if kind == "diem" else str(ordinal)
    found = Marker(kind, label, ordinal, "")
    where = b.stack[-1].label or "the document"
    node = b.open(kind, _label(kind, found), ordinal, _name(kind, found), None)
    node.inferred = True
    b.warnings.append(f"{where}: the heading of {node.label} is missing; inferred from the numbering")
    b.push(node)
    return node


def _is_sentence(node: Node) -> bool:
    """Whether a numbered section is one whole sentence, so that bullets behind it cannot be its own."""
    return node.block is not None and node.block.text.endswith(".")


def _adopt(b: _Builder, lost: Node, kind: str, last: Node) -> None:
    """Move the bullets that run on behind the last sentence of the section before under the lost first heading."""
    first = _inferred(b, kind, 1)
    moved, last.children = last.children, []
    last.end = last.start + (len(last.block.text) if last.block else 0)
    first.children = moved
    first.start = lost.start = moved[0].start
    first.counts, last.counts = dict(last.counts), {}
    for child in moved:
        child.parent = first
        _rename(b, child, last.id, first.id)
    b.nodes.remove(lost)
    b.nodes.remove(first)
    at = b.nodes.index(moved[0])
    b.nodes[at:at] = [lost, first]
    b.stack.pop()


def _rename(b: _Builder, node: Node, old: str, new: str) -> None:
    b.ids.discard(node.id)
    node.id = new + node.id[len(old) :]
    b.ids.add(node.id)
    for child in node.children:
        _rename(b, child, old, new)


def _report_gap(b: _Builder, kind: str, previous: int, found: Marker, parent: Node) -> None:
    if kind == "diem":
        expected = LETTERS[previous] if previous < len(LETTERS) else "?"
    elif kind == "muc":
        expected = _to_roman(previous + 1)
    else:
        expected = str(previous + 1)
    where = parent.label or "the document"
    b.warnings.append(f"{where}: expected {expected}, found {found.label}")


def _to_roman(number: int) -> str:
    result = ""
    for value, letters in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            result, number = result + letters, number - value
    return result


def _label(kind: str, found: Marker) -> str:
    names = {
        "phan": "Phần",
        "chuong": "Chương",
        "muc": "Mục",
        "dieu": "Điều",
        "khoan": "khoản",
        "tieu-khoan": "điểm",
        "tieu-tieu-khoan": "điểm",
        "diem": "điểm",
    }
    return f"{names[kind]} {found.label}"


def _name(kind: str, found: Marker) -> str:
    if kind == "diem":
        return "diem-dd" if found.label == "đ" else f"diem-{found.label}"
    if kind in ("tieu-khoan", "tieu-tieu-khoan"):
        return "diem-" + found.label.replace(".", "-")
    return f"{kind}-{slug(found.label)}"


def _own_heading(found: Marker, block: Block, following: Block | None) -> str:
    """The heading text of a numbered section; a section whose text runs on has the words before its colon."""
    rest = found.rest.strip()
    if len(rest) <= 160 and not rest.endswith((".", ";")):
        return rest.rstrip(":").strip()
    head, colon, _ = rest.partition(":")
    if colon and len(head) <= 120:
        return head.strip()
    if found.kind in ("muc", "dieu", "phan", "chuong") or (rest.upper() == rest):
        return rest[:160].rstrip(".:; ").strip()
    return ""


def _bullet(b: _Builder, kind: str, found: Marker, block: Block) -> None:
    rank = RANKS[kind]
    b.close_to(rank)
    parent = b.anchor()
    number = b.count(parent, kind)
    if kind == "gach":
        label, name = f"gạch đầu dòng thứ {number}", str(number)
    else:
        inside = any(n.kind == "gach" for n in b.stack)
        label, name = f"dấu cộng thứ {number}", str(number) if inside else f"cong-{number}"
    rest = found.rest.strip()
    heading = rest.rstrip(": ") if rest.endswith(":") and len(rest) <= MAX_GROUP_HEADING else ""
    if not heading:
        head, colon, tail = rest.partition(":")
        heading = head.strip() if colon and tail and len(head) <= 60 else ""
    # A bullet's id hangs on the section that counts it, whatever groups stand between.
    keep = b.stack
    b.stack = [*[n for n in b.stack if n.kind != "nhom"]]
    node = b.open(kind, label, number, name, block, heading)
    b.stack = keep
    if keep[-1].kind == "nhom":  # the tree shows the group; the id does not
        (node.parent or b.root).children.remove(node)
        node.parent = keep[-1]
        keep[-1].children.append(node)
    b.push(node)


def _unnumbered(b: _Builder, block: Block, following: Block | None) -> None:
    """A paragraph without a marker: the heading of a group of bullets, or a paragraph of the section around it."""
    next_marker = marker(following.text) if following else None
    text = block.text
    is_heading = (
        next_marker is not None
        and next_marker.kind in ("gach", "cong")
        and len(text) <= MAX_GROUP_HEADING
        and text.endswith(":")
        and not _names_numbers(text)
    )
    b.close_to(RANKS["nhom"])
    parent = b.stack[-1]
    if b.zone == "phu-luc" and parent.kind == "phu-luc" and not parent.children and (
        _ATTACHED.match(fold(text)) or text.upper() == text
    ):
        if not parent.heading or text.upper() == text:
            parent.heading = f"{parent.heading} {text}".strip() if text.upper() == text else parent.heading
        _append(b, block)
        return
    number = b.count(parent, "nhom" if is_heading else "doan")
    if is_heading:
        b.push(b.open("nhom", "", number, f"nhom-{number}", block, text.rstrip(": ")))
    else:
        b.open("doan", f"đoạn {number}", number, f"doan-{number}", block)


def _names_numbers(text: str) -> bool:
    return bool(re.search(r"\d+%", text))


def _table_block(b: _Builder, block: Block) -> None:
    """A table's header opens it; group rows nest by their numbering; every other row is a section of its own."""
    b.close_to(RANKS["nhom"])
    if block.begins_table:
        if b.zone == "ky":
            b.stack = [b.root]
            b.zone = "phu-luc"
            number = b.count(b.root, "kem-theo")
            b.push(b.open("phu-luc", "Phụ lục", 0, "phu-luc" if number == 1 else f"phu-luc-kem-{number}", None))
        holder = b.stack[-1]
        number = b.count(holder, "bang")
        name = "bang" if number == 1 else f"bang-{number}"
        table = b.open("bang", "" if number == 1 else f"bảng {number}", number, name, block)
        b.columns = block.columns
        b.table_depth = [table]
        return
    row = block.row
    assert row is not None
    if row.is_group:
        _group_row(b, block)
        return
    parent = b.table_depth[-1]
    keep = b.stack
    b.stack = [parent]
    ordinal = row.ordinal
    number = b.count(parent, "dong")
    shown = ordinal or str(number)
    node = b.open("dong", f"dòng {shown}", number, f"dong-{slug(ordinal) if ordinal else number}", block)
    node.heading = ""
    b.stack = keep


def _group_row(b: _Builder, block: Block) -> None:
    row = block.row
    assert row is not None
    table = b.table_depth[0]
    texts = [cell for cell in row.cells if cell]
    ordinal = row.ordinal
    is_top = not ordinal or bool(re.fullmatch(r"[IVXLCA-E]+", ordinal))
    parent = table if is_top else next((n for n in b.table_depth if n.counts.get("top")), table)
    title = (texts[1] if ordinal and len(texts) > 1 else texts[0] if texts else "").strip()
    keep = b.stack
    b.stack = [parent]
    if is_top and not table.counts.get("nhom-lon") and any(n.kind in ("nhom-bang", "dong") for n in table.children):
        b.count(table, "nhom-lon")  # what stands before the first titled group is a group of its own
    number = b.count(table, "nhom-lon") if is_top else 0
    name = f"muc-{slug(ordinal)}" if ordinal and is_top else f"phan-{number}" if is_top else f"nhom-{slug(ordinal)}"
    label = f"Mục {ordinal}" if ordinal else ""
    node = b.open("nhom-bang", label, number, name, block if block.text else None, title)
    node.inferred = not texts
    if is_top:
        node.counts["top"] = 1
        b.table_depth = [table, node]
    else:
        b.table_depth = [n for n in b.table_depth if n is table or n.counts.get("top")] + [node]
    b.stack = keep


def _extend_ends(node: Node) -> int:
    """A section ends where the last of its descendants ends."""
    for child in node.children:
        node.end = max(node.end, _extend_ends(child))
    return node.end
