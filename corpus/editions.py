"""Editions of one document put together: the same text saved from two places is one document.

Key of a document: issuer, kind, number, date. An edition that lost its number or date joins the document whose text it
repeats; documents that share a key but not their text stay apart.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from corpus.types import Document, Task
from corpus.vietnamese import fold, words

SHINGLE = 4
SAME_TEXT = 0.6
"""Share of the shorter text's shingles that the other must hold: recognition errors cost some, another text has few."""


def merge_editions(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Documents in the order of their ids, the editions of each joined; the best edition's text is kept."""
    merged: list[Document] = []
    known = _Known()
    for document in sorted(documents, key=_preference):
        home = next((i for i in known.possible(document) if _is_same(merged[i], document)), None)
        if home is None:
            merged.append(_with_free_id(document, known.ids))
            known.add(merged[-1])
        else:
            kept = merged[home]
            editions = {edition.sha256: edition for edition in (*kept.editions, *document.editions)}
            merged[home] = kept.with_editions(tuple(editions.values()))
    return tuple(sorted(merged, key=lambda document: document.id))


class _Known:
    """Documents by what identifies them, so that one is not held against thousands that are surely others."""

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self._whole: dict[tuple[str, ...], list[int]] = {}
        self._partly: list[int] = []
        self._count = 0

    def add(self, document: Document) -> None:
        """Take the next document."""
        identity = _identity(document)
        (self._whole.setdefault(identity, []) if all(identity) else self._partly).append(self._count)
        self.ids.add(document.id)
        self._count += 1

    def possible(self, document: Document) -> Iterable[int]:
        """Numbers of the documents, ascending, that may be the same: no field that both have tells them apart."""
        identity = _identity(document)
        if not all(identity):
            return range(self._count)
        return sorted((*self._whole.get(identity, ()), *self._partly))


def _identity(document: Document) -> tuple[str, ...]:
    meta = document.meta
    return fold(meta.number), fold(meta.date), fold(meta.province), fold(meta.kind)


def _preference(document: Document) -> tuple[int, int, int, str]:
    """Best first: everything that identifies it, fewest warnings, longest text; the hash settles the rest."""
    meta = document.meta
    missing = sum(not value for value in (meta.number, meta.date, meta.kind, meta.province, meta.title, meta.signer))
    return missing, len(document.warnings), -document.counts.characters, document.editions[0].sha256


def _is_same(one: Document, other: Document) -> bool:
    if any(left and right and left != right for left, right in zip(_identity(one), _identity(other), strict=True)):
        return False
    return similarity(one.text, other.text) >= SAME_TEXT


def similarity(one: str, other: str) -> float:
    """Share of the shorter text's word shingles that the longer one holds, accents aside, 0 to 1.

    >>> similarity("một hai ba bốn năm", "một hai ba bốn năm sáu")
    1.0
    """
    a, b = _shingles(one), _shingles(other)
    if not a or not b:
        return float(one == other)
    return len(a & b) / min(len(a), len(b))


def _shingles(text: str) -> set[tuple[str, ...]]:
    found = words(fold(text))
    return {tuple(found[i : i + SHINGLE]) for i in range(len(found) - SHINGLE + 1)}


def _with_free_id(document: Document, taken: Collection[str]) -> Document:
    """The document, its id made unique by its date when another text took it."""
    if document.id not in taken:
        return document
    stem = f"{document.id}-{document.meta.date[5:]}" if document.meta.date else document.id
    identifier, again = stem, 2
    while identifier in taken:
        identifier, again = f"{stem}-{again}", again + 1
    return rename(document, identifier)


def rename(document: Document, identifier: str) -> Document:
    """The document under another id, with all ids that hang on it."""

    def moved(old: str) -> str:
        return identifier + old[len(document.id) :] if old else old

    return Document(
        id=identifier,
        meta=document.meta,
        editions=document.editions,
        text=document.text,
        warnings=document.warnings,
        sections=tuple(replace(s, id=moved(s.id), parent=moved(s.parent)) for s in document.sections),
        passages=tuple(
            replace(p, id=moved(p.id), document_id=identifier, section_id=moved(p.section_id))
            for p in document.passages
        ),
        tasks=tuple(_moved_task(t, identifier, moved) for t in document.tasks),
        duties=tuple(_moved_task(t, identifier, moved) for t in document.duties),
        targets=tuple(
            replace(t, document_id=identifier, section_id=moved(t.section_id), passage_id=moved(t.passage_id))
            for t in document.targets
        ),
    )


def _moved_task(task: Task, identifier: str, moved: Callable[[str], str]) -> Task:
    return replace(task, document_id=identifier, section_id=moved(task.section_id), passage_id=moved(task.passage_id))
