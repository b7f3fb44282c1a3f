"""Names of provinces as people type them, and the other words that look like them."""

from __future__ import annotations

import pytest

from corpus.provinces import find_provinces


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("công nghệ an toàn sinh học", []),
        ("Công nghệ an ninh của Nghệ An", ["Nghệ An"]),
        ("nghe an co bao nhieu xa", ["Nghệ An"]),
        ("nghệ an, sơn la", ["Nghệ An", "Sơn La"]),
        ("đánh giá lại kết quả", []),
        ("danh gia lai ket qua o gia lai", ["Gia Lai"]),
        ("tham gia lai chau", ["Lai Châu"]),
        ("Việt Nam định hướng đến 2030", []),
        ("hằng năm định kỳ báo cáo", []),
        ("Nam Định định kỳ báo cáo", ["Nam Định"]),
        ("mức cao bằng nhau", []),
        ("CAO BẰNG", ["Cao Bằng"]),
        ("hoà bình và Hòa Bình", ["Hòa Bình"]),
        ("Da Nang's plan", ["Đà Nẵng"]),
        ("Tra Vinh and Son La", ["Trà Vinh", "Sơn La"]),
        ("thanh hoá", ["Thanh Hóa"]),
        ("tp.hcm", ["Hồ Chí Minh"]),
    ],
)
def test_a_name_is_told_from_other_words(text: str, names: list[str]) -> None:
    assert [province.name for province in find_provinces(text, folded=True)] == names
