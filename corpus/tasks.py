"""Task records: who does what by when, read off labelled lines, table rows and duties in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.agencies import split_agencies
from corpus.deadlines import read_deadline
from corpus.duties import (
    Duty,
    agency_of_heading,
    coordinating_in,
    duty_of,
    duty_under,
    name_and_rest,
    opens_part,
    unmarked,
)
from corpus.handed_out import handed_out
from corpus.kinds import heading_path, is_task_with_attributes, own_text
from corpus.labels import Role, attribute, label_alone
from corpus.markers import marker
from corpus.rows import row_values
from corpus.tree import Node, Tree
from corpus.types import Passage, Task

_PROSE = ("muc", "dieu", "khoan", "tieu-khoan", "tieu-tieu-khoan", "diem", "gach", "cong", "doan")
_CHAIRS = re.compile(r"\bchủ trì,?\s+phối hợp\b")
_LONG_LINE = 80
_NUMBER_ONLY = re.compile(r"^(?:Hoạt động|Nhiệm vụ|Nội dung|Dự án|Công việc|Giải pháp)\s+\d{1,2}[.:]?$")
_CONTENT = re.compile(r"^(?:Tên|Nội dung|Nhiệm vụ|Hoạt động)[^:]{0,20}:\s*(\S.*)$", re.DOTALL)


def read_tasks(tree: Tree, passages: Sequence[Passage]) -> tuple[Task, ...]:
    """The tasks of a document in reading order; each names the passage that states who and when."""
    pieces: dict[str, list[Passage]] = {}
    for passage in passages:
        pieces.setdefault(passage.section_id, []).append(passage)
    tasks: list[Task] = []
    for node in tree.nodes:
        if node.id not in pieces:
            continue
        passage = pieces[node.id][-1]
        if passage.kind in ("result", "legal-basis", "recipients"):
            continue
        if is_task_with_attributes(node):
            tasks.append(_from_lines(tree, node, passage))
        elif node.kind == "dong":
            tasks.extend(_from_row(tree, node, passage))
        elif node.kind in _PROSE and not _under_task(node):
            tasks.extend(_from_prose(tree, node, pieces[node.id]))
    return tuple(tasks)


def _piece(pieces: Sequence[Passage], at: int) -> Passage:
    """The passage of a section that holds an offset."""
    return next((passage for passage in pieces if at < passage.end), pieces[-1])


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
    said = node.end
    for child in node.children:
        for role, value in _line_values(child):
            values.setdefault(role, value)
            said = min(said, child.start)
    if "lead" not in values and (above := _agency_above(node)):
        values["lead"] = "; ".join(above)
    own = node.block.text if node.block else tree.text[node.start : said].rstrip()
    opened = marker(own)
    what = opened.rest if opened else own
    if _NUMBER_ONLY.match(what):
        what = next(filter(None, (_content(tree, child) for child in node.children)), what)
    return _task(tree, node, passage, what, values)


def _content(tree: Tree, line: Node) -> str:
    """What a line "Nội dung: ..." says, itself or in the lines under it."""
    found = _CONTENT.match(unmarked(tree.text[line.start : line.end]))
    return unmarked(found.group(1)) if found else ""


def _line_values(line: Node) -> Iterator[tuple[Role, str]]:
    """What a labelled line says, itself or in the lines under it; "Sở A chủ trì, phối hợp với Sở B" says it of two."""
    own = own_text(line)
    if found := attribute(own):
        role, said = found[0], [found[1]]
    elif line.children and (alone := label_alone(own)):
        role, said = alone, [unmarked(own_text(child)) for child in line.children]
        for child in line.children:
            if within := attribute(own_text(child)):
                yield within[0], within[1]
                said.remove(unmarked(own_text(child)))
    else:
        return
    others: list[str] = []
    if role == "lead":
        others = [name for value in said if _CHAIRS.search(value) for name in coordinating_in(value)]
        said = [_names(value) if others or line.children or len(value) > _LONG_LINE else value for value in said]
    if any(said):
        yield role, "; ".join(said)
    if others:
        yield "coordinating", "; ".join(others)


def _names(value: str) -> str:
    """The agencies of a line that also says what each of them does."""
    return "; ".join(name_and_rest(part.strip(), 0)[0] or part.strip() for part in value.split(";"))


def _from_row(tree: Tree, node: Node, passage: Passage) -> Iterator[Task]:
    """A row of a table that has a column for who leads."""
    values = row_values(node.block) if node.block else {}
    if values:
        yield _task(tree, node, passage, values.pop("task"), values, "table")


def _from_prose(tree: Tree, node: Node, pieces: Sequence[Passage]) -> Iterator[Task]:
    """A paragraph that opens with an agency, or stands under one's name as a heading; and what it hands out."""
    own = own_text(node)
    opening = len(own) - len(unmarked(own))
    inner = list(handed_out(own))
    duty = None
    if pieces[0].kind == "assignment":
        first = own[: next((at for at, _ in inner if at > opening), len(own))].rstrip()
        is_heading = bool(node.children and agency_of_heading(own))
        duty = None if is_heading else duty_of(first, behind_ground=False)
        if duty is None and (above := _agency_above(node)):
            duty = duty_under(first, above) if first and not any(at <= opening for at, _ in inner) else None
        elif duty is None and not is_heading:
            duty = duty_of(first)
        if duty:
            yield _prose_task(tree, node, pieces[0], duty)
    for at, given in inner:
        if at > opening or not duty:
            yield _prose_task(tree, node, _piece(pieces, node.start + at), given)


def _agency_above(node: Node) -> tuple[str, ...]:
    """The agency whose name heads the section around this one; () within the part of another party."""
    for above in node.ancestors():
        title = _title(above)
        if (lead := agency_of_heading(title)) or opens_part(title):
            return lead
    return ()


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
