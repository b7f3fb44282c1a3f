"""Example questions for each kind of user, made of what the corpus holds, so that every one of them has an answer.

A topic is offered where a task or a target of some document speaks of it; the question names that document's province
and year. What a home cannot answer is not suggested.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from corpus.types import Document
from corpus.vietnamese import fold

MAX_EACH = 3  # questions for one kind of user
_Place = TypeVar("_Place", str, tuple[str, str])

_DUTIES: tuple[tuple[str, str], ...] = (
    ("SOC", "SOC"),
    ("thanh toán điện tử", "electronic payment"),
    ("cơ sở dữ liệu", "databases"),
    ("an toàn thông tin", "information security"),
    ("đào tạo", "training"),
    ("dịch vụ công", "public services"),
)
_AIMS: tuple[tuple[str, str], ...] = (
    ("điện thoại thông minh", "người dân có điện thoại thông minh"),
    ("hồ sơ sức khỏe", "người dân có hồ sơ sức khỏe điện tử"),
    ("tài khoản", "người dân có tài khoản ngân hàng"),
    ("băng rộng", "hộ gia đình có cáp quang băng rộng"),
    ("chữ ký số", "người dân có chữ ký số"),
)


@dataclass(frozen=True, slots=True)
class Examples:
    """Questions for one kind of user, named in both languages."""

    vietnamese: str
    english: str
    questions: tuple[str, ...]


def examples(documents: Iterable[Document]) -> tuple[Examples, ...]:
    """The example questions of a corpus; a group without any is left out."""
    known = tuple(document for document in documents if document.meta.province)
    duties = _spread({topic: _charged(known, topic) for topic, _ in _DUTIES})
    aims = _spread({topic: _aimed(known, topic) for topic, _ in _AIMS})
    said, english = dict(_AIMS), dict(_DUTIES)
    official = [f"{place} giao cơ quan nào chịu trách nhiệm về {topic}, thời hạn khi nào?" for topic, place in duties]
    citizen = [f"Đến năm {year} bao nhiêu phần trăm {said[topic]} ở {place}?" for topic, (place, year) in aims]
    foreign = [f"Who is responsible for {english[topic]} in {place}, and by when?" for topic, place in duties]
    citizen[1:2] = [fold(question.rstrip("?")) for question in citizen[1:2]]  # as it is typed on a phone
    groups = (
        Examples("Cán bộ", "Officials", tuple(official)),
        Examples("Người dân", "Citizens", tuple(citizen)),
        Examples("Bằng tiếng Anh", "In English", tuple(foreign)),
    )
    return tuple(group for group in groups if group.questions)


def _spread(places: dict[str, list[_Place]]) -> list[tuple[str, _Place]]:
    """The first topics that have a place, each with one that no topic before it has, if there is one."""
    chosen: list[tuple[str, _Place]] = []
    for topic, known in places.items():
        if known and len(chosen) < MAX_EACH:
            used = [place for _, place in chosen]
            chosen.append((topic, min(known, key=used.count)))
    return chosen


def _charged(documents: tuple[Document, ...], topic: str) -> list[str]:
    """The provinces that charge somebody with a topic and set a deadline."""
    wanted = fold(topic)
    return [
        document.meta.province
        for document in documents
        if any(task.lead and task.deadline and wanted in fold(task.task) for task in document.tasks)
    ]


def _aimed(documents: tuple[Document, ...], topic: str) -> list[tuple[str, str]]:
    """The provinces that set a share for a topic, each with its first year."""
    wanted = fold(topic)
    found = [
        next((t.year for t in d.targets if t.unit == "%" and t.year and wanted in fold(t.indicator)), "")
        for d in documents
    ]
    return [(document.meta.province, year) for document, year in zip(documents, found, strict=True) if year]
