"""Sixty hostile texts in a real browser: as question, answer, title, body, file name and in tables nothing runs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hostile_library import Said, held
from page_steps import Opener, Served, ask, open_first, serving
from payloads import PAYLOADS

from qa.service.settings import Limits, ServiceSettings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PLACES = "#pq-answer, #pq-panel, #pq-library, table"
FOREIGN = "img, script, iframe, object, video, base, link, meta, math, style, [onerror], [onclick], [onload]"
ALIVE = f"Array.from(document.querySelectorAll(':is({PLACES}) :is({FOREIGN})'), (node) => node.outerHTML)"


@pytest.fixture(scope="module")
def served(browser: Browser) -> Iterator[Served]:
    """The page over a document that says all sixty; stands in for the fake one of conftest."""
    engine: Any = Said(held("\n".join(payload[:200] for payload in PAYLOADS)))
    often = Limits(questions_burst=1e6, others_burst=1e6)
    with serving(engine, settings=ServiceSettings(often)) as page:
        yield page


def seen(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf", "Cs"))


def check(page: Page) -> None:
    """No script of a payload ran and no element of one is there."""
    assert page.evaluate("window.__pwned") is None
    assert page.evaluate(ALIVE) == []


def test_no_text_comes_alive_in_a_browser(open_page: Opener) -> None:
    page = open_page()  # fails at its end when another host was asked for anything
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    for payload in PAYLOADS:
        text = payload[:200].encode("utf-8", "replace").decode()
        ask(page, text)
        assert seen(page.inner_text(".pq-question >> nth=-1")) == seen(text)
        check(page)
    open_first(page)
    check(page)
    for number in range(1, page.locator("#pq-tabs [role=tab]").count()):
        page.locator("#pq-tabs [role=tab]").nth(number).click()
        page.wait_for_selector("table.pq-records >> nth=0", state="attached")
        page.wait_for_timeout(500)
        check(page)
    assert page.url.startswith("http://127.0.0.1:") and not said
