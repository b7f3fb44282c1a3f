"""What is indexed and what is asked: texts of the shipped plans, questions of `dev`, and how hits are judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.collect import collect, read_documents, shipped_plans
from eval.bench.types import Text
from eval.judge import judged_ids
from eval.measures import mean, per_query
from eval.plans import PlanQuestions
from eval.questions import load
from eval.trec import falling
from eval.tutorial import CHUNK, OVERLAP
from eval.types import Hit
from index.context import body, front

SETS = {
    "passages": "the passages of the shipped plans, each with its context in front",
    "chunks": f"the shipped files in chunks of {CHUNK:,} characters that share {OVERLAP}",
}
QUALITY = ("hit@1", "hit@5")


def make_texts(name: str) -> list[Text]:
    """The texts of a set of `SETS`, in a fixed order."""
    return _passages() if name == "passages" else _chunks()


def questions() -> list[str]:
    """All questions of `dev`, those that no plan answers among them."""
    return [question.question for question in load("dev")]


def quality(texts: Sequence[Text], found: Mapping[str, Sequence[int]]) -> dict[str, float]:
    """Share of the answerable questions with a gold quote among the first one and the first five hits.

    `found` are places of texts by question; a text is judged by its own words, without what stands in front of them.
    """
    data = PlanQuestions("dev")
    numbers = {text.id: text.document for text in texts}
    run = {}
    for asked in data.questions:
        if asked.answerable:
            places = found[asked.question]
            hits = [Hit(texts[place].id, -float(rank), texts[place].own) for rank, place in enumerate(places)]
            run[asked.id] = falling(judged_ids(asked, hits, numbers, len(hits)))
    return {name: mean(values) for name, values in per_query(data.qrels(), run, QUALITY).items()}


def _passages() -> list[Text]:
    plans = collect([shipped_plans()])
    documents, _ = read_documents(plans.sources, plans.origins)
    return [
        Text(passage.id, document.meta.number, front(document, passage), body(passage))
        for document in documents
        for passage in document.passages
    ]


def _chunks() -> list[Text]:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    data = PlanQuestions("dev")
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
    return [
        Text(f"{item.id}#{number}", data.document_of[item.id], "", chunk)
        for item in data.items()
        for number, chunk in enumerate(splitter.split_text(item.text), 1)
    ]
