"""Task records: who does what by when, read off labelled lines, table rows and duties in running text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.agencies import split_agencies
from corpus.deadlines import read_deadline
from corpus.duties import Duty, agency_of_heading, duty_of, duty_under
from corpus.kinds import heading_path, is_task_with_attributes
from corpus.labels import Role, attribute
from corpus.markers import marker
from corpus.rows import row_values
from corpus.tree import Node, Tree
from corpus.types import Passage, Task

_PROSE = ("muc", "dieu", "khoan", "tieu-khoan", "tieu-tieu-khoan", "diem", "gach", "cong", "doan")


def read_tasks(tree: Tree, passages: Sequence[Passage]) -> tuple[Task, ...]:
    """The tasks of a document in reading order; each names the passage that states who and when."""
    last = {passage.section_id: passage for passage in passages}
    tasks: list[Task] = []
    for node in tree.nodes:
        passage = last.get(node.id)
        if passage is None or passage.kind in ("result", "legal-basis", "recipients"):
            continue
        if is_task_with_attributes(node):
            tasks.append(_from_lines(tree, node, passage))
        elif node.kind == "dong":
            tasks.extend(_from_row(tree, node, passage))
        elif passage.kind == "assignment" and node.kind in _PROSE and not _under_task(node):
            tasks.extend(_from_prose(tree, node, passage))
    return tuple(tasks)


def _under_task(node: Node) -> bool:
    return any(is_task_with_attributes(above) for above in node.ancestors())


def _task(tree: Tree, node: Node, passage: Passage, what: str, values: dict[Role, str], source: str = "lines") -> Task:
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
        source=source,
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
    values = row_values(node.block) if node.block else {}
    if values:
        yield _task(tree, node, passage, values.pop("task"), values, "table")


def _from_prose(tree: Tree, node: Node, passage: Passage) -> Iterator[Task]:
    """A paragraph that opens with an agency, or stands under a heading that is an agency's name."""
    own = node.block.text if node.block else ""
    duty = None if agency_of_heading(own) and node.children else duty_of(own)
    if duty is None and own:
        above = next((lead for a in node.ancestors() if (lead := agency_of_heading(_title(a)))), ())
        duty = duty_under(own, above) if above else None
    if duty:
        yield _prose_task(tree, node, passage, duty)


def _title(node: Node) -> str:
    """What a section is called: its heading, or its own short text."""
    own = node.block.text if node.block else ""
    return node.heading or (own if len(own) <= 200 else "")


def _prose_task(tree: Tree, node: Node, passage: Passage, duty: Duty) -> Task:
    deadline = read_deadline(duty.deadline)
    path = heading_path(node)
    return Task(
        document_id=tree.root.id,
        section_id=node.id,
        passage_id=passage.id,
        task=duty.what,
        lead=duty.lead,
        coordinating=duty.coordinating,
        directing=(),
        deadline=deadline.text,
        deadline_start=deadline.start,
        deadline_end=deadline.end,
        recurrence=deadline.recurrence,
        section=path[-1] if path else "",
        start=node.start,
        end=node.end,
        source="prose",
    )
