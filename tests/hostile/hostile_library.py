"""A document that says one text wherever a document says anything, and an engine that answers with it."""

from __future__ import annotations

from dataclasses import replace

from web_library import Library, _document, _target, _task

from corpus.types import Document, Edition, Metadata
from qa.types import Answer, Citation, Facts, Filters, TargetFact


def held(payload: str) -> Document:
    """A document that says the payload wherever it says anything; half characters cannot come in by a file."""
    text = payload.encode("utf-8", "replace").decode()
    meta = Metadata(text, text, text, text, "2024-01-02", text, text, text)
    lines = [
        (text, None),
        (f"x {text}", _task(text, text, text, "2025-06-30", text)),
        (f"5 {text}", _target(text, ">", "5", "2025", text)),
    ]
    document = _document("a-2024-1-kh", meta, lines, (text,))
    sections = tuple(replace(section, label=text, heading=text) for section in document.sections)
    passages = tuple(
        replace(passage, citation=text, citation_en=text, headings=(text,), columns=(text,))
        for passage in document.passages
    )
    editions = (Edition(text, "0" * 64, "txt", 9, text), Edition("a.txt", "0" * 64, "txt", 9, f"https://a.vn/{text}"))
    return replace(document, sections=sections, passages=passages, editions=editions)


def answered(payload: str, document: Document) -> Answer:
    """An answer that quotes the document."""
    near = Library(document).search("a", Filters(), 9)
    found = tuple(replace(one, headings=(payload,), terms=(payload,)) for one in near)
    first = found[0]
    quote = first.text
    place = (first.citation, first.citation_en, first.passage_id, quote, first.start, first.end, (payload,))
    cited = Citation(1, payload, document.id, payload, *place)
    target = TargetFact(payload, payload, payload, ">", "5", payload, "2025", payload)
    facts = Facts((payload,), (payload,), (payload,), payload, (target,))
    return Answer(payload, "vi", True, 0.9, "", f"{payload} [1].", facts, (cited,), found)


class Said(Library):
    """Answers with the payload."""

    def ask(self, question: str, filters: Filters = Filters(), **more: object) -> Answer:  # noqa: B008
        """What one document says."""
        return answered(question, self.held[0])
