"""A number for every request, its figures, and, if wanted, its line in the log.

What a line holds: when, the number, who asked, what for without the part after "?", how it ended and how long it took.
The question stands in it only when the operator asks for it, and then its beginning.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from qa.service.metrics import Figures
from qa.service.seen import App, Message, Receive, Scope, Send, header, seen

_GIVEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_SHOWN = 80  # characters of a question
Write = Callable[[str], object]


class Observed:
    """ASGI middleware that numbers, counts and logs requests; `write` gets the lines, None: no lines."""

    def __init__(self, app: App, figures: Figures, write: Write | None = None, questions: bool = False) -> None:
        self.app, self.figures, self.write, self.questions = app, figures, write, questions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        notes = seen(scope)
        notes.id = request_id(header(scope, b"x-request-id"))
        status, size, began = 0, 0, perf_counter()

        async def sent(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message.get("headers", ()), (b"x-request-id", notes.id.encode())]}
            else:
                size += len(message.get("body", b""))
            await send(message)

        self.figures.began()
        try:
            await self.app(scope, receive, sent)
        finally:
            seconds = perf_counter() - began
            self.figures.ended(notes.group, status, seconds, notes.refused, notes.waited)
            if self.write:
                line = self._line(scope, status, size, seconds)
                self.write(json.dumps(line) + "\n")

    def _line(self, scope: Scope, status: int, size: int, seconds: float) -> dict[str, Any]:
        notes = seen(scope)
        client = scope.get("client")
        line: dict[str, Any] = {
            "time": _now(),
            "request": notes.id,
            "address": client[0] if client else "",
            "method": scope["method"],
            "path": scope["path"][:200],
            "route": notes.group,
            "status": status,
            "bytes": size,
            "ms": round(seconds * 1000, 1),
        }
        if notes.waited:
            line["waited_ms"] = round(notes.waited * 1000, 1)
        if notes.refused:
            line["refused"] = notes.refused
        if self.questions and notes.question:
            line["question"] = shortened(notes.question)
        return line


def request_id(given: str) -> str:
    """The number that a proxy gave a request, if it is well formed; else a new one."""
    return given if _GIVEN.fullmatch(given) else secrets.token_hex(8)


def shortened(question: str, most: int = _SHOWN) -> str:
    """The beginning of a question on one line.

    >>> shortened("Ai lo  SOC?"), shortened("một hai ba", 7)
    ('Ai lo SOC?', 'một ha…')
    """
    line = " ".join(question.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def to_stderr(line: str) -> None:
    """Write a whole line at once, so that lines of several threads do not mix."""
    sys.stderr.write(line)
    sys.stderr.flush()


class JsonLines(logging.Formatter):
    """Everything else that is logged, as JSON, too: a line a record, with the traceback inside."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line = {"time": _now(), "level": record.levelname.lower(), "from": record.name, "said": record.getMessage()}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line)


def log_as_json() -> None:
    """From now on, warnings and errors of the whole process go to stderr as JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
