"""Scanned pages: pictures of text in a PDF, recognised by tesseract where it is installed."""

from __future__ import annotations

import io
from pathlib import Path

import made_up_plan as plan
import pytest
from PIL import Image, ImageDraw, ImageFont

from corpus.errors import SourceError
from corpus.formats import ocr
from corpus.read import parse
from corpus.source import decode

FONT = next((p for p in Path("/usr/share/fonts").rglob("DejaVuSans.ttf")), None)
needs_tesseract = pytest.mark.skipif(
    ocr.missing() is not None, reason="no tesseract with vie (Debian: tesseract-ocr tesseract-ocr-vie)"
)
needs_font = pytest.mark.skipif(FONT is None, reason="no DejaVuSans.ttf (Debian: fonts-dejavu-core)")
A4 = (1654, 2339)  # 200 dots an inch


def scan(angle: float = 0.0) -> bytes:
    """The made-up plan as a scanned PDF of two pages."""
    font = ImageFont.truetype(str(FONT), 30)
    small = ImageFont.truetype(str(FONT), 26)
    page = Image.new("L", A4, 255)
    draw = ImageDraw.Draw(page)
    for index, (left, right) in enumerate(
        zip((*plan.LEFT_HEAD, plan.NUMBER), (*plan.RIGHT_HEAD, plan.PLACE), strict=True)
    ):
        draw.text((180, 150 + 50 * index), left, 0, small)
        draw.text((740, 150 + 50 * index), right, 0, small)
    y = 400
    texts = (*plan.TITLE, plan.BASIS, "I. MỤC TIÊU", *(f"{n}. {goal}" for n, goal in enumerate(plan.GOALS, 1)))
    for text in (*texts, "II. NHIỆM VỤ"):
        draw.text((180, y), text, 0, font)
        y += 80
    edges = (180, 260, 680, 1000, 1300, 1560)
    for row in (plan.HEADER, *plan.TASKS):
        height = 0
        for cell, left, right in zip(row, edges, edges[1:], strict=False):
            words, cell_lines = cell.split(), [""]
            for word in words:
                if small.getlength(f"{cell_lines[-1]} {word}") > right - left - 24:
                    cell_lines.append("")
                cell_lines[-1] = f"{cell_lines[-1]} {word}".strip()
            draw.multiline_text((left + 12, y + 12), "\n".join(cell_lines), 0, small, spacing=12)
            height = max(height, 42 * len(cell_lines) + 24)
        for left, right in zip(edges, edges[1:], strict=False):
            draw.rectangle((left, y, right, y + height), outline=0, width=3)
        y += height
    second = Image.new("L", A4, 255)
    draw = ImageDraw.Draw(second)
    draw.text((800, 80), "2", 0, font)
    for index, text in enumerate(("III. TỔ CHỨC THỰC HIỆN", plan.DUTY[:70], plan.DUTY[70:], *plan.SIGNATURE)):
        draw.text((180, 200 + 70 * index), text, 0, font)
    pages = [image.rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC) for image in (page, second)]
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return stream.getvalue()


@needs_font
@needs_tesseract
@pytest.mark.parametrize("angle", [0.0, 0.7])
def test_a_scan_is_the_plan_it_shows(angle: float) -> None:
    source = decode("scan.pdf", "pdf", scan(angle))
    document = parse(source)
    meta = document.meta
    assert (meta.number, meta.date, meta.province) == ("987/KH-UBND", "2024-03-15", "An Giang")
    leads = [task.lead for task in document.tasks]
    assert [lead for _, _, lead, _, _ in plan.TASKS] == [lead for (lead, *_) in leads[:3]]
    assert [task.task for task in document.tasks[:3]] == [task for _, task, _, _, _ in plan.TASKS]
    assert {target.value for target in document.targets} == {"90", "75"}
    lines = source.text.split("\n")
    assert source.page_of(next(n for n, line in enumerate(lines, 1) if "TỔ CHỨC THỰC HIỆN" in line)) == 2


@needs_font
def test_without_tesseract_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.formats.ocr.shutil.which", lambda name: None)
    ocr.missing.cache_clear()
    try:
        with pytest.raises(SourceError, match=r"a scan \(2 of 2 pages.* tesseract-ocr tesseract-ocr-vie"):
            decode("scan.pdf", "pdf", scan())
    finally:
        monkeypatch.undo()
        ocr.missing.cache_clear()


@needs_tesseract
def test_a_picture_without_text_is_refused() -> None:
    stream = io.BytesIO()
    Image.effect_noise((800, 1100), 60).convert("L").save(stream, "PDF", resolution=100)
    with pytest.raises(SourceError, match="no text"):
        decode("photo.pdf", "pdf", stream.getvalue())
