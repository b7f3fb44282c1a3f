"""An answer while it is written: sentences, the citations they point to, and the facts they state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.types import Document, Passage, Target, Task
from qa import wording
from qa.places import Place, heading_stating
from qa.question import Question
from qa.types import Citation, Facts, TargetFact


class Draft:
    """Grows sentence by sentence; a sentence cannot be added without the passage that states it."""

    def __init__(self, asked: Question) -> None:
        self._asked = asked
        self.sentences: list[str] = []
        self.citations: list[Citation] = []
        self._tasks: list[Task] = []
        self._targets: list[TargetFact] = []

    def say(self, sentence: str, document: Document, passage: Passage) -> None:
        """Add a sentence that the whole passage states."""
        n = self.cite(document, passage, passage.start, passage.end)
        self.sentences.append(f"{sentence} [{n}]")

    def say_of(self, sentence: str, document: Document, places: Sequence[Place]) -> None:
        """Add a sentence that several lines of a document state together."""
        markers = [self.cite_place(document, place) for place in places]
        self.sentences.append(f"{sentence} {_shown(markers)}")

    def quote(self, document: Document, passage: Passage, start: int, end: int) -> None:
        """Add a stretch of a passage as it stands."""
        n = self.cite(document, passage, start, end)
        words = " ".join(document.text[start:end].split()).rstrip(" ;")
        self.sentences.append(f"{wording.according(document.meta, self._asked)} “{words}” [{n}]")

    def cite_place(self, document: Document, place: Place) -> int:
        """Number of the citation of a place, under its own citation where it has one."""
        n = self.cite(document, place.passage, place.start, place.end)
        known = self.citations[n - 1]
        self.citations[n - 1] = replace(
            known,
            role=place.role,
            citation=place.citation or known.citation,
            citation_en=place.citation_en or known.citation_en,
        )
        return n

    def cite(self, document: Document, passage: Passage, start: int, end: int) -> int:
        """Number of the citation of this stretch, added when it is new."""
        for citation in self.citations:
            if (citation.document_id, citation.start, citation.end) == (document.id, start, end):
                return citation.n
        n = len(self.citations) + 1
        self.citations.append(
            Citation(
                n=n,
                document=document.meta.number,
                document_id=document.id,
                province=document.meta.province,
                citation=passage.citation,
                citation_en=passage.citation_en,
                passage_id=passage.id,
                quote=document.text[start:end],
                start=start,
                end=end,
                sources=tuple(edition.source for edition in document.editions),
            )
        )
        return n

    def add_task(self, task: Task) -> None:
        """State the facts of a task."""
        self._tasks.append(task)

    def add_target(self, target: Target, document: Document, passage: Passage) -> None:
        """Add a target as a sentence and a fact."""
        meta = document.meta
        self._targets.append(
            TargetFact(
                meta.number, meta.province, target.indicator, target.comparator, target.value, target.unit, target.year,
                passage.citation,
            )
        )  # fmt: skip
        markers = [self.cite(document, passage, target.start, target.end)]
        if target.year and target.year not in document.text[target.start : target.end]:
            dated = heading_stating(document, target.section_id, target.year)
            if dated is not None:
                markers.append(self.cite_place(document, dated))
        self.sentences.append(f"{wording.target(target, meta, self._asked)} {_shown(markers)}")

    def facts(self) -> Facts:
        """What the answer says, as data; agencies of several tasks in one list, each once."""

        def joined(name: str) -> tuple[str, ...]:
            return tuple(dict.fromkeys(agency for task in self._tasks for agency in getattr(task, name)))

        deadlines = list(dict.fromkeys(task.deadline for task in self._tasks if task.deadline))
        return Facts(
            responsible=joined("lead"),
            coordinating=joined("coordinating"),
            directing=joined("directing"),
            deadline="; ".join(deadlines),
            targets=tuple(self._targets),
        )


def _shown(markers: Sequence[int]) -> str:
    return "".join(f"[{n}]" for n in dict.fromkeys(markers))
