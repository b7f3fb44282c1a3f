"""What was read off a document, a line each, to hold beside what a clerk would have written down."""

from __future__ import annotations

from pathlib import Path

from corpus.read import read_document
from corpus.types import Document

SHOWN = 90


def outline(path: Path) -> str:
    """The document at `path` as lines: metadata, passages, tasks, targets, warnings."""
    return "\n".join(lines(read_document(path))) + "\n"


def lines(document: Document) -> list[str]:
    """The lines of `outline`; ids without the document's own part."""
    meta = document.meta
    stem = len(document.id) + 1
    return [
        f"document {document.id}",
        f"meta {meta.number} | {meta.kind} | {meta.issuer} | {meta.date} | {meta.title} | {meta.signer}",
        *(f"passage {p.id[stem:]} | {p.kind} | {_short(p.text)}" for p in document.passages),
        *(
            f"task {t.source} {t.section_id[stem:]} | {_short(t.task)} | lead {'; '.join(t.lead)}"
            f" | with {'; '.join(t.coordinating)} | {t.deadline} = {t.deadline_start}..{t.deadline_end} {t.recurrence}"
            for t in document.all_tasks
        ),
        *(
            f"target {t.section_id[stem:]} | {t.indicator} | {t.comparator} {t.value} {t.unit} | {t.year}"
            f" | {t.population} | {t.area}"
            for t in document.targets
        ),
        *(f"warning {warning}" for warning in document.warnings),
    ]


def _short(text: str) -> str:
    text = text.replace("\n", "⏎")
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
