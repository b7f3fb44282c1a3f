"""Our own question set for other tools: a BEIR folder over planqa's passages, with the qrels as a TREC file, too.

Judgements by quotes become judgements of passages: a passage is relevant when it holds a gold quote of its document.
They last as long as the passages do, so the folder is made when it is needed and not kept.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from corpus.collect import collect, read_documents, shipped_plans
from corpus.types import Document
from eval.datasets import CORPUS, HEADER, QRELS, QUERIES
from eval.judge import holds, squash
from eval.lines import write_whole
from eval.plans import PlanQuestions
from eval.trec import write_qrels
from eval.types import Item, Qrels

TREC = "qrels.trec"


def export(split: str, folder: Path) -> tuple[int, int]:
    """Write the folder; how many passages and queries it has. A question whose quotes no passage holds is left out.

    Raises:
        DataError: the folder cannot be written.
    """
    plans = collect([shipped_plans()])
    documents, _ = read_documents(plans.sources, plans.origins)
    data = PlanQuestions(split)
    qrels = _qrels(data, documents)
    items = [
        Item(passage.id, ". ".join((document.meta.title, *passage.headings)), passage.text)
        for document in documents
        for passage in document.passages
    ]
    queries = {query: text for query, text in data.queries().items() if query in qrels}
    write_beir(folder, items, queries, qrels)
    write_qrels(folder / TREC, qrels)
    return len(items), len(queries)


def write_beir(folder: Path, items: Sequence[Item], queries: dict[str, str], qrels: Qrels) -> None:
    """Write a BEIR folder, each file whole or not at all."""
    write_whole(folder / CORPUS, (_line(_id=item.id, title=item.title, text=item.text) for item in items))
    write_whole(folder / QUERIES, (_line(_id=query, text=text) for query, text in queries.items()))
    judged = (f"{query}\t{id}\t{grade}" for query, found in qrels.items() for id, grade in found.items())
    write_whole(folder / QRELS, ["\t".join(HEADER), *judged])


def _line(**record: str) -> str:
    return json.dumps(record, ensure_ascii=False)


def _qrels(data: PlanQuestions, documents: Sequence[Document]) -> Qrels:
    texts = [
        (document.meta.number, passage.id, squash(passage.text))
        for document in documents
        for passage in document.passages
    ]
    qrels: Qrels = {}
    for question in data.questions:
        gold = question.gold if question.answerable else ()
        found = {
            id: 1
            for number, id, text in texts
            if any(one.document == number and holds(text, one.quote) for one in gold)
        }
        if found:
            qrels[question.id] = found
    return qrels
