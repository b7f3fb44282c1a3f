"""Which lines open a numbered section, and as what."""

from __future__ import annotations

import pytest

from corpus.markers import LETTERS, marker, roman


@pytest.mark.parametrize(
    ("text", "kind", "label", "ordinal"),
    [
        ("Điều 12. Hiệu lực", "dieu", "12", 12),
        ("Điều 3a. Trách nhiệm", "dieu", "3a", 3),
        ("Chương II", "chuong", "II", 2),
        ("PHẦN THỨ NHẤT", "phan", "NHẤT", 1),
        ("Phụ lục 02", "phu-luc", "02", 2),
        ("PHỤ LỤC", "phu-luc", "", 0),
        ("IV. KINH PHÍ", "muc", "IV", 4),
        ("I/ MỤC ĐÍCH", "muc", "I", 1),
        ("7. Sở Y tế", "khoan", "7", 7),
        ("1) Sở Y tế", "khoan", "1", 1),
        ("2.3. Đào tạo", "tieu-khoan", "2.3", 3),
        ("2.3.1. Đào tạo", "tieu-tieu-khoan", "2.3.1", 1),
        ("đ) Bảo vệ dữ liệu", "diem", "đ", 5),
        ("e) Hủy dữ liệu", "diem", "e", 6),
        ("- Xây dựng kế hoạch", "gach", "", 0),
        ("+ Cơ quan thực hiện: Sở Y tế", "cong", "", 0),
    ],
)
def test_markers(text: str, kind: str, label: str, ordinal: int) -> None:
    found = marker(text)
    assert found is not None
    assert (found.kind, found.label, found.ordinal) == (kind, label, ordinal)


@pytest.mark.parametrize(
    "text",
    [
        "khoản 5 Mục III Nghị quyết số 17-NQ/TU",
        "Điều 5 Luật Công nghệ thông tin",
        "Mục III Nghị quyết này",
        "V/v đăng ký môi trường",
        "Phụ lục đính kèm)",
        "2025 là năm dữ liệu",
        "12,5% dân số",
        "j) không có chữ này",
        "Phần mềm dùng chung",
        "",
    ],
)
def test_what_is_no_marker(text: str) -> None:
    assert marker(text) is None


def test_letters_follow_the_vietnamese_alphabet() -> None:
    assert LETTERS[:7] == "abcdđeg"
    assert not set("fjwz") & set(LETTERS)


@pytest.mark.parametrize(("label", "value"), [("IV", 4), ("IX", 9), ("XL", 40), ("IIII", 0), ("", 0)])
def test_roman(label: str, value: int) -> None:
    assert roman(label) == value
