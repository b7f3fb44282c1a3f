"""What a question names to the letter is matched as it stands."""

from __future__ import annotations

import pytest

from qa.engine import Engine
from qa.exact import named_exactly, plain, states_exactly


@pytest.mark.parametrize(
    ("question", "text", "stated"),
    [
        ("749/QĐ-TTg", "theo Quyết định số 749/QĐ-TTg ngày 03/6/2020", True),
        ("749/QĐ-TTg", "theo Quyết định số 1749/QĐ-TTg", False),
        ("749/qd-ttg", "theo Quyết định số 749/QĐ-TTg", True),
        ("ngày 03/6/2020", "ngày 3 tháng 6 năm 2020", True),
        ("ngày 3 tháng 6 năm 2020", "ngày 03/06/2020", True),
        ("ngày 03/6/2020", "ngày 13/6/2020", False),
        ("đạt 50%", "đạt trên 50 % dân số", True),
        ("đạt 50%", "đạt 150%", False),
        ("“mô hình 4 lớp”", "bảo vệ theo MÔ HÌNH 4 lớp", True),
        ('"mo hinh 4 lop"', "bảo vệ theo mô hình 4 lớp", True),
        ('"mô hình 4 lớp"', "mô hình 14 lớp", False),
    ],
)
def test_stated_or_not(question: str, text: str, stated: bool) -> None:
    [forms] = named_exactly(question)
    assert states_exactly(forms, plain(text), "") is stated


def test_a_question_that_names_nothing_to_the_letter() -> None:
    assert named_exactly("Ai chịu trách nhiệm về SOC đến năm 2025?") == ()


def test_a_document_number_in_the_text_is_found_first(engine: Engine) -> None:
    for question in ("505/QĐ-TTg", "quyet dinh 505/qd-ttg noi gi", "What is 505/QĐ-TTg?"):
        assert "505/QĐ-TTg" in engine.search(question, k=1)[0].text
