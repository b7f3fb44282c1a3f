"""Task records: who does what by when, read off labelled lines and table rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.agencies import split_agencies
from corpus.deadlines import read_deadline
from corpus.labels import Role, attribute, column_role
from corpus.markers import marker
from corpus.passages import heading_path, is_task_with_attributes
from corpus.structure import Node, Tree
from corpus.types import Passage, Task


def read_tasks(tree: Tree, passages: Sequence[Passage]) -> tuple[Task, ...]:
    """The tasks of a document in reading order; each names the passage that states who and when."""
    last: dict[str, Passage] = {}
    for passage in passages:
        last[passage.section_id] = passage
    tasks: list[Task] = []
    for node in tree.nodes:
        passage = last.get(node.id)
        if passage is None or passage.kind == "result":
            continue
        if is_task_with_attributes(node):
            tasks.append(_from_lines(tree, node, passage))
        elif node.kind == "dong":
            tasks.extend(_from_row(tree, node, passage))
    return tuple(tasks)


def _task(tree: Tree, node: Node, passage: Passage, what: str, values: dict[Role, str]) -> Task:
    deadline = read_deadline(values.get("deadline", ""))
    path = heading_path(node)
    return Task(
        document_id=tree.root.id,
        section_id=node.id,
        passage_id=passage.id,
        task=what,
        lead=split_agencies(values.get("lead", "")),
        coordinating=split_agencies(values.get("coordinating", "")),
        directing=split_agencies(values.get("directing", "")),
        deadline=deadline.text,
        deadline_start=deadline.start,
        deadline_end=deadline.end,
        recurrence=deadline.recurrence,
        section=path[-1] if path else "",
        start=node.start,
        end=node.end,
    )


def _from_lines(tree: Tree, node: Node, passage: Passage) -> Task:
    """A bullet whose own lines say "Cơ quan thực hiện: ..." and "Thời hạn hoàn thành: ..."."""
    values: dict[Role, str] = {}
    for child in node.children:
        if child.block and (found := attribute(child.block.text)):
            values.setdefault(found[0], found[1])
    own = node.block.text if node.block else ""
    opened = marker(own)
    return _task(tree, node, passage, opened.rest if opened else own, values)


def _from_row(tree: Tree, node: Node, passage: Passage) -> Iterator[Task]:
    """A row of a table that has a column for who leads."""
    block = node.block
    if block is None or block.row is None:
        return
    roles = row_roles(block.columns)
    if "lead" not in roles or "task" not in roles:
        return
    cells = list(block.row.cells)
    for column, text in block.row.span:
        if column < len(cells):
            cells[column] = text
    values: dict[Role, str] = {}
    for role, cell in zip(roles, cells, strict=False):
        if role and cell and role not in values:
            values[role] = cell
    what = values.pop("task", "")
    if what and (values.get("lead") or values.get("coordinating")):
        yield _task(tree, node, passage, what, values)


def row_roles(columns: Sequence[str]) -> list[Role | None]:
    """What each column holds; the first text column holds the task when no name says so.

    >>> row_roles(["Số TT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian"])
    ['ordinal', 'task', 'lead', 'coordinating', 'deadline']
    """
    roles = [column_role(name) for name in columns]
    if "task" not in roles and len(roles) > 1 and roles[1] is None:
        roles[1] = "task"
    return roles
