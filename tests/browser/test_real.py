"""The page over the real engine and the shipped plans: what a visitor of a fresh installation sees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from page_steps import Served, ask, fits, mark_is_visible, open_first, serving

from qa.engine import Engine

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def served(browser: Browser, engine: Engine) -> Iterator[Served]:
    """The page over the real engine; stands in for the fake one of conftest."""
    with serving(engine) as page:
        yield page


def test_who_is_responsible_for_soc(open_page) -> None:  # type: ignore[no-untyped-def]
    page = open_page(1280, 900)
    ask(page, "who is responsible for SOC by when?")
    text = page.locator("body").inner_text()
    assert "Sở Thông tin và Truyền thông" in text and "thường xuyên" in text
    assert "Department of Information and Communications" in text
    assert "2043/QĐ-UBND" in text
    marked = " ".join(page.locator("mark").all_inner_texts())
    assert "Trung tâm điều hành an ninh mạng (SOC)" in marked
    open_first(page)
    assert mark_is_visible(page)


def test_a_citizen_on_a_phone_without_diacritics(open_page) -> None:  # type: ignore[no-untyped-def]
    page = open_page(360, 780)
    ask(page, "den 2025 bao nhieu phan tram dan Tra Vinh co dien thoai thong minh")
    assert "trên 85%" in page.locator("body").inner_text()
    assert page.locator("mark").first.inner_text() == "+ Trên 85% dân số trưởng thành có điện thoại thông minh."
    assert fits(page)


def test_what_the_plans_do_not_say(open_page) -> None:  # type: ignore[no-untyped-def]
    page = open_page(1280, 900)
    ask(page, "Kế hoạch của Cần Thơ về SOC do ai chủ trì?")
    assert "không có kế hoạch của Cần Thơ" in page.locator("body").inner_text()
    assert page.locator("mark").count() == 0
