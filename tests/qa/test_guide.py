"""The user's guide as a page, and its pictures."""

from __future__ import annotations

import re
from pathlib import Path

from qa.page.guide import GUIDE_PATH, guide_html

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "huong-dan.md").read_text(encoding="utf-8")


def test_its_pictures_are_there_and_small() -> None:
    names = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", GUIDE)
    assert len(names) >= 3
    for name in names:
        assert (DOCS / name).stat().st_size < 300_000, name


def test_html_in_it_is_text_and_pictures_are_served_beside_it() -> None:
    html = guide_html("# Hướng dẫn\n<script>x()</script>\n\n![Trang](huong-dan-hoi.png)")
    assert "<script>" not in html
    assert f'<img src="{GUIDE_PATH}/huong-dan-hoi.png" alt="Trang"' in html
    assert "<title>Hướng dẫn</title>" in html
