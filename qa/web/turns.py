"""An engine whose questions are answered one after the other, whichever face of planqa asks them.

The tokenizer of an encoder cannot serve two threads at once; everything else of an engine only reads.
"""

from __future__ import annotations

from threading import Lock
from typing import Any

from qa.types import NO_FILTERS, Answer, Filters, Found


class InTurn:
    """An engine that lets one caller at a time search or ask; all else of it is passed through."""

    def __init__(self, engine: Any) -> None:
        self._engine, self._lock = engine, Lock()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def ask(self, question: str, filters: Filters = NO_FILTERS, *more: Any, **named: Any) -> Answer:
        """Answer a question once it is its turn."""
        with self._lock:
            answer: Answer = self._engine.ask(question, filters, *more, **named)
        return answer

    def search(self, question: str, filters: Filters = NO_FILTERS, k: int = 10) -> tuple[Found, ...]:
        """Search once it is this search's turn."""
        with self._lock:
            found: tuple[Found, ...] = self._engine.search(question, filters, k)
        return found
