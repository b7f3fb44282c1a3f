"""Answers and citations as plain text, ready to be pasted into a report."""

from __future__ import annotations

from qa.types import Answer, Citation


def citation_text(citation: Citation) -> str:
    """One quote with where it stands: “quote” (citation)."""
    return f"“{_line(citation.quote)}” ({_line(citation.citation)})"


def answer_text(answer: Answer) -> str:
    """The answer, then each citation on a line of its own behind its number."""
    cited = [f"[{citation.n}] {citation_text(citation)}" for citation in answer.citations]
    return "\n".join([answer.answer.strip(), *cited])


def _line(text: str) -> str:
    return " ".join(text.split())
