"""What was understood from a question, each as a chip; a province, document or year can be taken out of it again."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from corpus.vietnamese import fold, squeeze
from qa.question import Question
from qa.types import Language

_LEADS = {
    "province": "o|tai|cua|thuoc|trong|tinh|thanh pho|tp[.]?|in|of|for|at|from|by|the|province",
    "document": "o|tai|cua|theo|trong|so|ke hoach|quyet dinh|in|of|by|the|no[.]?|plan|decision",
    "year": "den|vao|trong|nam|in|of|for|by|the|year",
}
"""Small words, folded, that lead to a name and go with it when it is taken out of a question."""
_AFTER = r"(?:\s+province\b)?(?:['’]s\b)?"
_WANTS: tuple[tuple[str, str, str], ...] = (
    ("who", "cơ quan chịu trách nhiệm", "responsible agency"),
    ("coordinating", "cơ quan phối hợp", "coordinating agencies"),
    ("directing", "người chỉ đạo", "who directs"),
    ("when", "thời hạn", "deadline"),
    ("how_often", "bao lâu một lần", "how often"),
    ("what_to_do", "việc phải làm", "what is to be done"),
    ("how_much", "chỉ tiêu", "target"),
    ("budget", "nguồn kinh phí", "source of money"),
    ("compare", "so sánh", "comparison"),
    ("reporting", "báo cáo", "reporting"),
    ("signer", "người ký", "signer"),
    ("issuer", "cơ quan ban hành", "who issued it"),
    ("issued", "ngày ban hành", "date of issue"),
    ("number", "số văn bản", "number"),
    ("recipients", "nơi nhận", "recipients"),
    ("legal_basis", "căn cứ pháp lý", "legal basis"),
)


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing understood; `without` is the question that no longer says it, "" when it cannot be taken out."""

    group: str  # province, document, year, wants
    value: str
    without: str = ""

    def to_json(self) -> dict[str, Any]:
        """The chip for the browser."""
        return asdict(self)


def understood(asked: Question, language: Language) -> tuple[Chip, ...]:
    """The chips of a question as it was understood, in the words of the interface."""
    named = [
        *(Chip("province", p.name, without(asked.text, "province", [p.name, *p.aliases])) for p in asked.provinces),
        *(Chip("document", number, without(asked.text, "document", [number])) for number in asked.documents),
        *(Chip("year", year, without(asked.text, "year", [year])) for year in asked.years),
    ]
    wanted = [english if language == "en" else own for name, own, english in _WANTS if name in asked.wants]
    return (*named, *([Chip("wants", ", ".join(wanted))] if wanted else []))


def without(question: str, group: str, names: list[str]) -> str:
    """The question without the names and the small words that lead to them; names with or without diacritics.

    >>> without("Ai lo SOC ở tỉnh Trà Vinh đến năm 2025?", "province", ["Trà Vinh"])
    'Ai lo SOC đến năm 2025?'
    >>> without("den 2025 bao nhieu phan tram dan tra vinh co dien thoai", "year", ["2025"])
    'bao nhieu phan tram dan tra vinh co dien thoai'
    """
    text = squeeze(question)
    folded = "".join(_one(character) for character in text)
    for name in names:
        pattern = re.compile(rf"(?:\b(?:{_LEADS[group]})\s+)*(?<!\w){re.escape(fold(name))}(?!\w){_AFTER}")
        while found := pattern.search(folded):
            text = f"{text[: found.start()]} {text[found.end() :]}"
            folded = f"{folded[: found.start()]} {folded[found.end() :]}"
    return re.sub(r"\s+([?.,;:!])", r"\1", squeeze(text)).strip(" ,;:")


def _one(character: str) -> str:
    """A character folded, as one character, so that offsets stay what they are."""
    folded = fold(character)
    return folded if len(folded) == 1 else character
