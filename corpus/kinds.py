"""What a section is for, judged by its own words and the headings above it."""

from __future__ import annotations

import re

from corpus.blocks import Block
from corpus.duties import duty_of
from corpus.labels import attribute, label_alone
from corpus.rows import row_values
from corpus.tree import Node
from corpus.vietnamese import fold

MAX_HEADINGS = 6

_TARGET_PATH = re.compile(r"\b(muc tieu|chi tieu)\b")
_RESULT_PATH = re.compile(
    r"\b(ket qua (dat duoc|thuc hien)|tinh hinh thuc hien|danh gia ket qua|ton tai, han che|thuc trang|hien trang)\b"
)
_DUTY_PATH = re.compile(
    r"\b(to chuc thuc hien|trach nhiem|quyen han|nghia vu|phan cong|to chuc trien khai|che do (thong tin,? )?bao cao)\b"
)
_BUDGET_PATH = re.compile(r"\b(kinh phi|ngan sach|nguon von|nguon luc tai chinh)\b")
_LEGAL_PATH = re.compile(r"\bcan cu\b")
_AGENCY = re.compile(
    r"^(cac )?(so|ban (?!hanh)|ubnd|uy ban|van phong|cong an|doanh nghiep|dai (?!hoi)|bao (?!dam|cao|ve)"
    r"|hoi (?!nghi|thao)|to (?!chuc)|chu tich|bo (?!sung|tri)|cuc|ngan hang|doan|de nghi)\b"
)
_INDICATOR = re.compile(r"\b(chi tieu|muc tieu)\b")
_PROCEDURE = re.compile(r"\b(thu tuc|tieu chi|quy trinh|dieu kien|trinh tu|cham diem|bieu mau|danh hieu)\b")
_YEARLY_AIM = re.compile(r"\b(ke hoach|muc tieu|chi tieu|giai doan)\b.*\b20\d\d\b")
_MEASURE = re.compile(r"\d+(?:[.,]\d+)?\s*%")


def is_task_with_attributes(node: Node) -> bool:
    """Whether the lines under the section say who does it or by when ("+ Cơ quan thực hiện: ...").

    Lines behind sections that have lines of their own close the whole list, and make no task of it.
    """
    if node.has_lines is None:  # asked again for each section below
        node.has_lines = next(filter(None, map(_speaks, node.children)), "") == "line"
    return node.has_lines


def _speaks(child: Node) -> str:
    """Whether a section under another one is a labelled "line", a "task" of its own, or neither."""
    own = own_text(child)
    if attribute(own) or (child.children and label_alone(own)):
        return "line"
    return "task" if child.children and is_task_with_attributes(child) else ""


def tasks_within(node: Node) -> list[Node]:
    """The sections directly under a task that are tasks with lines of their own."""
    return [child for child in node.children if child.children and is_task_with_attributes(child)]


def own_text(node: Node) -> str:
    """The words of the section itself, without those of the sections under it."""
    return node.block.text if node.block else ""


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
