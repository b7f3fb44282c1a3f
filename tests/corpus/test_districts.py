"""Districts by province, and where a text names one: only what no other place, person or phrase could be."""

from __future__ import annotations

import json
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.districts import district_provinces, find_districts
from corpus.provinces import province_of, provinces
from corpus.vietnamese import fold

TABLE: dict[str, list[str]] = json.loads(
    resources.files("corpus").joinpath("data/districts.json").read_text(encoding="utf-8")
)

EVERYDAY = """Mục tiêu của huyện là gì?
Cấp huyện cần được hỗ trợ những gì?
Thành phố còn có bao nhiêu nhiệm vụ chưa làm?
Ai chịu trách nhiệm ban hành văn bản hướng dẫn?
Các sở thống nhất với nhau như thế nào?
Đo lường mức độ hài lòng của người dân ra sao?
Chỉ tiêu cần đạt đến năm 2025 là bao nhiêu?
Chia thành ba nhóm nhiệm vụ chính.
Phí dịch vụ cho đơn vị sự nghiệp là bao nhiêu?
Ba đơn vị nào phối hợp với Sở Nội vụ?
Từ kỳ báo cáo tới thì ai tổng hợp?
Quản lý nhãn hiệu hàng hóa do ai làm?
Quan tâm đào tạo cán bộ công chức cấp xã.
Tự động hóa quy trình xử lý hồ sơ.
Đơn vị tương đương cấp sở gồm những đơn vị nào?
Học môn gì để làm việc với dữ liệu?
Có độ trễ bao lâu khi gửi hồ sơ?
Vẫn làm thủ tục giấy tờ như trước sao?
Thị xã chủ yếu làm dịch vụ công mức độ 4.
Mỗi huyện có tổ công nghệ số cộng đồng.
Bao giờ thì nộp báo cáo tháng?
Đại từ và động từ trong tiếng Việt.
Hơn đạt được là ý thức của người dân.
Minh họa kết quả bằng biểu đồ.
Đường kính ống cống là bao nhiêu?
Nhà trang bị máy tính cho học sinh nghèo.
Năm cần hoàn thành là năm nào?
Người dân đi ăn có quét mã được không?
Trả ơn những người có công với nước.
Thời bình cũng phải lo an toàn thông tin.
Phủ quy hoạch chung lên toàn tỉnh.
Đồng văn bản với các bộ, ngành.
Vụ thu đông nông dân dùng phần mềm nào?
Lòng đất có khoáng sản gì?
Thanh xuân của chúng ta qua rồi.
Hội an ninh mạng họp khi nào?
Công nghệ an minh bạch hơn cho hệ thống.
Bà Nguyễn Thị Thanh Hà ký kế hoạch nào?
Đường Ngô Quyền và phường Tân Bình ở đâu?
Biển đảo Hoàng Sa và Trường Sa.""".splitlines()


def _names(text: str, folded: bool = True) -> list[str]:
    return [name for name, _ in find_districts(text, folded)]


def test_the_63_provinces_each_have_their_districts() -> None:
    former = {province.name for province in provinces()} - {"Huế"}  # Thừa Thiên Huế until 2024
    assert set(TABLE) == former
    assert len(TABLE) == 63
    assert all(len(names) >= 5 and len(set(names)) == len(names) for names in TABLE.values())
    assert sum(len(names) for names in TABLE.values()) == 680  # 696 units, less 10 numbered and 6 of a twin's name


@pytest.mark.parametrize(
    ("province", "names"),
    [
        ("Hà Nam", ["Bình Lục", "Duy Tiên", "Kim Bảng", "Lý Nhân", "Phủ Lý", "Thanh Liêm"]),
        ("Tuyên Quang", ["Chiêm Hóa", "Hàm Yên", "Lâm Bình", "Na Hang", "Sơn Dương", "Tuyên Quang", "Yên Sơn"]),
        ("Bà Rịa - Vũng Tàu", ["Bà Rịa", "Châu Đức", "Côn Đảo", "Long Đất", "Phú Mỹ", "Vũng Tàu", "Xuyên Mộc"]),
    ],
)
def test_a_province_has_these_districts(province: str, names: list[str]) -> None:
    assert sorted(TABLE[province]) == sorted(names)


@pytest.mark.parametrize(("province", "count"), [("Hà Nội", 30), ("Thanh Hóa", 26), ("Nghệ An", 20), ("Trà Vinh", 8)])
def test_a_province_has_so_many_districts(province: str, count: int) -> None:
    assert len(TABLE[province]) == count


def test_an_unambiguous_name_is_in_one_list_and_is_no_province() -> None:
    for name, province in district_provinces().items():
        assert [owner for owner, names in TABLE.items() if name in names] == [province]
    assert not {province.name for province in provinces()} & set(district_provinces())
    assert not {"Châu Thành", "Hoàng Mai", "Sơn Tây", "Tam Nông", "Hòa Bình", "Quảng Ninh"} & set(district_provinces())


@pytest.mark.parametrize("name", sorted(district_provinces()))
def test_every_unambiguous_name_is_found_after_its_kind_of_unit(name: str) -> None:
    owner = province_of(district_provinces()[name])
    assert find_districts(f"kế hoạch của huyện {name} đến năm 2025") == ((name, owner),)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("moc chau ai lo", ["Mộc Châu"]),
        ("Mộc Châu, Hoà Vang và mù cang chải", ["Mộc Châu", "Hòa Vang", "Mù Cang Chải"]),
        ("Quận Ba Đình", ["Ba Đình"]),
        ("huyện Mộc Châu, tỉnh Sơn La", ["Mộc Châu"]),
        ("tp vinh", ["Vinh"]),
        ("tp vinh phuc", []),
        ("thanh pho vinh du don doan", []),
        ("vinh", []),
        ("thị xã Chũ", ["Chũ"]),
        ("thi xa chu yeu", []),
        ("muc tieu can dat", []),
        ("muc tieu cua huyen tieu can", ["Tiểu Cần"]),
        ("Tieu Can district", ["Tiểu Cần"]),
        ("Who leads in Phu Ly?", ["Phủ Lý"]),
        ("o nha trang", ["Nha Trang"]),
        ("huyện Đăk Tô", ["Đăk Tô"]),
        ("huyện Đắk Tô, huyện Ia H’Drai", ["Đăk Tô", "Ia H'Drai"]),
        ("TP Phan Rang", ["Phan Rang - Tháp Chàm"]),
        ("Gò Công Đông", ["Gò Công Đông"]),
        ("Điện Biên Đông", ["Điện Biên Đông"]),
        ("huyen duc hue", ["Đức Huệ"]),
        ("long phu yen", []),  # Long Phú, or Phú Yên
        ("huyện Phù Yên", ["Phù Yên"]),
        ("huyen phu yen", []),  # Phù Yên, or the province of Phú Yên
        ("huyện Thanh Trì, huyện Thạnh Trị", ["Thanh Trì", "Thạnh Trị"]),
        ("huyen thanh tri", []),
        ("huyện Châu Thành", []),
        ("xã Mộc Châu", []),
        ("thị xã Sa Pa", ["Sa Pa"]),
        ("cờ đỏ sao vàng", []),
        ("Kế hoạch của Cờ Đỏ", ["Cờ Đỏ"]),
        ("How long my plan is", []),
        ("Thừa Thiên Huế Hương Trà", ["Hương Trà"]),
        ("UBND HUYỆN MAI SƠN", ["Mai Sơn"]),
        ("tham gia bình đẳng, trực quan hóa, minh bạch thông tin", []),
        ("cơ quan có liên quan Thống Nhất trình", []),
        ("ở hội an", ["Hội An"]),
        ("phường Bắc Hồng Lĩnh, Nam Hồng Lĩnh", []),
        ("244 Điện Biên Phủ", []),
        ("", []),
    ],
)
def test_a_district_is_told_from_other_words(text: str, names: list[str]) -> None:
    assert _names(text) == names


def test_a_district_comes_with_the_province_of_its_time() -> None:
    ((name, province),) = find_districts("huyện Càng Long")
    assert (name, province.name, province.today) == ("Càng Long", "Trà Vinh", "Vĩnh Long")


def test_without_folding_a_name_stands_as_it_is_written() -> None:
    assert _names("Mộc Châu", folded=False) == ["Mộc Châu"]
    assert _names("mộc châu, Moc Chau, moc chau", folded=False) == []


@pytest.mark.parametrize("sentence", EVERYDAY)
def test_everyday_sentences_name_no_district(sentence: str) -> None:
    assert _names(sentence) == []
    assert _names(sentence.lower()) == []
    assert _names(fold(sentence)) == []


def test_there_are_40_everyday_sentences() -> None:
    assert len(set(EVERYDAY)) == 40


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert {name for name, _ in find_districts(text)} <= set(district_provinces())
