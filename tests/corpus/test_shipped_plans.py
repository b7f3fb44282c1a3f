"""The shipped plans: counts, and values copied by hand from the documents."""

from __future__ import annotations

from functools import cache

import pytest

from corpus.collect import shipped_plans
from corpus.read import read_document
from corpus.types import Document, Task

TRA_VINH = "tra-vinh-2024-2043-qd-ubnd.portal.txt"
SCAN = "tra-vinh-2024-2043-qd-ubnd.scan.txt"
GIA_LAI = "gia-lai-2022-1331-kh-ubnd.portal.txt"
SON_LA = "son-la-2022-292-kh-ubnd.portal.txt"
VINH_PHUC = "vinh-phuc-2022-55-kh-ubnd.portal.txt"
ALL = (TRA_VINH, SCAN, GIA_LAI, SON_LA, VINH_PHUC)


@cache
def plan(name: str) -> Document:
    return read_document(shipped_plans() / name)


def listed(name: str, place: str) -> Task:
    document = plan(name)
    return next(task for task in document.tasks if task.section_id == f"{document.id}.{place}")


@pytest.mark.parametrize(
    ("name", "tasks", "passages"),
    [(TRA_VINH, 41, 133), (SCAN, 41, 128), (GIA_LAI, 36, 132), (SON_LA, 27, 212), (VINH_PHUC, 0, 71)],
)
def test_counts(name: str, tasks: int, passages: int) -> None:
    assert len(plan(name).tasks) == tasks
    assert len(plan(name).passages) == passages


@pytest.mark.parametrize(
    ("name", "number", "date", "province", "signer"),
    [
        (TRA_VINH, "2043/QĐ-UBND", "2024-11-19", "Trà Vinh", "Nguyễn Quỳnh Thiện"),
        (SCAN, "", "", "Trà Vinh", "Nguyễn Quỳnh Thiện"),
        (GIA_LAI, "1331/KH-UBND", "2022-06-22", "Gia Lai", "Võ Ngọc Thành"),
        (SON_LA, "292/KH-UBND", "2022-12-13", "Sơn La", "Hoàng Quốc Khánh"),
        (VINH_PHUC, "55/KH-UBND", "2022-03-03", "Vĩnh Phúc", "Vũ Chí Giang"),
    ],
)
def test_identity(name: str, number: str, date: str, province: str, signer: str) -> None:
    meta = plan(name).meta
    assert (meta.number, meta.date, meta.province, meta.signer) == (number, date, province, signer)


@pytest.mark.parametrize("name", [TRA_VINH, SCAN])
def test_the_security_centre_has_the_agency_and_time_that_the_decision_gives_it(name: str) -> None:
    task = next(task for task in plan(name).tasks if "(SOC)" in task.task)
    assert task.lead == ("Sở Thông tin và Truyền thông",)
    assert (task.deadline, task.recurrence) == ("thường xuyên", "continuous")


def test_a_telecom_task_of_tra_vinh() -> None:
    task = next(task for task in plan(TRA_VINH).tasks if "hạ tầng băng rộng chất lượng cao (5G)" in task.task)
    assert task.lead == ("các doanh nghiệp viễn thông",)
    assert task.source == "lines"


def test_a_row_of_gia_lai_with_an_empty_cell() -> None:
    task = listed(GIA_LAI, "phu-luc.bang.nhom-1.dong-1-2")
    assert task.lead == ("Sở, ban, ngành",)
    assert task.coordinating == ()
    assert (task.deadline, task.deadline_start, task.deadline_end) == ("2022 - 2025", "2022-01-01", "2025-12-31")
    assert task.source == "table"


def test_two_agencies_lead_a_row_of_gia_lai() -> None:
    task = listed(GIA_LAI, "phu-luc.bang.nhom-8.dong-8-1")
    assert task.lead == ("Sở Kế hoạch và Đầu tư", "Sở Thông tin và Truyền thông")
    assert task.coordinating == ("Sở, ban, ngành", "Hiệp hội các Doanh nghiệp tỉnh Gia Lai")


def test_a_row_of_gia_lai_without_a_time() -> None:
    task = next(task for task in plan(GIA_LAI).tasks if task.task.startswith("Tổ chức các Tổ công nghệ số"))
    assert task.lead == ("UBND huyện, thị xã, thành phố",)
    assert (task.deadline, task.deadline_end) == ("", "")


@pytest.mark.parametrize(
    ("place", "lead", "directing"),
    [
        ("muc-v.dong-1", "Sở Thông tin và Truyền thông", "Tổ An toàn thông tin và An ninh mạng - Ban Chỉ đạo CĐS tỉnh"),
        ("muc-v.dong-3", "Sở Thông tin và Truyền thông", "Tổ An toàn thông tin và An ninh mạng - Ban Chỉ đạo CĐS tỉnh"),
        ("muc-iii.dong-2", "Sở Công Thương", "Tổ Kinh tế số - Ban Chỉ đạo CĐS tỉnh"),
        ("muc-iv.dong-4", "Các doanh nghiệp", "Tổ Xã hội số - Ban Chỉ đạo CĐS tỉnh"),
        ("muc-vi.dong-1", "Sở Thông tin và Truyền thông", "Ban Chỉ đạo Chuyển đổi số tỉnh"),
    ],
)
def test_directing_units_of_son_la_are_filled_down(place: str, lead: str, directing: str) -> None:
    task = listed(SON_LA, f"phu-luc-02.bang.{place}")
    assert task.lead == (lead,)
    assert task.directing == (directing,)


@pytest.mark.parametrize(
    ("name", "indicator", "comparator", "value", "year"),
    [
        (TRA_VINH, "dân số từ 15 tuổi trở lên có tài khoản thanh toán điện tử", ">", "95", "2025"),
        (TRA_VINH, "dân số trưởng thành có điện thoại thông minh", ">", "85", "2025"),
        (TRA_VINH, "dân số trưởng thành có chữ ký số hoặc chữ ký điện tử cá nhân", ">", "50", "2025"),
        (TRA_VINH, "Tỷ lệ doanh nghiệp sử dụng hợp đồng điện tử trong lĩnh vực thương mại", ">", "80", "2025"),
        (GIA_LAI, "Tỷ lệ dân số trưởng thành có điện thoại thông minh", "=", "80", "2025"),
        (GIA_LAI, "Tỷ lệ dân số trưởng thành có điện thoại thông minh", "=", "95", "2030"),
        (GIA_LAI, "Tỷ lệ dân số trưởng thành có chữ ký số hoặc chữ ký điện tử cá nhân", ">", "70", "2030"),
    ],
)
def test_targets(name: str, indicator: str, comparator: str, value: str, year: str) -> None:
    found = [
        (target.comparator, target.value, target.unit, target.year)
        for target in plan(name).targets
        if target.indicator == indicator
    ]
    assert (comparator, value, "%", year) in found


def test_results_of_past_years_are_no_targets() -> None:
    document = plan(SON_LA)
    results = {passage.id for passage in document.passages if passage.kind == "result"}
    assert any("53,88%" in passage.text for passage in document.passages if passage.id in results)
    assert not [target for target in document.targets if target.passage_id in results]


@pytest.mark.parametrize("name", ALL)
def test_duties_in_prose_are_kept_apart(name: str) -> None:
    document = plan(name)
    assert {task.source for task in document.tasks} <= {"table", "lines"}
    assert {task.source for task in document.duties} == {"prose"}
    assert len(document.all_tasks) == len(document.tasks) + len(document.duties)


def test_a_duty_of_tra_vinh() -> None:
    duty = next(d for d in plan(TRA_VINH).duties if d.section_id.endswith("dieu-2.khoan-1.diem-a"))
    assert duty.lead == ("Sở Thông tin và Truyền Thông",)
    assert duty.coordinating[0] == "các sở, ban, ngành tỉnh"


def test_citations() -> None:
    cited = {passage.id.split(".", 1)[1]: passage for passage in plan(TRA_VINH).passages}
    assert cited["dieu-2.khoan-1.diem-a"].citation == (
        "điểm a khoản 1 Điều 2 Quyết định số 2043/QĐ-UBND ngày 19/11/2024 của UBND tỉnh Trà Vinh"
    )
    assert cited["dieu-2.khoan-1.diem-a"].citation_en == (
        "point a, clause 1, Article 2, Decision No. 2043/QĐ-UBND of 19 November 2024"
        " of the People's Committee of Trà Vinh Province"
    )
    row = next(p for p in plan(SON_LA).passages if p.section_id.endswith("phu-luc-02.bang.muc-v.dong-3"))
    assert row.citation == (
        "dòng 3 Mục V Phụ lục 02 kèm theo Kế hoạch số 292/KH-UBND ngày 13/12/2022 của UBND tỉnh Sơn La"
    )
