"""Aims read off sentences and rows."""

from __future__ import annotations

import pytest

from corpus.target_rows import row_targets
from corpus.targets import read_targets
from corpus.types import Passage


def passage(text: str, headings: tuple[str, ...] = (), columns: tuple[str, ...] = (), kind: str = "target") -> Passage:
    return Passage("d.1", "d", "d.1", kind, text, 0, len(text), headings, columns, "", "", 1)


def read(text: str, headings: tuple[str, ...] = (), title: str = "") -> list[tuple[str, str, str, str, str]]:
    return [
        (t.indicator, t.comparator, t.value, t.unit, t.year) for t in read_targets([passage(text, headings)], title)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Tỷ lệ hồ sơ trực tuyến đạt trên 80%.", ("Tỷ lệ hồ sơ trực tuyến", ">", "80", "%", "")),
        ("Tỷ lệ hộ có cáp quang tối thiểu 75,5% năm 2025.", ("Tỷ lệ hộ có cáp quang", ">=", "75.5", "%", "2025")),
        ("100% số xã có mạng 5G", ("số xã có mạng 5G", "=", "100", "%", "")),
        ("Chỉ tiêu 2: Đến năm 2025 đạt 60% dân số có sổ sức khỏe", ("dân số có sổ sức khỏe", "=", "60", "%", "2025")),
        ("Tỷ lệ hộ nghèo không quá 3%", ("Tỷ lệ hộ nghèo", "<=", "3", "%", "")),
        ("Tỷ lệ thất nghiệp thấp hơn 2%", ("Tỷ lệ thất nghiệp", "<", "2", "%", "")),
        ("Tỷ lệ bao phủ đạt 95% trở lên", ("Tỷ lệ bao phủ", ">=", "95", "%", "")),
        ("Xây dựng ít nhất 05 mô hình chợ số", ("Xây dựng mô hình chợ số", ">=", "5", "mô hình", "")),
        ("Doanh thu đạt trên 1.459 tỷ đồng", ("Doanh thu", ">", "1459", "tỷ đồng", "")),
        ("Thu hút 2,5 triệu lượt khách", ("Thu hút lượt khách", "=", "2.5", "triệu lượt", "")),
        ("Tổng tỷ suất sinh đạt 2,1 con/phụ nữ", ("Tổng tỷ suất sinh", "=", "2.1", "con/phụ nữ", "")),
        ("Tỷ số giới tính dưới 109 bé trai/100 bé gái", ("Tỷ số giới tính", "<", "109", "bé trai/100 bé gái", "")),
        ("Năng suất lao động tăng bình quân 7%/năm", ("Năng suất lao động tăng bình quân", "=", "7", "%/năm", "")),
        (
            "Tỷ số giới tính khi sinh ở mức 107 bé trai/100 bé gái",
            ("Tỷ số giới tính khi sinh ở mức", "=", "107", "bé trai/100 bé gái", ""),
        ),
        ("Có ít nhất một cơ sở y tế tư vấn", ("cơ sở y tế tư vấn", ">=", "1", "cơ sở", "")),
        ("Thời gian giải quyết không quá 3 ngày làm việc", ("Thời gian giải quyết", "<=", "3", "ngày làm việc", "")),
        ("Tốc độ tải xuống tối thiểu 40Mbps", ("Tốc độ tải xuống", ">=", "40", "Mbps", "")),
        ("Tỷ lệ hộ nghèo giảm từ 5% xuống 3%", ("Tỷ lệ hộ nghèo giảm từ 5% xuống", "=", "3", "%", "")),
        ("Tỷ lệ hộ có cáp quang đạt 40-50%", ("Tỷ lệ hộ có cáp quang", "=", "40-50", "%", "")),
        ("Trên 90 phần trăm dân số có thẻ", ("dân số có thẻ", ">", "90", "%", "")),
        (
            "Chỉ số chuyển đổi số thuộc top 20 cả nước",
            ("Chỉ số chuyển đổi số thuộc cả nước", "<=", "20", "thứ hạng", ""),
        ),
    ],
)
def test_one_aim(text: str, expected: tuple[str, str, str, str, str]) -> None:
    assert read(text) == [expected]


def test_several_aims_of_one_sentence() -> None:
    assert [(v, u) for _, _, v, u, _ in read("Hình thành 100 doanh nghiệp số, 50 doanh nghiệp công nghệ")] == [
        ("100", "doanh nghiệp"),
        ("50", "doanh nghiệp"),
    ]
    assert [v for _, _, v, _, _ in read("Tỷ lệ A đạt 80%; tỷ lệ B đạt 90%")] == ["80", "90"]
    assert [(i, v) for i, _, v, _, _ in read("giảm 50% số cặp tảo hôn, giảm 60% số vụ bạo lực")] == [
        ("giảm số cặp tảo hôn", "50"),
        ("giảm số vụ bạo lực", "60"),
    ]
    text = "Giá trị xuất khẩu đến năm 2030 đạt 400 triệu USD, tăng bình quân 10 - 13%/năm"
    assert [(i, v, u) for i, _, v, u, _ in read(text)] == [
        ("Giá trị xuất khẩu", "400", "triệu USD"),
        ("Giá trị xuất khẩu: tăng bình quân", "10-13", "%/năm"),
    ]


def test_the_nearest_year_counts() -> None:
    text = "Tỷ lệ A đạt 80%"
    assert read(text, ("Mục tiêu đến năm 2025", "Giai đoạn 2026 - 2030"))[0][4] == "2025"
    assert read(text, title="Kế hoạch năm 2024")[0][4] == "2024"
    assert read(text, ("Giai đoạn 2026 - 2030",))[0][4] == "2030"


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024",
        "theo quy định tại khoản 3 Điều 5",
        "người từ 15 tuổi trở lên",
        "trong vòng 30 ngày",
        "phủ sóng 5G, hoạt động 24/7",
    ],
)
def test_numbers_that_set_no_aim(text: str) -> None:
    assert read(text) == []


def test_population_and_area() -> None:
    (target,) = read_targets([passage("Tỷ lệ hài lòng đối với hộ nghèo tại các xã vùng cao đạt 90%")])
    assert (target.population, target.area) == ("hộ nghèo tại các xã vùng cao", "các xã vùng cao")


def test_results_set_no_aim() -> None:
    assert read_targets([passage("Tỷ lệ A đạt 80%", kind="result")]) == ()


def test_a_row_with_a_column_for_each_year() -> None:
    columns = ("Chỉ tiêu", "Đơn vị tính", "Ước thực hiện năm 2023", "Năm 2024", "Năm 2025")
    row = passage("Lượt khách | Nghìn lượt | 4.200 | 4.500 | ≥ 5.000", columns=columns)
    found = list(row_targets(row))
    assert [(t.value, t.year, t.comparator, t.unit) for t in found] == [
        ("4500", "2024", "=", "Nghìn lượt"),
        ("5000", "2025", ">=", "Nghìn lượt"),
    ]
    assert all(row.text[t.start : t.end] == t.quote for t in found)


def test_a_rate_to_a_round_number() -> None:
    assert read("Tỷ lệ tử vong bà mẹ dưới 4/100.000 trẻ sinh ra còn sống vào năm 2025.") == [
        ("Tỷ lệ tử vong bà mẹ", "<", "4", "/100.000 trẻ sinh ra còn sống", "2025")
    ]


def test_a_total_beside_what_makes_it_up() -> None:
    found = read("Nâng cấp: 125 trạm (VNPT: 56 trạm, Viettel: 69 trạm), nâng tổng số trạm 5G: 188 trạm.")
    assert [(value, unit) for _, _, value, unit, _ in found] == [("125", "trạm"), ("188", "trạm")]


def test_the_date_of_a_cited_text_dates_no_aim() -> None:
    cited = "Tỷ lệ máy được bảo vệ theo Chỉ thị số 14/CT-TTg ngày 07 tháng 6 năm 2019 đạt 90%"
    assert [year for *_, year in read(cited)] == [""]
    assert [year for *_, year in read("Tỷ lệ máy được bảo vệ trước ngày 30 tháng 6 năm 2025 đạt 90%")] == ["2025"]


def test_a_term_of_office_dates_no_aim() -> None:
    (found,) = read_targets([passage("Tỷ lệ cử tri đi bầu đạt 98%")], "Thi đua bầu cử đại biểu nhiệm kỳ 2026 - 2031")
    assert found.year == ""
    (found,) = read_targets([passage("Tỷ lệ hộ có địa chỉ số đạt 98%")], "Kế hoạch giai đoạn 2026 - 2031")
    assert found.year == "2031"


def test_one_value_for_each_of_several() -> None:
    found = read("Số hóa hồ sơ của cấp tỉnh, cấp huyện, cấp xã đạt tỷ lệ tối thiểu tương ứng 70%, 60%, 55% để kết nối.")
    assert [(comparator, value) for _, comparator, value, _, _ in found] == [(">=", "70"), (">=", "60"), (">=", "55")]
    assert len({indicator for indicator, *_ in found}) == 1
    assert [value for _, _, value, _, _ in read("Tỷ lệ A đạt 80%, 90% hộ có điện")] == ["80", "90"]


def test_two_amounts_of_one_limit_each_have_it() -> None:
    assert read("UBND xã: Xét tối đa 15 tập thể và 30 cá nhân.") == [
        ("UBND xã: Xét tập thể", "<=", "15", "tập thể", ""),
        ("UBND xã: Xét cá nhân", "<=", "30", "cá nhân", ""),
    ]
