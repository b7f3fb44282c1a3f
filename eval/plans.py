"""Our own question set as a data set: the shipped plans, the questions of a split, judged by quotes."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from corpus.collect import MANIFEST, shipped_plans
from corpus.source import read_source
from eval.judge import gold_id, judged_ids
from eval.questions import SPLITS, Question, data_file, load
from eval.trec import falling, read_run
from eval.types import Hit, Item, Qrels, Run

NAME = "planqa"
_NUMBER = re.compile(r"\d+/[A-ZĐ]+-[A-ZĐ]+")


def numbers_by_file(folder: Path | None = None) -> dict[str, str]:
    """Number of the document that each shipped file renders, from the manifest: no parser under test decides it."""
    with ((folder or shipped_plans()) / MANIFEST).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    numbers = {row["file"]: _NUMBER.search(row["document"]) for row in rows}
    return {file: number[0] for file, number in numbers.items() if number}


class PlanQuestions:
    """The shipped plans as files, and the answerable questions of a split ("dev", "test" or "all")."""

    def __init__(self, split: str) -> None:
        self.split = split

    @property
    def name(self) -> str:
        """The set and its split."""
        return f"{NAME} {self.split}"

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions of the split, those that no plan answers among them."""
        return load(self.split)

    @cached_property
    def document_of(self) -> dict[str, str]:
        """Document numbers by file."""
        return numbers_by_file()

    def items(self) -> Iterator[Item]:
        """One item a file, both editions of a document among them, as whoever downloads them has them."""
        for file in sorted(self.document_of):
            yield Item(file, "", read_source(shipped_plans() / file).text)

    def queries(self) -> dict[str, str]:
        """The questions that some plan answers."""
        return {id: question.question for id, question in self._answerable.items()}

    def qrels(self) -> Qrels:
        """Each gold quote of a question is one relevant document."""
        return {id: {gold_id(id, n): 1 for n, _ in enumerate(q.gold, 1)} for id, q in self._answerable.items()}

    def judged(self, query: str, hits: Sequence[Hit], k: int) -> dict[str, float]:
        """Hits by the gold quotes that they hold."""
        return falling(judged_ids(self._answerable[query], hits, self.document_of, k))

    def read_run(self, path: Path) -> Run:
        """A run over any split; queries of the other split are left out of the figures."""
        return read_run(path, {question.id for question in load("all")})

    def sha256(self) -> str:
        """Hash of the questions and the plans."""
        digest = hashlib.sha256()
        for split in SPLITS if self.split == "all" else (self.split,):
            digest.update(hashlib.sha256(data_file(split).read_bytes()).digest())
        for item in self.items():
            digest.update(hashlib.sha256(f"{item.id}\0{item.text}".encode()).digest())
        return digest.hexdigest()

    @cached_property
    def _answerable(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions if question.answerable}
