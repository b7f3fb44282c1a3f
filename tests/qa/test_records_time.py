"""Words for a time, read on Friday 14 March 2025."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.tables.time_words import Period, asks_overdue, read_time

TODAY = date(2025, 3, 14)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("trước tháng 6/2025", "", "2025-05-31"),
        ("việc nào phải xong trước tháng 6/2025?", "", "2025-05-31"),
        ("truoc thang 6 nam 2025", "", "2025-05-31"),
        ("trước ngày 01/7/2025", "", "2025-06-30"),
        ("chậm nhất là ngày 30 tháng 6 năm 2025", "", "2025-06-30"),
        ("trong quý III năm 2025", "2025-07-01", "2025-09-30"),
        ("quý 3/2025", "2025-07-01", "2025-09-30"),
        ("quý I và II năm 2025", "2025-01-01", "2025-06-30"),
        ("cuối quý II/2025", "2025-06-30", "2025-06-30"),
        ("năm nay", "2025-01-01", "2025-12-31"),
        ("năm ngoái", "2024-01-01", "2024-12-31"),
        ("tháng này", "2025-03-01", "2025-03-31"),
        ("tháng sau", "2025-04-01", "2025-04-30"),
        ("tuần này", "2025-03-10", "2025-03-16"),
        ("quý này", "2025-01-01", "2025-03-31"),
        ("tháng 2", "2025-02-01", "2025-02-28"),
        ("tháng 5 năm sau", "2026-05-01", "2026-05-31"),
        ("6 tháng tới", "2025-03-14", "2025-09-14"),
        ("sáu tháng tới", "2025-03-14", "2025-09-14"),
        ("6 tháng đầu năm 2025", "2025-01-01", "2025-06-30"),
        ("6 tháng cuối năm", "2025-07-01", "2025-12-31"),
        ("đến hết năm 2025", "", "2025-12-31"),
        ("trước cuối năm nay", "", "2025-12-31"),
        ("sau năm 2025", "2026-01-01", ""),
        ("từ tháng 3 đến tháng 6/2025", "2025-03-01", "2025-06-30"),
        ("từ năm 2022 đến năm 2025", "2022-01-01", "2025-12-31"),
        ("giai đoạn 2022-2025", "2022-01-01", "2025-12-31"),
        ("đã quá hạn", "", "2025-03-13"),
        ("việc nào đã qua hạn?", "", "2025-03-13"),
        ("việc nào chưa đến hạn", "2025-03-14", ""),
        ("before June 2025", "", "2025-05-31"),
        ("this year", "2025-01-01", "2025-12-31"),
        ("next quarter", "2025-04-01", "2025-06-30"),
        ("by the end of 2025", "", "2025-12-31"),
        ("by the end of the year", "", "2025-12-31"),
        ("before the end of next month", "", "2025-04-30"),
        ("no later than 30 June 2025", "", "2025-06-30"),
        ("June 1, 2025", "2025-06-01", "2025-06-01"),
        ("third quarter of 2026", "2026-07-01", "2026-09-30"),
        ("in Q3 2025", "2025-07-01", "2025-09-30"),
        ("due in May", "2025-05-01", "2025-05-31"),
        ("within 90 days", "2025-03-14", "2025-06-12"),
        ("the next two weeks", "2025-03-14", "2025-03-28"),
        ("between 2022 and 2025", "2022-01-01", "2025-12-31"),
        ("from June 2025 to March 2026", "2025-06-01", "2026-03-31"),
        ("overdue", "", "2025-03-13"),
        ("2025-06-30", "2025-06-30", "2025-06-30"),
    ],
)
def test_times(words: str, first: str, last: str) -> None:
    found = read_time(words, TODAY)
    assert found is not None
    assert tuple(str(day or "") for day in found) == (first, last)


@pytest.mark.parametrize(
    "words",
    ["", "Sở Nội vụ phải làm gì?", "tháng 13/2025", "30/02/2025", "Quyết định 2043/QĐ-UBND", "Việt Nam", "may I ask"],
)
def test_no_time(words: str) -> None:
    assert read_time(words, TODAY) is None


def test_overdue_is_asked_for() -> None:
    assert [asks_overdue(words) for words in ("việc nào trễ hạn?", "what is overdue?", "chưa quá hạn", "hạn cuối")] == [
        True,
        True,
        False,
        False,
    ]


@given(st.text(max_size=80), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_any_words_are_read_or_not(words: str, today: date) -> None:
    found = read_time(words, today)
    assert found is None or found.first is None or found.last is None or found.first <= found.last


@given(st.dates(date(2000, 1, 1), date(2049, 12, 31)))
def test_a_day_in_every_form_is_that_day(day: date) -> None:
    forms = (
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"ngày {day.day:02} tháng {day.month:02} năm {day.year}",
        f"{day.day} {day:%B} {day.year}",
    )
    assert {read_time(form, TODAY) for form in forms} == {Period(day, day)}
