"""Clauses that hold several tasks, each with its own lines of who and when."""

from __future__ import annotations

from corpus.read import parse
from corpus.source import Source
from corpus.types import Document, Task

HEAD = """ỦY BAN NHÂN DÂN
TỈNH THANH SƠN

Số: 12/KH-UBND

Thanh Sơn, ngày 05 tháng 3 năm 2025

KẾ HOẠCH
Chuyển đổi số trong công tác pháp chế của tỉnh năm 2025

I. NHIỆM VỤ
"""


def read(body: str) -> Document:
    return parse(Source("plan.txt", "txt", "0" * 64, HEAD + body))


def named(document: Document, words: str) -> Task:
    (task,) = [task for task in document.tasks if words in task.task]
    return task


BULLETS = """
1. Đẩy mạnh chuyển đổi số trong công tác pháp chế

- Ưu tiên ứng dụng công nghệ số trong soạn thảo văn bản.

Đơn vị chủ trì: Sở Khoa học và Công nghệ.

Đơn vị phối hợp: Sở Tư pháp; các cơ quan liên quan.

Thời gian thực hiện: Thường xuyên.

- Ra mắt trợ lý ảo pháp luật cho cán bộ của tỉnh.

Đơn vị chủ trì: Sở Tư pháp.

Thời gian thực hiện: Tháng 12/2025.

2. Nâng cao nhận thức của cán bộ pháp chế

- Phổ biến văn bản mới cho cán bộ.

- Giáo dục ý thức trách nhiệm của cán bộ.

Đơn vị chủ trì: Các sở, ngành.

- Mở lớp bồi dưỡng kỹ năng soạn thảo văn bản.

Đơn vị chủ trì: Sở Nội vụ.

3. Tổ chức hội nghị pháp chế

- Tổ chức hội nghị trao đổi nghiệp vụ.

- Mời chuyên gia của trường đại học.

Đơn vị chủ trì: Sở Tư pháp.

Thời gian thực hiện: Hằng năm.
"""


def test_each_bullet_with_its_own_lines_is_a_task() -> None:
    plan = read(BULLETS)
    first, second = named(plan, "Ưu tiên ứng dụng"), named(plan, "Ra mắt trợ lý ảo")
    assert (first.lead, first.coordinating) == (("Sở Khoa học và Công nghệ",), ("Sở Tư pháp", "các cơ quan liên quan"))
    assert (first.deadline, first.recurrence) == ("Thường xuyên", "continuous")
    assert (second.lead, second.coordinating) == (("Sở Tư pháp",), ())
    assert (second.deadline, second.deadline_end) == ("Tháng 12/2025", "2025-12-31")
    assert second.section == "Đẩy mạnh chuyển đổi số trong công tác pháp chế"
    assert not [task for task in plan.tasks if task.task.startswith("Đẩy mạnh")]


def test_the_passage_of_such_a_task_holds_its_lines_and_no_others() -> None:
    plan = read(BULLETS)
    task = named(plan, "Ra mắt trợ lý ảo")
    (passage,) = [passage for passage in plan.passages if passage.id == task.passage_id]
    assert "Tháng 12/2025" in passage.text
    assert "Thường xuyên" not in passage.text
    assert passage.citation.startswith("gạch đầu dòng thứ 2 khoản 1 Mục I")


def test_bullets_that_share_their_lines_are_one_task() -> None:
    plan = read(BULLETS)
    shared = named(plan, "Phổ biến văn bản mới")
    assert "Giáo dục ý thức trách nhiệm" in shared.task
    assert shared.lead == ("Các sở, ngành",)
    assert plan.text[shared.start : shared.end].startswith("- Phổ biến văn bản mới")
    assert named(plan, "Mở lớp bồi dưỡng").lead == ("Sở Nội vụ",)


def test_lines_set_once_belong_to_the_whole_clause() -> None:
    plan = read(BULLETS)
    task = named(plan, "Tổ chức hội nghị pháp chế")
    assert (task.lead, task.deadline) == (("Sở Tư pháp",), "Hằng năm")


def test_the_text_is_covered_by_passages_still() -> None:
    plan = read(BULLETS)
    for words in ("Ưu tiên ứng dụng", "Giáo dục ý thức", "Mở lớp bồi dưỡng", "Mời chuyên gia"):
        assert len([passage for passage in plan.passages if words in passage.text]) == 1


def test_a_line_of_the_result_between_who_and_when_parts_nothing() -> None:
    plan = read("""
1. Xây dựng kho dữ liệu pháp luật của tỉnh

- Đơn vị chủ trì: Sở Tư pháp.

- Sản phẩm: Kho dữ liệu.

- Thời gian thực hiện: Quý III/2025.
""")
    (task,) = plan.tasks
    assert (task.lead, task.deadline_end) == (("Sở Tư pháp",), "2025-09-30")


def test_who_does_it_may_stand_in_the_heading_above() -> None:
    plan = read("""
1. Sở Tài chính

- Hướng dẫn các đơn vị kiểm kê tài sản.

Thời gian hoàn thành: Trước ngày 15/11/2025.

- Báo cáo kết quả kiểm kê tài sản.

Thời gian hoàn thành: Từ tháng 11/2025 đến khi kết thúc kiểm kê.
""")
    guiding, reporting = plan.tasks
    assert (guiding.lead, guiding.deadline_end) == (("Sở Tài chính",), "2025-11-14")
    assert (reporting.lead, reporting.deadline_start, reporting.deadline_end) == (("Sở Tài chính",), "2025-11-01", "")


def test_who_leads_and_with_whom_in_one_line() -> None:
    plan = read("""
1. Truyền thông về chuyển đổi số

a) Hoạt động 1

- Nội dung: Tổ chức tháng hành động vì chuyển đổi số.

- Cơ quan thực hiện: Sở Nội vụ chủ trì, phối hợp với các sở, ngành, Ủy ban nhân dân phường, xã, báo, đài.

b) Hoạt động 2

- Nội dung: Tuyên truyền trên bảng điện tử nơi công cộng.

- Cơ quan thực hiện:

+ Sở Văn hóa và Thể thao chủ trì, phối hợp với Sở Y tế.

+ Sở Xây dựng đăng tải thông điệp trên bảng quang báo.
""")
    month, screens = plan.tasks
    assert month.task == "Tổ chức tháng hành động vì chuyển đổi số."
    assert month.lead == ("Sở Nội vụ",)
    assert month.coordinating == ("các sở, ngành", "Ủy ban nhân dân phường, xã", "báo", "đài")
    assert screens.lead == ("Sở Văn hóa và Thể thao", "Sở Xây dựng")
    assert screens.coordinating == ("Sở Y tế",)


CLOSING = """
1. Sở Tư pháp

- Hướng dẫn các đơn vị thực hiện Kế hoạch này.

2. Ủy ban nhân dân cấp xã

- Tổ chức thực hiện Kế hoạch trên địa bàn xã.

{ending}

Nơi nhận:
- Như trên;
"""


def test_closing_words_are_no_duty_of_the_last_agency() -> None:
    for ending in (
        "Trên đây là Kế hoạch chuyển đổi số; Ủy ban nhân dân tỉnh yêu cầu các sở triển khai thực hiện./.",
        "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị báo cáo về Sở Tư pháp./.",
        "Yêu cầu các đơn vị triển khai thực hiện nghiêm túc Kế hoạch này./.",
    ):
        plan = read(CLOSING.format(ending=ending))
        (passage,) = [passage for passage in plan.passages if passage.text == ending]
        assert not any("Ủy ban nhân dân cấp xã" in heading for heading in passage.headings)
        assert [task.lead for task in plan.duties] == [("Sở Tư pháp",), ("Ủy ban nhân dân cấp xã",)]


def test_words_like_a_closing_amid_an_agency_s_duties_stay_with_it() -> None:
    plan = read("""
1. Sở Tư pháp

Trong quá trình thực hiện, hướng dẫn các đơn vị tháo gỡ vướng mắc.

- Tổng hợp kết quả thực hiện của các đơn vị.
""")
    (passage,) = [passage for passage in plan.passages if passage.text.startswith("Trong quá trình")]
    assert passage.headings[-1] == "Sở Tư pháp"
    assert [task.lead for task in plan.duties] == [("Sở Tư pháp",)]


def test_a_task_with_tasks_of_their_own_under_it() -> None:
    plan = read("""
1. Xây dựng kho dữ liệu pháp luật của tỉnh

Đơn vị chủ trì: Sở Tư pháp.

- Khảo sát nhu cầu của các đơn vị.

Đơn vị chủ trì: Sở Nội vụ.

- Lập dự toán kinh phí của kho dữ liệu.

Đơn vị chủ trì: Sở Tài chính.
""")
    assert [(task.task.split()[0], task.lead) for task in plan.tasks] == [
        ("Xây", ("Sở Tư pháp",)),
        ("Khảo", ("Sở Nội vụ",)),
        ("Lập", ("Sở Tài chính",)),
    ]
    for agency in ("Sở Tư pháp", "Sở Nội vụ", "Sở Tài chính"):
        assert len([passage for passage in plan.passages if agency in passage.text]) == 1
