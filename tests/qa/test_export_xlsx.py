"""Workbooks, read back with openpyxl: types, texts that stay texts, the look of the sheet."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hand_plans import PLANS
from hypothesis import given, settings
from hypothesis import strategies as st
from test_export_csv import PAYLOADS

from corpus.errors import QuestionError
from qa.tables import export_xlsx
from qa.tables.export_table import Table, target_table, task_table
from qa.tables.export_xlsx import to_xlsx
from qa.tables.records import select_targets, select_tasks


def sheet(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content)).active


def test_the_sheet_of_tasks() -> None:
    held = sheet(to_xlsx(task_table(select_tasks(PLANS))))
    assert held.title == "Nhiệm vụ" and held.max_row == 6 and held.max_column == 14
    assert all(cell.font.bold for cell in held[1]) and not held["A2"].font.bold
    assert held.freeze_panes == "A2" and held.auto_filter.ref == "A1:N6"
    assert [held.cell(2, column).value for column in (1, 2, 3, 4)] == [
        "Gia Lai",
        "1331",
        "Phát triển kinh tế số",
        "Sở Kế hoạch và Đầu tư",
    ]
    assert (held["H2"].value, held["I2"].value) == (datetime(2022, 1, 1), datetime(2025, 12, 31))
    assert held["I2"].is_date and held["I2"].number_format == "dd/mm/yyyy"
    assert held["H5"].value is None  # a task that gives no first day
    assert 8 <= held.column_dimensions["A"].width < held.column_dimensions["C"].width <= 48


def test_numbers_of_targets_are_numbers() -> None:
    held = sheet(to_xlsx(target_table(select_targets(PLANS))))
    assert [(held.cell(row, 5).value, held.cell(row, 7).value) for row in (2, 3, 4)] == [
        (80, 2025),
        (250, 2030),
        (80, 2023),
    ]


@pytest.mark.parametrize("payload", [*PAYLOADS, "#N/A", "=1+1", "http://x.example", "2025-01-01", "0085", "_x0041_"])
def test_a_text_is_never_a_formula_an_error_a_date_or_a_link(payload: str) -> None:
    cell = sheet(to_xlsx(Table("t", ("a",), ((payload,),))))["A2"]
    assert cell.data_type == "s" and cell.hyperlink is None
    assert cell.value.replace("_x005F_", "_").replace("_x000D_", "\r").strip() == payload.strip()


def test_what_a_sheet_cannot_hold() -> None:
    cell = sheet(to_xlsx(Table("t", ("a", "b"), (("\x00a\x07b\ud800", "x" * 40_000),))))
    assert cell["A2"].value == "ab" and len(cell["B2"].value) == 32_767 and cell["B2"].value.endswith("…")


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_xlsx, "_MOST_ROWS", 2)
    assert to_xlsx(Table("t", ("a",), (("1",), ("2",))))
    with pytest.raises(QuestionError, match=r"3 rows: at most 2 in a sheet; use --csv"):
        to_xlsx(Table("t", ("a",), (("1",), ("2",), ("3",))))


def test_an_empty_table_is_a_sheet_with_its_heading() -> None:
    held = sheet(to_xlsx(target_table(())))
    assert held.max_row == 1 and held["A1"].value == "Tỉnh (Province)"


@settings(deadline=None)
@given(st.lists(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], codec="utf-8"), max_size=20), max_size=5))
def test_texts_come_back(texts: list[str]) -> None:
    held = sheet(to_xlsx(Table("t", ("a",), tuple((text,) for text in texts))))
    assert [(held.cell(at, 1).value or "").replace("_x005F_", "_") for at in range(2, len(texts) + 2)] == texts


@settings(deadline=None)
@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_dates_come_back(day: date) -> None:
    assert sheet(to_xlsx(Table("t", ("a",), ((day,),))))["A2"].value.date() == day
