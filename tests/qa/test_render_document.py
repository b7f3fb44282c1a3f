"""A whole document as HTML: the quote marked between its offsets, an outline that leads somewhere, all escaped."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from html import unescape

from corpus.types import Document, Edition, Metadata, Section, Task
from qa.page.render_document import MAX_OUTLINE, document_html, outline

PAYLOAD = "<script>alert('1')</script><img src=x onerror=\"alert(1)\">"
TEXT = "Điều 1. Mục tiêu\na) An toàn thông tin.\n+ Cơ quan thực hiện: Sở A & B.\n1 | Nhiệm vụ <x> | UBND xã |\nHết."
QUOTE = "Cơ quan thực hiện: Sở A & B."


def marks(html: str) -> list[str]:
    """What stands in the marks of some HTML, as text."""
    return [unescape(re.sub("<[^>]+>", "", found)) for found in re.findall(r"<mark[^>]*>(.*?)</mark>", html, re.S)]


def document(text: str = TEXT, sections: tuple[Section, ...] = ()) -> Document:
    """A document with one edition."""
    meta = Metadata(
        "1/KH", "Kế hoạch", "UBND tỉnh Trà Vinh", "Trà Vinh", "2024-11-09", "Tiêu đề", "Nguyễn A", "CHỦ TỊCH"
    )
    return Document("d", meta, (Edition("a.txt", "", "txt", 1, "https://a.vn/?a=1&b=2"),), text, sections, ())


def test_the_document_marks_text_between_the_offsets() -> None:
    start = TEXT.index(QUOTE)
    html = document_html(document(), start, start + len(QUOTE))
    assert marks(html) == [QUOTE]
    assert html.count('id="pq-mark"') == 1
    over_lines = TEXT[start : TEXT.index("UBND") + 4]
    html = document_html(document(), start, start + len(over_lines))
    assert marks(html) == [QUOTE, "1", "Nhiệm vụ <x>", "UBND"]
    assert html.count('id="pq-mark"') == 1
    for nothing in ((0, 0), (5, 2), (-9, -3), (10**9, 10**9 + 1)):
        assert "<mark" not in document_html(document(), *nothing)


def test_the_document_says_what_it_is() -> None:
    html = document_html(document())
    for said in ("Kế hoạch 1/KH", "UBND tỉnh Trà Vinh", "09/11/2024", "Nguyễn A, CHỦ TỊCH", "a.txt", "Tiêu đề"):
        assert said in html
    assert 'href="https://a.vn/?a=1&amp;b=2"' in html
    bad = replace(document(), editions=(Edition("a", "", "txt", 1, "javascript:alert(1)"),))
    assert "href" not in document_html(bad)
    assert "9 November 2024" in document_html(document(), language="en")


def test_a_hostile_document_is_escaped() -> None:
    meta = Metadata(*[PAYLOAD] * 8)
    section = Section("s", "", "dieu", PAYLOAD, PAYLOAD, 0, len(PAYLOAD))
    hostile = Document(PAYLOAD, meta, (Edition(PAYLOAD, "", "txt", 1, "https://" + PAYLOAD),), PAYLOAD, (section,), ())
    html = document_html(hostile, 0, 8)
    assert "<script" not in html
    assert "<img" not in html
    assert marks(html) == ["<script>"]


def test_the_outline_leads_to_the_lines_where_sections_open() -> None:
    sections = (
        Section("d1", "", "dieu", "Điều 1", "Mục tiêu", 0, len(TEXT)),
        Section("a", "d1", "diem", "điểm a", "An toàn", TEXT.index("a)"), len(TEXT)),
        Section("g", "a", "cong", "dấu cộng thứ 1", "", TEXT.index("+"), len(TEXT)),
    )
    html = document_html(document(sections=sections))
    assert '<h3 id="pq-l0">Điều 1. Mục tiêu</h3>' in html
    assert '<a class="pq-jump" href="#pq-l0">Điều 1. Mục tiêu</a>' in html
    assert 'href="#pq-l1">a) An toàn</a>' in html
    assert 'id="pq-l2" class="pq-in-2"' in html
    assert [depth for depth, _ in outline(sections)] == [0, 1]


def test_a_heading_that_the_source_lost_is_not_made_up() -> None:
    lost = Section("m", "", "muc", "Mục I", "", 0, len(TEXT), inferred=True)
    row = Section("r", "m", "khoan", "khoản 1", "Nhiệm vụ <x>", TEXT.index("1 |"), len(TEXT))
    html = document_html(document(sections=(lost, row)))
    assert 'href="#pq-l0">Mục I</a>' in html
    assert '<p id="pq-l0">Điều 1. Mục tiêu</p>' in html
    assert 'href="#pq-l3">1 Nhiệm vụ &lt;x&gt;</a>' in html
    assert '<tr id="pq-l3">' in html


def test_an_outline_stays_short() -> None:
    top = [Section(f"t{n}", "", "dieu", f"Điều {n}", "x", n, n) for n in range(30)]
    below = [Section(f"b{n}", "t0", "khoan", f"khoản {n}", "x", n, n) for n in range(40)]
    assert len(outline([*top, *below])) == 30
    assert len(outline([*top, *below[:9]])) == 39
    assert len(outline(top * 4)) == MAX_OUTLINE


def test_a_long_document_is_quick() -> None:
    text = "\n".join(f"Điều {n}. " + "chữ " * 40 for n in range(400))
    sections = tuple(Section(str(n), "", "dieu", f"Điều {n}", "", text.index(f"Điều {n}."), 0) for n in range(400))
    assert len(text) > 60_000
    began = time.perf_counter()
    document_html(document(text, sections), 30_000, 30_100)
    assert time.perf_counter() - began < 0.5


def test_the_province_and_the_agencies_of_today_stand_with_the_document() -> None:
    task = Task(
        "d", "", "d.1", "Vận hành SOC", ("Sở Thông tin và Truyền thông",), ("Sở Y tế",), (), "", "", "", "", "", 0, 4
    )
    meta = Metadata("1/KH", "Kế hoạch", "UBND tỉnh Trà Vinh", "Trà Vinh", "2024-11-19")
    html = document_html(Document("d", meta, (), "Điều 1.", (), (), (task,)), language="en")
    assert "Trà Vinh" in html and "(now part of Vĩnh Long)" in html
    assert "<strong>Sở Thông tin và Truyền thông</strong> → Sở Khoa học và Công nghệ;" in html
    assert "(1 March 2025)" in html and "Nghị định số 45/2025/NĐ-CP" in html
    assert "<strong>Sở Y tế" not in html
