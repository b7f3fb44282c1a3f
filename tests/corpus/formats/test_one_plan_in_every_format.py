"""The same made-up plan as TXT, HTML, DOCX and PDF is the same document."""

from __future__ import annotations

from dataclasses import replace

import made_up_plan as plan
import pytest

from corpus.read import parse
from corpus.source import Source, decode
from corpus.types import Document

FILES = {
    "txt": plan.as_text().encode(),
    "html": plan.as_html(),
    "docx": plan.as_docx(),
    "pdf": plan.as_pdf(),
}


@pytest.fixture(scope="module", params=sorted(FILES))
def source(request: pytest.FixtureRequest) -> Source:
    return decode(f"plan.{request.param}", request.param, FILES[request.param])


@pytest.fixture(scope="module")
def document(source: Source) -> Document:
    return parse(source)


def test_its_format_is_told(source: Source) -> None:
    assert source.format == source.name.split(".")[1]
    assert len(source.sha256) == 64


def test_its_identity_is_the_same(document: Document) -> None:
    meta = document.meta
    assert (meta.number, meta.kind, meta.date, meta.province) == ("987/KH-UBND", "Kế hoạch", "2024-03-15", "An Giang")
    assert meta.title == plan.TITLE[1]
    assert meta.signer == "Nguyễn Văn Mẫu"
    assert document.id == "an-giang-2024-987-kh-ubnd"


def test_its_tasks_are_the_same(document: Document) -> None:
    rows = [task for task in document.tasks if task.task != plan.DUTY and "đôn đốc" not in task.task]
    assert [(t.task, t.lead, t.coordinating, t.deadline) for t in rows] == [
        (task, (lead,), (coordinating,), time) for _, task, lead, coordinating, time in plan.TASKS
    ]


def test_its_targets_are_the_same(document: Document) -> None:
    assert [(target.value, target.unit, target.year) for target in document.targets] == [
        ("90", "%", "2026"),
        ("75", "%", "2026"),
    ]


def test_its_table_is_the_same(source: Source) -> None:
    rows = [line for line in source.text.split("\n") if line.startswith("|")]
    assert [[cell.strip() for cell in row.strip("|").split("|")] for row in rows] == [list(row) for row in plan.ROWS]


def test_its_headings_are_numbered(source: Source) -> None:
    lines = source.text.split("\n")
    for line in ("I. MỤC TIÊU", f"2. {plan.GOALS[1]}", "III. TỔ CHỨC THỰC HIỆN"):
        assert line in lines


def test_nothing_of_a_portal_or_a_printer_is_in_it(source: Source) -> None:
    for foreign in ("Trang chủ", "Căn cứ lừa", "khác hẳn", "Bản quyền", "Ý kiến bạn đọc", "Trang 1", "margin"):
        assert foreign not in source.text


def test_a_pdf_tells_the_page_of_each_line() -> None:
    source = decode("plan.pdf", "pdf", FILES["pdf"])
    lines = source.text.split("\n")
    assert source.page_of(1) == 1
    assert source.page_of(lines.index("| 3 | " + " | ".join(plan.TASKS[2][1:]) + " |") + 1) == 1
    assert source.page_of(lines.index("III. TỔ CHỨC THỰC HIỆN") + 1) == 2
    assert source.set_aside == (("page-number", "page 1: 1"), ("page-number", "page 2: 2"))


@pytest.mark.parametrize("wrong", ["txt", "docx", "html", "pdf"])
@pytest.mark.parametrize("right", sorted(FILES))
def test_a_wrong_extension_does_not_matter(right: str, wrong: str) -> None:
    if right == "txt" and wrong == "html":
        pytest.skip("a text without a tag named .html is text: nothing to tell apart")
    assert decode(f"plan.{wrong}", wrong, FILES[right]).format == right


TEXT_OF_TWO_PAGES = """ỦY BAN NHÂN DÂN
TỈNH HÀ GIANG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 7/KH-UBND
Hà Giang, ngày 05 tháng 4 năm 2024
KẾ HOẠCH
PHÁT TRIỂN CHỢ PHIÊN NĂM 2024
I. MỤC TIÊU
1. Có 90% chợ phiên treo bảng giá.
II. TỔ CHỨC THỰC HIỆN
1. Sở Công Thương: Chủ trì hướng dẫn các chợ phiên lập bảng giá và báo cáo kết quả hằng quý.
"""


def test_passages_name_the_page_they_begin_on() -> None:
    source = decode("plan.txt", "txt", TEXT_OF_TWO_PAGES.encode())
    paged = replace(source, pages=((1, 1), (10, 2)))
    pages = {passage.text[:20]: passage.page for passage in parse(paged).passages}
    assert pages["1. Có 90% chợ phiên "] == 1
    assert pages["1. Sở Công Thương: C"] == 2
    assert {passage.page for passage in parse(source).passages} == {0}
