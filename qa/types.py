"""The values of the qa room: filters, findings, and the `Answer` that every face of planqa shows.

`to_json` gives the contract that other programs build on: keys are added to it, never changed or removed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from corpus.provinces import today_of

Language = Literal["vi", "en"]

Reason = Literal[
    "",
    "empty_question",
    "province_not_covered",
    "document_not_covered",
    "year_not_covered",
    "not_stated",
    "nothing_found",
    "other_language",
    "false_premise",
    "not_a_question",
]
"""Why there is no answer; "" when there is one."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is restricted to; an empty tuple restricts nothing."""

    provinces: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Found:
    """A passage as it is shown: where it stands, what it says, how well it matched."""

    rank: int
    passage_id: str
    document: str  # number, "2043/QĐ-UBND"
    document_id: str
    province: str
    citation: str
    citation_en: str
    text: str
    score: float
    start: int
    end: int
    kind: str
    headings: tuple[str, ...]
    dense: float = 0.0
    lexical: float = 0.0
    terms: tuple[str, ...] = ()
    late: float = 0.0
    prior: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """The contract's keys for one passage, and the province that its own belongs to today."""
        record = asdict(self)
        record["province_today"] = today_of(self.province)
        record["headings"], record["terms"] = list(self.headings), list(self.terms)
        for key in ("score", "dense", "lexical", "late", "prior"):
            record[key] = round(record[key], 4)
        return record


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and where it stands; `start` and `end` are offsets in the document's reading text."""

    n: int
    document: str
    document_id: str
    province: str
    citation: str
    citation_en: str
    passage_id: str
    quote: str
    start: int
    end: int
    sources: tuple[str, ...]
    role: Literal["passage", "heading"] = "passage"  # a heading is cited for the year or agency that it gives

    def to_json(self) -> dict[str, Any]:
        """The contract's keys for one citation."""
        return {**asdict(self), "sources": list(self.sources)}


@dataclass(frozen=True, slots=True)
class TargetFact:
    """One target as a fact of an answer, in the document's own words."""

    document: str
    province: str
    indicator: str
    comparator: str
    value: str
    unit: str
    year: str
    citation: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the answer says, as data; always the document's own Vietnamese words."""

    responsible: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    directing: tuple[str, ...] = ()
    deadline: str = ""
    targets: tuple[TargetFact, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The contract's keys for the facts."""
        return {
            "responsible": list(self.responsible),
            "coordinating": list(self.coordinating),
            "directing": list(self.directing),
            "deadline": self.deadline,
            "targets": [asdict(target) for target in self.targets],
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its proof, the same for command line, page and programs.

    `answer` is plain text in the question's language; each of its sentences ends in a marker "[1]" that names a
    citation. `passages` are the nearest passages, best first, whether or not there is an answer.
    """

    question: str
    language: Language
    answerable: bool
    confidence: float
    reason: Reason
    answer: str
    facts: Facts = field(default_factory=Facts)
    citations: tuple[Citation, ...] = ()
    passages: tuple[Found, ...] = ()
    id: str = ""

    def to_json(self) -> dict[str, Any]:
        """The contract of the answer, ready for `json.dumps`."""
        return {
            "id": self.id,
            "question": self.question,
            "language": self.language,
            "answerable": self.answerable,
            "confidence": round(self.confidence, 4),
            "reason": self.reason,
            "answer": self.answer,
            "facts": self.facts.to_json(),
            "citations": [citation.to_json() for citation in self.citations],
            "passages": [found.to_json() for found in self.passages],
        }
