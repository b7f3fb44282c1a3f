"""Table rows in, what each says of a task out: cells by the role of their column, merged cells filled in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.blocks import Block
from corpus.labels import Role, column_role, roles_inside
from corpus.table_cells import SUM
from corpus.vietnamese import fold

_BLANK = re.compile(r"^[\s.…_\-–/()]*$")
_NO_AGENCY = re.compile(r"^((ban chinh|ban sao|mau|phieu|giay|so theo doi|truong hop|qt)\b|(x|khong|co)$)")
_CHAIRS = re.compile(
    r"^(.*?)\s*\(?chủ trì\)?\s*[,;]?\s*(?:phối hợp\s*(?:với|cùng)?\s*)?(.*)$", re.IGNORECASE | re.DOTALL
)
_DOTS = re.compile(r"(\.{4,}|…{1,}|_{4,})")


def row_roles(columns: Sequence[str]) -> list[Role | None]:
    """What each column holds; the first text column holds the task when no name says so.

    >>> row_roles(["Số TT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian"])
    ['ordinal', 'task', 'lead', 'coordinating', 'deadline']
    """
    roles = [column_role(name) for name in columns]
    if "task" not in roles:
        free = next((i for i, role in enumerate(roles) if role is None and columns[i] and (i or roles[0] is None)), -1)
        if free >= 0 and ("lead" in roles or free == 1):
            roles[free] = "task"
    return roles


def is_task_table(columns: Sequence[str]) -> bool:
    """Whether the columns say who does what."""
    roles = row_roles(columns)
    return "lead" in roles and "task" in roles


def row_values(block: Block) -> dict[Role, str]:
    """Task, lead, coordinating, directing and deadline of a row, empty where it lists no task.

    A form to be filled in (dots, dashes) lists none; nor does a sum under the steps above it.
    """
    row = block.row
    if row is None or row.is_group or not is_task_table(block.columns):
        return {}
    cells = list(row.cells)
    for column, text in row.span:
        if column < len(cells):
            cells[column] = text
    values: dict[Role, str] = {}
    for name, role, cell in zip(block.columns, row_roles(block.columns), cells, strict=False):
        if not role or not cell or _BLANK.match(cell):
            continue
        inside = roles_inside(cell) if role in ("lead", "coordinating") else {}
        if inside:
            for inner, text in inside.items():
                values.setdefault(inner, text)
        elif role == "lead" and re.search(r"\bphoi hop\b", fold(name)) and "lead" not in values:
            lead, others = _lead_first(cell)
            values["lead"] = lead
            if others:
                values.setdefault("coordinating", others)
        else:
            values.setdefault(role, cell)
    what = values.get("task", "")
    if not what or _is_form(what) or _is_form(values.get("lead", "")) or SUM.match(what):
        return {}
    if SUM.match(cells[0]):
        return {}
    if _NO_AGENCY.match(fold(values.get("lead", ""))):
        return {}
    return values if values.get("lead") or values.get("coordinating") else {}


def _is_form(text: str) -> bool:
    """Whether a cell is to be filled in by hand."""
    return bool(_DOTS.search(text)) and len(_DOTS.sub("", text)) < 40


def _lead_first(cell: str) -> tuple[str, str]:
    """In a column for both, "Sở A (chủ trì), Sở B" or "Sở A chủ trì; phối hợp với Sở B"; else all of them lead."""
    found = _CHAIRS.search(cell)
    if found and found.group(1).strip():
        return found.group(1).strip(" ,;-"), found.group(2).strip(" ,;.")
    return cell, ""
