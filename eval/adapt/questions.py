"""Training questions, `data/train.jsonl`: a question, and the words of the passage that answers it.

They were written for passages of the shipped plans that hold no gold quote of `test`. A passage of `test` is also left
out where it would be a wrong answer, so that nothing at all is learned of it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from eval.judge import holds, squash
from eval.questions import data_file, read


@dataclass(frozen=True, slots=True)
class TrainingQuestion:
    """A question, and the first words of the passage that answers it."""

    id: str
    question: str
    document: str  # number, "2043/QĐ-UBND"
    quote: str


def training_questions() -> tuple[TrainingQuestion, ...]:
    """All of them, in the order of the file."""
    text = resources.files("eval").joinpath("data/train.jsonl").read_text(encoding="utf-8")
    return tuple(TrainingQuestion(**json.loads(line)) for line in text.splitlines())


def rows_of(quote: str, document: str, squashed: Sequence[str], numbers: Sequence[str]) -> frozenset[int]:
    """The rows of the passages of a document that begin with, hold or are part of a training question's quote.

    Passages are given as `eval.judge.squash` leaves them, with the numbers of their documents.

    >>> sorted(rows_of("Sở Y tế chủ trì", "5/KH", ["SởYtếchủtrì.", "SởYtế", "SởYtế"], ["5/KH", "5/KH", "6/KH"]))
    [0, 1]
    """
    wanted = squash(quote)
    return frozenset(
        row
        for row, (text, number) in enumerate(zip(squashed, numbers, strict=True))
        if number == document and (wanted in text or text in wanted)
    )


def unseen_rows(squashed: Sequence[str], numbers: Sequence[str]) -> frozenset[int]:
    """The rows of the passages that any gold quote of `test` stands in, or is cut across."""
    golds = {(gold.document, gold.quote) for question in read(data_file("test")) for gold in question.gold}
    return frozenset(
        row
        for row, (text, number) in enumerate(zip(squashed, numbers, strict=True))
        for document, quote in golds
        if number == document and (holds(text, quote) or text in squash(quote))
    )
