"""Follow-ups keep what they do not change; a question that stands by itself is left alone."""

from __future__ import annotations

import pytest

from qa.followup import resolve
from qa.question import understand

PHONES = "Bao nhiêu phần trăm dân số Trà Vinh có chữ ký số đến năm 2025?"
SOC = "Ai chủ trì SOC ở Trà Vinh, hạn khi nào?"


@pytest.mark.parametrize(
    ("text", "before", "resolved"),
    [
        ("còn Gia Lai thì sao?", PHONES, PHONES.replace("Trà Vinh", "Gia Lai")),
        ("con son la", PHONES, PHONES.replace("Trà Vinh", "Sơn La")),
        ("thế còn năm 2030?", PHONES, PHONES.replace("2025", "2030")),
        ("and in Son La?", "What share of Tra Vinh has 5G?", "What share of Sơn La has 5G?"),
        ("còn chữ ký điện tử thì sao?", PHONES, "chữ ký điện tử ở Trà Vinh đến năm 2025?"),
        ("vậy Sở Y tế thì sao?", "Sở Nội vụ Trà Vinh phải làm gì?", "Sở Y tế Trà Vinh phải làm gì?"),
    ],
)
def test_what_is_named_takes_the_place_of_what_was_named(text: str, before: str, resolved: str) -> None:
    assert resolve(text, before).text == resolved


def test_another_slot_of_the_same_topic() -> None:
    asked = resolve("ai phối hợp?", SOC)
    assert "SOC" in asked.text and asked.wants == {"who", "coordinating"}
    assert resolve("chừng nào xong?", understand(SOC)).wants == {"when"}


@pytest.mark.parametrize(
    "text",
    ["Ai ký kế hoạch của Gia Lai?", "Bao nhiêu hộ gia đình có cáp quang ở Gia Lai?", "Sở Nội vụ phải làm gì?"],
)
def test_a_whole_question_stays_itself(text: str) -> None:
    assert resolve(text, SOC) == understand(text)
