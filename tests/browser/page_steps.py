"""Steps that the browser tests share: ask, open, and what is seen then."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

Opener = Callable[..., "Page"]
BOX = "#pq-question textarea"
SOC_QUESTION = "who is responsible for SOC by when?"


@dataclass(frozen=True)
class Served:
    """A page that is being served, and the engine behind it."""

    url: str
    engine: Any


def missing(reason: str) -> None:
    """Skip what lacks something; with PLANQA_REQUIRE_BROWSER=1 (in CI) that is a failure."""
    if os.environ.get("PLANQA_REQUIRE_BROWSER") == "1":
        pytest.fail(f"PLANQA_REQUIRE_BROWSER=1, but {reason}")
    pytest.skip(reason)


@contextmanager
def serving(engine: Any, port: int = 0, **named: Any) -> Iterator[Served]:
    """The page over an engine on a port (0: a free one), in a thread; `named` goes to `web_app`."""
    import uvicorn

    from qa.server import bound, web_app

    with bound("127.0.0.1", port) as listener:
        server = uvicorn.Server(
            uvicorn.Config(
                web_app(engine, **named),
                log_level="error",
                timeout_graceful_shutdown=1,
                lifespan="on",
                proxy_headers=False,
            )
        )
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        yield Served(f"http://127.0.0.1:{listener.getsockname()[1]}/", engine)
        server.should_exit = True
        thread.join(timeout=10)


def ask(page: Page, question: str) -> None:
    """Type a question, press Enter, wait until the page is done with it."""
    before = page.evaluate("window.answers")
    page.fill(BOX, question)
    page.press(BOX, "Enter")
    page.wait_for_function("(n) => window.answers > n", arg=before)


def open_first(page: Page) -> None:
    """Open the first passage of the answer in its document."""
    page.click("#pq-answer .pq-open >> nth=0")
    page.wait_for_selector("#pq-mark")
    page.wait_for_function("document.activeElement.id === 'pq-mark'")


def mark_is_visible(page: Page) -> bool:
    """Whether the first piece of the quote is on the screen and nothing lies on top of it."""
    return bool(
        page.evaluate(
            "() => { const m = document.querySelector('#pq-mark'), r = m.getClientRects()[0];"
            "const top = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2); return m === top; }"
        )
    )


def fits(page: Page) -> bool:
    """Whether nothing sticks out of the page sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
