"""Saved portal pages."""

from __future__ import annotations

import made_up_plan as plan
import pytest
from test_text_reader import PARAGRAPH

from corpus.errors import SourceError
from corpus.formats import legacy
from corpus.source import decode


def read(page: str | bytes, name: str = "a.html") -> str:
    data = page if isinstance(page, bytes) else page.encode()
    return decode(name, "html", data).text


def body(content: str) -> str:
    return f"<html><meta charset=utf-8><body><div><p>{PARAGRAPH}</p>{content}</div></body></html>"


def lines(content: str) -> list[str]:
    return read(body(content)).split("\n")[2:-1]


def test_paragraphs_breaks_and_entities() -> None:
    assert lines("<p>Điều&nbsp;1. A &lt;b&gt;<br>\n tiếp &#7873;</p>rời <b>đậm</b>nét<p>C") == [
        "Điều 1. A <b>", "tiếp ề", "", "rời đậmnét", "", "C",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("list_", "shown"),
    [
        ("<ol><li>A<li value=5>B<li>C</ol>", ["1. A", "5. B", "6. C"]),
        ("<ol type=a start=3><li>A<li>B</ol>", ["c. A", "d. B"]),
        ("<ol type=I><li><p>A</p><li>B</ol>", ["I. A", "II. B"]),
        ("<ul><li>A<ul><li>B</ul><li>C</ul>", ["- A", "- B", "- C"]),
    ],
)
def test_lists_have_their_markers(list_: str, shown: list[str]) -> None:
    assert [line for line in lines(list_) if line] == shown


def test_a_table_with_merged_cells() -> None:
    table = """<table><tr><th rowspan=2>TT<th rowspan=2>Việc<th colspan=2>Thời gian<tr><th>Từ<th>Đến
      <tr><td>1<td><p>A</p><p>a</p><td rowspan=0>2024<td>2025<tr><td>2<td>B | b<td>2026</table>"""
    assert lines(table) == [
        "| TT | Việc | Thời gian - Từ | Thời gian - Đến |",
        "| 1 | A a | 2024 | 2025 |",
        "| 2 | B ¦ b | 2024 | 2026 |",
    ]


def test_a_page_that_is_laid_out_with_tables() -> None:
    inner = "<table><tr><td>STT<td>Việc<td>Ai<tr><td>1<td>A<td>B</table>"
    page = f"<table><tr><td>Thực đơn<td><p>{PARAGRAPH}</p><p>Căn cứ Luật X;</p>{inner}</table>"
    assert read(f"<body>{page}").split("\n")[-4:-1] == ["", "| STT | Việc | Ai |", "| 1 | A | B |"]


def test_the_document_is_found_without_the_portal() -> None:
    page = plan.as_html().decode()
    noise = f"<div class=comments>{'<p>Bình luận dài của bạn đọc về bài viết này.</p>' * 40}</div></body>"
    text = read(page.replace("</body>", noise))
    assert "Bình luận" not in text
    assert text.startswith("Số hiệu: | 987/KH-UBND |\n\nỦY BAN NHÂN DÂN\nTỈNH AN GIANG\n")
    assert text.rstrip().endswith("Nguyễn Văn Mẫu")


def test_a_portal_that_puts_all_into_one_form_or_never_closes_its_menu() -> None:
    page = plan.as_html().decode()
    text = read(page)
    assert read(page.replace("<body>", "<body><form id=aspnetForm><div>").replace("</body>", "</div></form>")) == text
    unclosed = read(page.replace("</nav>", ""))
    assert text.split("\n\n", 1)[1] in unclosed


def test_a_page_without_any_sign_of_a_document_is_read_by_its_text() -> None:
    page = f"<body><div>{'<a href=#>Liên kết</a> ' * 40}</div><div id=x>{f'<p>{PARAGRAPH}</p>' * 5}</div>"
    assert read(page).count("Cộng hòa") == 5
    assert "Liên kết" not in read(page)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1258", "iso-8859-1", "utf-16"])
def test_what_the_meta_element_says_and_what_it_gets_wrong(charset: str) -> None:
    page = body("").replace("utf-8", charset)
    assert PARAGRAPH in read(page.encode())
    assert PARAGRAPH in read(page.encode("utf-16"))


@pytest.mark.parametrize("name", legacy.NAMES)
def test_pages_from_before_unicode(name: str) -> None:
    page = legacy.encode(body(""), name).replace("utf-8", "windows-1252").encode("cp1252", "ignore")
    source = decode("a.htm", "html", page)
    assert (source.encoding, source.text.strip()) == (name, PARAGRAPH)


def test_text_in_an_old_font_is_converted_where_it_stands() -> None:
    old = legacy.encode("Điều 2. Sở Tư pháp", "TCVN3")
    assert lines(f'<p><font face=".VnTime">{old}</font></p>') == ["Điều 2. Sở Tư pháp"]


def test_entities_and_dtds_are_refused_and_unknown_ones_only_text() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    for declared in (bomb, bomb.lower(), '<!entity x system "file:///etc/passwd">'):
        with pytest.raises(SourceError, match="declares a DTD or entities"):
            read(declared + body("<p>x&b;y &x; z</p>"))
    text = read(body("<p>x&b;y &x; z</p>"))
    assert "x&b;y &x; z" in text


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<html><head><title>x</title></head><body><script>var a = 1</script></body></html>", "no text"),
        (body("").replace("utf-8", "big5"), 'charset "big5"'),
        ("<html><body>" + "<div>" * 5_000 + PARAGRAPH, "nested too deep"),
        (body("<table>" + "<tr>" + "<td>x" * 250_000), "cells"),
        (body("<table><tr><td>TT<td colspan=1000>x<td colspan=1000>y"), "columns"),
    ],
)
def test_pages_that_are_refused(page: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read(page)
