"""Which bullets the lines "Cơ quan chủ trì: ...", "Thời gian hoàn thành: ..." belong to, where one section has several.

Most plans set these lines once under a numbered task. Some set them behind each bullet, or behind a few bullets, of
one clause; as paragraphs they then stand beside the bullets. A line that says a second time who or when tells that the
clause holds several tasks: every run of lines goes under the bullets before it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.labels import Role, attribute, is_note, label_alone
from corpus.tree import Builder, Node


@dataclass(slots=True)
class Run:
    """Sections of one parent, and the labelled lines that follow them."""

    content: list[Node] = field(default_factory=list)
    lines: list[Node] = field(default_factory=list)
    roles: set[Role] = field(default_factory=set)


def own_lines(b: Builder) -> None:
    """Move labelled lines under the bullets they speak of, wherever one section has lines for several tasks."""
    for node in list(b.nodes):
        if len(node.children) < 4:
            continue  # two bullets and a line for each
        runs = _runs(node)
        if not any(later.roles & earlier.roles for earlier, later in zip(runs, runs[1:], strict=False)):
            continue
        for run in runs:
            if run.content:
                _adopt(b, node, run)


def _runs(node: Node) -> list[Run]:
    """The children of a section, parted behind each run of labelled lines; what no line follows is left out."""
    runs = [Run()]
    for child in node.children:
        text = child.block.text if child.block and child.block.row is None else ""
        found = attribute(text)
        if role := found[0] if found else label_alone(text) if child.children else None:
            runs[-1].lines.append(child)
            runs[-1].roles.add(role)
        elif runs[-1].lines and is_note(text):
            runs[-1].lines.append(child)
        elif runs[-1].lines:
            runs.append(Run([child]))
        else:
            runs[-1].content.append(child)
    return [run for run in runs if run.lines]


def _adopt(b: Builder, parent: Node, run: Run) -> None:
    """Lines go under the only section before them; several sections come together under a group."""
    if len(run.content) == 1:
        task, moved = run.content[0], run.lines
    else:
        number = b.count(parent, "nhom")
        first = run.content[0]
        task = Node("nhom", "", number, f"{parent.id}.nhom-{number}", parent, start=first.start, end=first.end)
        task.line = first.line
        b.ids.add(task.id)
        b.nodes.insert(b.nodes.index(first), task)
        parent.children.insert(parent.children.index(first), task)
        moved = [*run.content, *run.lines]
    for child in moved:
        parent.children.remove(child)
        child.parent = task
        task.children.append(child)
