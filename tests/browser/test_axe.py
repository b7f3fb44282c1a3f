"""axe-core finds nothing serious, on a phone and on a desk, in light and dark, on every tab."""

from __future__ import annotations

from typing import Any

import pytest
from page_steps import Opener, ask, missing, open_first

SERIOUS = {"serious", "critical"}


def findings(page: Any) -> list[str]:
    """What axe-core finds, the serious of it, with the element it means."""
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        missing("axe-playwright-python is not installed")
    page.wait_for_timeout(300)  # colours that fade
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_asking_and_reading(open_page: Opener, width: int, scheme: str) -> None:
    page = open_page(width, 800, scheme)
    assert findings(page) == []
    page.click("#pq-filters summary")
    ask(page, "Ai lo SOC ở Trà Vinh?")
    page.click(".pq-verdict >> nth=0")
    page.click("#pq-c1 .pq-why summary")
    open_first(page)
    page.click(".pq-outline summary")
    assert findings(page) == []
    ask(page, "ví điện tử?")
    assert findings(page) == []
    ask(page, "Giá vàng?")
    assert findings(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("tab", ["tasks", "targets", "documents"])
def test_the_tables(open_page: Opener, tab: str, width: int, scheme: str) -> None:
    page = open_page(width, 800, scheme, f"?tab={tab}")
    page.wait_for_selector(".pq-records")
    assert findings(page) == []


def test_the_guide(open_page: Opener) -> None:
    page = open_page(path="huong-dan", ready="main")
    assert findings(page) == []
