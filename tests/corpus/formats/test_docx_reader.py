"""Word documents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.oxml import parse_xml
from made_up_plan import as_docx, saved
from test_text_reader import PARAGRAPH

from corpus.errors import SourceError
from corpus.formats import legacy
from corpus.formats.docx_numbering import Numbering
from corpus.formats.docx_styles import W
from corpus.formats.markup import parse_xml as parsed
from corpus.source import decode

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(data: bytes) -> str:
    return decode("a.docx", "docx", data).text


def lines(xml: str) -> list[str]:
    """The lines of a document whose body is a paragraph and this XML."""
    document = docx.Document()
    document.add_paragraph(PARAGRAPH)
    for element in parse_xml(f"<w:body {NS}>{xml}</w:body>"):
        document.element.body.insert(-1, element)
    return read(saved(document)).split("\n")[2:-1]


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None], **extra: bytes) -> bytes:
    """A package with its parts changed, left out (None), or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if (part := change(entry.filename, old.read(entry))) is not None:
                new.writestr(entry.filename, part)
        for name, part in extra.items():
            new.writestr(name, part)
    return stream.getvalue()


def numbering(*levels: tuple[str, str], extra: str = "") -> Numbering:
    xml = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (kind, text) in enumerate(levels)
    )
    root = f'<w:numbering {NS}><w:abstractNum w:abstractNumId="0">{xml}</w:abstractNum>{extra}</w:numbering>'
    return Numbering(parsed(root.encode(), "numbering"))


PLAIN = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def test_numbers_of_several_levels() -> None:
    numbers = numbering(("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-"), extra=PLAIN)
    shown = [numbers.marker("1", level) for level in (0, 1, 1, 2, 2, 3, 1, 0, 1, 2)]
    assert shown == ["I.", "1.", "2.", "a)", "b)", "-", "3.", "II.", "1.", "a)"]


def test_a_number_names_those_above_it() -> None:
    numbers = numbering(("decimal", "Điều %1."), ("decimal", "%1.%2."), extra=PLAIN)
    assert [numbers.marker("1", level) for level in (0, 1, 1, 0, 1)] == ["Điều 1.", "1.1.", "1.2.", "Điều 2.", "2.1."]


def test_two_lists_of_one_kind_count_on_unless_told_to_start_anew() -> None:
    again = '<w:num w:numId="{}"><w:abstractNumId w:val="0"/>{}</w:num>'
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbers = numbering(("decimal", "%1."), extra=PLAIN + again.format(2, "") + again.format(3, start))
    assert [numbers.marker(n, 0) for n in ("1", "1", "2", "3", "3", "9")] == ["1.", "2.", "3.", "1.", "2.", ""]


def test_symbols_are_dashes_and_typed_bullets_stay() -> None:
    numbers = numbering(("bullet", "\uf0b7"), ("bullet", "+"), extra=PLAIN)
    assert [numbers.marker("1", level) for level in (0, 1)] == ["-", "+"]


def test_numbers_that_come_from_a_style() -> None:
    data = as_docx()
    styled = saved_with_style_numbers(data)
    assert "I. MỤC TIÊU" in read(styled)


def saved_with_style_numbers(data: bytes) -> bytes:
    """The plan with the numbering of its headings moved into the style Normal's child "Muc"."""
    document = docx.Document(io.BytesIO(data))
    heading = next(p for p in document.paragraphs if p.text == "MỤC TIÊU")
    style = document.styles.add_style("Muc", 1)
    style.element.get_or_add_pPr().append(heading._p.pPr.numPr)
    heading.style = style
    return saved(document)


def test_tracked_changes_are_read_as_accepted() -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    paragraph = (
        f"<w:p>{run.format('Giữ ')}<w:ins w:id='1' w:author='a'>{run.format('thêm ')}</w:ins>"
        f"<w:del w:id='2' w:author='a'><w:r><w:delText>xóa</w:delText></w:r></w:del>"
        f"<w:moveFrom w:id='3' w:author='a'>{run.format('đi ')}</w:moveFrom>"
        f"<w:moveTo w:id='4' w:author='a'>{run.format('đến')}</w:moveTo></w:p>"
    )
    assert lines(paragraph) == ["Giữ thêm đến"]


def test_runs_breaks_fields_capitals_and_hidden_text() -> None:
    paragraph = (
        "<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>Quyết định</w:t></w:r><w:r><w:br/><w:t>dòng</w:t><w:tab/><w:t>hai</w:t>"
        "</w:r><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText></w:r>"
        "<w:hyperlink><w:r><w:t xml:space='preserve"
        "'> liên kết</w:t></w:r></w:hyperlink><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
        "<w:r><w:t>36</w:t><w:noBreakHyphen/><w:t>NQ</w:t></w:r></w:p>"
    )
    assert lines(paragraph) == ["QUYẾT ĐỊNH", "dòng hai liên kết36-NQ"]


def test_a_text_box_follows_its_paragraph_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    drawing = f"<mc:AlternateContent {mc}><mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    assert lines(f"<w:p><w:r><w:t>Ngoài</w:t></w:r><w:r>{drawing}</mc:AlternateContent></w:r></w:p>") == [
        "Ngoài",
        "trong khung",
    ]


def test_content_controls_and_deleted_rows() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = "<w:tr>" + cell * 3 + "</w:tr>"
    gone = "<w:tr><w:trPr><w:del w:id='1' w:author='a'/></w:trPr>" + cell * 3 + "</w:tr>"
    table = f"<w:tbl>{row.format('TT', 'Việc', 'Ai')}<w:sdt><w:sdtContent>{row.format('1', 'A', 'B')}</w:sdtContent>"
    assert lines(
        f"<w:sdt><w:sdtContent>{table}</w:sdt>{gone.format('2', 'C', 'D')}</w:tbl></w:sdtContent></w:sdt>"
    ) == [
        "| TT | Việc | Ai |",
        "| 1 | A | B |",
    ]


def test_pages_are_those_of_words_last_layout() -> None:
    document = docx.Document()
    document.add_paragraph(PARAGRAPH)
    for text, first in (("Đầu trang hai", True), ("Giữa hai trang", False)):
        page_break = "<w:lastRenderedPageBreak/>"
        inner = f"{page_break}<w:t>{text}</w:t>" if first else f"<w:t>{text}</w:t>{page_break}<w:t>!</w:t>"
        document.element.body.insert(-1, parse_xml(f"<w:p {NS}><w:r>{inner}</w:r></w:p>"))
    document.add_paragraph("Trang ba")
    source = decode("a.docx", "docx", saved(document))
    assert [(line, source.page_of(n)) for n, line in enumerate(source.text.split("\n"), 1) if line] == [
        (PARAGRAPH, 1), ("Đầu trang hai", 2), ("Giữa hai trang!", 2), ("Trang ba", 3),
    ]  # fmt: skip


def test_old_fonts() -> None:
    run = '<w:p><w:r><w:rPr><w:rFonts w:ascii="{}"/></w:rPr><w:t>{}</w:t></w:r></w:p>'
    old = legacy.encode("Sở Tư pháp", "TCVN3")
    assert lines(run.format(".VnTime", old)) == ["Sở Tư pháp"]
    assert lines(run.format(".VnTimeH", legacy.encode("quyết định", "TCVN3"))) == ["QUYẾT ĐỊNH"]
    assert lines(run.format("VNI-Times", legacy.encode("Sở Tư pháp", "VNI"))) == ["Sở Tư pháp"]


def test_a_strict_document_is_read_too() -> None:
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    changed = repacked(as_docx(), lambda name, part: part.replace(W[1:-1].encode(), strict))
    assert read(changed) == read(as_docx())


def with_dtd(name: str, part: bytes) -> bytes:
    dtd = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return part.replace(b"?>", b"?>" + dtd, 1) if name == "word/document.xml" else part


def encoded(name: str, part: bytes) -> bytes:
    if name != "word/document.xml":
        return part
    return part.decode().replace("UTF-8", "UTF-16").replace("?>", "?><!DOCTYPE w>", 1).encode("utf-16")


def million(name: str, part: bytes) -> bytes:
    cells = b"<w:tbl>" + (b"<w:tr>" + b"<w:tc><w:p/></w:tc>" * 100 + b"</w:tr>") * 10_000 + b"</w:tbl>"
    return part.replace(b"<w:sectPr", cells + b"<w:sectPr", 1) if name == "word/document.xml" else part


def deep(name: str, part: bytes) -> bytes:
    levels = 240
    inner = b"<w:tbl><w:tr><w:tc>" * levels + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * levels
    return part.replace(b"<w:sectPr", inner + b"<w:sectPr", 1) if name == "word/document.xml" else part


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (with_dtd, "DTD or entities"),
        (encoded, "DTD or entities"),
        (lambda name, part: part.replace(b'"UTF-8"', b'"UTF-7"').replace(b"'UTF-8'", b"'UTF-7'"), "not UTF-8"),
        (million, "cells|tags|ZIP bomb"),
        (deep, "too deep|not well-formed"),
        (lambda name, part: None if name == "word/document.xml" else part, "without a Word document"),
        (lambda name, part: part[: len(part) // 2], "not well-formed"),
    ],
)
def test_hostile_packages(change: Callable[[str, bytes], bytes | None], reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read(repacked(as_docx(), change))


def test_zip_bombs() -> None:
    with pytest.raises(SourceError, match="ZIP bomb"):
        read(repacked(as_docx(), lambda name, part: part, **{"word/media/a.png": bytes(30_000_000)}))
    many = {f"word/{index}": b"" for index in range(5_001)}
    with pytest.raises(SourceError, match="ZIP bomb"):
        read(repacked(as_docx(), lambda name, part: part, **many))


def test_a_part_that_lies_about_its_size_is_no_way_in() -> None:
    data = as_docx()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        size = package.getinfo("word/document.xml").file_size
    lie = data.replace(size.to_bytes(4, "little"), (17).to_bytes(4, "little"))
    with pytest.raises(SourceError):
        read(lie)


@pytest.mark.parametrize(
    ("part", "kind"),
    [("xl/workbook.xml", "Excel"), ("ppt/presentation.xml", "PowerPoint"), ("content.xml", "OpenDocument")],
)
def test_other_packages_are_refused_by_name(part: str, kind: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr(part, "<x/>")
    with pytest.raises(SourceError, match=kind):
        read(stream.getvalue())


def test_a_document_of_pictures_is_refused() -> None:
    with pytest.raises(SourceError, match="no text"):
        read(saved(docx.Document()))
