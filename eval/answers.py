"""Answers judged: each measure is one number from 0 to 1 for each question that it applies to.

`MEASURES.md` defines every measure with a worked example; the functions here stand in its order.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from corpus.vietnamese import fold, squeeze
from eval.facts import agencies, deadlines, f1, same_value, unsupported
from eval.judge import holds, squash
from eval.questions import Gold, GoldTarget, Question
from qa.types import Answer, Citation, TargetFact

Sources = Mapping[str, Sequence[str]]
"""Squashed text of every source file, by document number."""

LOWER_IS_BETTER = frozenset({"false abstention"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, its answer, and the sources that quotes are looked up in."""

    question: Question
    answer: Answer
    sources: Sources


def judge(judged: Judged) -> dict[str, float]:
    """Every measure that applies to the question."""
    values = ((name, measure(judged)) for name, measure in MEASURES.items())
    return {name: value for name, value in values if value is not None}


def _agency_f1(j: Judged) -> float | None:
    return _list_f1(j.answer.facts.responsible, j.question.facts.responsible)


def _agency(j: Judged) -> float | None:
    return _exact(_agency_f1(j))


def _coordinating(j: Judged) -> float | None:
    return _exact(_list_f1(j.answer.facts.coordinating, j.question.facts.coordinating))


def _directing(j: Judged) -> float | None:
    return _exact(_list_f1(j.answer.facts.directing, j.question.facts.directing))


def _deadline(j: Judged) -> float | None:
    gold = j.question.facts.deadline
    if gold is None:
        return None
    return float(j.answer.answerable and deadlines(j.answer.facts.deadline) == deadlines(gold))


def _target(j: Judged) -> float | None:
    gold = j.question.facts.targets
    if not gold:
        return None
    return sum(any(_is_target(said, target) for said in j.answer.facts.targets) for target in gold) / len(gold)


def _target_precision(j: Judged) -> float | None:
    gold, said = j.question.facts.targets, j.answer.facts.targets
    if not gold or not said:
        return None
    return sum(any(_is_target(one, target) for target in gold) for one in said) / len(said)


def _comparison_rows(j: Judged) -> float | None:
    if j.question.kind != "comparison" or not j.question.answerable:
        return None
    provinces = {gold.province for gold in j.question.gold}
    return sum(_row_is_right(j, province) for province in provinces) / len(provinces)


def _row_is_right(j: Judged, province: str) -> bool:
    gold = [one for one in j.question.gold if one.province == province]
    targets = [target for target in j.question.facts.targets or () if target.province == province]
    cited = any(_proves(citation, one) for citation in j.answer.citations for one in gold)
    return cited and all(any(_is_target(said, target) for said in j.answer.facts.targets) for target in targets)


def _signer(j: Judged) -> float | None:
    gold = j.question.facts.signer
    if gold is None:
        return None
    said = fold(squeeze(j.answer.answer))
    return float(all(fold(squeeze(name)) in said for name in gold.split(";")))


def _date(j: Judged) -> float | None:
    gold = j.question.facts.date
    if gold is None:
        return None
    year, month, day = (int(part) for part in gold.split("-"))
    said = squeeze(fold(j.answer.answer))
    names = "january february march april may june july august september october november december".split()
    english = names[month - 1]
    forms = {f"{d}/{m}/{year}" for d in (f"{day}", f"{day:02d}") for m in (f"{month}", f"{month:02d}")}
    forms |= {f"{day} thang {m} nam {year}" for m in (f"{month}", f"{month:02d}")}
    forms |= {f"{day} {english} {year}", f"{english} {day}, {year}", gold}
    return float(any(form in said for form in forms))


def _citation_precision(j: Judged) -> float | None:
    cited = [citation for citation in j.answer.citations if citation.role == "passage"]
    if not j.question.answerable or not cited:
        return None
    return sum(_proves_any(citation, j.question.gold) for citation in cited) / len(cited)


def _citation_recall(j: Judged) -> float | None:
    if not j.question.answerable:
        return None
    return sum(any(_proves(citation, gold) for citation in j.answer.citations) for gold in j.question.gold) / len(
        j.question.gold
    )


def _gold_cited(j: Judged) -> float | None:
    if not j.question.answerable:
        return None
    return float(any(_proves_any(citation, j.question.gold) for citation in j.answer.citations))


def _quotes_verbatim(j: Judged) -> float | None:
    if not j.answer.citations:
        return None
    return sum(_is_verbatim(citation, j.sources) for citation in j.answer.citations) / len(j.answer.citations)


def _no_unsupported_numbers(j: Judged) -> float | None:
    if not j.answer.answerable:
        return None
    known = [text for c in j.answer.citations for text in (c.quote, c.citation, c.citation_en, c.document)]
    return float(not unsupported(j.answer.answer, known))


def _abstention_precision(j: Judged) -> float | None:
    return None if j.answer.answerable else float(not j.question.answerable)


def _abstention_recall(j: Judged) -> float | None:
    return None if j.question.answerable else float(not j.answer.answerable)


def _false_abstention(j: Judged) -> float | None:
    return float(not j.answer.answerable) if j.question.answerable else None


MEASURES: dict[str, Callable[[Judged], float | None]] = {
    "agency match": _agency,
    "agency F1": _agency_f1,
    "coordinating match": _coordinating,
    "directing match": _directing,
    "deadline match": _deadline,
    "target recall": _target,
    "target precision": _target_precision,
    "comparison rows": _comparison_rows,
    "signer match": _signer,
    "date match": _date,
    "citation precision": _citation_precision,
    "citation recall": _citation_recall,
    "gold cited": _gold_cited,
    "quotes verbatim": _quotes_verbatim,
    "no unsupported numbers": _no_unsupported_numbers,
    "abstention precision": _abstention_precision,
    "abstention recall": _abstention_recall,
    "false abstention": _false_abstention,
}


def _list_f1(said: Collection[str], gold: Collection[str] | None) -> float | None:
    return f1(agencies(said), agencies(gold)) if gold else None


def _exact(score: float | None) -> float | None:
    return None if score is None else float(score == 1.0)


def _is_target(said: TargetFact, gold: GoldTarget) -> bool:
    """Same province, number and year; indicator and unit are words that may be written in several ways."""
    return (
        fold(said.province) == fold(gold.province)
        and same_value(said.value, gold.value)
        and (not gold.year or said.year == gold.year)
    )


def _proves(citation: Citation, gold: Gold) -> bool:
    """Whether citation and gold quote are of one passage: the document is right, and one quote holds the other."""
    if citation.document != gold.document:
        return False
    return holds(squash(citation.quote), gold.quote) or squash(citation.quote) in squash(gold.quote)


def _proves_any(citation: Citation, gold: Sequence[Gold]) -> bool:
    return any(_proves(citation, one) for one in gold)


def _is_verbatim(citation: Citation, sources: Sources) -> bool:
    """Whether the quote stands in a source file, white space and the bars between table cells aside."""
    return any(squash(citation.quote).replace("|", "") in text for text in sources.get(citation.document, ()))
