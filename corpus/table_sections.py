"""Tables as sections: the header opens one, group rows nest by their numbering, every other row is a leaf."""

from __future__ import annotations

import re

from corpus.blocks import Block
from corpus.markers import RANKS
from corpus.tree import Builder
from corpus.vietnamese import slug


def table_block(b: Builder, block: Block) -> None:
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
    node = b.open(
        "dong",
        shown if shown.startswith(("Bước", "bước")) else f"dòng {shown}",
        number,
        f"dong-{slug(ordinal) if ordinal else number}",
        block,
    )
    node.heading = ""
    b.stack = keep


def _group_row(b: Builder, block: Block) -> None:
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
