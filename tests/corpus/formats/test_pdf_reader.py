"""PDF with text: order, paragraphs, tables, what runs through the pages."""

from __future__ import annotations

import time
from collections.abc import Sequence

import made_up_plan as plan
import pytest
from pdf_writer import PdfWriter, assemble, stream
from test_text_reader import PARAGRAPH

from corpus.errors import SourceError
from corpus.formats.pdf_page import Rule, Word, words_of
from corpus.formats.pdf_tables import ruled_tables
from corpus.source import Source, decode

EDGES = (70.0, 100.0, 260.0, 380.0, 500.0)
HEADER = ("TT", "Việc", "Chủ trì", "Thời gian")


def read(pdf: PdfWriter | bytes) -> Source:
    return decode("a.pdf", "pdf", pdf if isinstance(pdf, bytes) else pdf.bytes())


def lines(pdf: PdfWriter) -> list[str]:
    return [line for line in read(pdf).text.split("\n") if line]


def indented(pdf: PdfWriter, y: float, texts: Sequence[str]) -> float:
    """Paragraphs whose first line is indented, as Decree 30/2020/NĐ-CP has it."""
    for text in texts:
        words, x, line = text.split(), 106.0, ""
        for word in words:
            if x + 6 * (len(line) + len(word) + 1) > 520:
                pdf.text(x, y, line)
                y, x, line = y + 18, 70.0, ""
            line = f"{line} {word}".strip()
        pdf.text(x, y, line)
        y += 18
    return y


def test_paragraphs_are_put_together_by_their_indent() -> None:
    pdf = PdfWriter()
    texts = [PARAGRAPH, "1. Sở Tư pháp: " + PARAGRAPH, "Điều 2. Ngắn."]
    indented(pdf, 60, texts)
    assert lines(pdf) == texts


def test_a_paragraph_over_a_page_break() -> None:
    pdf = PdfWriter()
    pdf.text(106, 780, "Phê duyệt kế hoạch chuyển đổi số của tỉnh với những nội dung chủ yếu")
    pdf.page()
    pdf.text(70, 60, "của giai đoạn trước được tiếp tục thực hiện đến năm 2025 và những năm sau đó.")
    source = read(pdf)
    assert len(source.text.split("\n")) == 2
    assert source.page_of(1) == 1


def test_words_broken_at_a_hyphen_are_whole() -> None:
    pdf = PdfWriter()
    y = pdf.paragraph(70, 60, PARAGRAPH, 70)
    pdf.text(70, y, "Ủy ban nhân dân tỉnh thực hiện đầy đủ những nội dung của Nghị quyết số 36-")
    pdf.text(70, y + 18, "NQ/TW của Bộ Chính trị về chuyển đổi số.")
    assert "Nghị quyết số 36-NQ/TW của Bộ Chính trị" in read(pdf).text


def test_columns_stand_one_after_the_other() -> None:
    pdf = PdfWriter()
    pdf.paragraph(70, 60, PARAGRAPH, 70)
    left = ("Nơi nhận:", "- Như Điều 3;", "- Lưu: VT.", "- Trang tin.")
    right = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "Nguyễn Văn Mẫu")
    for index in range(4):
        pdf.text(70, 300 + 17 * index, left[index], 11)
        pdf.text(350, 304 + 17 * index, right[index], 13) if right[index] else None
    assert lines(pdf)[-7:] == [*left, *filter(None, right)]


def test_a_list_marker_with_a_tab_makes_no_column() -> None:
    pdf = PdfWriter()
    y = pdf.paragraph(70, 60, PARAGRAPH, 70)
    for index, mark in enumerate(("a)", "-", "1.2.", "Điều 4.")):
        pdf.text(70, y + 18 * index, mark)
        pdf.text(150, y + 18 * index, f"Nội dung {index}")
    assert lines(pdf)[-4:] == ["a) Nội dung 0", "- Nội dung 1", "1.2. Nội dung 2", "Điều 4. Nội dung 3"]


def test_running_lines_and_page_numbers_are_set_aside() -> None:
    pdf = PdfWriter()
    for page in range(1, 5):
        if page > 1:
            pdf.page()
        pdf.text(300, 30, str(page))
        pdf.text(70, 820, f"Báo cáo số 5 - trang {page}")
        pdf.text(70, 300, f"{page}. {PARAGRAPH[:60]}")
    source = read(pdf)
    assert "trang" not in source.text
    assert [role for role, _ in source.set_aside] == ["page-number", "running-line"] * 4
    assert source.pages == ((1, 1), (2, 2), (3, 3), (4, 4)) or len(source.pages) == 4


def test_a_table_over_two_pages_with_its_header_again_and_a_cut_row() -> None:
    pdf = PdfWriter()
    y = pdf.paragraph(70, 60, PARAGRAPH, 70)
    y = pdf.row(EDGES, y, HEADER)
    y = pdf.row(EDGES, y, ("1", "Xây dựng nền tảng", "Sở A", "2025"))
    pdf.row(EDGES, y, ("2", "Hoàn thiện thể chế,", "Sở B và", "2026"))
    pdf.page()
    y = pdf.row(EDGES, 60, HEADER)
    y = pdf.row(EDGES, y, ("", "chính sách số", "Sở C", ""))
    pdf.row(EDGES, y, ("3", "Đào tạo", "Sở D", "2027"))
    source = read(pdf)
    rows = [line for line in source.text.split("\n") if line.startswith("|")]
    assert rows == [
        "| TT | Việc | Chủ trì | Thời gian |",
        "| 1 | Xây dựng nền tảng | Sở A | 2025 |",
        "| 2 | Hoàn thiện thể chế, chính sách số | Sở B và Sở C | 2026 |",
        "| 3 | Đào tạo | Sở D | 2027 |",
    ]
    numbers = [number for number, line in enumerate(source.text.split("\n"), 1) if line.startswith("|")]
    assert [source.page_of(number) for number in numbers] == [1, 1, 1, 2]


def test_merged_cells_of_ruled_tables() -> None:
    pdf = PdfWriter()
    y = pdf.paragraph(70, 60, PARAGRAPH, 70)
    y = pdf.row(EDGES, y, HEADER)
    y = pdf.row((EDGES[0], EDGES[1], EDGES[-1]), y, ("I", "Hạ tầng"))
    y = pdf.row(EDGES, y, ("1", "Một", "Các sở", "2025"), open_below=(2,))
    pdf.row(EDGES, y, ("2", "Hai", "", "2026"))
    assert lines(pdf)[-3:] == ["| I | Hạ tầng | | |", "| 1 | Một | Các sở | 2025 |", "| 2 | Hai | Các sở | 2026 |"]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(rotation: int) -> None:
    pdf = PdfWriter(rotation)
    pdf.text(70, 60, PARAGRAPH[:40])
    assert "Cộng hòa" in decode("a.pdf", "pdf", _turned(rotation)).text


def _turned(rotation: int) -> bytes:
    """A page whose text runs so that it stands upright once the page is turned, two lines of it."""
    pdf = PdfWriter(rotation)
    pdf.text(0, 0, PARAGRAPH[:90])
    pdf.text(0, 0, PARAGRAPH[90:180])
    matrix = {90: "0 1 -1 0 {y} 100", 180: "-1 0 0 -1 500 {y}", 270: "0 -1 1 0 {y} 700"}[rotation]
    step = {90: 1, 180: 1, 270: -1}[rotation]
    page = pdf._pages[0]
    for index, content in enumerate(page):
        placed = "1 0 0 1 0.0 842.0"
        assert placed in content
        page[index] = content.replace(placed, matrix.format(y=200 + 18 * index * step)).replace("12.0 Tf", "6 Tf")
    return pdf.bytes()


def test_glyphs_become_words() -> None:
    glyphs = [("S", 0.0, 0.0, 6.0, 12.0), ("ơ", 6.0, 0.0, 12.0, 12.0), ("\u0309", 6.0, 0.0, 6.0, 12.0)]
    assert [word.text for word in words_of([*glyphs, (" ", 12, 0, 15, 12), ("\u0002", 15.0, 0, 18, 12)])] == [
        "Sơ\u0309",
        "-",
    ]


def test_lines_that_rule_no_table() -> None:
    word = Word("x", 10, 10, 20, 20)
    assert ruled_tables([Rule(0, 30, 100, 30)], [word]) == ([], [word])
    box = [Rule(0, 0, 100, 0), Rule(0, 50, 100, 50), Rule(0, 0, 0, 50), Rule(100, 0, 100, 50)]
    assert ruled_tables(box, [word]) == ([], [word])


def encrypted() -> bytes:
    password = b"<" + b"41" * 32 + b">"
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [] /Count 0 >>",
            b"<< /Filter /Standard /V 1 /R 2 /O " + password + b" /U " + password + b" /P -44 >>",
        ],
        f"/Encrypt 3 0 R /ID [<{'00' * 16}> <{'00' * 16}>] ",
    )


def many_pages(count: int) -> bytes:
    kids = b"3 0 R " * count
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % count,
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        ]
    )


def crowded() -> bytes:
    """A page of 100,000 characters."""
    pdf = PdfWriter()
    for index in range(100):
        pdf.text(10, 10 + index * 8, "".join(chr(0x1EA0 + (index + place) % 90) for place in range(1_000)), 1)
    return pdf.bytes()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (encrypted(), "locked with a password"),
        (many_pages(5_000), "5,000 pages"),
        (plan.as_pdf()[:400], "damaged|no text|without pages"),
        (b"%PDF-1.7\n" + b"x" * 3_000, "damaged"),
        (crowded(), "100,... characters"),
        (many_pages(2), "scan|no text"),
    ],
)
def test_pdfs_that_are_refused(data: bytes, reason: str) -> None:
    start = time.monotonic()
    with pytest.raises(SourceError, match=reason):
        read(data)
    assert time.monotonic() - start < 10


def test_a_bomb_in_a_stream_is_stopped() -> None:
    bomb = stream(b"(a) Tj " * 30_000_000)  # 200 MB of text operators in 200 KB
    data = assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            bomb,
        ]
    )
    with pytest.raises(SourceError):
        read(data)
