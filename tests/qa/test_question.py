"""What questions ask for: language, provinces, documents, years, wants."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import QuestionError
from qa.question import MAX_CHARACTERS, understand


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("who is responsible for SOC by when?", "en"),
        ("Sở nào lo SOC?", "vi"),
        ("den 2025 bao nhieu phan tram dan Tra Vinh co dien thoai thong minh", "vi"),
        ("Which department leads Trà Vinh's data centre?", "en"),
        ("SOC", "vi"),
        ("What does the plan of Gia Lai say about 5G?", "en"),
        ("soc tra vinh ai lo?", "vi"),
        ("deadline của việc chuyển đổi IPv6 là khi nào?", "vi"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert understand(text).language == language


@pytest.mark.parametrize(
    ("text", "provinces"),
    [
        ("mục tiêu của Gia Lai và Sơn La", ["Gia Lai", "Sơn La"]),
        ("muc tieu cua gia lai va son la", ["Gia Lai", "Sơn La"]),
        ("plans of Vinh Phuc", ["Vĩnh Phúc"]),
        ("kế hoạch của TP.HCM", ["Hồ Chí Minh"]),
        ("Ai phụ trách SOC?", []),
    ],
)
def test_provinces(text: str, provinces: list[str]) -> None:
    assert [province.name for province in understand(text).provinces] == provinces


def test_documents_and_years() -> None:
    asked = understand("Quyết định 2043/qđ-ubnd đặt mục tiêu gì cho năm 2025 và 2030?")
    assert asked.documents == ("2043/QĐ-UBND",)
    assert asked.years == ("2025", "2030")


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("who is responsible for SOC by when?", {"who", "when"}),
        ("Cơ quan nào chủ trì, cơ quan nào phối hợp?", {"who", "coordinating"}),
        ("co quan nao chu tri va han cuoi", {"who", "when"}),
        ("Bao nhiêu phần trăm dân số có điện thoại thông minh?", {"how_much"}),
        ("Ai ký kế hoạch này?", {"signer"}),
        ("Who signed the plan?", {"signer"}),
    ],
)
def test_wants(text: str, wants: set[str]) -> None:
    assert understand(text).wants == wants


def test_empty_and_overlong_questions_are_refused_in_one_line() -> None:
    for text in ("", "  \n\t ", "\u200b\u202e"):
        with pytest.raises(QuestionError, match="a question in Vietnamese or English"):
            understand(text)
    with pytest.raises(QuestionError, match=r"100,000 characters.*at most 2,000 characters") as caught:
        understand("a" * 100_000)
    assert len(str(caught.value)) < 250
    assert len(understand("á" * MAX_CHARACTERS).text) == MAX_CHARACTERS


@given(st.text(max_size=300))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        asked = understand(text)
    except QuestionError:
        return
    assert asked.text == asked.text.strip() and asked.language in ("vi", "en")


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("What do they hope for in 2025, and what five years later?", ("2025", "2030")),
        ("Gia Lai 2025 bao nhiêu, 5 năm sau đó bao nhiêu?", ("2025", "2030")),
        ("năm 2025 và sau đó mười năm", ("2025", "2035")),
        ("trong 5 năm sau khi ban hành", ()),
        ("by 2030, as decided three years ago", ("2030",)),
    ],
)
def test_years_counted_from_others(question: str, years: tuple[str, ...]) -> None:
    assert understand(question).years == years
