"""A browser and a served page for the tests in this folder.

Without a browser they skip; with PLANQA_REQUIRE_BROWSER=1 (in CI) a missing browser is a failure. Every test fails
when its page asks another host for anything, or when a script of the page raises.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for page_fakes and page_steps, under every import mode of pytest

from page_steps import Served, missing, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome")
COUNT = "() => { const done = planqa.done; window.answers = 0; planqa.done = () => { done(); window.answers += 1; }; }"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium with a fresh profile; closed after each module, since its event loop blocks asyncio.run."""
    path = os.environ.get("PLANQA_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not path:
        missing(f"no browser found ({', '.join(NAMES)}, or PLANQA_CHROMIUM)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright is not installed")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def served(browser: Browser) -> Iterator[Served]:
    """The page over the fake engine on a free port, in a thread."""
    from page_fakes import FakeEngine

    with serving(FakeEngine()) as page:
        yield page


Opener = Callable[..., "Page"]


@pytest.fixture
def open_page(browser: Browser, served: Served) -> Iterator[Opener]:
    """Opens the page at a size and colour scheme, and waits until the box can be used."""
    contexts: list[Any] = []
    hosts: set[str | None] = set()
    errors: list[str] = []

    def opened(
        width: int = 1280,
        height: int = 900,
        scheme: str = "light",
        path: str = "",
        locale: str = "vi-VN",
        ready: str = "[data-pq-ready]",
    ) -> Page:
        size: Any = {"width": width, "height": height}
        context = browser.new_context(viewport=size, color_scheme=scheme, locale=locale)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(served.url + path)
        page.wait_for_selector(ready, state="attached")
        if not path.startswith(("huong-dan", "admin")):
            page.evaluate(COUNT)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert hosts <= {"127.0.0.1", None}, hosts  # None: data: and blob: addresses
    assert not errors
