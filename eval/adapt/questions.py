"""Training questions: a question, and the passage that answers it.

Those of `data/train.jsonl` were written for passages of the shipped plans that hold no gold quote of `test`. A passage
of `test` is also left out where it would be a wrong answer, so that nothing at all is learned of it. Those of
`data/train_other.jsonl` are about other official documents, which do not come with planqa: passages by their ids.
`data/train_general.jsonl` has texts of all kinds with questions that they answer, so that the encoder does not learn
what is true of plans alone.
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
    """A question, and the passage that answers it: by its first words, or by its id."""

    id: str
    question: str
    document: str = ""  # number, "2043/QĐ-UBND"
    quote: str = ""
    passage: str = ""


@dataclass(frozen=True, slots=True)
class GeneralText:
    """A text that was written for the training, one of some about a subject, and questions that it alone answers."""

    id: str
    subject: str
    text: str
    questions: tuple[str, ...]


def training_questions() -> tuple[TrainingQuestion, ...]:
    """Those about the shipped plans, in the order of the file."""
    return _read("train.jsonl")


def other_questions() -> tuple[TrainingQuestion, ...]:
    """Those about other documents, in the order of the file."""
    return _read("train_other.jsonl")


def general_texts() -> tuple[GeneralText, ...]:
    """Those of `data/train_general.jsonl`, in the order of the file."""
    records = map(json.loads, _lines("train_general.jsonl"))
    return tuple(GeneralText(**{**record, "questions": tuple(record["questions"])}) for record in records)


def _read(name: str) -> tuple[TrainingQuestion, ...]:
    return tuple(TrainingQuestion(**json.loads(line)) for line in _lines(name))


def _lines(name: str) -> list[str]:
    return resources.files("eval").joinpath("data", name).read_text(encoding="utf-8").splitlines()


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
