"""Bullets, groups of bullets, and paragraphs without any marker."""

from __future__ import annotations

import re

from corpus.blocks import Block
from corpus.closings import close_for_ending
from corpus.markers import RANKS, Marker, marker
from corpus.tree import Builder, Node, adopt_under
from corpus.vietnamese import fold

ATTACHED = re.compile(r"^\((kem theo|ban hanh kem theo|dinh kem)")
MAX_GROUP_HEADING = 110


def bullet(b: Builder, kind: str, found: Marker, block: Block) -> None:
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
        adopt_under(keep[-1], node, b.root)
    b.push(node)


def unnumbered(b: Builder, block: Block, following: Block | None) -> None:
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
    close_for_ending(b, text, following)
    parent = b.stack[-1]
    if _is_title_of(parent, text):
        parent.heading = f"{parent.heading} {text}".strip()
        b.append(block)
        return
    if (
        b.zone == "phu-luc"
        and parent.kind == "phu-luc"
        and not parent.children
        and (ATTACHED.match(fold(text)) or text.upper() == text)
    ):
        if not parent.heading or text.upper() == text:
            parent.heading = f"{parent.heading} {text}".strip() if text.upper() == text else parent.heading
        if text.upper() != text:
            parent.note = f"{parent.note} {text}".strip()
        b.append(block)
        return
    number = b.count(parent, "nhom" if is_heading else "doan")
    if is_heading:
        b.push(b.open("nhom", "", number, f"nhom-{number}", block, text.rstrip(": ")))
    else:
        b.open("doan", f"đoạn {number}", number, f"doan-{number}", block)


def _is_title_of(section: Node, text: str) -> bool:
    """Whether a line is the title of the chapter or part whose number stands alone above it."""
    if section.kind not in ("chuong", "phan", "muc") or section.block is None or section.children or len(text) > 200:
        return False
    alone = not (found := marker(section.block.text)) or not found.rest.strip()
    return alone and (not section.heading or (text.upper() == text and section.heading.upper() == section.heading))


def plain_paragraph(b: Builder, block: Block) -> None:
    """A paragraph of the section around it, whatever number it opens with: it is quoted from another text."""
    b.close_to(RANKS["nhom"])
    number = b.count(b.stack[-1], "doan")
    b.open("doan", f"đoạn {number}", number, f"doan-{number}", block)


def _names_numbers(text: str) -> bool:
    return bool(re.search(r"\d+%", text))
