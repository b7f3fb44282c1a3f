"""Lists of agencies, and who took over from whom."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from corpus.agencies import split_agencies, successors
from corpus.provinces import province_of


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("Sở Văn hóa, Thể thao và Du lịch", ("Sở Văn hóa, Thể thao và Du lịch",)),
        ("các sở, ban, ngành tỉnh, UBND các cấp.", ("các sở, ban, ngành tỉnh", "UBND các cấp")),
        ("Sở Y tế; Sở Giáo dục và Đào tạo", ("Sở Y tế", "Sở Giáo dục và Đào tạo")),
        ("Sở Tài chính và Sở Nội vụ", ("Sở Tài chính", "Sở Nội vụ")),
        ("- UBND tỉnh - Chủ tịch UBND tỉnh", ("UBND tỉnh", "Chủ tịch UBND tỉnh")),
        ("Đài Phát thanh - Truyền hình, Báo Sơn La", ("Đài Phát thanh - Truyền hình", "Báo Sơn La")),
        ("Sở Nội vụ, Sở Nội vụ", ("Sở Nội vụ",)),
        ("Bộ Quốc phòng và cơ quan, địa phương liên quan", ("Bộ Quốc phòng", "cơ quan, địa phương liên quan")),
        ("Sở Y tế (lồng ghép trong các", ("Sở Y tế",)),
        (
            "Ủy ban nhân dân phường, xã, đặc khu, báo, đài và các đơn vị có liên quan",
            ("Ủy ban nhân dân phường, xã, đặc khu", "báo", "đài", "các đơn vị có liên quan"),
        ),
        ("các cơ quan báo, đài", ("các cơ quan báo, đài",)),
        ("các cơ quan báo chí, đài truyền hình", ("các cơ quan báo chí, đài truyền hình",)),
        (
            "các ngành Giáo dục, Nội vụ, Y tế và Mặt trận Tổ quốc",
            ("các ngành Giáo dục, Nội vụ, Y tế", "Mặt trận Tổ quốc"),
        ),
        ("", ()),
    ],
)
def test_lists_are_split_as_written(text: str, agencies: tuple[str, ...]) -> None:
    assert split_agencies(text) == agencies


@pytest.mark.parametrize(
    ("former", "today"),
    [
        ("Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ"),
        ("Sở TT&TT tỉnh Sơn La", "Sở Khoa học và Công nghệ"),
        ("so ke hoach va dau tu", "Sở Tài chính"),
        ("Sở Tài nguyên và Môi trường", "Sở Nông nghiệp và Môi trường"),
        ("Sở Nông nghiệp và PTNT", "Sở Nông nghiệp và Môi trường"),
        ("Sở Giao thông vận tải", "Sở Xây dựng"),
        ("Sở Lao động - Thương binh và Xã hội", "Sở Nội vụ"),
        ("Ban Dân tộc tỉnh", "Sở Dân tộc và Tôn giáo"),
        ("Ủy ban nhân dân các huyện, thị xã", "UBND cấp xã"),
    ],
)
def test_successors(former: str, today: str) -> None:
    assert today in [heir.name for heir in successors(former)]


@pytest.mark.parametrize(
    "name", ["Sở Y tế", "UBND tỉnh", "UBND thành phố Hồ Chí Minh", "UBND các xã", "Sở Tài chính", ""]
)
def test_those_that_go_on_have_none(name: str) -> None:
    assert successors(name) == ()


def test_every_entry_names_its_source() -> None:
    data = json.loads(resources.files("corpus").joinpath("data/agencies.json").read_text(encoding="utf-8"))
    for entry in data["successors"]:
        assert entry["source"].startswith(("Nghị định", "Nghị quyết", "Luật"))
        assert entry["since"] in ("2025-03-01", "2025-07-01")
        assert entry["to"]


def test_a_merged_province_is_known_by_both_names() -> None:
    found = province_of("tra vinh")
    assert found is not None
    assert (found.name, found.today) == ("Trà Vinh", "Vĩnh Long")
