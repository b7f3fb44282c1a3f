"""An answer while it is written: sentences, the citations they point to, and the facts they state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.types import Document, Passage, Target, Task
from qa.answers import wording
from qa.answers.gloss import glossed
from qa.answers.places import Place, heading_stating
from qa.question import Question
from qa.types import Citation, Facts, TargetFact

IN_LINE = 8
"""Sentences that are read as one paragraph."""


class Draft:
    """Grows sentence by sentence; a sentence cannot be added without the passage that states it."""

    def __init__(self, asked: Question) -> None:
        self._asked = asked
        self.sentences: list[str] = []
        self.citations: list[Citation] = []
        self._tasks: list[Task] = []
        self._targets: list[TargetFact] = []
        self._deadlines: list[str] = []

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
        words = wording.plain_quote(document.text[start:end])
        beside = glossed(words) if self._asked.language == "en" else ""
        self.sentences.append(f"{wording.according(document.meta, self._asked)} “{words}”{beside} [{n}]")

    def remark(self, sentence: str) -> None:
        """Add a sentence about the answer itself, marked with the citation of the sentence before it."""
        if self.citations:
            self.sentences.append(f"{sentence} [{self.citations[-1].n}]")

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

    def add_deadline(self, deadline: str) -> None:
        """State a deadline that a quoted sentence gives, and no record."""
        if deadline:
            self._deadlines.append(deadline)

    def note_target(self, target: Target, document: Document, passage: Passage) -> None:
        """Add a target that a quoted passage sets as a fact; the heading that dates it is cited with the quote."""
        self._targets.append(_fact(target, document, passage))
        if target.year and target.year not in document.text[target.start : target.end]:
            dated = heading_stating(document, target.section_id, target.year)
            if dated is not None and self.sentences:
                marker = f"[{self.cite_place(document, dated)}]"
                if not self.sentences[-1].endswith(marker):
                    self.sentences[-1] += marker

    def cite_again(self, sentence: int, document: Document, passage: Passage, start: int, end: int) -> None:
        """Add to a sentence the marker of a further place that states it."""
        marker = f"[{self.cite(document, passage, start, end)}]"
        if marker not in self.sentences[sentence]:
            self.sentences[sentence] += marker

    def add_target(self, target: Target, document: Document, passage: Passage) -> int:
        """Add a target as a sentence and a fact; the place of the sentence."""
        meta = document.meta
        markers = [self.cite(document, passage, target.start, target.end)]
        if target.year and target.year not in document.text[target.start : target.end]:
            dated = heading_stating(document, target.section_id, target.year)
            if dated is not None:
                markers.append(self.cite_place(document, dated))
            else:  # a year that no place states is not said
                target = replace(target, year="")
        self._targets.append(_fact(target, document, passage))
        self.sentences.append(f"{wording.target(target, meta, self._asked)} {_shown(markers)}")
        return len(self.sentences) - 1

    def text(self) -> str:
        """The sentences as one text; a list of many stands a row a line."""
        return ("\n" if len(self.sentences) > IN_LINE else " ").join(self.sentences)

    def facts(self) -> Facts:
        """What the answer says, as data; agencies of several tasks in one list, each once."""

        def joined(name: str) -> tuple[str, ...]:
            return tuple(dict.fromkeys(agency for task in self._tasks for agency in getattr(task, name)))

        deadlines = list(dict.fromkeys([*(task.deadline for task in self._tasks if task.deadline), *self._deadlines]))
        return Facts(
            responsible=joined("lead"),
            coordinating=joined("coordinating"),
            directing=joined("directing"),
            deadline="; ".join(deadlines),
            targets=tuple(self._targets),
        )


def _fact(target: Target, document: Document, passage: Passage) -> TargetFact:
    return TargetFact(
        document=document.meta.number, province=document.meta.province, indicator=target.indicator,
        comparator=target.comparator, value=target.value, unit=target.unit, year=target.year, citation=passage.citation,
    )  # fmt: skip


def _shown(markers: Sequence[int]) -> str:
    return "".join(f"[{n}]" for n in dict.fromkeys(markers))
