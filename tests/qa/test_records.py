"""Selecting tasks and targets: each filter alone and together, order, nothing lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hand_plans import PLANS, SON_LA, document, task
from hypothesis import given
from hypothesis import strategies as st

from qa.engine import Engine
from qa.tables.records import TargetQuery, TaskQuery, TaskRow, select_targets, select_tasks


def said(rows: Sequence[TaskRow]) -> list[str]:
    return [row.task.task for row in rows]


KINH_TE, CONG, KHO, TAP_HUAN, BAO_CAO = (
    "Phát triển kinh tế số",
    "Vận hành cổng dữ liệu",
    "Xây dựng kho dữ liệu",
    "Tập huấn an toàn thông tin",
    "Báo cáo kết quả",
)


def test_without_a_filter_every_task_comes_by_province_and_place() -> None:
    assert said(select_tasks(PLANS)) == [KINH_TE, CONG, KHO, TAP_HUAN, BAO_CAO]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (TaskQuery(agency="Sở Nội vụ"), [CONG, KHO]),
        (TaskQuery(agency="so noi vu"), [CONG, KHO]),
        (TaskQuery(agency="Sở Nội vụ tỉnh Sơn La"), [KHO]),
        (TaskQuery(agency="Sở Nội vụ", collective=True), [CONG, KHO, BAO_CAO]),
        (TaskQuery(agency="Sở Thông tin và Truyền thông"), [KHO, TAP_HUAN]),
        (TaskQuery(agency="Sở TT&TT", role="lead"), [TAP_HUAN]),
        (TaskQuery(agency="Sở TT&TT", role="coordinating"), [KHO]),
        (TaskQuery(agency="Sở Khoa học và Công nghệ"), [KHO, TAP_HUAN]),
        (TaskQuery(agency="Sở Tài chính"), [KINH_TE]),
        (TaskQuery(agency="Ban Chỉ đạo Chuyển đổi số", role="directing"), [KINH_TE]),
        (TaskQuery(agency="Ban Chỉ đạo Chuyển đổi số", role="lead"), []),
        (TaskQuery(agency="UBND huyện"), [KHO]),
        (TaskQuery(agency="Công an tỉnh"), []),
        (TaskQuery(text="dữ liệu"), [CONG, KHO]),
        (TaskQuery(text="du lieu KHO"), [KHO]),
        (TaskQuery(text="nhân lực"), [TAP_HUAN]),  # its heading
        (TaskQuery(text="dữ liêu"), []),  # with marks, the marks count
        (TaskQuery(due_to=date(2023, 5, 31)), [TAP_HUAN]),
        (TaskQuery(due_to=date(2023, 5, 30)), []),
        (TaskQuery(due_from=date(2025, 7, 1)), [KINH_TE, CONG]),
        (TaskQuery(due_from=date(2025, 7, 1), due_to=date(2025, 7, 1)), [CONG]),  # due on its first day
        (TaskQuery(overdue_at=date(2023, 5, 31)), []),
        (TaskQuery(overdue_at=date(2023, 6, 1)), [TAP_HUAN]),
        (TaskQuery(overdue_at=date(2030, 1, 1)), [KINH_TE, TAP_HUAN]),  # a beginning alone is never over
        (TaskQuery(recurrence="quarterly"), [BAO_CAO]),
        (TaskQuery(sources=("table",)), [KINH_TE, CONG]),
        (TaskQuery(sources=("lines", "prose")), [KHO, TAP_HUAN, BAO_CAO]),
        (TaskQuery(agency="Sở Nội vụ", text="kho"), [KHO]),
        (TaskQuery(sort="deadline"), [TAP_HUAN, CONG, KINH_TE, KHO, BAO_CAO]),
    ],
)
def test_tasks_by(query: TaskQuery, expected: list[str]) -> None:
    assert said(select_tasks(PLANS, query)) == expected


def test_a_row_has_its_passage_and_the_names_that_matched() -> None:
    row = select_tasks(PLANS, TaskQuery(agency="Sở Khoa học và Công nghệ", text="kho"))[0]
    assert (row.passage.id, row.matched, row.due) == ("292-1", ("Sở TT&TT",), None)
    record = row.to_json()
    assert record["citation"] == "dòng 1 292" and record["province"] == "Sơn La" and record["lead"] == ["Sở Nội vụ"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (TargetQuery(), ["80", "250", "80"]),
        (TargetQuery(text="dien thoai"), ["80"]),
        (TargetQuery(years=("2023", "2030")), ["250", "80"]),
        (TargetQuery(unit="Doanh nghiệp"), ["250"]),
        (TargetQuery(text="điện thoại", years=("2030",)), []),
    ],
)
def test_targets_by(query: TargetQuery, expected: list[str]) -> None:
    assert [row.target.value for row in select_targets(PLANS, query)] == expected


def test_a_plan_of_after_the_merger_names_the_successor() -> None:
    new = document("Sơn La", "1", "2025-04-01", (task("Mới", lead=("Sở Khoa học và Công nghệ",)),))
    old = document("Sơn La", "2", "2024-04-01", (task("Cũ", lead=("Sở Khoa học và Công nghệ",)),))
    assert said(select_tasks([new, old], TaskQuery(agency="Sở TT&TT"))) == ["Mới"]
    assert said(select_tasks([new, old], TaskQuery(agency="Sở Khoa học và Công nghệ"))) == ["Mới", "Cũ"]


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_words_select_something_or_nothing(agency: str, text: str) -> None:
    rows = select_tasks([SON_LA], TaskQuery(agency=agency, text=text))
    assert {row.task for row in rows} <= set(SON_LA.all_tasks)


@given(st.dates(date(2020, 1, 1), date(2032, 1, 1)))
def test_every_dated_task_is_due_before_a_day_or_from_it_on(day: date) -> None:
    before = select_tasks(PLANS, TaskQuery(due_to=day))
    after = select_tasks(PLANS, TaskQuery(due_from=day))
    both = select_tasks(PLANS, TaskQuery(due_from=day, due_to=day))
    assert len(before) + len(after) - len(both) == 3


def test_tasks_of_the_shipped_plans(engine: Engine) -> None:
    rows = select_tasks(engine.documents())
    assert len(rows) == sum(len(document.all_tasks) for document in engine.documents())
    decided = select_tasks(engine.documents(), TaskQuery(agency="Sở Nội vụ", text="tiêu chí", role="lead"))
    assert [row.task.deadline for row in decided] == ["tháng 12/2024"]
    early = select_tasks(engine.documents(), TaskQuery(due_to=date(2025, 5, 31), due_from=date(2025, 5, 1)))
    assert len(early) == 10 and {row.document.meta.number for row in early} == {"2043/QĐ-UBND"}
