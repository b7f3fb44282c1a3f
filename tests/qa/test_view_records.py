"""The tabs of tasks, targets and documents: what their tables, charts and links hold, on values that can be counted."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from web_library import BAD, CAO_BANG, HOSTILE, SON_LA, Library

from qa.page.charts import comparison, figure_json, timeline
from qa.page.indicators import indicators, same, wording_of
from qa.page.render_documents import documents_html
from qa.page.render_table import pager_html
from qa.page.render_targets import targets_html
from qa.page.render_tasks import ordered, tasks_html
from qa.page.tabs import Turn
from qa.page.view_targets import target_groups, title_html, years_of
from qa.page.view_tasks import links_html, period_of, task_rows
from qa.tables.records import Period, select_targets, select_tasks

BOTH = (SON_LA, CAO_BANG)


class Event:
    """What gradio passes on from a browser."""

    def __init__(self, sent: Any) -> None:
        self._data = sent


def cells(html: str, row: int) -> list[str]:
    """The texts of a table's row, the heading being row 0."""
    found = re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.DOTALL)[row]
    parts = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", found, re.DOTALL)
    return [" ".join(unescape(re.sub("<[^>]*>", " ", part)).split()) for part in parts]


def attributes(html: str, name: str) -> list[str]:
    return re.findall(rf'{name}="([^"]*)"', html)


def test_the_task_table() -> None:
    html = tasks_html(select_tasks(BOTH), Turn(), "vi")
    assert ">3 nhiệm vụ</caption>" in html
    assert [head.split(" ,")[0] for head in cells(html, 0)] == [
        "Nhiệm vụ", "Chủ trì", "Phối hợp", "Chỉ đạo", "Thời hạn", "Văn bản",
    ]  # fmt: skip
    assert cells(html, 2) == [
        "Phủ sóng 4G",
        "Sở Thông tin và Truyền thông",
        "UBND xã",
        "",
        "trước tháng 6/2025 31/05/2025",
        "Sơn La mục 5 Kế hoạch số 7/KH-UBND Mở trong văn bản",
    ]
    assert cells(html, 3)[4] == "thường xuyên", "a rhythm that says the same is not said twice"
    start = str(SON_LA.tasks[0].start)
    assert attributes(html, "data-start")[1] == start and attributes(html, "data-document")[1] == SON_LA.id
    english = tasks_html(select_tasks(BOTH), Turn(), "en")
    assert ">3 tasks</caption>" in english and "31 May 2025" in english
    assert 'scope="col"' in html and 'scope="row"' in html and 'lang="vi"' in english


def test_the_order_of_tasks() -> None:
    rows = select_tasks(BOTH)
    assert [row.task.task for row in ordered(rows, "deadline")] == ["Số hóa hồ sơ", "Phủ sóng 4G", "Trực SOC"]
    assert [row.task.task for row in ordered(rows, "-deadline")] == ["Phủ sóng 4G", "Số hóa hồ sơ", "Trực SOC"]
    assert [row.task.task for row in ordered(rows, "lead")] == ["Trực SOC", "Số hóa hồ sơ", "Phủ sóng 4G"]
    html = tasks_html(rows, Turn(sort="deadline"), "vi")
    assert attributes(html, "aria-sort") == ["ascending"]
    assert "-deadline" in attributes(html, "data-sort"), "the header that sorts turns the order round"


def test_a_long_table_has_pages() -> None:
    rows = select_tasks(BOTH) * 20  # 60 rows: three pages of 25
    html = tasks_html(rows, Turn(3), "vi")
    assert len(re.findall("<tr", html)) == 1 + 10
    assert "Trang 3 / 3" in html
    beyond = tasks_html(rows, Turn(99), "en")
    assert "Page 3 of 3" in beyond and len(re.findall("<tr", beyond)) == 11
    assert attributes(pager_html(Turn(1, "lead"), 60, 25, "en"), "data-page") == ["1", "0", "2", "3"]
    assert pager_html(Turn(1), 25, 25, "en") == ""


@pytest.mark.parametrize(
    ("sent", "turn"),
    [
        ({"page": "2", "sort": "lead", "drawn": "3"}, Turn(2, "lead", 3)),
        ({"page": "-1", "sort": "nonsense"}, Turn()),
        ({"page": "9" * 50, "drawn": "²"}, Turn()),
        ({"page": ["x"], "sort": {"a": 1}}, Turn()),
        (None, Turn()),
        ("text", Turn()),
    ],
)
def test_what_a_browser_sends_is_checked(sent: Any, turn: Turn) -> None:
    assert Turn.of(Event(sent), ("lead", "-lead")) == turn


def test_filters_of_the_task_tab() -> None:
    library, always = Library(), Period(None, None)
    assert len(task_rows(library, "", "", always, "")) == 3
    assert [row.task.task for row in task_rows(library, "cao bằng", "", always, "")] == ["Số hóa hồ sơ"]
    assert [row.task.task for row in task_rows(library, "", "công an tỉnh", always, "")] == ["Trực SOC"]
    period = period_of("trước tháng 6/2025", "vi")
    assert period == Period(None, date(2025, 5, 31))
    assert isinstance(period, Period)
    assert [row.task.task for row in task_rows(library, "", "", period, "4G")] == ["Phủ sóng 4G"]
    refused = period_of("<b>ngày nào đó", "en")
    assert isinstance(refused, str) and "&lt;b&gt;" in refused and "no time was understood" in refused


def test_downloads_ask_for_what_is_shown() -> None:
    html = links_html(["Sơn La", "Sở A & B", "trước tháng 6/2025", ""], "vi")
    address = urlsplit(unescape(attributes(html, "href")[0]))
    assert address.path == "api/tasks" and not address.netloc
    assert parse_qs(address.query) == {
        "province": ["Sơn La"], "agency": ["Sở A & B"], "due_to": ["2025-05-31"], "format": ["csv"],
    }  # fmt: skip
    assert re.findall(r">(\w+)</a>", html) == ["CSV", "XLSX", "ICS"]


def test_indicators_are_brought_together_only_when_they_are_one() -> None:
    found = indicators(select_targets(BOTH))
    assert [(indicator.name, indicator.provinces, indicator.years) for indicator in found] == [
        ("hộ gia đình dùng Internet", ("Cao Bằng", "Sơn La"), ("2025", "2030")),
        ("kinh tế số", ("Sơn La",), ("2025",)),
    ]
    one = wording_of("Tỷ lệ dân số trưởng thành có thanh toán dùng tiền mặt")
    assert same(one, wording_of("dân số trưởng thành sử dụng thanh toán tiền mặt"))
    for other in (
        "dân số trưởng thành có thanh toán không dùng tiền mặt",
        "dân số trưởng thành có thanh toán dùng tiền lẻ",
        "dân số từ 15 tuổi trưởng thành có thanh toán dùng tiền mặt",
        "dân số",
    ):
        assert not same(one, wording_of(other)), other


def test_the_target_table_has_a_column_for_each_year() -> None:
    html = targets_html(target_groups(Library(), "", [], ""), Turn(), "vi")
    assert cells(html, 0) == ["Chỉ tiêu", "Tỉnh", "2025", "2030"]
    assert cells(html, 1) == [
        "hộ gia đình sử dụng Internet Biểu đồ", "Cao Bằng", "70% mục 2 Quyết định số 9/QĐ-UBND", "",
    ]  # fmt: skip
    assert cells(html, 2)[1:] == [
        "Sơn La", "> 60% mục 2 Kế hoạch số 7/KH-UBND", "80% mục 3 Kế hoạch số 7/KH-UBND",
    ]  # fmt: skip
    assert cells(html, 3)[2] == "≥ 12,5% mục 4 Kế hoạch số 7/KH-UBND"
    opened = list(zip(attributes(html, "data-document"), attributes(html, "data-start"), strict=True))
    assert opened[0] == (CAO_BANG.id, str(CAO_BANG.targets[0].start))
    assert "≥ 12.5%" in targets_html(target_groups(Library(), "kinh te so", [], ""), Turn(), "en")
    assert ">2 chỉ tiêu</caption>" in html
    assert attributes(html, "aria-pressed") == ["true", "false"]


def test_filters_of_the_target_tab() -> None:
    [only] = target_groups(Library(), "internet", ["Sơn La"], "2030")
    assert [(row.target.value, row.target.year) for row in only.rows] == [("80", "2030")]
    assert target_groups(Library(), "", ["Hà Nội"], "") == ()
    assert "Không có chỉ tiêu nào" in targets_html([], Turn(), "vi")
    assert years_of("2025, 2030 và 20311") == ["2025", "2030"]
    assert "2 provinces" in title_html(target_groups(Library(), "internet", [], "")[0], "en")


def test_the_timeline_counts_tasks_by_quarter() -> None:
    figure = timeline(select_tasks(BOTH), "vi")
    assert figure is not None
    drawn = json.loads(figure_json(figure))
    assert [(trace["name"], trace["x"], trace["y"], trace["customdata"]) for trace in drawn["data"]] == [
        ("Cao Bằng", ["2024-10-01"], [1], ["Quý 4/2024"]),
        ("Sơn La", ["2025-04-01"], [1], ["Quý 2/2025"]),
    ]
    assert drawn["config"]["displayModeBar"] is False
    assert timeline([row for row in select_tasks(BOTH) if not row.due], "vi") is None


def test_the_comparison_has_a_colour_for_each_year() -> None:
    figure = comparison(indicators(select_targets(BOTH))[0], "vi")
    assert figure is not None
    drawn = json.loads(figure_json(figure))
    assert [(trace["name"], trace["x"], trace["y"], trace["text"]) for trace in drawn["data"]] == [
        ("2025", ["Cao Bằng", "Sơn La"], [70.0, 60.0], ["70%", "&gt; 60%"]),
        ("2030", ["Sơn La"], [80.0], ["80%"]),
    ]
    assert drawn["layout"]["xaxis"]["categoryarray"] == ["Cao Bằng", "Sơn La"]
    assert "http" not in figure_json(figure)


def test_two_documents_of_one_province_are_told_apart() -> None:
    other = replace(SON_LA, id="other", meta=replace(SON_LA.meta, number="8/KH-UBND"))
    rows = [replace(row, document=other) if row.target.year == "2030" else row for row in select_targets([SON_LA])]
    figure = comparison(indicators(rows)[0], "vi")
    assert figure is not None
    assert list(figure.layout.xaxis.categoryarray) == ["Sơn La (7/KH-UBND)", "Sơn La (8/KH-UBND)"]
    worded = [replace(row, target=replace(row.target, value="gấp đôi")) for row in rows]
    assert comparison(indicators(worded)[0], "vi") is None


def test_the_document_table() -> None:
    html = documents_html(BOTH, "", Turn(), "vi")
    assert cells(html, 1)[1:] == ["Cao Bằng", "20/01/2023", "2", "1", "1", "0", f"{CAO_BANG.id}.txt"]
    assert cells(html, 2)[:3] == ["Kế hoạch 7/KH-UBND Chuyển đổi số năm 2022 Toàn văn", "Sơn La", "05/03/2022"]
    assert cells(html, 2)[6] == "1 cảnh báo Mục III: expected 9, found 10"
    newest = documents_html(BOTH, "", Turn(sort="-date"), "en")
    assert cells(newest, 1)[2] == "20 January 2023" and attributes(newest, "aria-sort") == ["descending"]
    assert ">1 document</caption>" in documents_html(BOTH, "chuyen doi 2022", Turn(), "en")
    assert "No document." in documents_html(BOTH, "xyz", Turn(), "en")


def test_hostile_documents_are_shown_as_text() -> None:
    tasks, targets = select_tasks([BAD]), select_targets([BAD])
    figures = (timeline(tasks, "vi"), comparison(indicators(targets)[0], "vi"))
    pages = [
        tasks_html(tasks, Turn(), "vi"),
        targets_html(indicators(targets), Turn(), "vi"),
        documents_html([BAD], "", Turn(), "vi"),
        title_html(indicators(targets)[0], "vi"),
        links_html([HOSTILE, HOSTILE, "", HOSTILE], "vi"),
        *(figure_json(figure) for figure in figures if figure),
    ]
    assert len(pages) == 7
    for page in pages:
        assert "<img" not in page and "<script" not in page and "<i>" not in page and "onerror" in page
