"""What is held against a model's wording: good wordings pass, and every kind of lie is told by its own rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from llm_answers import ALL, ISSUED_EN, TARGET_EN, TARGET_VI, TASK_EN, TASK_VI, YEARS_VI

from qa.llm.check import objection, sentences
from qa.llm.values import Value, read_values
from qa.types import Answer, Facts, Language

MONTHS = "January February March April May June July August September October November December".split()
SO = "Sở Thông tin và Truyền thông"
DEPARTMENT = "The Department of Information and Communications"
SHOWN = "dân số trưởng thành có điện thoại thông minh [1][2]."
LEAST = "Tối thiểu 1.250 doanh nghiệp [3]."
WHEN = "trước ngày 30/6/2025 [1]."
SIGNED = "It was signed by Nguyễn Quỳnh Thiện [2]."
HOMES = "Hộ gia đình có cáp quang"
REST = f"{HOMES} năm 2030 là 95% [1]. Xã có cáp quang năm 2030 là 100% [1]. Ở Gia Lai, {HOMES} năm 2025 là 70% [2]."
GOOD = [
    (
        TASK_VI,
        f"{SO} tỉnh Trà Vinh chịu trách nhiệm triển khai Trung tâm điều hành an ninh mạng (SOC), phối hợp với Công an "
        f"tỉnh và UBND các huyện, thị xã, thành phố [1]. Việc này phải xong {WHEN}",
    ),
    (TASK_VI, f"Theo Quyết định số 2043/QĐ-UBND, việc triển khai SOC do Sở TT&TT thực hiện {WHEN}"),
    (TASK_EN, f"{DEPARTMENT} leads it before 30 June 2025. [1] It coordinates with the Provincial Police. [1]"),
    (TASK_EN, f"In Tra Vinh, {DEPARTMENT.lower()} is responsible, before June 30, 2025 [1]."),
    (TARGET_VI, f"Đến năm 2025, hơn 85% {SHOWN} Ít nhất 1.250 doanh nghiệp dùng nền tảng số [3]."),
    (TARGET_EN, "By 2025, over 85 percent of adults have a smartphone [1][2]. At least 1,250 by 2025 [3]."),
    (TARGET_EN, "By 2025, over eighty-five percent of adults in Tra Vinh have one [1][2]. At least 1,250 in 2025 [3]."),
    (YEARS_VI, f"{HOMES} năm 2025 là 80% [1]. {REST}"),
    (ISSUED_EN, f"Decision No. 2043/QĐ-UBND of Trà Vinh was issued on November 19, 2024 [1]. {SIGNED}"),
]


@pytest.mark.parametrize(("answer", "text"), GOOD)
def test_a_good_wording_passes(answer: Answer, text: str) -> None:
    assert objection(text, answer) == ""


LIES = [
    # figures
    (TARGET_VI, f"Đến năm 2025, trên 95% {SHOWN} {LEAST}", "figure"),
    (TARGET_VI, f"Đến năm 2030, trên 85% {SHOWN} {LEAST}", "figure"),
    (TARGET_VI, f"Đến năm 2025, dưới 85% {SHOWN} {LEAST}", "figure"),
    (TARGET_VI, f"Đến năm 2025, 85% {SHOWN} {LEAST}", "figure"),
    (TARGET_VI, f"Đến năm 2025, trên chín mươi phần trăm {SHOWN} {LEAST}", "figure"),
    (TARGET_VI, f"Đến năm 2025, trên 85 triệu {SHOWN} {LEAST}", "figure"),
    (TARGET_VI, f"Đến năm 2025, trên 85% {SHOWN} Tối thiểu 1,250 doanh nghiệp [3].", "figure"),
    (TARGET_VI, f"Đến năm 2025, trên 85% {SHOWN} Tối đa 1.250 doanh nghiệp [3].", "figure"),
    (TARGET_EN, "By 2025, more than ninety percent of adults have a smartphone [1][2]. At least 1,250 [3].", "figure"),
    (TARGET_EN, "By 2025, more than 85% of adults have a smartphone [1][2]. At least 1.250 [3].", "figure"),
    # a figure of another citation than the sentence's own
    (TARGET_VI, f"Trên 85% dân số trưởng thành có điện thoại thông minh [3]. {LEAST}", "figure"),
    (TARGET_VI, f"Đến năm 2025, khoảng 85% {SHOWN} {LEAST}", "figure"),
    # figures that stand there, wrongly joined
    (YEARS_VI, f"{HOMES} năm 2030 là 80% [1]. {REST}", "another"),
    (YEARS_VI, f"Xã có cáp quang năm 2025 là 80% [1]. {REST}", "another"),
    (YEARS_VI, f"{HOMES} là 80% ở Gia Lai và 70% ở Trà Vinh [1][2]. {REST}", "another"),
    # dates: another day, the other side of it, the day of issue as a deadline
    (TASK_VI, f"{SO} chịu trách nhiệm, trước ngày 30/6/2026 [1].", "figure"),
    (TASK_VI, f"{SO} chịu trách nhiệm, sau ngày 30/6/2025 [1].", "figure"),
    (TASK_VI, f"{SO} chịu trách nhiệm, đến ngày 19/11/2024 [1].", "figure"),
    (TASK_EN, f"{DEPARTMENT} is responsible before 30 July 2025 [1].", "figure"),
    (TASK_EN, f"{DEPARTMENT} is responsible by 30 June 2025 [1].", "figure"),
    # documents
    (ISSUED_EN, f"Decision No. 2044/QĐ-UBND was issued on 19 November 2024 [1]. {SIGNED}", "figure"),
    # names
    (TASK_VI, f"Sở Tài chính chịu trách nhiệm, {WHEN}", "name"),
    (TASK_VI, f"Sở Thông tin và Công nghệ chịu trách nhiệm, {WHEN}", "name"),
    (TASK_VI, f"Sở Thông minh chịu trách nhiệm, {WHEN}", "name"),
    (TASK_VI, f"{SO} tỉnh Gia Lai chịu trách nhiệm, {WHEN}", "name"),
    (TASK_VI, f"{SO} chịu trách nhiệm, phối hợp với VNPT, {WHEN}", "name"),
    (TASK_EN, "The Department of Finance is responsible before 30 June 2025 [1].", "name"),
    (TASK_EN, "The Ministry of Magic is responsible before 30 June 2025 [1].", "name"),
    (TASK_EN, f"{DEPARTMENT} of Gia Lai is responsible before 30 June 2025 [1].", "name"),
    (ISSUED_EN, "It was issued on 19 November 2024 [1]. It was signed by Nguyễn Văn Thiện [2].", "name"),
    (TASK_VI, f"{SO} chịu trách nhiệm, {WHEN} Bkav lo việc này [1].", "name"),
    (TASK_EN, f"{DEPARTMENT} is responsible before 30 June 2025 [1]. Bkav helps the Provincial Police [1].", "name"),
    # roles
    (TASK_VI, f"Công an tỉnh chủ trì, phối hợp với {SO}, {WHEN}", "role"),
    (TASK_VI, f"Công an tỉnh chủ trì, phối hợp với Sở TT&TT, {WHEN}", "role"),
    (TASK_EN, f"The Provincial Police leads, {DEPARTMENT} coordinates, before 30 June 2025 [1].", "role"),
    # markers
    (TASK_VI, f"{SO} chịu trách nhiệm. Thời hạn: {WHEN}", "without a marker"),
    (TASK_VI, f"{SO} chịu trách nhiệm, trước ngày 30/6/2025 [1][7].", "no citation"),
    (TASK_VI, f"{SO} chịu trách nhiệm, trước ngày 30/6/2025.", "without a marker"),
    (TARGET_VI, f"Đến năm 2025, trên 85% {SHOWN}", "dropped"),
    (TARGET_VI, f"Trên 85% dân số trưởng thành có điện thoại thông minh [1]. {LEAST}", "dropped"),
    # links and markup
    (TASK_VI, f"{SO} chịu trách nhiệm, xem https://evil.example, {WHEN}", "link"),
    (TASK_VI, f"{SO} chịu trách nhiệm, xem evil.vn, {WHEN}", "link"),
    (TASK_VI, f"Sở [Thông tin](evil) và Truyền thông chịu trách nhiệm, {WHEN}", "link"),
    (TASK_VI, f"{SO} <img src=x> chịu trách nhiệm, {WHEN}", "link"),
    (TASK_VI, f"{SO} (a@b.vn) chịu trách nhiệm, {WHEN}", "link"),
    (TASK_VI, f"{SO} [xem] chịu trách nhiệm, {WHEN}", "brackets"),
    (TASK_VI, f"{SO}\u202e chịu trách nhiệm, {WHEN}", "characters"),
    (TASK_VI, f"{SO} chịu trách nhiệm, trước ngày ٣٠/٦/٢٠٢٥ [1].", "digits"),
    # language
    (TASK_VI, f"{DEPARTMENT} is responsible before 30 June 2025 [1].", "language"),
    (TASK_EN, f"{SO} chịu trách nhiệm, {WHEN}", "language"),
    (TASK_EN, f"Le {SO} est responsable avant la date de 30/06/2025 [1].", "language"),
    (TASK_EN, "信息和通信厅负责 30/06/2025 [1].", "language"),
    # what the passages do not say
    (TASK_VI, f"{SO} không chịu trách nhiệm, {WHEN}", "negation"),
    (TASK_EN, f"{DEPARTMENT} is not responsible before 30 June 2025 [1].", "negation"),
    (TASK_VI, f"{SO} chịu trách nhiệm, {WHEN} Việc bấm nút để nhận quà thật may mắn [1].", "something else"),
    (TASK_VI, f"“{SO} phải nộp phạt” {WHEN}", "quote"),
    # facts
    (TASK_VI, f"{SO} chịu trách nhiệm [1].", "fact"),
    (TASK_VI, f"Thời hạn: {WHEN}", "fact"),
    # length
    (TASK_VI, f"{SO} chịu trách nhiệm, {WHEN} " * 20, "too long"),
    (TASK_VI, " \n", "empty"),
]


@pytest.mark.parametrize(("answer", "text", "why"), LIES)
def test_a_lie_is_told_by_its_rule(answer: Answer, text: str, why: str) -> None:
    assert why in objection(text, answer)


def test_a_negation_of_the_passage_may_not_be_dropped() -> None:
    quote = "Không được chia sẻ dữ liệu cá nhân của người dân."
    answer = replace(
        TASK_VI,
        answer="Không được chia sẻ dữ liệu cá nhân của người dân. [1]",
        citations=(replace(TASK_VI.citations[0], quote=quote),),
        facts=Facts(),
    )
    assert objection("Dữ liệu cá nhân của người dân không được chia sẻ [1].", answer) == ""
    assert (
        objection("Dữ liệu cá nhân của người dân được chia sẻ [1].", answer)
        == "a negation of a cited passage is dropped"
    )


def test_a_sentence_ends_at_its_markers_whatever_it_quotes() -> None:
    text = "Kế hoạch nêu: “Một. Hai “ba.” Bốn.” (glossary: một = one) [1] TP. Huế, No. 7 [2][3]. Năm:\nSáu [1]"
    assert sentences(text) == (
        "Kế hoạch nêu: “Một. Hai “ba.” Bốn.” (glossary: một = one) [1]",
        "TP. Huế, No. 7 [2][3].",
        "Năm:",
        "Sáu [1]",
    )


def test_a_space_of_networks_is_no_negation() -> None:
    answer = replace(TASK_VI, answer=TASK_VI.answer.replace("cho tỉnh", "trên không gian mạng"))
    text = "Sở Thông tin và Truyền thông chịu trách nhiệm về không gian mạng, trước ngày 30/6/2025 [1]."
    assert objection(text, answer) == ""


@pytest.mark.parametrize(
    ("vietnamese", "english", "value"),
    [
        ("1.250", "1,250", Value("number", "1250")),
        ("37,8%", "37.8 percent", Value("number", "37.8%")),
        ("ngày 19 tháng 11 năm 2024", "19 November 2024", Value("date", "2024-11-19")),
        ("19/11/2024", "November 19th, 2024", Value("date", "2024-11-19")),
        ("tháng 6/2025", "June 2025", Value("month", "2025-06")),
        ("quý II/2026", "the second quarter of 2026", Value("quarter", "2026-Q2")),
        ("1.250 tỷ đồng", "1,250 billion dong", Value("number", "1250000000000")),
        ("tối đa 5 ngày", "at most five days", Value("number", "5", "<=")),
        ("không dưới 90%", "at least 90%", Value("number", "90%", ">=")),
        ("từ 15 tuổi trở lên", "aged 15 and over", Value("number", "15", ">=")),
        ("trước tháng 6/2025", "before June 2025", Value("month", "2025-06", "before")),
        ("từ ngày 01/7/2025", "from 1 July 2025", Value("date", "2025-07-01", "from")),
        ("khoản 3", "clause 3", Value("unit", "khoản 3")),
        ("mạng 5G", "5G network", Value("code", "5g")),
        ("gấp đôi", "twice", Value("code", "2x")),
    ],
)
def test_a_figure_is_the_same_in_both_languages(vietnamese: str, english: str, value: Value) -> None:
    languages: tuple[tuple[str, Language], ...] = ((vietnamese, "vi"), (english, "en"))
    assert [read_values(text, language)[0] for text, language in languages] == [(value,), (value,)]


@pytest.mark.parametrize("answer", ALL)
def test_the_plain_answers_own_sentences_pass(answer: Answer) -> None:
    text = answer.answer.removeprefix("Trà Vinh. ")
    assert objection(text, answer) == ""


@given(st.integers(0, 10**12))
def test_a_whole_number_is_the_same_however_it_is_grouped(number: int) -> None:
    english, vietnamese = f"{number:,}", f"{number:,}".replace(",", ".")
    assert read_values(english, "en")[0] == read_values(vietnamese, "vi")[0] == read_values(str(number), "vi")[0]


@given(st.dates(min_value=date(1945, 9, 2), max_value=date(2999, 12, 31)))
def test_a_date_is_the_same_however_it_is_written(day: date) -> None:
    forms: tuple[tuple[str, Language], ...] = (
        (f"ngày {day.day:02} tháng {day.month} năm {day.year}", "vi"),
        (f"{day.day}/{day.month:02}/{day.year}", "vi"),
        (f"{day.day} {MONTHS[day.month - 1]} {day.year}", "en"),
        (f"{MONTHS[day.month - 1]} {day.day}, {day.year}", "en"),
        (day.isoformat(), "en"),
    )
    assert {read_values(text, language)[0] for text, language in forms} == {(Value("date", day.isoformat()),)}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from(ALL))
def test_no_text_breaks_the_check(text: str, answer: Answer) -> None:
    assert objection(text, answer)
    assert objection(f"{text} [1].", answer) is not None
