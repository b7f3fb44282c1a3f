"""Our own question set, `data/dev.jsonl` and `data/test.jsonl`: what a question is, and how it is read.

The fields are told in `data/README.md`. Nothing is ever tuned on `test`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from eval.errors import DataError, at
from eval.lines import read_lines

SPLITS = ("dev", "test")
LANGUAGES = ("vi", "en")
USERS = ("official", "citizen")
KINDS = (
    "lead", "coordinating", "deadline", "duty", "budget", "reporting", "signer", "legal_basis", "target", "service",
    "comparison", "metadata", "result", "unanswerable",
)  # fmt: skip
WHY_NOT = ("other_province", "wrong_year", "absent_topic", "false_premise", "off_topic", "injection")
COMPARATORS = (">", ">=", "=", "<=", "<")


@dataclass(frozen=True, slots=True)
class Gold:
    """A passage that answers: words that stand in the document to the letter, white space aside."""

    document: str  # number, "2043/QĐ-UBND"
    province: str
    quote: str


@dataclass(frozen=True, slots=True)
class GoldTarget:
    """A target that a right answer names."""

    province: str
    indicator: str
    comparator: str
    value: str  # dot as decimal mark
    unit: str
    year: str


@dataclass(frozen=True, slots=True)
class GoldFacts:
    """What a right answer says; None where the question is not about it."""

    responsible: tuple[str, ...] | None = None
    coordinating: tuple[str, ...] | None = None
    directing: tuple[str, ...] | None = None
    deadline: str | None = None  # "" when asked for and not stated
    targets: tuple[GoldTarget, ...] | None = None
    signer: str | None = None
    date: str | None = None  # ISO 8601


@dataclass(frozen=True, slots=True)
class Question:
    """One question with what answers it."""

    id: str
    question: str
    language: str
    diacritics: bool  # False for Vietnamese typed without marks
    user: str
    kind: str
    answerable: bool
    why_not: str
    gold: tuple[Gold, ...]
    facts: GoldFacts
    typos: bool  # typing errors put in on purpose

    @property
    def written(self) -> str:
        """How the question is written: "vi", "vi, no marks" or "en"."""
        return self.language if self.diacritics else f"{self.language}, no marks"


def data_file(split: str) -> Path:
    """The shipped file of a split."""
    return Path(str(resources.files("eval").joinpath(f"data/{split}.jsonl")))


def load(split: str) -> tuple[Question, ...]:
    """The questions of "dev", "test", or "all" of them."""
    splits = SPLITS if split == "all" else (split,)
    return tuple(question for name in splits for question in read(data_file(name)))


def read(path: Path) -> tuple[Question, ...]:
    """The questions of a file.

    Raises:
        DataError: the file cannot be read, or a line is not a question; names the line.
    """
    result: list[Question] = []
    seen: set[str] = set()
    for number, line in read_lines(path):
        try:
            question = _question(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(at(path, number), f"expected a question ({error})", "see eval/data/README.md") from None
        if question.id in seen:
            raise DataError(f"{at(path, number)}: {question.id}", "expected each id once", "rename one")
        seen.add(question.id)
        result.append(question)
    return tuple(result)


def _question(record: dict[str, Any]) -> Question:
    unknown = set(record) - set(Question.__slots__)
    if unknown:
        raise ValueError(f"unknown fields: {', '.join(sorted(unknown))}")
    question = Question(
        **{
            **record,
            "gold": tuple(Gold(**gold) for gold in record["gold"]),
            "facts": _facts(record["facts"]),
        }
    )
    for name, allowed in (("language", LANGUAGES), ("user", USERS), ("kind", KINDS), ("why_not", ("", *WHY_NOT))):
        if getattr(question, name) not in allowed:
            raise ValueError(f"{name}: {getattr(question, name)!r} is none of {', '.join(allowed)}")
    for name in ("diacritics", "answerable", "typos"):
        if not isinstance(getattr(question, name), bool):
            raise ValueError(f"{name}: true or false")
    if not question.id.isascii() or not question.question.strip():
        raise ValueError("an ASCII id and a question")
    return question


def _facts(record: dict[str, Any]) -> GoldFacts:
    values: dict[str, Any] = dict(record)
    for name in ("responsible", "coordinating", "directing"):
        if name in values:
            values[name] = tuple(values[name])
    if "targets" in values:
        values["targets"] = tuple(GoldTarget(**target) for target in values["targets"])
        for target in values["targets"]:
            if target.comparator not in COMPARATORS:
                raise ValueError(f"comparator: {target.comparator!r} is none of {' '.join(COMPARATORS)}")
    return GoldFacts(**values)
