"""What planqa does for programs, apart from any protocol: requests in, values of the contract out.

The REST interface (api.py) and the tools of the Model Context Protocol (mcp.py) are two doors to the same `Api`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Protocol

from corpus.errors import QuestionError
from corpus.types import Document
from qa import show
from qa.page.render_document import outline
from qa.tables.export_csv import to_csv
from qa.tables.export_ics import to_ics
from qa.tables.export_table import Table, target_table, task_table
from qa.tables.export_xlsx import to_xlsx
from qa.tables.records import select_targets, select_tasks
from qa.types import Answer, Filters, Found
from qa.web import api_requests as requests
from qa.web import feedback


class Library(Protocol):
    """What the interface needs of the engine; errors that a user can mend are `PlanqaError`."""

    def ask(self, question: str, filters: Filters = ..., *, after: str = ..., as_of: date | None = ...) -> Answer:
        """Answer one question, which may go on from the one before it."""
        ...

    def search(self, question: str, filters: Filters = ..., k: int = ...) -> tuple[Found, ...]:
        """The k passages nearest to a question."""
        ...

    def documents(self) -> tuple[Document, ...]:
        """All documents of the home."""
        ...

    def document(self, document_id: str) -> Document:
        """One document by its id."""
        ...

    def selected(self, filters: Filters) -> tuple[Document, ...]:
        """The documents that pass the filters."""
        ...


class Api:
    """What the interface does, apart from HTTP: requests in, values of the contract out."""

    def __init__(self, engine: Library, home: Path | None = None) -> None:
        self.engine, self.home = engine, home

    def search(self, asked: requests.SearchRequest) -> list[dict[str, Any]]:
        """The passages nearest to a question."""
        return [found.to_json() for found in self.engine.search(asked.question, asked.filters(), asked.k)]

    def ask(self, asked: requests.AskRequest) -> dict[str, Any]:
        """The answer to a question."""
        return self.engine.ask(asked.question, asked.filters(), after=asked.after, as_of=asked.as_of).to_json()

    def tasks(self, asked: requests.TaskFilters) -> list[dict[str, Any]]:
        """Tasks."""
        return [row.to_json() for row in select_tasks(self._chosen(asked), asked.query())]

    def task_file(self, asked: requests.TaskRequest) -> bytes:
        """Tasks as the bytes of a CSV, XLSX or ICS file."""
        rows = select_tasks(self._chosen(asked), asked.query())
        return to_ics(rows, date.today())[0] if asked.format == "ics" else _file(asked.format, task_table(rows))

    def targets(self, asked: requests.TargetFilters) -> list[dict[str, Any]]:
        """Targets."""
        return [row.to_json() for row in select_targets(self._chosen(asked), asked.query())]

    def target_file(self, asked: requests.TargetRequest) -> bytes:
        """Targets as the bytes of a CSV or XLSX file."""
        return _file(asked.format, target_table(select_targets(self._chosen(asked), asked.query())))

    def documents(self, asked: requests.DocumentFilters) -> list[dict[str, Any]]:
        """The documents, without their texts."""
        return [show.document_record(document) for document in self._chosen(asked)]

    def _chosen(self, asked: requests.DocumentFilters) -> tuple[Document, ...]:
        """The documents that pass the filters, which must be some if there are filters at all."""
        filters = asked.filters()
        found = self.engine.selected(filters)
        if not found and (named := [*filters.provinces, *filters.documents, *filters.years]):
            expected = "no document of the corpus passes these filters"
            raise QuestionError(", ".join(named), expected, "see /api/documents")
        return found

    def document(self, document_id: str, asked: requests.PartRequest) -> dict[str, Any]:
        """One document with its text, or a part of it."""
        document = self.engine.document(document_id)
        size = len(document.text)
        start = min(asked.start, size)
        end = max(start, min(size if asked.end is None else asked.end, size))
        return {
            **show.document_record(document),
            "characters": size,
            "start": start,
            "end": end,
            "text": document.text[start:end],
            "outline": [
                {"depth": depth, "label": s.label, "heading": s.heading, "start": s.start, "end": s.end}
                for depth, s in outline(document.sections)
            ],
            "passage_list": [
                {
                    "passage_id": passage.id,
                    "kind": passage.kind,
                    "citation": passage.citation,
                    "citation_en": passage.citation_en,
                    "text": passage.text,
                    "start": passage.start,
                    "end": passage.end,
                    "headings": list(passage.headings),
                }
                for passage in document.passages
                if passage.start < end and start < passage.end
            ],
        }

    def feedback(self, given: requests.OpinionRequest) -> dict[str, Any]:
        """Store what a reader says of an answer."""
        if self.home is None:
            raise QuestionError("feedback", "a service that keeps it, this one does not", "tell whoever runs it")
        return {"id": feedback.store(self.home, given.opinion())}


def _file(kind: str, table: Table) -> bytes:
    return to_csv(table) if kind == "csv" else to_xlsx(table)
