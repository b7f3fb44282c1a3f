"""Duties that stand inside a paragraph, and the time limits of running text."""

from __future__ import annotations

import pytest

from corpus.duties import duty_of, says_nothing
from corpus.handed_out import handed_out
from corpus.read import parse
from corpus.source import Source
from corpus.time_limits import deadline_in


@pytest.mark.parametrize(
    ("text", "lead", "coordinating", "what"),
    [
        (
            "Trên cơ sở kết quả thực hiện các chỉ tiêu, giao Sở Y tế thành lập đoàn kiểm tra, xếp loại.",
            ("Sở Y tế",), (), "thành lập đoàn kiểm tra, xếp loại.",
        ),
        (
            "Kế hoạch có hiệu lực từ ngày ký. Ủy ban nhân dân tỉnh giao Sở Tư pháp chủ trì, phối hợp với Sở Nội vụ, "
            "Công an tỉnh theo dõi việc thực hiện. Kinh phí do ngân sách bảo đảm.",
            ("Sở Tư pháp",), ("Sở Nội vụ", "Công an tỉnh"),
            "chủ trì, phối hợp với Sở Nội vụ, Công an tỉnh theo dõi việc thực hiện.",
        ),
        (
            "Sở Y tế rà soát danh mục, đồng thời phân công Trung tâm Y tế quản lý kho thuốc.",
            ("Trung tâm Y tế",), (), "quản lý kho thuốc.",
        ),
        (
            "Rà soát danh mục; đồng thời giao Công an tỉnh kiểm tra việc khai báo.",
            ("Công an tỉnh",), (), "kiểm tra việc khai báo.",
        ),
        (
            "Kết quả được công khai. Sở Công Thương là cơ quan chủ trì, tổng hợp kết quả của các đơn vị.",
            ("Sở Công Thương",), (), "là cơ quan chủ trì, tổng hợp kết quả của các đơn vị.",
        ),
        (
            "Các cơ quan, đơn vị được giao nhiệm vụ trong Kế hoạch và tại Phụ lục kèm theo có trách nhiệm báo cáo hằng "
            "năm.",
            ("Các cơ quan, đơn vị được giao nhiệm vụ",), (), "có trách nhiệm báo cáo hằng năm.",
        ),
        (
            "Mở tài khoản và phát hành thẻ: Ủy ban nhân dân xã, phường phối hợp với các ngân hàng mở thẻ cho dân.",
            ("Ủy ban nhân dân xã, phường",), ("các ngân hàng",),
            "phối hợp với các ngân hàng mở thẻ cho dân.",
        ),
        (
            "Sở Công Thương chủ trì, phối hợp với các Sở, ngành; UBND các xã; các đơn vị triển khai Kế hoạch.",
            ("Sở Công Thương",), ("các Sở, ngành", "UBND các xã", "các đơn vị"),
            "chủ trì, phối hợp với các Sở, ngành; UBND các xã; các đơn vị triển khai Kế hoạch.",
        ),
    ],
)  # fmt: skip
def test_what_a_sentence_hands_out(text: str, lead: tuple[str, ...], coordinating: tuple[str, ...], what: str) -> None:
    found = [(duty.lead, duty.coordinating, duty.what) for _, duty in handed_out(text)]
    assert found == [(lead, coordinating, what)]


@pytest.mark.parametrize(
    "text",
    [
        "Hoàn thành nhiệm vụ được Ủy ban nhân dân tỉnh giao Sở Y tế chủ trì thực hiện.",
        "Hệ thống đang giao Sở Xây dựng quản lý trước thời điểm phân cấp.",
        "Kiện toàn Ban Chỉ đạo, phân công nhiệm vụ cho các cơ quan thành viên theo dõi địa bàn.",
        "Ủy ban nhân dân tỉnh giao đất cho Sở Y tế quản lý theo quy định.",
        "Giám đốc các Ban; Sở, ngành có liên quan; Chủ tịch Ủy ban nhân dân các xã tổ chức thực hiện.",
        "Các tổ chức hành nghề công chứng trên địa bàn thành phố.",
        "Giám đốc các sở. Chủ tịch Ủy ban nhân dân các xã chịu trách nhiệm thi hành Quyết định này.",
    ],
)
def test_what_hands_nothing_out(text: str) -> None:
    assert list(handed_out(text)) == []


def test_every_duty_of_a_paragraph_names_its_own_agency() -> None:
    head = "KẾ HOẠCH\nVề chuyển đổi số của tỉnh năm 2025\n\nI. TỔ CHỨC THỰC HIỆN\n\n"
    body = (
        "1. Sở Nội vụ chủ trì, phối hợp với Sở Tài chính xây dựng dự toán trước ngày 15/6/2025. Ủy ban nhân dân tỉnh "
        "giao Sở Y tế phối hợp với Công an tỉnh kiểm tra, báo cáo hoàn thành trong quý IV năm 2025.\n\n"
        "2. Các sở, ngành tiếp tục rà soát, cập nhật danh mục dịch vụ công trực tuyến của đơn vị mình."
    )
    document = parse(Source("plan.txt", "txt", "0" * 64, head + body))
    found = [(task.lead, task.coordinating, task.deadline_end) for task in document.duties]
    assert found == [
        (("Sở Nội vụ",), ("Sở Tài chính",), "2025-06-14"),
        (("Sở Y tế",), ("Công an tỉnh",), "2025-12-31"),
        (("Các sở, ngành",), (), ""),
    ]
    assert {task.source for task in document.duties} == {"prose"}


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("- Sở Tư pháp là cơ quan thường trực, chủ trì theo dõi việc thực hiện.", ("Sở Tư pháp",)),
        ("Căn cứ Kế hoạch này, các sở, ngành xây dựng kế hoạch chi tiết.", ("các sở, ngành",)),
        (
            "Theo nội dung Chương trình phòng, chống ma túy của Bộ Công an, các Sở, ngành tổ chức quán triệt.",
            ("các Sở, ngành",),
        ),
        ("Các Sở, ngành, UBND các xã kiện toàn đội ngũ cán bộ pháp chế.", ("Các Sở, ngành", "UBND các xã")),
        ("Các cơ quan, tổ chức chủ trì soạn thảo đề án của tỉnh.", ("Các cơ quan, tổ chức",)),
        ("Các sở, ban, ngành theo chức năng, nhiệm vụ có trách nhiệm báo cáo.", ("Các sở, ban, ngành",)),
        ("Phân công Sở Y tế chủ trì tổng hợp kết quả của các đơn vị.", ("Sở Y tế",)),
    ],
)
def test_agencies_at_the_head_of_a_sentence(text: str, lead: tuple[str, ...]) -> None:
    duty = duty_of(text)
    assert duty is not None
    assert duty.lead == lead


def test_a_heading_s_agency_comes_before_one_behind_the_ground() -> None:
    head = "KẾ HOẠCH\nVề chuyển đổi số của tỉnh năm 2025\n\nI. TỔ CHỨC THỰC HIỆN\n\n1. Các sở, ban, ngành\n\n"
    body = (
        "- Căn cứ tình hình cụ thể, các cơ quan, đơn vị đưa các nhiệm vụ vào kế hoạch năm.\n\n- Đề nghị khen thưởng: "
    )
    document = parse(
        Source("plan.txt", "txt", "0" * 64, head + body + "Không quá 05 cá nhân của mỗi đơn vị.\n" + "x" * 99)
    )
    assert [task.lead for task in document.duties] == [("Các sở, ban, ngành",)]


def test_partners_alone_are_no_work() -> None:
    assert says_nothing("chủ trì, phối hợp với các sở, ngành và Công an tỉnh.")
    assert duty_of("Yêu cầu các sở, ngành nghiêm túc triển khai thực hiện Kế hoạch này./.") is None
    assert not says_nothing("chủ trì, phối hợp với các sở, ngành xây dựng đề án.")


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("xây dựng kế hoạch (hoàn thành trong tháng 11/2025) gửi về Công an tỉnh", "hoàn thành trong tháng 11/2025"),
        ("rà soát công trình, hoàn thành trước ngày 30/11/2025 và báo cáo", "hoàn thành trước ngày 30/11/2025"),
        ("hoàn thành trong quý IV năm 2025.", "hoàn thành trong quý IV năm 2025"),
        (
            "cao điểm (từ ngày 20 tháng 11 năm 2025 đến ngày 03 tháng 12 năm 2025);",
            "từ ngày 20 tháng 11 năm 2025 đến ngày 03 tháng 12 năm 2025",
        ),
        ("báo cáo chậm nhất ngày 15/12 hằng năm để tổng hợp", "chậm nhất ngày 15/12 hằng năm"),
        (
            "Định kỳ hàng năm hoặc đột xuất (khi có yêu cầu) gửi báo cáo",
            "Định kỳ hàng năm hoặc đột xuất (khi có yêu cầu)",
        ),
        (
            "định kỳ hằng quý (trước ngày 20 của tháng cuối quý), báo cáo",
            "định kỳ hằng quý (trước ngày 20 của tháng cuối quý)",
        ),
        ("báo cáo định kỳ 6 tháng, hằng năm về Sở", "định kỳ 6 tháng, hằng năm"),
        ("Tổng hợp kết quả. Hằng năm, tổ chức kiểm tra.", "Hằng năm"),
        (
            "công khai chậm nhất 03 ngày làm việc kể từ ngày ban hành Quyết định.",
            "chậm nhất 03 ngày làm việc kể từ ngày ban hành Quyết định",
        ),
        ("bố trí kinh phí trong dự toán hằng năm của đơn vị", ""),
        ("đạt 50% xã không có ma túy vào năm 2030", ""),
        ("định kỳ báo cáo theo quy định", ""),
    ],
)  # fmt: skip
def test_time_limits_of_running_text(text: str, limit: str) -> None:
    assert deadline_in(text) == limit
