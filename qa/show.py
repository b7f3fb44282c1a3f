"""What commands print: tables for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from corpus.types import Document
from qa.query import WordedQuery
from qa.types import Answer, Found

if TYPE_CHECKING:
    from index.generation import About


def passages(found: Sequence[Found], as_json: bool) -> None:
    """The passages of a search."""
    if as_json:
        print_json([passage.to_json() for passage in found])
        return
    for passage in found:
        print(f"{passage.rank}. {passage.citation}  ({passage.score:.2f})")
        print(_indented(passage.text))


def explained(worded: WordedQuery, found: Sequence[Found], as_json: bool) -> None:
    """The passages of a search, with what was searched for and what spoke for each of them."""
    query = worded.query
    added = {expansion.phrase: list(expansion.terms) for expansion in worded.expansions}
    if as_json:
        searched = {"text": query.dense, "terms": query.lexical, "expansions": added, "trust": round(query.trust, 4)}
        print_json({"searched": searched, "passages": [passage.to_json() for passage in found]})
        return
    print(f"Read by the encoder: {query.dense}")
    print(f"Looked up (trusted {query.trust:.0%}): {query.lexical}")
    for phrase, terms in added.items():
        print(f"    {phrase} -> {', '.join(terms)}")
    for passage in found:
        print(f"{passage.rank}. {passage.citation}  ({passage.score:.2f})")
        print(
            f"    text {passage.dense:.2f}, tokens {passage.late:.2f}, words {passage.lexical:.1f},"
            f" kind and year {passage.prior:+.2f}; matched: {', '.join(passage.terms) or '-'}"
        )
        print(_indented(passage.text))


def answer(given: Answer, as_json: bool) -> None:
    """An answer with its citations, or why there is none."""
    if as_json:
        print_json(given.to_json())
        return
    print(given.answer)
    for citation in given.citations:
        print(f"\n[{citation.n}] {citation.citation_en if given.language == 'en' else citation.citation}")
        print(_indented(citation.quote))
    if not given.answerable and given.passages:
        nearest = ("Đoạn gần nhất (không trả lời câu hỏi):", "Nearest passages (they do not answer it):")
        print("\n" + nearest[given.language == "en"])
        for passage in given.passages[:3]:
            print(f"- {passage.citation_en if given.language == 'en' else passage.citation}")


def documents(held: Iterable[Document], as_json: bool) -> None:
    """The documents of a corpus."""
    records = [document_record(document) for document in held]
    if as_json:
        print_json(records)
        return
    for record in records:
        print(f"{record['id']}  {record['kind']} {record['document']}, {record['province']}, {record['date']}")
        print(f"    {record['title']}")
        print(
            f"    {record['passages']} passages, {record['tasks']} tasks, {record['targets']} targets,"
            f" {len(record['editions'])} editions, {len(record['warnings'])} warnings"
        )


def document_record(document: Document) -> dict[str, Any]:
    """The contract's keys for one document."""
    meta, counts = document.meta, document.counts
    return {
        "id": document.id,
        "document": meta.number,
        "kind": meta.kind,
        "issuer": meta.issuer,
        "province": meta.province,
        "date": meta.date,
        "title": meta.title,
        "signer": meta.signer,
        "editions": [
            {"source": e.source, "sha256": e.sha256, "format": e.format, "origin": e.origin} for e in document.editions
        ],
        "passages": counts.passages,
        "tasks": counts.tasks,
        "duties": counts.duties,
        "targets": counts.targets,
        "warnings": list(document.warnings),
    }


def index(about: About) -> None:
    """How the vectors of a home are searched, and how much that finds of what comparing every one of them finds."""
    kind, tokens = about.index.partition(":")[0], "kept" if about.tokens else "left out"
    print(f"index: {kind}, {about.passages} passages, recall@10 {about.recall_at_10:.3f}; tokens {tokens}")


def warnings(held: Iterable[Document]) -> None:
    """What looked wrong when documents were read."""
    for document in held:
        print(f"{document.id}: {len(document.warnings)} warnings")
        for warning in document.warnings:
            print(f"    {warning}")


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


def print_json(value: object) -> None:
    """A value as JSON that people can read."""
    print(json.dumps(value, ensure_ascii=False, indent=2))
