"""An engine that answers so many questions at one time, whichever face of planqa asks them; the others wait.

An encoder may be shared between threads, and encodes for one at a time. While it does so for one question, another one
can be worded, searched for or, with a language model, be waiting for its answer: two at a time on two cores answer more
than one after the other. Everything but searching and asking only reads, and waits for nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import BoundedSemaphore
from time import perf_counter
from typing import Any

from qa.live import steady
from qa.types import NO_FILTERS, Answer, Filters, Found


class InTurn:
    """An engine that lets `at_once` callers search or ask at a time; all else of it is passed through.

    `answered` is told every answer, and the seconds it took once it was its turn.
    """

    def __init__(
        self, engine: Any, at_once: int = 1, answered: Callable[[Answer, float], None] = lambda answer, seconds: None
    ) -> None:
        self._engine, self._turns, self._answered = engine, BoundedSemaphore(at_once), answered
        self.at_once = at_once

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def steady(self) -> InTurn:
        """The same turns at an engine that does not change meanwhile (`qa.live.steady`)."""
        fixed = InTurn(steady(self._engine), self.at_once, self._answered)
        fixed._turns = self._turns
        return fixed

    def ask(self, question: str, filters: Filters = NO_FILTERS, *more: Any, **named: Any) -> Answer:
        """Answer a question once it is its turn."""
        with self._turns:
            began = perf_counter()
            answer: Answer = self._engine.ask(question, filters, *more, **named)
            self._answered(answer, perf_counter() - began)
        return answer

    def search(self, question: str, filters: Filters = NO_FILTERS, k: int = 10) -> tuple[Found, ...]:
        """Search once it is this search's turn."""
        with self._turns:
            found: tuple[Found, ...] = self._engine.search(question, filters, k)
        return found
