"""What the layers of the service note of one request, for its log line and its figures; and ASGI's types.

A `Seen` travels in the request's scope, put there by the outermost layer.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
_KEY = "planqa.seen"


@dataclass(slots=True)
class Seen:
    """Notes on one request."""

    id: str = ""
    group: str = "other"  # of routes
    refused: str = ""  # the cause, when it was
    question: str = ""
    waited: float = 0.0  # seconds in line


def seen(scope: Scope) -> Seen:
    """The notes on a request."""
    notes = scope.setdefault(_KEY, Seen())
    assert isinstance(notes, Seen)
    return notes


def header(scope: Scope, name: bytes) -> str:
    """The value of a request's header, its name in lower case; "" when there is none or several that differ."""
    values = {value for given, value in scope["headers"] if given == name}
    return values.pop().decode("latin-1").strip() if len(values) == 1 else ""
