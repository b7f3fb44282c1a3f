"""What was understood, as chips, and questions from which a name was taken out."""

from __future__ import annotations

import pytest

from qa.page.chips import Chip, understood, without
from qa.question import understand


def test_province_and_year_are_shown_and_can_be_taken_out() -> None:
    chips = understood(understand("Ai lo SOC ở tỉnh Trà Vinh đến năm 2025?"), "vi")
    assert chips[:2] == (
        Chip("province", "Trà Vinh", "Ai lo SOC đến năm 2025?"),
        Chip("year", "2025", "Ai lo SOC ở tỉnh Trà Vinh?"),
    )


def test_what_is_asked_for_is_shown_in_the_language_of_the_page() -> None:
    asked = understand("Cơ quan nào chịu trách nhiệm về SOC?")
    assert understood(asked, "en")[-1] == Chip("wants", "responsible agency")


@pytest.mark.parametrize(
    ("question", "group", "name", "left"),
    [
        ("Who leads SOC in Trà Vinh province, and by when?", "province", "Trà Vinh", "Who leads SOC, and by when?"),
        ("What does Gia Lai's plan say?", "province", "Gia Lai", "What does plan say?"),
        ("tra vinh lam gi ve SOC", "province", "Trà Vinh", "lam gi ve SOC"),
        ("Quyết định số 2043/QĐ-UBND do ai ký?", "document", "2043/QĐ-UBND", "do ai ký?"),
        ("Đến năm 2025 có bao nhiêu?", "year", "2025", "có bao nhiêu?"),
        ("Ai lo SOC?", "province", "Trà Vinh", "Ai lo SOC?"),
    ],
)
def test_the_small_words_before_a_name_go_with_it(question: str, group: str, name: str, left: str) -> None:
    assert without(question, group, [name]) == left
