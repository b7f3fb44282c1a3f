"""Deadlines as plans write them, and the days they mean."""

from __future__ import annotations

import pytest

from corpus.deadlines import read_deadline


@pytest.mark.parametrize(
    ("text", "start", "end", "recurrence"),
    [
        ("trước ngày 15/6/2025", "", "2025-06-14", ""),
        ("Trước 30/11/2025", "", "2025-11-29", ""),
        ("Hoàn thành trước 31/12/2025", "", "2025-12-30", ""),
        ("chậm nhất ngày 30 tháng 6 năm 2026", "", "2026-06-30", ""),
        ("Quý II/2026", "2026-04-01", "2026-06-30", ""),
        ("quý 3 năm 2025", "2025-07-01", "2025-09-30", ""),
        ("Quý I, II/2026", "2026-01-01", "2026-06-30", ""),
        ("trước quý II/2026", "", "2026-03-31", ""),
        ("tháng 10 hàng năm", "", "", "yearly"),
        ("hằng quý", "", "", "quarterly"),
        ("Hàng tháng", "", "", "monthly"),
        ("6 tháng đầu năm 2025", "2025-01-01", "2025-06-30", ""),
        ("6 tháng đầu năm", "", "", ""),
        ("năm 2024 và thực hiện thường xuyên", "2024-01-01", "2024-12-31", "continuous"),
        ("thường xuyên", "", "", "continuous"),
        ("2022 - 2025", "2022-01-01", "2025-12-31", ""),
        ("giai đoạn 2026-2030", "2026-01-01", "2030-12-31", ""),
        ("Từ năm 2025 đến năm 2027", "2025-01-01", "2027-12-31", ""),
        ("Từ 01/7/2025", "2025-07-01", "", ""),
        ("đến năm 2030", "", "2030-12-31", ""),
        ("tháng 11, 12/2025", "2025-11-01", "2025-12-31", ""),
        ("Tháng 11 - 12/2025", "2025-11-01", "2025-12-31", ""),
        ("Từ tháng 11/2025 đến khi kết thúc kiểm kê", "2025-11-01", "", ""),
        ("từ ngày 08 đến ngày 10 tháng 12 năm 2025", "2025-12-08", "2025-12-10", ""),
        ("từ ngày 15/12 đến hết ngày 15/01/2026", "2025-12-15", "2026-01-15", ""),
        ("từ ngày 20 tháng 11 năm 2025 đến ngày 03 tháng 12 năm 2025", "2025-11-20", "2025-12-03", ""),
        ("hoàn thành trong tháng 11/2025", "", "2025-11-30", ""),
        ("tháng 2/2024", "2024-02-01", "2024-02-29", ""),
        ("sau 30 ngày", "", "", ""),
        ("31/02/2025", "", "", ""),
        ("theo Kế hoạch số 50/KH-UBND ngày 12/7/2022", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_deadlines(text: str, start: str, end: str, recurrence: str) -> None:
    found = read_deadline(text)
    assert found.text == text
    assert (found.start, found.end, found.recurrence) == (start, end, recurrence)
