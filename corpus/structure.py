"""Blocks in, the tree of legal sections out, with the reading text they stand in.

Walks the blocks once and keeps a stack of open sections. A marker of rank r closes all open sections of rank r or
more. Where numbering starts again although its parent goes on (a plan that lost "IV." before a second "1."), the lost
heading is inferred and marked as such; a gap in a sequence is reported, never hidden. A document has zones: head, legal
bases, body, signatures, and what is attached behind them (Decree 30/2020/NĐ-CP, appendix I).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.blocks import Block
from corpus.bullets import ATTACHED, bullet, plain_paragraph, unnumbered
from corpus.clean import is_kind_line
from corpus.markers import Marker, marker
from corpus.numbering import accept, inferred, numbered
from corpus.own_lines import own_lines
from corpus.quotes import quoted_blocks
from corpus.table_sections import table_block
from corpus.tree import Builder, Tree, extend_ends
from corpus.vietnamese import fold, slug

_SIGNATURE = re.compile(
    r"^(tm\.|t/m|kt\.|tl\.|tuq\.|chu tich$|pho chu tich$|thu tuong$|pho thu tuong$|giam doc$|bo truong$)"
)
_RECIPIENTS = re.compile(r"^noi nhan\s*:?")
_LEGAL = re.compile(
    r"^(can cu |theo de nghi |xet de nghi |xet to trinh |thuc hien (quyet dinh|ke hoach|nghi quyet"
    r"|thong bao|chi thi|van ban|cong van))"
)
_FORM = re.compile(r"^\(?M[ẫẪ][uU] (?:s[ốỐ]\s*:?\s*)?(\d{1,2}[a-zA-Z]?)\b\.?")
_ATTACHED_KINDS = ("KẾ HOẠCH", "QUY CHẾ", "QUY ĐỊNH", "ĐỀ ÁN", "CHƯƠNG TRÌNH", "CHIẾN LƯỢC", "ĐIỀU LỆ")
MAX_SIGNATURE = 600
MAX_SIGNED_LINE = 120
_ENACTING = re.compile(r"^(quyet dinh|quyet nghi|chi thi|nghi quyet|yeu cau)\s*:$")


def build(document_id: str, blocks: Sequence[Block], properties: Sequence[Block] = ()) -> Tree:
    """Read the sections of a document out of its blocks; a portal's property lines stand behind them, set apart."""
    builder = Builder(document_id)
    builder.first_roman = _first_roman(blocks)
    builder.uses_dd = any(block.row is None and block.text.startswith(("đ)", "đ.")) for block in blocks)
    quoted = quoted_blocks(blocks)
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if index in quoted and builder.zone in ("than", "phu-luc"):
            plain_paragraph(builder, block)
        else:
            _place(builder, block, following)
    own_lines(builder)
    builder.stack = [builder.root]
    for block in properties:
        if builder.stack[-1] is builder.root:
            builder.push(builder.open("thuoc-tinh", "thuộc tính do cổng thông tin ghi", 0, "thuoc-tinh", block))
        else:
            builder.append(block)
    extend_ends(builder.root)
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


def _place(b: Builder, block: Block, following: Block | None) -> None:
    if block.row is not None or block.begins_table:
        table_block(b, block)
        return
    text, folded = block.text, fold(block.text)
    found = marker(text)
    if b.zone == "ky" and _begins_attachment(block, found, folded):
        _attachment(b, block, found)
        return
    if b.zone == "phu-luc":
        if _in_attachment(b, block, found, folded):
            return
    elif _RECIPIENTS.match(folded) and b.zone in ("than", "ky", "dau"):
        b.zone = "ky"
        b.stack = [b.root]
        b.push(b.open("noi-nhan", "Nơi nhận", 0, "noi-nhan", block))
        return
    elif _SIGNATURE.match(folded) and len(text) < 80:
        if b.stack[-1].kind != "ky":
            b.stack = [b.root]
            b.zone = "ky"
            b.push(b.open("ky", "phần ký", 0, "ky", block))
        else:
            b.append(block)
        return
    if b.zone == "ky":
        _behind_signature(b, block)
        return
    if b.zone in ("dau", "can-cu") and _opening(b, block, found, folded):
        return
    if b.zone in ("dau", "can-cu"):
        b.zone = "than"
        b.stack = [b.root]
        if b.first_roman == 2:
            inferred(b, "muc", 1)
    if found and found.kind in ("gach", "cong"):
        bullet(b, found.kind, found, block)
        return
    if found and accept(found, block):
        numbered(b, found, block)
        return
    unnumbered(b, block, following)


def _opening(b: Builder, block: Block, found: Marker | None, folded: str) -> bool:
    """The header and the legal bases; True when the block belongs to them."""
    if (
        found
        and found.kind not in ("gach", "cong", "diem")
        and not (found.kind == "khoan" and b.zone == "dau" and not b.nodes)
    ):
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
    if b.zone == "dau" and (
        len(block.text) < 400 and (block.text.upper() == block.text or _header_line(folded) or not b.nodes)
    ):
        if not b.nodes:
            b.push(b.open("dau", "phần đầu", 0, "dau", block))
        else:
            b.append(block)
        return True
    if b.zone == "dau" and b.nodes and is_kind_line(_last_line(b)) and len(block.text) < 400:
        b.append(block)  # a title in small letters
        return True
    return False


def _last_line(b: Builder) -> str:
    return b.parts[-1] if b.parts else ""


def _header_line(folded: str) -> bool:
    return bool(re.match(r"^(so\s*:|doc lap|cong hoa|.{2,40}, ngay \d|-+$|\d+\w?/)", folded))


def _begins_attachment(block: Block, found: Marker | None, folded: str) -> bool:
    if found and found.kind in ("phu-luc", "phan", "chuong", "dieu", "muc"):
        return True
    text = block.text
    return bool(
        is_kind_line(text)
        or (ATTACHED.match(folded))
        or (
            text.upper() == text
            and len(text) > 25
            and re.match(r"^(danh muc|phu luc|bang|bieu|ke hoach|quy |de an|noi dung|mau)", folded)
        )
    )


def _attachment(b: Builder, block: Block, found: Marker | None) -> None:
    """An appendix or an attached plan opens behind the signature; what has a kind of its own goes by its name."""
    b.stack = [b.root]
    b.zone = "phu-luc"
    if found and found.kind == "phu-luc":
        numbered(b, found, block)
        return
    if is_kind_line(block.text):
        kind = block.text.rstrip(": ").capitalize()
        number = b.count(b.root, slug(kind))
        b.push(b.open("phu-luc", kind, 0, slug(kind) if number == 1 else f"{slug(kind)}-{number}", block))
        return
    number = b.count(b.root, "kem-theo")
    name = "phu-luc" if number == 1 else f"phu-luc-kem-{number}"
    heading = "" if found else block.text
    node = b.open("phu-luc", "Phụ lục", 0, name, None if found else block, heading)
    b.push(node)
    if found:
        numbered(b, found, block)


def _behind_signature(b: Builder, block: Block) -> None:
    """Names and roles belong to the signatures; running text behind them (notes) is a part of its own."""
    if b.stack[-1].kind == "ky" and len(block.text) > MAX_SIGNED_LINE and block.text.upper() != block.text:
        b.stack = [b.root]
        b.push(b.open("ghi-chu", "phần sau chữ ký", 0, "ghi-chu", None))
    if b.stack[-1].kind == "ghi-chu":
        plain_paragraph(b, block)
    else:
        b.append(block)


def _in_attachment(b: Builder, block: Block, found: Marker | None, folded: str) -> bool:
    """Parts of an attachment that have no number: the next form or attached text, its own head and signatures."""
    text = block.text
    if len(text) < 60 and (form := _FORM.match(text)):
        b.stack = [b.root]
        b.push(b.open("phu-luc", f"Mẫu số {form.group(1)}", 0, f"mau-{slug(form.group(1))}", block))
        return True
    attachment = b.stack[1] if len(b.stack) > 1 else None
    if attachment is None:
        return False
    # "QUY ĐỊNH" over "CHUNG" under "Chương I" is the chapter's title, not another text.
    titled = b.stack[-1].kind in ("chuong", "phan", "muc") and not b.stack[-1].heading
    if text.rstrip() in _ATTACHED_KINDS and attachment.children and not titled:
        _attachment(b, block, None)
        return True
    if len(text) < 80 and (_RECIPIENTS.match(folded) or _SIGNATURE.match(folded)):
        if b.stack[-1].kind != "ky":
            b.stack = b.stack[:2]
            number = b.count(attachment, "ky")
            b.push(b.open("ky", "phần ký", 0, "ky" if number == 1 else f"ky-{number}", block))
        else:
            b.append(block)
        return True
    return _signs_attachment(b, block, found)


def _signs_attachment(b: Builder, block: Block, found: Marker | None) -> bool:
    """Whether a line still belongs to the signatures of an attachment; anything long or numbered ends them."""
    signature = b.stack[-1]
    if signature.kind != "ky":
        return False
    is_line = len(block.text) <= MAX_SIGNED_LINE and (found is None or found.kind in ("gach", "cong"))
    if is_line and b.length - signature.start < MAX_SIGNATURE:
        b.append(block)
        return True
    b.stack.pop()
    return False
