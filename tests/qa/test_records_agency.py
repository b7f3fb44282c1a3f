"""One agency under all its names, and not under those of others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.tables.agency_match import AgencyMatcher

SAME = [
    ("Sở TT&TT", "Sở Thông tin và Truyền thông"),
    ("Sở Thông tin và Truyền thông", "Sở TT&TT"),
    ("so thong tin truyen thong", "Sở Thông tin và Truyền Thông"),
    ("sở tttt", "Sở TT&TT"),
    ("Sở KH&CN", "Sở Thông tin và Truyền thông"),  # since 1 March 2025
    ("Sở Nội vụ", "Sở Lao động - Thương binh và Xã hội"),
    ("Sở LĐTBXH", "Sở Lao động, Thương binh và Xã hội"),
    ("Sở NN&PTNT", "Sở Nông nghiệp và PTNT"),
    ("Sở Văn hóa", "Sở Văn hóa, Thể thao và Du lịch"),
    ("Sở VHTTDL", "Sở Văn hóa, Thể thao và Du lịch"),
    ("Cục Thuế", "Cục Thuế tỉnh"),
    ("Công an tỉnh", "Công an"),
    ("UBND tỉnh", "Ủy ban nhân dân tỉnh"),
    ("Uỷ ban nhân dân huyện", "Ủy ban nhân dân các huyện, thành phố"),
    ("UBND huyện", "UBND các huyện, thị xã, thành phố"),
    ("UBND cấp huyện", "UBND thị xã, thành phố"),
    ("UBND các cấp", "UBND xã"),
    ("UBND xã", "UBND các xã, phường, thị trấn"),
    ("UBND thành phố Pleiku", "UBND các huyện, thị xã, thành phố"),
    ("UBND huyện Chư Sê", "UBND huyện Chư Sê"),
    ("Ban Chỉ đạo Chuyển đổi số", "Tổ Chính quyền số - Ban Chỉ đạo CĐS tỉnh"),
    ("Sở Y tế", "Sở Tư pháp; Sở Y tế"),
    ("Đài Phát thanh và Truyền hình", "Đài PTTH tỉnh"),
    ("Sở Nội vụ", "Giám đốc Sở Nội vụ"),
    ("UBND huyện", "Chủ tịch UBND các huyện, thành phố"),
    ("Văn phòng UBND tỉnh", "Chánh Văn phòng UBND tỉnh"),
]
OTHERS = [
    ("Sở Nội vụ", "Công an tỉnh"),
    ("Sở Nội vụ", "Thanh tra Sở Nội vụ"),
    ("Sở Nội vụ", "Bộ Nội vụ"),
    ("Sở Nội vụ", "Sở Ngoại vụ"),
    ("Sở Nội vụ", "Các sở, ban, ngành tỉnh"),
    ("Sở Nội vụ", "Phó Giám đốc Sở Nội vụ"),
    ("Chánh Thanh tra tỉnh", "Thanh tra Bộ"),
    ("Sở Du lịch", "Sở Văn hóa, Thể thao và Du lịch"),
    ("UBND tỉnh", "Văn phòng UBND tỉnh"),
    ("UBND tỉnh", "UBND các huyện, thị xã, thành phố"),
    ("UBND xã", "UBND các huyện, thị xã, thành phố"),
    ("UBND huyện Chư Sê", "UBND huyện Chư Prông"),
    ("Sở Thông tin và Truyền thông", "Sở Giao thông vận tải"),
    ("Sở Y tế", "Sở Lao động - Thương binh và Xã hội"),  # took over a part only
    ("Sở nội vù", "Sở Nội vụ"),  # with marks, the marks count
    ("", "Sở Nội vụ"),
    ("&", "Sở Nội vụ"),
    ("Sở Nội vụ", ""),
]


@pytest.mark.parametrize(("asked", "stated"), SAME)
def test_one_agency(asked: str, stated: str) -> None:
    assert AgencyMatcher(asked).matches(stated)


@pytest.mark.parametrize(("asked", "stated"), OTHERS)
def test_two_agencies(asked: str, stated: str) -> None:
    assert not AgencyMatcher(asked).matches(stated)


@pytest.mark.parametrize(
    ("asked", "stated", "province", "same"),
    [
        ("Sở Nội vụ tỉnh Gia Lai", "Sở Nội vụ", "Gia Lai", True),
        ("Sở Nội vụ tỉnh Gia Lai", "Sở Nội vụ", "Sơn La", False),
        ("so khcn gia lai", "Sở TT&TT", "Gia Lai", True),
        ("Báo Gia Lai", "Báo Gia Lai", "Gia Lai", True),
        ("Báo Gia Lai", "Báo Sơn La", "Sơn La", False),
        ("Đài PTTH tỉnh", "Đài PTTH Gia Lai", "Gia Lai", True),
        ("UBND tỉnh Vĩnh Long", "UBND tỉnh", "Trà Vinh", True),  # one province since July 2025
    ],
)
def test_the_province_in_a_name(asked: str, stated: str, province: str, same: bool) -> None:
    assert AgencyMatcher(asked).matches(stated, province) is same


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared(asked: str, stated: str) -> None:
    assert AgencyMatcher(asked).matches(stated) in (True, False)


def test_names_made_to_be_slow_are_not() -> None:
    """Each "aa" is the next "aa", or the initials of the next two: without care, a billion ways to compare."""
    assert not AgencyMatcher("aa " * 50 + "b").matches("aa " * 60)


def test_a_page_is_no_agency() -> None:
    assert not AgencyMatcher("Sở Nội vụ " * 5000).matches("Sở Nội vụ")
