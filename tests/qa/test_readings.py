"""Dates, periods and subjects read off the sentences of plans; what a passage's record is."""

from __future__ import annotations

import pytest

from corpus.types import Passage, Task
from qa.answers.periods import day_of_period, period
from qa.answers.records_of import duty_under_heading, in_role, row_task
from qa.answers.stated_dates import part_about, stated_date
from qa.answers.stating import Topic
from qa.answers.subjects import partners, subject


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gửi về Sở Nội vụ trước ngày 31/3/2026 để tổng hợp", "trước ngày 31/3/2026"),
        ("theo Quyết định số 749/QĐ-TTg ngày 03/6/2020", ""),
        (
            "trong 10 ngày làm việc (từ ngày 08 đến ngày 10 tháng 12 năm 2025)",
            "từ ngày 08 đến ngày 10 tháng 12 năm 2025",
        ),
        ("xử lý trong 24-48 giờ sau khi nước rút.", "trong 24-48 giờ sau khi nước rút"),
        ("thực hiện thường xuyên", ""),
        ("cập nhật trước 10 giờ sáng ngày làm việc tiếp theo.", "trước 10 giờ sáng ngày làm việc tiếp theo"),
    ],
)
def test_stated_dates(text: str, said: str) -> None:
    assert stated_date(text) == said


def test_how_often_and_by_which_day() -> None:
    assert period("định kỳ hàng quý, 6 tháng, năm hoặc đột xuất theo yêu cầu tổng hợp") == (
        "định kỳ hàng quý, 6 tháng, năm hoặc đột xuất theo yêu cầu"
    )
    assert day_of_period("kết quả trước ngày 15/11 hằng năm") == "trước ngày 15/11 hằng năm"
    assert day_of_period("trước ngày 31/3/2026") == ""  # one day, no day of a period
    both = "định kỳ hàng tháng (trước ngày 18 hàng tháng), 6 tháng (trước ngày 18/5)"
    assert day_of_period(both, "what day of each month is it due") == "trước ngày 18 hàng tháng"
    assert day_of_period(both, "bao cao 6 thang nop khi nao") == "trước ngày 18/5"
    assert day_of_period("báo cáo (trước ngày 30 tháng 01 năm sau)") == "trước ngày 30 tháng 01 năm sau"
    assert day_of_period("gửi từ ngày 10 đến ngày 15 tháng 12.") == "từ ngày 10 đến ngày 15 tháng 12"
    assert day_of_period("từ ngày 10 đến ngày 15 tháng 12 năm 2025") == ""


def test_checks_from_time_to_time_and_without_end() -> None:
    assert period("thanh tra theo định kỳ hoặc đột xuất đối với các tổ chức") == "theo định kỳ hoặc đột xuất"
    assert period("thông tin liên tục hàng ngày trên báo") == "liên tục hàng ngày"


def test_the_year_of_a_law_is_no_date() -> None:
    assert stated_date("theo quy định của Luật Tài nguyên nước năm 2023") == ""


def test_the_part_of_a_deadline_that_is_asked_about() -> None:
    party, office = Topic("Đảng", ("đảng",), 1.0), Topic("cơ quan nhà nước", ("cơ quan nhà nước",), 1.0)
    written = "năm 2025 tại cơ quan nhà nước; năm 2028 tại cơ quan Đảng"
    assert part_about([party], written) == "năm 2028 tại cơ quan Đảng"
    assert part_about([party, office], written) == written  # each is asked about
    assert part_about([party], "trước tháng 6/2025; thường xuyên") == "trước tháng 6/2025; thường xuyên"


def test_the_agencies_that_a_sentence_begins_with() -> None:
    assert subject("- Các Trung tâm y tế giám sát tuyến xã") == ("Các Trung tâm y tế",)
    assert subject("Triển khai mạng 5G tại khu đô thị") == ()
    assert partners("Phối hợp với Sở Y tế, Sở Nội vụ kiểm tra") == ("Sở Y tế", "Sở Nội vụ")


def _passage(text: str, kind: str, headings: tuple[str, ...] = (), columns: tuple[str, ...] = ()) -> Passage:
    return Passage("p", "d", "s", kind, text, 0, len(text), headings, columns, "", "", 1)


def test_a_bullet_under_an_agency_is_its_duty() -> None:
    duty = duty_under_heading(_passage("- Báo cáo hàng tháng kết quả.", "assignment", ("5. UBND các xã, phường:",)))
    assert duty is not None and duty.lead == ("UBND các xã, phường",) and duty.task == "Báo cáo hàng tháng kết quả."
    assert duty_under_heading(_passage("- Báo cáo.", "assignment", ("II. Mục tiêu",))) is None


def test_the_owner_of_a_row_stands_in_its_column() -> None:
    task = row_task(_passage("3 | Tỷ lệ X đạt 80% | Công an tỉnh", "target", (), ("TT", "Chỉ tiêu", "Đơn vị chủ trì")))
    assert task is not None and task.lead == ("Công an tỉnh",)


def _duty(words: str) -> Task:
    return Task("d", "s", "p", words, ("Sở Y tế",), (), (), "", "", "", "", "", 0, 1, "prose")


def test_a_duty_to_cooperate_is_a_role() -> None:
    assert in_role(_duty("Phối hợp với các sở"), ()).coordinating == ("Sở Y tế",)
    assert in_role(_duty("Chỉ đạo các đơn vị"), {"directing"}).directing == ("Sở Y tế",)
    assert in_role(_duty("Chỉ đạo các đơn vị"), {"what_to_do"}).lead == ("Sở Y tế",)
    assert in_role(_duty("Chủ trì xây dựng"), ()).lead == ("Sở Y tế",)
