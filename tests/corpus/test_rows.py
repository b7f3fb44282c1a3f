"""Columns, labels and cells of task tables."""

from __future__ import annotations

import pytest

from corpus.blocks import Block
from corpus.labels import attribute, column_role, roles_inside
from corpus.rows import row_roles, row_values
from corpus.table_merge import Row


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("STT", "ordinal"),
        ("Thứ tự công việc", "ordinal"),
        ("Đơn vị chủ trì", "lead"),
        ("Cơ quan thực hiện - Chủ trì", "lead"),
        ("Trách nhiệm", "lead"),
        ("Đơn vị chủ trì, phối hợp", "lead"),
        ("Cơ quan thực hiện - Phối hợp", "coordinating"),
        ("Đơn vị chỉ đạo thực hiện", "directing"),
        ("Thời hạn hoàn thành", "deadline"),
        ("Nội dung công việc", "task"),
        ("Sản phẩm", "note"),
        ("Địa điểm thực hiện", "note"),
        ("Kinh phí thực hiện", "note"),
        ("Xã, phường", None),
    ],
)
def test_column_roles(name: str, role: str | None) -> None:
    assert column_role(name) == role


def test_a_task_column_without_a_telling_name() -> None:
    assert row_roles(["TT", "Tên văn kiện", "Chủ trì"]) == ["ordinal", "task", "lead"]


@pytest.mark.parametrize(
    ("line", "role", "value"),
    [
        ("+ Cơ quan thực hiện: Sở Nội vụ.", "lead", "Sở Nội vụ."),
        ("Đơn vị chủ trì tham mưu thực hiện: Sở Tư pháp.", "lead", "Sở Tư pháp."),
        ("- Đơn vị phối hợp: Sở Y tế", "coordinating", "Sở Y tế"),
        ("Thời hạn hoàn thành: Quý I/2025.", "deadline", "Quý I/2025."),
    ],
)
def test_labelled_lines(line: str, role: str, value: str) -> None:
    found = attribute(line)
    assert found is not None
    assert found[:2] == (role, value)
    assert line[found[2] :] == value


def test_a_sentence_with_a_colon_is_no_label() -> None:
    assert attribute("- Sở Y tế có trách nhiệm thực hiện các việc sau: báo cáo") is None


def test_roles_told_apart_inside_a_cell() -> None:
    assert roles_inside("- Chủ trì: Sở A - Phối hợp: Sở B, Sở C") == {"lead": "Sở A", "coordinating": "Sở B, Sở C"}
    assert roles_inside("Sở A") == {}


def values(columns: list[str], cells: list[str], span: tuple[tuple[int, str], ...] = ()) -> dict[str, str]:
    row = Row(tuple(cells), 1, False, span)
    return {**row_values(Block(" | ".join(cells), 1, row=row, columns=tuple(columns)))}


COLUMNS = ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"]


def test_a_row() -> None:
    found = values(COLUMNS, ["1", "Tổng hợp báo cáo", "Sở A", "", "2025"])
    assert found == {"ordinal": "1", "task": "Tổng hợp báo cáo", "lead": "Sở A", "deadline": "2025"}


def test_a_cell_under_a_merged_one() -> None:
    assert values(COLUMNS, ["2", "Việc", "", "Sở B", "2025"], ((2, "Sở A"),))["lead"] == "Sở A"


@pytest.mark.parametrize(
    "cells",
    [
        ["1", "……………", "……………", "", "……"],
        ["", "Tổng cộng", "Sở A", "", "12 ngày"],
        ["Tổng thời gian", "", "", "", "12 ngày"],
        ["1", "Việc không ai làm", "", "", "2025"],
    ],
)
def test_rows_that_list_no_task(cells: list[str]) -> None:
    assert values(COLUMNS, cells) == {}


def test_one_column_for_lead_and_coordinating() -> None:
    found = values(["TT", "Nhiệm vụ", "Đơn vị chủ trì, phối hợp"], ["1", "Việc", "Sở A (chủ trì), Sở B"])
    assert (found["lead"], found["coordinating"]) == ("Sở A", "Sở B")
