"""Take the pictures of the README and the user's guide: python tests/browser/screenshots.py (needs Chromium).

Each is served from a home of the shipped plans, in Vietnamese, and reduced to 256 colours to stay small.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from page_steps import serving
from PIL import Image

from index.encoder import load_encoder
from qa.engine import Engine
from qa.homes import ready

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDER = Path(__file__).parents[2] / "docs"
MOST = 300_000  # bytes of a picture
WHO = "Cơ quan nào chịu trách nhiệm về SOC, thời hạn khi nào?"
PHONE = "den 2025 bao nhieu phan tram dan Tra Vinh co dien thoai thong minh"


@dataclass(frozen=True)
class Shot:
    """One picture: its file, the size of the window, what the address says, and whether a passage is opened."""

    name: str
    width: int
    height: int
    address: dict[str, str]
    opened: bool = False
    scheme: str = "light"


SHOTS = (
    Shot("page.png", 1280, 860, {"q": "who is responsible for SOC by when?", "lang": "en"}, opened=True),
    Shot("phone.png", 360, 780, {"q": PHONE}),
    Shot("tasks.png", 1280, 860, {"tab": "tasks"}),
    Shot("targets.png", 1280, 860, {"tab": "targets"}, scheme="dark"),
    Shot("huong-dan-hoi.png", 1000, 1060, {"q": WHO}),
    Shot("huong-dan-van-ban.png", 1280, 800, {"q": WHO}, opened=True),
    Shot("huong-dan-nhiem-vu.png", 1280, 860, {"tab": "tasks"}),
    Shot("huong-dan-dien-thoai.png", 360, 780, {"q": PHONE}),
)


def take(browser: Browser, url: str, shot: Shot) -> bytes:
    """A picture of the page as PNG."""
    size = {"width": shot.width, "height": shot.height}
    context = browser.new_context(viewport=size, color_scheme=shot.scheme, locale="vi-VN")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{url}?{urlencode(shot.address)}")
    page.wait_for_selector("[data-pq-ready]", state="attached")
    if shot.opened:
        page.click("#pq-answer .pq-open >> nth=0")
        page.wait_for_function("document.activeElement.id === 'pq-mark'")
    if "tab" in shot.address:
        page.wait_for_selector(".js-plotly-plot")
    page.evaluate("window.scrollTo(0, 0)")
    page.wait_for_timeout(800)  # charts and colours settle
    picture = page.screenshot()
    context.close()
    return picture


def small(picture: bytes) -> bytes:
    """The same picture in 256 colours."""
    out = BytesIO()
    Image.open(BytesIO(picture)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    """Take every picture; fails when one is too large."""
    from playwright.sync_api import sync_playwright

    encoder = load_encoder()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        engine = Engine(ready(home, encoder), lambda: encoder, home)
        engine.warm_up()
        with serving(engine) as served, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for shot in SHOTS:
                picture = small(take(browser, served.url, shot))
                if len(picture) > MOST:
                    raise SystemExit(f"{shot.name}: {len(picture):,} bytes, expected at most {MOST:,}; make it smaller")
                (FOLDER / shot.name).write_bytes(picture)
                print(f"{shot.name}: {len(picture):,} bytes")
            browser.close()


if __name__ == "__main__":
    main()
