"""One made-up plan, as each format would carry it: the same words, numbers and tasks everywhere."""

from __future__ import annotations

from io import BytesIO

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from pdf_writer import PdfWriter

LEFT_HEAD = ("ỦY BAN NHÂN DÂN", "TỈNH AN GIANG")
RIGHT_HEAD = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
NUMBER, PLACE = "Số: 987/KH-UBND", "An Giang, ngày 15 tháng 3 năm 2024"
TITLE = ("KẾ HOẠCH", "Phát triển thư viện số tỉnh An Giang đến năm 2026")
BASIS = "Căn cứ Luật Thư viện ngày 21 tháng 11 năm 2019;"
INTRODUCTION = (
    "Ủy ban nhân dân tỉnh ban hành Kế hoạch phát triển thư viện số tỉnh An Giang đến năm 2026 với các nội dung như sau:"
)
GOALS = (
    "Đến năm 2026 có 90% thư viện công cộng cung cấp dịch vụ trực tuyến.",
    "Đến năm 2026 có 75% học sinh phổ thông sử dụng thư viện số.",
)
SECTIONS = ("MỤC TIÊU", "NHIỆM VỤ", "TỔ CHỨC THỰC HIỆN")
HEADER = ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành")
GROUP = ("I", "Phát triển hạ tầng")
TASKS = (
    ("1", "Xây dựng nền tảng thư viện số dùng chung", "Sở Khoa học và Công nghệ", "Các sở, ban, ngành", "Năm 2025"),
    ("2", "Số hóa tài liệu địa chí của tỉnh", "Sở Văn hóa và Thể thao", "Các sở, ban, ngành", "Quý II/2026"),
    ("3", "Trang bị máy tính cho thư viện cấp xã", "Sở Tài chính", "Ủy ban nhân dân cấp xã", "Thường xuyên"),
)
"""The coordinating agencies of tasks 1 and 2 are one merged cell."""
DUTY = "Sở Khoa học và Công nghệ chủ trì theo dõi, đôn đốc việc thực hiện Kế hoạch này và báo cáo Ủy ban nhân dân tỉnh."
RECIPIENTS = ("Nơi nhận:", "- Như trên;", "- Lưu: VT.")
SIGNATURE = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn Mẫu")

ROWS = (HEADER, (*GROUP, "", "", ""), *TASKS)


def as_text() -> str:
    """The plan as a clerk would type it, tables in Markdown rows."""
    rows = [f"| {' | '.join(row)} |" for row in ROWS]
    paragraphs = [
        *LEFT_HEAD, *RIGHT_HEAD, NUMBER, PLACE, *TITLE, BASIS, INTRODUCTION,
        f"I. {SECTIONS[0]}", f"1. {GOALS[0]}", f"2. {GOALS[1]}", f"II. {SECTIONS[1]}", "\n".join(rows),
        f"III. {SECTIONS[2]}", DUTY, *SIGNATURE, *RECIPIENTS,
    ]  # fmt: skip
    return "\n\n".join(paragraphs) + "\n"


def as_html(charset: str = "utf-8") -> bytes:
    """The plan as a portal's page: menus, scripts and related documents around it."""
    cells = "".join(f"<th>{name}</th>" for name in HEADER)
    body = f'<tr><td>{GROUP[0]}</td><td colspan="4"><b>{GROUP[1]}</b></td></tr>'
    for index, (number, task, lead, coordinating, time) in enumerate(TASKS):
        merged = f'<td rowspan="2">{coordinating}</td>' if index == 0 else ""
        alone = f"<td>{coordinating}</td>" if index == 2 else ""
        body += f"<tr><td>{number}</td><td><p>{task}</p></td><td>{lead}</td>{merged}{alone}<td>{time}</td></tr>"
    page = f"""<!DOCTYPE html><html><head><meta charset="{charset}"><title>Cổng thông tin</title>
<style>p {{ margin: 0 }}</style><script>var x = "<p>Căn cứ lừa</p>";</script></head><body>
<nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/vb">Văn bản</a></li></ul></nav>
<div class="wrap"><div class="side"><ul><li><a href="#">Quyết định 1/QĐ-UBND về việc khác hẳn</a></li></ul>
<div>Số ký hiệu</div><div>987/KH-UBND</div></div>
<div class="x7"><table><tr><td>{"<br>".join(LEFT_HEAD)}</td><td><b>{"<br>".join(RIGHT_HEAD)}</b></td></tr>
<tr><td>{NUMBER}</td><td><i>{PLACE}</i></td></tr></table>
<p align=center><b>{TITLE[0]}</b></p><p align=center>{TITLE[1]}</p>
<p>{BASIS}</p><p>{INTRODUCTION.replace("&", "&amp;")}</p>
<p><b>I. {SECTIONS[0]}</b></p><ol><li>{GOALS[0]}<li><p>{GOALS[1]}</p></ol><p>II.&nbsp;{SECTIONS[1]}</p>
<table border=1><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>
<h3>III. {SECTIONS[2]}</h3><p>{DUTY}</p>
<table><tr><td>{"<br>".join(RECIPIENTS)}</td><td>{"<br>".join(SIGNATURE)}</td></tr></table></div></div>
<div>Ý kiến bạn đọc</div><footer>Bản quyền thuộc về Cổng thông tin</footer></body></html>"""
    return page.encode(charset, "xmlcharrefreplace")


def as_docx() -> bytes:
    """The plan as Word would save it: automatic numbers, merged cells, a header with the page number."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Trang 1"
    numbers = _numbering(document)
    head = document.add_table(2, 2)
    for column, lines in enumerate((LEFT_HEAD, RIGHT_HEAD)):
        head.cell(0, column).text = "\n".join(lines)
    head.cell(1, 0).text, head.cell(1, 1).text = NUMBER, PLACE
    for text in (*TITLE, BASIS, INTRODUCTION):
        document.add_paragraph(text)
    _numbered(document.add_paragraph(SECTIONS[0]), numbers, 0)
    for goal in GOALS:
        _numbered(document.add_paragraph(goal), numbers, 1)
    _numbered(document.add_paragraph(SECTIONS[1]), numbers, 0)
    table = document.add_table(len(ROWS), len(HEADER))
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 2).merge(table.cell(1, 4))
    table.cell(1, 1).merge(table.cell(1, 2))
    table.cell(3, 3).text = ""
    table.cell(2, 3).merge(table.cell(3, 3)).text = TASKS[0][3]
    _numbered(document.add_paragraph(SECTIONS[2]), numbers, 0)
    document.add_paragraph(DUTY)
    foot = document.add_table(1, 2)
    foot.cell(0, 0).text, foot.cell(0, 1).text = "\n".join(RECIPIENTS), "\n".join(SIGNATURE)
    return saved(document)


def as_pdf() -> bytes:
    """The plan as printed on two pages: letterhead in two columns, a ruled table, a page number on each page."""
    pdf = PdfWriter()
    pdf.text(300, 30, "1")
    for index, (left, right) in enumerate(zip((*LEFT_HEAD, NUMBER), (*RIGHT_HEAD, PLACE), strict=True)):
        pdf.text(70, 60 + 18 * index, left, 11)
        pdf.text(290, 60 + 18 * index, right, 11)
    y = 140.0
    for text in (TITLE[0], TITLE[1], BASIS, INTRODUCTION):
        y = pdf.paragraph(70, y, text, 62)
    y = pdf.paragraph(70, y, f"I. {SECTIONS[0]}", 62)
    for number, goal in enumerate(GOALS, 1):
        y = pdf.paragraph(90, y, f"{number}. {goal}", 62)
    y = pdf.paragraph(70, y, f"II. {SECTIONS[1]}", 62)
    edges = (70.0, 100.0, 230.0, 340.0, 440.0, 530.0)
    y = pdf.row(edges, y, HEADER)
    y = pdf.row((*edges[:2], edges[-1]), y, GROUP)
    top = y
    for index, task in enumerate(TASKS):
        y = pdf.row(edges, y, task if index != 1 else (*task[:3], "", task[4]), open_below=(3,) if index == 0 else ())
    assert top < y < 800
    pdf.page()
    pdf.text(300, 30, "2")
    y = pdf.paragraph(70, 60, f"III. {SECTIONS[2]}", 62)
    y = pdf.paragraph(70, y, DUTY, 62) + 20
    for index, (left, right) in enumerate(zip(RECIPIENTS, SIGNATURE, strict=True)):
        pdf.text(70, y + 18 * index, left, 11)
        pdf.text(350, y + 18 * index, right, 11)
    return pdf.bytes()


def saved(document: Document) -> bytes:
    """The bytes of a Word document."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _numbering(document: Document) -> str:
    """A list of two levels: "I." and "1."; returns its id."""
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    for index, (kind, text) in enumerate((("upperRoman", "%1."), ("decimal", "%2."))):
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(index))
        for name, value in (("w:start", "1"), ("w:numFmt", kind), ("w:lvlText", text)):
            child = OxmlElement(name)
            child.set(qn("w:val"), value)
            level.append(child)
        abstract.append(level)
    numbering.insert(0, abstract)
    return str(numbering.add_num(77).numId)


def _numbered(paragraph: Paragraph, list_id: str, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = int(list_id)
