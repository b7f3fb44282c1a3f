"""Administration in a real browser, on a phone: log in, upload, ask what is new, remove it again, log out."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from page_steps import Served, ask, fits

sys.path.insert(0, str(Path(__file__).parents[1] / "index"))

from fakes import HashEncoder
from making import SAMPLES, build, building, plan

from index.home import open_home
from qa.admin.passwords import set_password
from qa.engine import Engine
from qa.live import Live

if TYPE_CHECKING:
    from conftest import Opener
    from playwright.sync_api import Browser, Page

PASSWORD = "lúa chín vàng đồng"
WORKER = [sys.executable, str(Path(__file__).parents[1] / "qa" / "admin" / "working.py")]
ELSEWHERE = plan(8, "Có 31 chợ phiên mở vào cuối tuần.").decode().replace("HÀ GIANG", "CAO BẰNG").encode()
QUESTION = "Theo 8/KH-UBND, có bao nhiêu chợ phiên mở vào cuối tuần?"


@pytest.fixture(scope="module")
def served(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The page and its administration over a home of one plan; stands in for the fake one of conftest."""
    home = tmp_path_factory.mktemp("admin") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "default_samples", lambda: SAMPLES)
        build(home, HashEncoder(), plan(7))
        encoder = HashEncoder()
        live = Live(Engine(open_home(home), lambda: encoder, home), home, every=0.05)
        set_password(home, PASSWORD)
        with serving(live, home) as page:
            yield page


@contextmanager
def serving(live: Live, home: Path) -> Iterator[Served]:
    import uvicorn

    from qa.admin.web import admin_mount
    from qa.server import bound, web_app

    app = web_app(live, home, mounts=[admin_mount(home, WORKER)])
    with bound("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1, lifespan="on"))
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        yield Served(f"http://127.0.0.1:{listener.getsockname()[1]}/", live)
        server.should_exit = True
        thread.join(timeout=10)


def test_login_upload_ask_remove_on_a_phone(open_page: Opener, served: Served) -> None:
    page = open_page(360, 740, path="admin", ready="#password")
    checked(page)
    page.fill("#password", "nhầm mật khẩu rồi")
    page.press("#password", "Enter")
    page.wait_for_selector(".error")
    assert "Sai mật khẩu" in page.inner_text(".error")
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_selector("#files")
    checked(page)
    assert page.locator(".shelf > li").count() == 1 and "7/KH-UBND" in page.inner_text(".shelf")
    new = {"name": "Kế hoạch 8.txt", "mimeType": "text/plain", "buffer": ELSEWHERE}
    empty = {"name": "trống.docx", "mimeType": "application/octet-stream", "buffer": b"PK\x05\x06" + bytes(18)}
    page.set_input_files("#files", [new, empty])
    page.click("button:has-text('Tải lên')")
    page.wait_for_selector(".state.done", timeout=60_000)
    checked(page)
    told = page.inner_text(".told")
    assert re.search(r"Kế hoạch 8\.txt: Đã thêm", told) and re.search(r"trống\.docx: Không nhận", told)

    reader = open_page(360, 740)
    reader.click("[role=tab]:has-text('Nhiệm vụ')")
    reader.wait_for_selector("#pq-tasks-table table")
    reader.click("#pq-columns .pq-filters input >> nth=0")
    reader.wait_for_selector("[role=option]:has-text('Cao Bằng')")
    assert reader.locator("[role=option]").all_inner_texts()[0].strip().endswith("Mọi tỉnh")
    reader.press("#pq-columns .pq-filters input >> nth=0", "Escape")
    reader.click("[role=tab]:has-text('Hỏi đáp')")
    ask(reader, QUESTION)
    assert "31 chợ phiên" in reader.inner_text("#pq-answer")
    assert "8/KH-UBND" in reader.inner_text("#pq-answer")

    page.click("nav a:has-text('Văn bản')")
    page.wait_for_selector("#files")
    page.click(".shelf > li:has-text('8/KH-UBND') .button")
    page.wait_for_selector("button.alert")
    checked(page)
    page.click("button.alert")
    page.wait_for_selector("article:has-text('kh-ubnd') .state.done", timeout=60_000)
    page.click("nav a:has-text('Nhật ký')")
    page.wait_for_selector(".log")
    checked(page)
    assert "removed" in page.inner_text(".log li >> nth=0")
    assert [document.meta.number for document in served.engine.documents()] == ["7/KH-UBND"]
    page.click("button:has-text('Đăng xuất')")
    page.wait_for_selector("#password")
    page.goto(f"{served.url}admin/log")
    assert page.is_visible("#password") and page.locator(".log").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_wears_the_colours_of_the_page(open_page: Opener, scheme: str) -> None:
    page = open_page(1280, 900, scheme, path="admin", ready="#password")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == {"light": "rgb(245, 246, 244)", "dark": "rgb(18, 24, 31)"}[scheme]
    assert page.evaluate("document.scripts.length") == 0


def checked(page: Page) -> None:
    """Fits a phone, and what is pressed is large enough for a thumb."""
    assert fits(page)
    small = page.evaluate(
        "() => [...document.querySelectorAll('button, .button, input:not([type=hidden])')]"
        ".filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"
    )
    assert small == []
