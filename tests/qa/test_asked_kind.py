"""Which kind of agency is asked for, in Vietnamese with and without marks and in English."""

from __future__ import annotations

import pytest

from qa.answers.asked_kind import asks_several, of_other_kind
from qa.question import understand


@pytest.mark.parametrize(
    ("question", "agency", "expected"),
    [
        ("Sở nào lo chợ số ở Sơn La?", "Sở Công Thương", False),
        ("Sở nào lo chợ số ở Sơn La?", "Hội Nông dân", True),
        ("so nao lo cho so o son la", "Hội Nông dân", True),
        ("Hội đoàn nào giúp nông dân?", "Hội Nông dân tỉnh", False),
        ("Hội đoàn nào giúp nông dân?", "VNPT Sơn La", True),
        ("Doanh nghiệp nào kéo cáp?", "Viettel Sơn La", False),
        ("Tổ chức nào giúp nông dân?", "Hội Nông dân", False),  # "tổ chức" is no "tổ"
        ("Bộ nào ban hành?", "Bộ Chỉ huy quân sự tỉnh", True),
        ("Ai lo chợ số?", "Hội Nông dân", False),
        ("Which department runs the market?", "Sở Công Thương", False),
        ("Which department runs the market?", "UBND các xã", True),
    ],
)
def test_agencies_of_another_kind(question: str, agency: str, expected: bool) -> None:
    assert of_other_kind(understand(question), [agency]) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Ai tham mưu vốn sự nghiệp, ai lo vốn đầu tư?", True),
        ("Tiền chi và tiền xây, mỗi khoản do sở nào lo?", True),
        ("Who keeps the platform, and which department trains its users?", True),
        ("Sở nào chủ trì, ai phối hợp?", False),
        ("Who leads, and who helps?", False),
        ("Each month somebody has to report. Who?", False),
        ("AI pháp luật do ai làm?", False),  # artificial intelligence asks for nobody
    ],
)
def test_whether_two_agencies_are_asked_for(question: str, expected: bool) -> None:
    assert asks_several(understand(question)) is expected
