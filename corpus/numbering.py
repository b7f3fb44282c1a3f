"""Numbered sections: opening them at their markers, inferring headings that a source lost, reporting gaps."""

from __future__ import annotations

import re

from corpus.blocks import Block
from corpus.markers import LETTERS, RANKS, Marker
from corpus.tree import Builder, Node
from corpus.vietnamese import slug


def accept(found: Marker, block: Block) -> bool:
    """Whether the marker numbers a section here, rather than opening a sentence that refers to one."""
    if found.kind == "phu-luc":
        return len(block.text) < 300 and not re.match(r"^(kèm|ban hành|đính kèm|của|này|nêu|trên)", found.rest)
    if found.kind == "dieu":
        return not re.match(r"^(và|của|Nghị định|Luật)\b", found.rest)
    if found.kind in ("phan", "chuong"):
        return not found.rest[:1].islower()
    return True


def numbered(b: Builder, found: Marker, block: Block) -> None:
    """Open the section that a marker numbers, under the innermost open section that outranks it."""
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
    _infer_lost_parent(b, kind, rank, found)
    b.close_to(rank)
    parent = b.stack[-1]
    previous = max((n.ordinal for n in parent.children if n.kind == kind), default=0)
    if kind == "dieu":  # articles run on through the chapters of a text
        previous = b.last_article(found.ordinal)
    skips_dd = kind == "diem" and previous == 4 and found.ordinal == 6 and not b.uses_dd
    if found.ordinal > previous + 1 and not skips_dd:
        _report_gap(b, kind, previous, found, parent)
    own = _own_heading(found)
    node = b.open(kind, _label(kind, found), found.ordinal, _name(kind, found), block, own)
    b.push(node)


def _infer_lost_parent(b: Builder, kind: str, rank: int, found: Marker) -> None:
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
    lost = inferred(b, parent.kind, parent.ordinal + 1)
    if found.ordinal == 2 and last_child is not None and last_child.children and _is_sentence(last_child):
        _adopt(b, lost, kind, last_child)


def inferred(b: Builder, kind: str, ordinal: int) -> Node:
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


def _adopt(b: Builder, lost: Node, kind: str, last: Node) -> None:
    """Move the bullets that run on behind the last sentence of the section before under the lost first heading."""
    first = inferred(b, kind, 1)
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


def _rename(b: Builder, node: Node, old: str, new: str) -> None:
    b.ids.discard(node.id)
    node.id = new + node.id[len(old) :]
    b.ids.add(node.id)
    for child in node.children:
        _rename(b, child, old, new)


def _report_gap(b: Builder, kind: str, previous: int, found: Marker, parent: Node) -> None:
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


def _own_heading(found: Marker) -> str:
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
