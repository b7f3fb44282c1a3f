"""What commands print: tables for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from corpus.types import Document, Target, Task
from qa.types import Answer, Found


def passages(found: Sequence[Found], as_json: bool) -> None:
    """The passages of a search."""
    if as_json:
        _json([passage.to_json() for passage in found])
        return
    for passage in found:
        print(f"{passage.rank}. {passage.citation}  ({passage.score:.2f})")
        print(_indented(passage.text))


def answer(given: Answer, as_json: bool) -> None:
    """An answer with its citations, or why there is none."""
    if as_json:
        _json(given.to_json())
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
        _json(records)
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
    meta = document.meta
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
        "passages": len(document.passages),
        "tasks": len(document.tasks),
        "duties": len(document.duties),
        "targets": len(document.targets),
        "warnings": list(document.warnings),
    }


def tasks(held: Iterable[Document], as_json: bool) -> None:
    """The tasks of a corpus: listed ones (source "table" or "lines") and duties in running text (source "prose")."""
    pairs = [(document, task) for document in held for task in document.all_tasks]
    if as_json:
        _json([task_record(document, task) for document, task in pairs])
        return
    for document, task in pairs:
        print(f"{document.meta.province}: {task.task}")
        print(f"    {'; '.join(task.lead)} | {'; '.join(task.coordinating) or '-'} | {task.deadline or '-'}")


def task_record(document: Document, task: Task) -> dict[str, Any]:
    """The contract's keys for one task."""
    return {
        **_place(document, task.passage_id),
        "task": task.task,
        "lead": list(task.lead),
        "coordinating": list(task.coordinating),
        "directing": list(task.directing),
        "deadline": task.deadline,
        "deadline_start": task.deadline_start,
        "deadline_end": task.deadline_end,
        "recurrence": task.recurrence,
        "section": task.section,
        "source": task.source,
    }


def targets(held: Iterable[Document], as_json: bool) -> None:
    """The targets of a corpus."""
    pairs = [(document, target) for document in held for target in document.targets]
    if as_json:
        _json([target_record(document, target) for document, target in pairs])
        return
    for document, target in pairs:
        print(
            f"{document.meta.province} {target.year}: {target.indicator}: "
            f"{target.comparator} {target.value}{target.unit}"
        )


def target_record(document: Document, target: Target) -> dict[str, Any]:
    """The contract's keys for one target."""
    return {
        **_place(document, target.passage_id),
        "indicator": target.indicator,
        "comparator": target.comparator,
        "value": target.value,
        "unit": target.unit,
        "year": target.year,
        "population": target.population,
        "area": target.area,
        "quote": target.quote,
    }


def warnings(held: Iterable[Document]) -> None:
    """What looked wrong when documents were read."""
    for document in held:
        print(f"{document.id}: {len(document.warnings)} warnings")
        for warning in document.warnings:
            print(f"    {warning}")


def _place(document: Document, passage_id: str) -> dict[str, str]:
    citation = next((p.citation for p in document.passages if p.id == passage_id), "")
    return {
        "document": document.meta.number,
        "province": document.meta.province,
        "citation": citation,
        "passage_id": passage_id,
    }


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


def _json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
