"""Which addresses there are, and of what kind each is: everything else is refused before anything looks at it.

Gradio serves some sixty routes; the page needs nine. A route that is not listed here is answered with 404.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Kind(Enum):
    """What a request asks for; limits, lines and figures go by it."""

    HEALTH = "health"
    FILE = "file"  # scripts, styles and pictures of the page
    PAGE = "page"
    CALL = "call"  # of the page's script: a question, or something lighter
    QUESTION = "question"
    RECORD = "record"  # tables, documents, lists
    STREAM = "stream"  # stays open
    TOOLS = "tools"  # of the Model Context Protocol
    MORE = "more"  # of a `Mount`


@dataclass(frozen=True, slots=True)
class Mount:
    """Something more that is served beside the page, under a prefix such as "/quan-tri".

    `add(app, engine)` adds its routes to the FastAPI application, with full paths; bodies may be larger there than
    elsewhere, and then come as a stream. `policy` is its pages' Content-Security-Policy.
    """

    prefix: str
    add: Callable[[Any, Any], None]
    body_bytes: int = 65_536
    body_seconds: float = 60.0
    answer_seconds: float = 600.0
    policy: str = ""


_READ = ("GET", "HEAD")
_ROUTES: tuple[tuple[tuple[str, ...], str, Kind], ...] = (
    (_READ, r"/(healthz|readyz|metrics)", Kind.HEALTH),
    (_READ, r"/", Kind.PAGE),
    (_READ, r"/huong-dan(/[\w.-]+)?", Kind.PAGE),
    (_READ, r"/(assets|static)/[\w./-]+", Kind.FILE),
    (_READ, r"/(theme\.css|favicon\.ico|robots\.txt|manifest\.json)", Kind.FILE),
    # What gradio's client and the page's script ask for while the page is open.
    (_READ, r"/config", Kind.PAGE),
    (_READ, r"/gradio_api/app_id", Kind.FILE),
    (("POST",), r"/gradio_api/component_server/", Kind.CALL),
    (("POST",), r"/gradio_api/queue/join", Kind.RECORD),
    (_READ, r"/gradio_api/queue/data", Kind.STREAM),
)
_QUESTIONS = re.compile(r"/api/(ask|search)")
_TABLE = tuple((methods, re.compile(pattern, re.ASCII), kind) for methods, pattern, kind in _ROUTES)


@dataclass(frozen=True, slots=True)
class Route:
    """What a request is for; `mount` where it is for what was mounted besides."""

    kind: Kind
    mount: Mount | None = None


def route_of(method: str, path: str, mounts: Sequence[Mount] = ()) -> Route | None:
    """What a request is for, None when nothing of the kind is served.

    >>> route_of("POST", "/gradio_api/queue/join").kind.value, route_of("POST", "/gradio_api/run/predict")
    ('record', None)
    """
    if path.startswith("/api/"):  # the interface knows its own routes, and refuses in its own words
        return Route(Kind.QUESTION if _QUESTIONS.fullmatch(path) else Kind.RECORD)
    if path == "/mcp":
        return Route(Kind.TOOLS)
    for mount in mounts:
        if path == mount.prefix or path.startswith(f"{mount.prefix}/"):
            return Route(Kind.MORE, mount)
    if ".." in path or "//" in path:
        return None
    for methods, pattern, kind in _TABLE:
        if method in methods and pattern.fullmatch(path):
            return Route(kind)
    return None
