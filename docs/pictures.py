"""Take the README's pictures of the page: python docs/pictures.py (needs Chromium and playwright)."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from index.encoder import load_encoder
from qa.engine import Engine
from qa.homes import default_home, ready
from qa.server import bound, web_app

FOLDER = Path(__file__).parent
SHOTS = (
    ("page.png", 1280, 860, "who is responsible for SOC by when?", True),
    ("phone.png", 360, 780, "den 2025 bao nhieu phan tram dan Tra Vinh co dien thoai thong minh", False),
)


def main() -> None:
    """Serve the shipped plans on a free port and take each picture."""
    encoder = load_encoder()
    home = default_home()
    engine = Engine(ready(home, encoder), lambda: encoder, home)
    with bound("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(web_app(engine), log_level="error", lifespan="on"))
        threading.Thread(target=server.run, args=([listener],), daemon=True).start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for name, width, height, question, opened in SHOTS:
                page = browser.new_page(viewport={"width": width, "height": height})
                page.goto(url)
                page.wait_for_selector("#pq-question textarea:enabled")
                page.fill("#pq-question textarea", question)
                page.press("#pq-question textarea", "Enter")
                page.wait_for_selector("#pq-answer mark")
                if opened:
                    page.click("#pq-answer .pq-open >> nth=0")
                    page.wait_for_selector("#pq-mark")
                    page.wait_for_function("document.activeElement.id === 'pq-mark'")
                    page.evaluate("window.scrollTo(0, 0)")
                    page.wait_for_timeout(500)
                page.screenshot(path=FOLDER / name)
            browser.close()
        server.should_exit = True


if __name__ == "__main__":
    main()
