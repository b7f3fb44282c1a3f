"""From the passages that were found to an answer: records first, else the most telling sentences, or none.

Every sentence carries the marker of a citation whose quote stands in the document to the letter. What no passage
states is not said; where the topics of the question are not stated in any passage found, there is no answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.provinces import belongs_to
from corpus.types import Document, Passage, Target, Task
from index.types import Hit
from qa import wording
from qa.draft import Draft
from qa.evidence import Topic, support, topics
from qa.places import Place, heading_stating, line_stating
from qa.question import Question, is_other_language
from qa.sentences import telling
from qa.types import Answer, Filters, Reason

if TYPE_CHECKING:
    from qa.engine import Engine

NEAREST = 10
MIN_SUPPORT = {"vi": 0.15, "en": 0.15}
"""Share of a question's topics that a passage must state before anything is answered from it."""
NEARLY = 0.75
"""A passage worth this share of the best one answers beside it, where the question names no province."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that was found, and how much of the question it states."""

    hit: Hit
    passage: Passage
    document: Document
    support: float

    @property
    def worth(self) -> float:
        """Order of candidates: what is stated counts as much as how near it is."""
        return 0.75 * self.hit.score + 0.25 * self.support


def answer(engine: Engine, asked: Question, filters: Filters, id: str) -> Answer:
    """Answer an understood question from the engine's corpus."""
    hits = engine.hits(asked, filters, NEAREST)
    found = engine.found(hits)

    def declined(reason: Reason) -> Answer:
        text = wording.declined(reason, asked, engine.documents())
        return Answer(asked.text, asked.language, False, 0.0, reason, text, passages=found, id=id)

    if reason := _out_of_corpus(engine, asked, filters):
        return declined(reason)
    if not hits:
        return declined("nothing_found")
    draft = Draft(asked)
    if asked.wants & {"signer", "issued"}:
        candidates = [
            Candidate(hit, engine.passage(hit), engine.by_id[engine.passage(hit).document_id], 1.0) for hit in hits
        ]
        confidence = _metadata(draft, asked, candidates)
    else:
        about = topics(asked, engine.vocabulary)
        candidates = sorted((_candidate(engine, hit, about) for hit in hits), key=lambda c: -c.worth)
        if any(topic.is_foreign_name for topic in about):
            return declined("nothing_found")
        least = MIN_SUPPORT[asked.language]
        supported = [c for c in candidates if c.support >= least]
        if not supported:
            return declined("nothing_found")
        if asked.years and not _year_stated(asked, supported):
            return declined("year_not_covered")
        confidence = _from_records(engine, draft, asked, supported, about)
        if not draft.sentences:
            confidence = _from_sentences(draft, supported, about)
    if not draft.sentences:
        return declined("not_stated")
    return Answer(
        question=asked.text,
        language=asked.language,
        answerable=True,
        confidence=min(1.0, confidence),
        reason="",
        answer=" ".join(draft.sentences),
        facts=draft.facts(),
        citations=tuple(draft.citations),
        passages=found,
        id=id,
    )


def _candidate(engine: Engine, hit: Hit, about: tuple[Topic, ...]) -> Candidate:
    passage = engine.passage(hit)
    document = engine.by_id[passage.document_id]
    return Candidate(hit, passage, document, support(about, [passage.text, *passage.headings, document.meta.title]))


def _out_of_corpus(engine: Engine, asked: Question, filters: Filters) -> Reason:
    """Why the corpus cannot hold an answer: another language, a province or document it does not have."""
    if is_other_language(asked.text):
        return "other_language"
    documents = engine.documents()
    if asked.provinces and not any(belongs_to(d.meta.province, p.name) for d in documents for p in asked.provinces):
        return "province_not_covered"
    numbers = {document.meta.number.upper() for document in documents}
    if asked.documents and not numbers & set(asked.documents):
        cited = any(number in document.text.upper() for number in asked.documents for document in documents)
        if not cited:
            return "document_not_covered"
    return ""


def _year_stated(asked: Question, candidates: list[Candidate]) -> bool:
    """Whether a year that is asked for stands in a supported passage, its headings, or its document's title or date."""
    for candidate in candidates:
        texts = " ".join([candidate.passage.text, *candidate.passage.headings, candidate.document.meta.title])
        if any(year in texts or year == candidate.document.meta.year for year in asked.years):
            return True
    return False


def _metadata(draft: Draft, asked: Question, candidates: list[Candidate]) -> float:
    """Signer and date of issue, of the document that the question is nearest to."""
    document = candidates[0].document
    meta = document.meta
    numbered = line_stating(document, meta.number) if meta.number else None
    if numbered is not None and "signer" in asked.wants and meta.signer:
        signed = line_stating(document, meta.signer, ("ky", "thuoc-tinh", "dau"))
        if signed is not None:
            draft.say_of(wording.signer(meta, asked), document, [signed, numbered])
    if numbered is not None and "issued" in asked.wants and meta.date:
        dated = _dated(document)
        if dated is not None:
            draft.say_of(wording.issued(meta, asked), document, [dated, numbered])
    return 0.9


def _dated(document: Document) -> Place | None:
    """The line that states the date of issue, as offices and portals write it."""
    year, month, day = document.meta.date.split("-")
    forms = (f"ngày {day} tháng {m} năm {year}" for m in dict.fromkeys([str(int(month)), month]))
    for form in (*forms, f"ngày {int(day)} tháng {int(month)} năm {year}", f"{day}/{month}/{year}"):
        if place := line_stating(document, form, ("dau", "thuoc-tinh")):
            return place
    return None


def _from_records(
    engine: Engine, draft: Draft, asked: Question, candidates: list[Candidate], about: tuple[Topic, ...]
) -> float:
    """Answer "who", "by when" from task records and "how much" from target records; 0 when none fits."""
    best = candidates[0].worth
    if asked.wants & {"who", "coordinating", "directing", "when"}:
        chosen = [c for c in candidates if _task_of(engine, c) is not None and c.worth >= best * NEARLY]
        for candidate in _one_each(chosen, asked):
            task = _task_of(engine, candidate)
            assert task is not None
            _say_task(draft, asked, candidate, task)
        if draft.sentences:
            return chosen[0].worth
    if "how_much" in asked.wants:
        fitting = [(c, _targets_of(engine, c, asked, about)) for c in candidates if c.worth >= best * NEARLY]
        fitting = [(c, found) for c, found in fitting if found]
        keep = {id(c) for c in _one_each([c for c, _ in fitting], asked)}
        for candidate, found in fitting:
            if id(candidate) in keep:
                for target in found:
                    draft.add_target(target, candidate.document, candidate.passage)
        if draft.sentences:
            return fitting[0][0].worth
    return 0.0


def _one_each(candidates: list[Candidate], asked: Question) -> list[Candidate]:
    """The best candidate of each province; of one province alone when the question names it."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        best.setdefault(candidate.document.meta.province, candidate)
    return list(best.values())[: max(4, len(asked.provinces))]


def _task_of(engine: Engine, candidate: Candidate) -> Task | None:
    """The task record of a passage: a listed task, or a duty that running text gives an agency."""
    return engine.tasks.get(candidate.passage.section_id)


def _say_task(draft: Draft, asked: Question, candidate: Candidate, task: Task) -> None:
    """State a task; an agency that its passage does not name stands in a heading above it, which is cited, too."""
    passage, document = candidate.passage, candidate.document
    stated = next((p for p in document.passages if p.id == task.passage_id), passage)
    draft.add_task(task)
    for sentence in wording.task(task, asked, document.meta):
        draft.say(sentence, document, stated)
    for agency in (task.lead or ())[:1]:
        if agency not in stated.text and (heading := heading_stating(document, task.section_id, agency)):
            draft.cite_place(document, heading)
    if task.directing:
        directing = _holding_directing(document, task)
        if directing is not None and directing.id != stated.id:
            draft.cite(document, directing, directing.start, directing.end)


def _holding_directing(document: Document, task: Task) -> Passage | None:
    """The nearest passage at or before the task that prints the directing unit: its cell is merged over the group."""
    before = [p for p in document.passages if p.start <= task.start and task.directing[0] in p.text]
    return before[-1] if before else None


def _targets_of(engine: Engine, candidate: Candidate, asked: Question, about: tuple[Topic, ...]) -> list[Target]:
    """The targets of a passage that fit the question: its year, and the indicator nearest to its topics."""
    targets = engine.targets.get(candidate.passage.id, [])
    if asked.years:
        targets = [target for target in targets if target.year in asked.years]
    if len(targets) < 2:
        return targets
    scored = [(support(about, [target.indicator, target.quote]), target) for target in targets]
    best = max(score for score, _ in scored)
    return [target for score, target in scored if score >= best - 1e-9][:4]


def _from_sentences(draft: Draft, candidates: list[Candidate], about: tuple[Topic, ...]) -> float:
    """The most telling sentences of the best passages, quoted."""
    best = candidates[0]
    for candidate in candidates[:2]:
        if candidate.worth < best.worth * NEARLY:
            continue
        start, end = telling(candidate.passage, about)
        draft.quote(candidate.document, candidate.passage, start, end)
    return best.worth
