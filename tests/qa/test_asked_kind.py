"""Which kind of agency is asked for, in Vietnamese with and without marks and in English."""

from __future__ import annotations

import pytest

from qa.answers.asked_kind import of_other_kind
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
