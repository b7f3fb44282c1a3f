"""The tabs of tasks, targets and documents in a real browser: filters, order, pages, charts, downloads, phone and dark.

Every test fails when the page asks another host for anything (conftest.py); the charts are drawn under the same policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from page_steps import Opener, Served, fits, serving
from web_library import BAD, CAO_BANG, SON_LA, Library

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BARS = ".pq-chart .js-plotly-plot .barlayer path:visible"


@pytest.fixture(scope="module")
def served(browser: Browser) -> Iterator[Served]:
    """The page over three hand-made documents, one of them hostile, and 27 without records, which make two pages."""
    meta = replace(CAO_BANG.meta, province="Hà Giang")
    copies = (replace(CAO_BANG, id=f"copy-{n:02d}", meta=meta, tasks=(), targets=()) for n in range(27))
    with serving(Library(SON_LA, CAO_BANG, BAD, *copies)) as page:
        yield page


def opened(open_page: Opener, tab: str, path: str = "?lang=vi", width: int = 1280, scheme: str = "light") -> Page:
    """The page with one of its tabs open."""
    page = open_page(width, 900, scheme, path)
    place = ("tasks", "targets", "documents").index(tab) + 1
    page.click(f"#pq-tabs [role=tab] >> nth={place}")
    page.wait_for_selector(f"#pq-{tab}-table .pq-records")
    return page


def rows(page: Page, tab: str) -> list[str]:
    """The first lines of a table's rows."""
    names = page.locator(f"#pq-{tab}-table tbody tr > th").all_inner_texts()
    return [name.split("\n")[0] for name in names]


def test_tasks_are_filtered_sorted_and_drawn(open_page: Opener) -> None:
    page = opened(open_page, "tasks")
    assert page.inner_text("#pq-tasks-table caption") == "4 nhiệm vụ"
    page.wait_for_selector(BARS)
    assert page.locator(BARS).count() == 3
    page.click("#pq-tasks-table .pq-sort >> nth=2")
    page.wait_for_selector("#pq-tasks-table th[aria-sort=ascending]")
    assert rows(page, "tasks")[:2] == ["Số hóa hồ sơ", "Phủ sóng 4G"]
    assert rows(page, "tasks")[-1] == "Trực SOC"
    page.get_by_label("Thời hạn").fill("trước tháng 6/2025")
    page.get_by_label("Thời hạn").press("Enter")
    page.wait_for_selector("#pq-tasks-table caption:has-text('2 nhiệm vụ')")
    page.get_by_label("Cơ quan", exact=True).fill("so noi vu")
    page.get_by_label("Cơ quan", exact=True).press("Enter")
    page.wait_for_selector("#pq-tasks-table caption:has-text('1 nhiệm vụ')")
    assert rows(page, "tasks") == ["Số hóa hồ sơ"]


def test_what_is_shown_can_be_downloaded(open_page: Opener, tmp_path: Path) -> None:
    page = opened(open_page, "tasks")
    page.get_by_label("Cơ quan", exact=True).fill("Sở Nội vụ")
    page.get_by_label("Cơ quan", exact=True).press("Enter")
    page.wait_for_selector("#pq-tasks-table caption:has-text('1 nhiệm vụ')")
    with page.expect_download() as download:
        page.click(".pq-download:visible >> nth=0")
    assert download.value.suggested_filename == "nhiem-vu.csv"
    download.value.save_as(tmp_path / "tasks.csv")
    lines = (tmp_path / "tasks.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 2 and "Số hóa hồ sơ" in lines[1]


def test_a_target_opens_its_passage_and_another_is_drawn(open_page: Opener) -> None:
    page = opened(open_page, "targets", "?lang=en")
    page.wait_for_selector(BARS)
    assert page.inner_text(".pq-drawn:visible") == "hộ gia đình dùng Internet · 2 provinces"
    assert page.locator(BARS).count() == 3
    page.click("#pq-targets-table .pq-open:has-text('70%')")
    page.wait_for_selector("#pq-mark")
    assert page.inner_text(".pq-fulltext mark") == "70% hộ gia đình sử dụng Internet năm 2025"
    page.click("#pq-targets-table .pq-draw[aria-label$='kinh tế số']")
    page.wait_for_selector(".pq-drawn:has-text('kinh tế số')")
    page.wait_for_function("document.querySelectorAll('.pq-chart .barlayer path').length === 1")
    assert page.get_attribute("#pq-targets-table .pq-draw[aria-label$='kinh tế số']", "aria-pressed") == "true"


def test_documents_show_warnings_and_open(open_page: Opener) -> None:
    page = opened(open_page, "documents")
    page.get_by_label("Lọc theo số, tên, tỉnh").fill("son la")
    page.get_by_label("Lọc theo số, tên, tỉnh").press("Enter")
    page.wait_for_selector("#pq-documents-table caption:has-text('1 văn bản')")
    page.click("#pq-documents-table .pq-warnings summary")
    assert page.inner_text(".pq-warnings li") == "Mục III: expected 9, found 10"
    page.click("#pq-documents-table .pq-open")
    page.wait_for_selector(".pq-document")
    assert page.inner_text("#pq-document-title") == "Kế hoạch 7/KH-UBND"


@pytest.mark.parametrize("tab", ["tasks", "targets", "documents"])
@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1920, "light")])
def test_tables_fit_and_hostile_text_stays_text(open_page: Opener, tab: str, width: int, scheme: str) -> None:
    page = opened(open_page, tab, "?lang=en", width, scheme)
    if tab != "documents":
        page.wait_for_selector(BARS)
    assert fits(page)
    shown = page.locator("#pq-main").inner_text()
    assert "<script>alert(1)</script>" in shown
    assert page.evaluate("window.pwned") is None
    assert page.locator("#pq-main :is(img[src=x], script)").count() == 0
    if width == 360 and tab == "tasks":
        boxes = page.locator("#pq-tasks-table tbody tr >> nth=0").locator("td:visible").all()
        assert len({round((box.bounding_box() or {"x": 0})["x"]) for box in boxes}) == 1, "a row is a card"


def test_the_keyboard_sorts_and_turns(open_page: Opener) -> None:
    page = opened(open_page, "tasks")
    page.focus("#pq-tasks-table .pq-sort >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_selector("#pq-tasks-table th[aria-sort=ascending]")
    page.wait_for_function("document.activeElement.matches('.pq-sort')")
    page.keyboard.press("Enter")
    page.wait_for_selector("#pq-tasks-table th[aria-sort=descending]")
    names = page.locator("#pq-tasks-table .pq-open").evaluate_all("all => all.map(b => b.getAttribute('aria-label'))")
    assert len(set(names)) == len(names) == 4


def test_pages_are_turned(open_page: Opener) -> None:
    page = opened(open_page, "documents")
    assert page.inner_text("#pq-documents-table .pq-pager span") == "Trang 1 / 2"
    assert len(rows(page, "documents")) == 25
    page.focus("#pq-documents-table .pq-pager [aria-label='Trang sau']")
    page.keyboard.press("Enter")
    page.wait_for_selector("#pq-documents-table .pq-pager span:has-text('Trang 2 / 2')")
    page.wait_for_function("document.activeElement.matches('#pq-documents-table .pq-scroll')")
    assert len(rows(page, "documents")) == 5
    assert page.is_disabled("#pq-documents-table .pq-pager [aria-label='Trang sau']")
