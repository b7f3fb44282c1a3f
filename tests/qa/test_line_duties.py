"""Parts of a task that its lines or sentences give to one agency each."""

from __future__ import annotations

from corpus.types import Passage
from qa.answers.line_duties import of_line, of_sentence
from qa.answers.records_of import delegated, duty, in_role
from qa.answers.stating import Topic
from tests.qa.hand_plans import task

MARKETS, HOUSES = Topic("chợ", ("chợ",), 2.0), Topic("nhà ở", ("nhà ở",), 2.0)
COUNT = "- Phối hợp kiểm kê. Trong đó:\n+ Sở Công Thương: hướng dẫn kiểm kê chợ, cụm công nghiệp.\n"
HOUSING = "+ Sở Xây dựng phối hợp Ban Quản lý Khu kinh tế A và các Khu công nghiệp: kiểm kê nhà ở của Nhà nước."
ALL = task("Phối hợp kiểm kê. Trong đó:", lead=("Các thành viên",), deadline="Tháng 12/2025", source="lines")


def _passage(text: str, kind: str = "task") -> Passage:
    return Passage("p", "d", "s", kind, text, 100, 100 + len(text), (), (), "", "", 1)


def test_the_line_that_is_asked_about_answers() -> None:
    found = of_line(ALL, _passage(COUNT + HOUSING), (MARKETS,))
    assert (found.lead, found.deadline) == (("Sở Công Thương",), "Tháng 12/2025")
    assert found.task.startswith("hướng dẫn kiểm kê chợ")
    assert COUNT[found.start - 100 : found.end - 100] == found.task


def test_whom_a_line_is_done_with_stands_before_its_colon() -> None:
    found = of_line(ALL, _passage(COUNT + HOUSING), (HOUSES,))
    assert found.lead == ("Sở Xây dựng",)
    assert found.coordinating[0].startswith("Ban Quản lý Khu kinh tế A")
    assert found.task == "kiểm kê nhà ở của Nhà nước."


def test_a_task_stays_as_it_is_where_no_line_says_more() -> None:
    assert of_line(ALL, _passage(COUNT), (Topic("trường học", ("trường học",), 2.0),)) is ALL
    assert of_line(ALL, _passage("- Kiểm kê chợ.\n+ Thời hạn: Tháng 12/2025"), (MARKETS,)) is ALL


def test_the_sentence_that_is_asked_about_answers() -> None:
    text = "Người dân báo tin cháy. Sở Xây dựng quản lý chợ. Chủ tịch UBND xã chỉ đạo lực lượng Công an chủ trì nhà ở."
    market, house = (of_sentence(_passage(text, "other"), (topic,)) for topic in (MARKETS, HOUSES))
    assert market is not None and market.lead == ("Sở Xây dựng",)
    assert house is not None and (house.lead, house.directing) == (("lực lượng Công an",), ("Chủ tịch UBND xã",))
    assert of_sentence(_passage("Sở Xây dựng quản lý chợ.", "other"), (MARKETS,)) is None  # one sentence is no choice
    assert of_sentence(_passage(text, "legal-basis"), (MARKETS,)) is None


def test_who_is_told_to_lead_leads() -> None:
    passage = _passage("UBND tỉnh chỉ đạo Sở Y tế chủ trì, phối hợp với Sở Nội vụ kiểm tra.")
    read = delegated(duty(passage, ("UBND tỉnh",)))
    assert (read.lead, read.directing) == (("Sở Y tế",), ("UBND tỉnh",))
    other = duty(_passage("UBND tỉnh chỉ đạo thực hiện Kế hoạch này."), ("UBND tỉnh",))
    assert delegated(other) is other


def test_asked_who_directs_whom_a_duty_names_both() -> None:
    told = task("Chỉ đạo các trường học phối hợp với Sở Y tế tổ chức tiêm chủng", lead=("Sở Giáo dục",), source="prose")
    read = in_role(told, {"directing"})
    assert (read.lead, read.directing) == (("các trường học",), ("Sở Giáo dục",))
    assert in_role(told, {"who"}) is told  # else it is the duty of who directs
