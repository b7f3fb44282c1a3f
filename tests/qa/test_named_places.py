"""Small places that only one plan names: Hướng Đạo, Lãng Công and Thổ Tang are communes of Vĩnh Phúc's plan."""

from __future__ import annotations

import pytest

from qa.engine import Engine
from qa.question import understand


@pytest.mark.parametrize(
    ("text", "provinces"),
    [
        ("Doanh nghiệp nào hỗ trợ xã Hướng Đạo?", ["Vĩnh Phúc"]),
        ("o tho tang lap camera cho nao", ["Vĩnh Phúc"]),
        ("My boy goes to school in Lang Cong.", ["Vĩnh Phúc"]),
        ("Xã Hướng Đạo khác gì kế hoạch của Sơn La?", ["Sơn La"]),  # a province that is named counts
        ("Trung tâm dữ liệu do sở nào lo?", []),
        ("Bưu điện văn hóa xã có rút tiền được không?", []),  # written without capitals, so no name
        ("Ở Cổ Loa thì sao?", []),  # stands in no plan
    ],
)
def test_the_province_whose_plan_names_the_place(engine: Engine, text: str, provinces: list[str]) -> None:
    assert [province.name for province in engine.resolved(understand(text)).provinces] == provinces
