"""Duties in running text."""

from __future__ import annotations

import pytest

from corpus.duties import agency_of_heading, coordinating_in, duty_of, duty_under
from corpus.time_limits import deadline_in


@pytest.mark.parametrize(
    ("text", "lead", "coordinating", "deadline"),
    [
        ("2. Sở Tài chính: Tham mưu bố trí kinh phí thực hiện.", ("Sở Tài chính",), (), ""),
        ("Chủ tịch UBND các xã trực tiếp chỉ đạo việc di dời chợ.", ("Chủ tịch UBND các xã",), (), ""),
        ("Căn cứ tình hình, Hiệu trưởng các trường chịu trách nhiệm mua sách.", ("Hiệu trưởng các trường",), (), ""),
        ("Hội đồng thi họp định kỳ 06 tháng một lần.", ("Hội đồng thi",), (), "định kỳ 06 tháng một lần"),
        (
            "- Giao Sở Khoa học và Công nghệ chủ trì, phối hợp với Sở Giáo dục và Đào tạo, Công an tỉnh tập huấn.",
            ("Sở Khoa học và Công nghệ",),
            ("Sở Giáo dục và Đào tạo", "Công an tỉnh"),
            "",
        ),
        (
            "UBND các xã, phường báo cáo", (), (), "",
        ),
        (
            "Các sở, ban, ngành; UBND các xã có trách nhiệm báo cáo kết quả trước ngày 15/12/2025.",
            ("Các sở, ban, ngành", "UBND các xã"), (), "trước ngày 15/12/2025",
        ),
        (
            "Chủ tịch UBND tỉnh yêu cầu Thủ trưởng các sở, ngành tổ chức quán triệt Chỉ thị.",
            ("Thủ trưởng các sở, ngành",), (), "",
        ),
    ],
)  # fmt: skip
def test_duties(text: str, lead: tuple[str, ...], coordinating: tuple[str, ...], deadline: str) -> None:
    duty = duty_of(text)
    if not lead:
        assert duty is None
        return
    assert duty is not None
    assert (duty.lead, duty.coordinating, duty.deadline) == (lead, coordinating, deadline)


@pytest.mark.parametrize(
    "text",
    [
        "Ban hành kèm theo Quyết định này Quy chế quản lý.",
        "Chánh Văn phòng UBND tỉnh, Giám đốc các Sở chịu trách nhiệm thi hành Quyết định này.",
        "Tổ chức tuyên truyền: thực hiện trên các phương tiện thông tin.",
        "Trường hợp cần thiết, báo cáo cấp có thẩm quyền.",
        "Ủy ban nhân dân tỉnh phân cấp thẩm quyền cho Sở Tư pháp quyết định các việc sau:",
    ],
)
def test_what_is_no_duty(text: str) -> None:
    assert duty_of(text) is None


@pytest.mark.parametrize(
    ("heading", "agencies"),
    [
        ("2. Sở Y tế", ("Sở Y tế",)),
        ("- Giao Công an tỉnh:", ("Công an tỉnh",)),
        ("Các sở, ban, ngành và UBND các xã", ("Các sở, ban, ngành", "UBND các xã")),
        ("2. Tổ chức thực hiện", ()),
        ("Sở Y tế tổ chức thực hiện các nhiệm vụ sau", ()),
        ("Điều 21. Trách nhiệm của Sở Tài chính", ("Sở Tài chính",)),
        ("Nhiệm vụ, quyền hạn của Chi cục Thuế và Công an tỉnh", ("Chi cục Thuế", "Công an tỉnh")),
        ("2. Trách nhiệm của Trưởng các tổ chức hành nghề công chứng", ("Trưởng các tổ chức hành nghề công chứng",)),
        ("Nhiệm vụ của năm 2025", ()),
        ("Sở Công Thương có nhiệm vụ", ("Sở Công Thương",)),
    ],
)
def test_headings_that_are_agencies(heading: str, agencies: tuple[str, ...]) -> None:
    assert agency_of_heading(heading) == agencies


def test_a_duty_under_its_heading() -> None:
    duty = duty_under("- Chủ trì xây dựng cơ sở dữ liệu, hoàn thành trong quý III/2025.", ("Sở Y tế",))
    assert duty is not None
    assert (duty.lead, duty.deadline) == (("Sở Y tế",), "hoàn thành trong quý III/2025")
    assert duty_under("Trên đây là Kế hoạch của Ủy ban nhân dân tỉnh.", ("Sở Y tế",)) is None


def test_coordinating_and_deadline() -> None:
    assert coordinating_in("phối hợp chặt chẽ với các sở, ngành liên quan rà soát danh mục") == (
        "các sở, ngành liên quan",
    )
    assert coordinating_in("Xây dựng kế hoạch") == ()
    assert deadline_in("Định kỳ hằng quý báo cáo UBND tỉnh") == "Định kỳ hằng quý"


def test_what_is_told_to_others_is_no_duty_of_those_others() -> None:
    assert duty_of("Căn cứ nhiệm vụ được giao, chỉ đạo các trường tiểu học, các trường mầm non mở lớp bơi.") is None
