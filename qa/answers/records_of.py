"""Which records a passage stands for: its own, or those of the unit that it is a part of."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.agencies import AGENCY_HEADS, split_agencies
from corpus.duties import told_in
from corpus.labels import column_role
from corpus.target_rows import CELL
from corpus.targets import read_targets
from corpus.terms import term_year
from corpus.types import Document, Passage, Target, Task
from corpus.vietnamese import UPPER, fold
from qa.answers.per_engine import kept
from qa.answers.subjects import agencies_alone, subject

if TYPE_CHECKING:
    from qa.engine import Engine

_NO_AIM = frozenset({"result", "legal-basis", "recipients"})  # what they count is no aim
_MAX_STEPS = 4  # levels that a part may lie below the unit that its task is read off
_LONGEST_NAME = 160  # characters of a heading that names agencies
_NUMBERING = re.compile(r"^(?:[-+•*]|\(?[a-zđ]\)|\d+(?:\.\d+)*[.)]?|[IVX]+\.)\s*")
_LEADS = re.compile(r"\s+chủ trì,?\s+phối hợp (?:với|cùng)\s+", re.IGNORECASE)
_TO_LEAD = re.compile(
    r"(?P<who>[^.;:]{0,120}?)\b[Cc]hỉ đạo\s+"
    rf"(?P<lead>(?:lực lượng|phòng|đơn vị|cơ quan|{AGENCY_HEADS})[^.;:,]{{2,80}}?)"
    r"\s+chủ trì\b"
)
_SENTENCES = re.compile(rf"\.\s+(?=[{UPPER}])")
_DONE = re.compile(r"^(?:phải\s+)?(?:hoàn thành|xong)\s+(?=(?:trong|trước|đến|vào)\b)", re.IGNORECASE)


def task_of(engine: Engine, passage: Passage) -> Task | None:
    """The task of a passage: its section's, else that of the nearest unit above it that has one.

    A line "+ Thời hạn: ..." or a bullet inside a numbered task belongs to the task; so does a row of its table.
    """
    at = passage.section_id
    for _ in range(_MAX_STEPS):
        if at in engine.tasks:
            task = engine.tasks[at]
            return delegated(_tidy(task)) if task.start <= passage.end and passage.start <= task.end else None
        at = engine.parents.get(at, "")
        if not at:
            break
    read = row_task(passage) or duty_under_heading(passage) or duty_of_subject(passage)
    return delegated(read) if read else None


def targets_of(engine: Engine, document: Document, passage: Passage) -> tuple[Target, ...]:
    """The targets that a passage sets; those of a duty or measure ("giảm 50% số cặp tảo hôn") are read off it here."""
    held = engine.targets.get(passage.id)
    if held or passage.kind in _NO_AIM:
        return tuple(held or ())
    read = kept(engine, "targets of measures", dict[str, tuple[Target, ...]])
    if passage.id not in read:
        terms = kept(engine, "terms of plans", dict[str, str])
        if document.id not in terms:
            terms[document.id] = term_year(document.passages)
        aims = read_targets([replace(passage, kind="target")], term=terms[document.id])
        read[passage.id] = tuple(map(_nearest_year, aims))
    return read[passage.id]


def _nearest_year(target: Target) -> Target:
    """The target with the last year named in front of its value: "năm 2025 ... 30%, năm 2030 ... 60%"."""
    shown = re.sub(r"(?<=\d)\.(?=\d{3})", "", target.quote).replace(",", ".")
    at = re.search(rf"(?<![\d.]){re.escape(target.value)}(?![\d])", shown)
    years = re.findall(r"năm (20\d\d)", shown[: at.start()]) if at else []
    return replace(target, year=years[-1]) if years else target


def row_task(passage: Passage) -> Task | None:
    """Who answers for a row of targets, where its table names them in a column of their own."""
    cells = dict[str, str]()
    for name, cell in zip(passage.columns, passage.text.split(CELL), strict=False):
        role = column_role(name)
        if role in ("lead", "coordinating", "deadline") and cell.strip():
            cells.setdefault(role, cell.strip())
    if "lead" not in cells:
        return None
    task = duty(passage, split_agencies(cells["lead"]))
    helping = split_agencies(cells.get("coordinating", ""))
    deadline = _SENTENCES.split(cells.get("deadline", ""))[0].rstrip(".")
    return replace(task, coordinating=helping, deadline=deadline, source="table")


def duty_under_heading(passage: Passage) -> Task | None:
    """The duty that a bullet under an agency's heading gives it, where no record was read off it.

    A bullet under "5. UBND các xã:" is the duty of these committees.
    """
    if passage.kind not in ("assignment", "task") or not passage.headings:
        return None
    name = _NUMBERING.sub("", passage.headings[-1]).split(":")[0].strip(" .")
    agencies = agencies_alone(name) if len(name) <= _LONGEST_NAME else ()
    return duty(passage, agencies) if agencies else None


def duty_of_subject(passage: Passage) -> Task | None:
    """The duty that a passage gives the agency it begins with, where no record was read off it."""
    if passage.kind in ("legal-basis", "recipients", "target", "result") or passage.columns:
        return None
    agencies = subject(passage.text)
    return duty(passage, agencies) if agencies else None


def duty(passage: Passage, agencies: tuple[str, ...], text: str = "") -> Task:
    """The duty that a passage, or a sentence of it, gives agencies."""
    return Task(
        document_id=passage.document_id, section_id=passage.section_id, passage_id=passage.id,
        task=_NUMBERING.sub("", text or passage.text), lead=agencies, coordinating=(), directing=(), deadline="",
        deadline_start="", deadline_end="", recurrence="", section=(passage.headings or ("",))[-1], start=passage.start,
        end=passage.end, source="prose",
    )  # fmt: skip


def in_role(task: Task, wants: Collection[str]) -> Task:
    """A duty in running text with its agencies in the roles that its first words give them.

    "Sở Y tế: Phối hợp ..." coordinates, and leads nothing. To direct others may be all of an agency's own duty: in
    "Ngân hàng Nhà nước: Chỉ đạo ..." the bank directs where it is asked who does (and whom it tells to do it, does it),
    and else answers for the duty.
    """
    words = fold(task.task).lstrip("-+•* ")
    if task.source == "prose" and words.startswith("phoi hop"):
        return replace(task, lead=(), coordinating=task.lead)
    if task.source == "prose" and "directing" in wants and words.startswith("chi dao"):
        return replace(task, lead=told_in(task.task), directing=task.lead)
    return task


def delegated(task: Task) -> Task:
    """A duty in running text to direct another to lead, with the one who leads, and its agency as who directs.

    "Chủ tịch UBND xã chỉ đạo lực lượng Công an chủ trì, phối hợp với ..." is led by the police.
    """
    found = _TO_LEAD.match(task.task) if task.source == "prose" and task.lead else None
    if found is None or (found["who"] and found["who"].strip(" ,") not in "; ".join(task.lead)):
        return task
    return replace(task, lead=split_agencies(found["lead"]), directing=task.lead)


def _tidy(task: Task) -> Task:
    """A task with its agencies told apart where one cell names them in a sentence, and its deadline by itself."""
    deadline = _DONE.sub("", task.deadline) if task.source == "prose" else task.deadline
    lead: list[str] = []
    helping = list(task.coordinating)
    for at, name in enumerate(task.lead):
        if found := _LEADS.search(name):
            lead.append(name[: found.start()].strip())
            helping += [*split_agencies(name[found.end() :]), *task.lead[at + 1 :]]
            break
        lead.append(name)
    return replace(task, lead=tuple(lead), coordinating=tuple(dict.fromkeys(helping)), deadline=deadline)
