"""Opinions as questions of the benchmark's format, one JSON object a line (its fields: eval/data/README.md).

An answer that a reader found right becomes a whole question: its gold quotes are taken from the passages it cites, or
it is one that nothing answers. For an answer that was wrong or missed something, the gold is left empty: a person must
read the plans and write it; `planqa-eval validate` names such questions. What the reader noted, and everything else
that was kept, goes to a file beside it, "<name>.notes.jsonl", under the same ids.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus.errors import HomeError
from corpus.types import Document, Passage
from qa.question import understand
from qa.web.feedback import Opinion, read

MAX_WORDS = 40  # of a gold quote
_KINDS = (
    ("budget", "budget"),
    ("coordinating", "coordinating"),
    ("when", "deadline"),
    ("who", "lead"),
    ("how_much", "target"),
    ("legal_basis", "legal_basis"),
    ("signer", "signer"),
    ("issued", "metadata"),
)
"""What a question wants, by `qa.question`, and the kind of question that it is."""


def export(home: Path, documents: Iterable[Document], output: Path) -> int:
    """Write every opinion of a home to `output` and the notes beside it; returns how many there are.

    Raises:
        HomeError: the opinions cannot be read, or the files cannot be written.
    """
    held = {passage.id: (document, passage) for document in documents for passage in document.passages}
    opinions = read(home)
    notes = output.with_name(f"{output.stem}.notes.jsonl")
    try:
        _write(output, (question_record(opinion, held) for opinion in opinions))
        _write(notes, ({**asdict(opinion), "id": question_id(opinion)} for opinion in opinions))
    except OSError as error:
        raise HomeError(output, f"cannot be written ({error.strerror})", "name another file") from error
    return len(opinions)


def question_id(opinion: Opinion) -> str:
    """The id of the question made of an opinion: "fb-0007"."""
    return f"fb-{opinion.id:04d}"


def question_record(opinion: Opinion, held: Mapping[str, tuple[Document, Passage]]) -> dict[str, Any]:
    """The question made of an opinion; `held` are the passages of the corpus by id.

    Who asked is not known; a citizen is assumed. Facts are left to the person who completes the question.
    """
    asked = understand(opinion.question)
    answerable = opinion.answerable or opinion.verdict != "right"
    cited = [held[name] for name in opinion.passage_ids if name in held] if opinion.verdict == "right" else []
    gold = [
        {"document": document.meta.number, "province": document.meta.province, "quote": quote_of(passage.text)}
        for document, passage in cited
    ]
    kind = next((kind for want, kind in _KINDS if want in asked.wants), "duty")
    return {
        "id": question_id(opinion),
        "question": opinion.question,
        "language": asked.language,
        "diacritics": asked.language == "en" or asked.diacritics,
        "user": "citizen",
        "kind": kind if answerable else "unanswerable",
        "answerable": answerable,
        "why_not": "" if answerable else "absent_topic",
        "gold": gold if answerable else [],
        "facts": {},
        "typos": False,
    }


def quote_of(text: str) -> str:
    """The words to quote of a passage: its longest line or table cell, cut after 40 words, to the letter.

    >>> quote_of("3 | Phủ sóng 4G đến mọi thôn | UBND xã |")
    'Phủ sóng 4G đến mọi thôn'
    """
    longest = max((part.strip() for part in re.split(r"[|\n]", text)), key=len)
    words = list(re.finditer(r"\S+", longest))
    return longest[: words[min(len(words), MAX_WORDS) - 1].end()] if words else ""


def _write(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
