"""Whether the question set keeps its own rules: quotes verbatim, fields in agreement, balance, paraphrase, clean split.

`problems` is empty for a set that does. Bounds are those the set was commissioned with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from corpus.collect import shipped_plans
from corpus.provinces import provinces
from corpus.source import read_source
from corpus.vietnamese import fold, words
from eval.judge import squash
from eval.plans import numbers_by_file
from eval.questions import Gold, Question

MAX_SHARED = 5
"""Syllables in a row that a question may share with its gold quote, names aside: about three words."""

Span = tuple[int, int]
_BOUNDS = {  # share of all questions, from and to
    "Vietnamese with marks": (0.45, 0.60),
    "Vietnamese without marks": (0.10, 0.15),
    "English": (0.28, 0.40),
}
# What agencies, systems and documents are called by; a capital letter starts their names in the plans.
_NAME = re.compile(
    r"\b(?:Sở|UBND|Ủy ban|Bộ|Ban|Văn phòng|Công an|Trung tâm|Tổ|Hội|Hiệp hội|Đoàn|Tỉnh đoàn|Ngân hàng|Báo|Đài|Cổng"
    r"|Hệ thống|Nền tảng|Cơ sở dữ liệu|Trục|Kho|Chương trình|Đề án|Kế hoạch|Quyết định|Nghị quyết|Nghị định|Chỉ thị"
    r"|Luật|Thông tư)(?:[ -]+[^\s,.;:|]+){0,12}"
)


class Sources:
    """The shipped plans as text without white space, by document number: the portal's edition first."""

    def __init__(self) -> None:
        self._texts: dict[str, list[str]] = {}
        for file, number in sorted(numbers_by_file().items()):
            self._texts.setdefault(number, []).append(squash(read_source(shipped_plans() / file).text))

    def span(self, gold: Gold) -> Span | None:
        """Where a quote stands in the document's first edition that has it; None when none has."""
        quote = squash(gold.quote)
        for text in self._texts.get(gold.document, []):
            if (start := text.find(quote)) >= 0:
                return start, start + len(quote)
        return None


def problems(dev: Sequence[Question], test: Sequence[Question]) -> list[str]:
    """What is wrong with the set, one line a finding."""
    sources = Sources()
    questions = [*dev, *test]
    return [
        *(f"{question.id}: {finding}" for question in questions for finding in _of_question(question, sources)),
        *_of_balance(questions),
        *_of_split(dev, test, sources),
    ]


def _of_question(question: Question, sources: Sources) -> Iterator[str]:
    if question.answerable != (question.kind != "unanswerable") or question.answerable != (not question.why_not):
        yield "answerable, kind and why_not disagree"
    if question.answerable and not question.gold:
        yield "answerable without gold"
    if not question.answerable and question.gold and question.why_not != "false_premise":
        yield "gold though nothing answers it"
    if question.language == "en" and not question.diacritics:
        yield "English without diacritics: true is meant"
    if question.language == "vi" and question.diacritics == (fold(question.question) == question.question.lower()):
        yield "diacritics disagrees with the question"
    for gold in question.gold:
        if sources.span(gold) is None:
            yield f"quote does not stand in {gold.document}: {gold.quote}"
        if "|" in gold.quote:
            yield f"quote crosses table cells: {gold.quote}"
        if (shared := longest_shared(question.question, gold.quote)) > MAX_SHARED:
            yield f"shares {shared} syllables in a row with its quote: {gold.quote}"


def _of_balance(questions: Sequence[Question]) -> Iterator[str]:
    figures = balance(questions)
    if len(questions) < 300:
        yield f"{len(questions)} questions, at least 300 are wanted"
    if figures["unanswerable"] < 60:
        yield f"{figures['unanswerable']} unanswerable questions, at least 60 are wanted"
    for name, (low, high) in _BOUNDS.items():
        if not low <= figures[name] / len(questions) <= high:
            yield f"{figures[name]} of {len(questions)} questions are {name}, {low:.0%} to {high:.0%} are wanted"
    texts = [fold(" ".join(question.question.split())) for question in questions]
    for text in sorted({text for text in texts if texts.count(text) > 1}):
        yield f"asked twice: {text}"


def balance(questions: Sequence[Question]) -> dict[str, int]:
    """How many questions there are of each sort."""
    return {
        "questions": len(questions),
        "unanswerable": sum(not q.answerable for q in questions),
        "Vietnamese with marks": sum(q.written == "vi" for q in questions),
        "Vietnamese without marks": sum(q.written == "vi, no marks" for q in questions),
        "English": sum(q.written == "en" for q in questions),
        "with typing errors": sum(q.typos for q in questions),
    }


def _of_split(dev: Sequence[Question], test: Sequence[Question], sources: Sources) -> Iterator[str]:
    """Gold passages that both halves use: quotes that share any character of a document."""
    spans = [(question, gold, span) for question in dev for gold in question.gold if (span := sources.span(gold))]
    for question in test:
        for gold in question.gold:
            span = sources.span(gold)
            for other, theirs, (start, end) in spans:
                if span and gold.document == theirs.document and span[0] < end and start < span[1]:
                    yield f"{question.id} (test) and {other.id} (dev) share a gold passage: {gold.quote}"


def longest_shared(question: str, quote: str) -> int:
    """How many syllables in a row question and quote share, case and marks aside, names left out of both.

    Names are those of provinces, and what starts like an agency, system or document with a capital letter in the quote,
    up to the next comma, bracket or twelve syllables on.

    >>> longest_shared("bao nhieu nguoi lon co dien thoai", "dân số trưởng thành có điện thoại thông minh")
    3
    >>> longest_shared("Sở Nội vụ lo gì?", "Sở Nội vụ chủ trì")
    0
    """
    for name in provinces():
        quote = re.sub(rf"\b{re.escape(name.name)}\b", " ■ ", quote)
    theirs = _syllables(_NAME.sub(" ■ ", quote))
    ours = _syllables(question)
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return matcher.find_longest_match().size


def _syllables(text: str) -> list[str]:
    """Folded syllables; a name's mark is one that no question has."""
    return [word for part in re.split("(■)", text) for word in ([part] if part == "■" else words(fold(part)))]
