"""Answers over the shipped plans, checked against what the plans say; and the rules that hold for every answer."""

from __future__ import annotations

import re

import pytest

from corpus.errors import QuestionError
from qa.engine import Engine
from qa.types import Answer, Filters

QUESTIONS = [
    "who is responsible for SOC by when?",
    "Ai chịu trách nhiệm SOC, thời hạn khi nào?",
    "den 2025 bao nhieu phan tram dan Tra Vinh co dien thoai thong minh",
    "Gia Lai đặt mục tiêu bao nhiêu phần trăm hộ gia đình có cáp quang đến năm 2030?",
    "Who leads digital skills training for people in Sơn La?",
    "Ai ký quyết định 2043/QĐ-UBND?",
    "When was the plan of Vĩnh Phúc issued?",
    "Sở Tài chính Vĩnh Phúc làm gì?",
    "trợ lý ảo hỗ trợ người dân 24/7",
    "What is the weather in Paris tomorrow?",
    "Kế hoạch của Cần Thơ về SOC?",
    "谁负责SOC",
    "😀😀😀",
    "How do I cook pho?",
    "' OR 1=1; DROP TABLE answers; --",
    "<script>alert(1)</script> ai lo SOC?",
]


@pytest.fixture(scope="module")
def answers(engine: Engine) -> dict[str, Answer]:
    return {question: engine.ask(question) for question in QUESTIONS}


@pytest.mark.parametrize("question", QUESTIONS[:2])
def test_who_and_by_when(answers: dict[str, Answer], question: str) -> None:
    given = answers[question]
    assert given.answerable
    assert given.facts.responsible == ("Sở Thông tin và Truyền thông",)
    assert given.facts.deadline == "thường xuyên"
    cited = given.citations[0]
    assert cited.document == "2043/QĐ-UBND" and cited.province == "Trà Vinh"
    assert cited.citation.endswith(
        "điểm a khoản 3 Điều 1 Quyết định số 2043/QĐ-UBND ngày 19/11/2024 của UBND tỉnh Trà Vinh"
    )
    assert "Trung tâm điều hành an ninh mạng (SOC)" in cited.quote
    assert "+ Cơ quan thực hiện: Sở Thông tin và Truyền thông." in cited.quote


def test_english_names_the_agency_in_both_languages(answers: dict[str, Answer]) -> None:
    text = answers[QUESTIONS[0]].answer
    assert "Department of Information and Communications (Sở Thông tin và Truyền thông)" in text
    assert "continuous, no end date (“thường xuyên”)" in text


def test_a_target_asked_without_marks(answers: dict[str, Answer]) -> None:
    given = answers[QUESTIONS[2]]
    assert given.language == "vi"
    target = given.facts.targets[0]
    assert (target.province, target.comparator, target.value, target.unit, target.year) == (
        "Trà Vinh",
        ">",
        "85",
        "%",
        "2025",
    )
    assert [citation.quote for citation in given.citations] == [
        "+ Trên 85% dân số trưởng thành có điện thoại thông minh.",
        "b) Mục tiêu cụ thể đến năm 2025",  # the year stands in the heading
    ]
    assert given.citations[1].citation.startswith("điểm b khoản 2 Điều 1 Quyết định số 2043/QĐ-UBND")
    assert given.citations[1].citation_en.startswith("point b, clause 2, Article 1, Decision No. 2043/QĐ-UBND")
    assert "trên 85%" in given.answer


def test_a_target_of_the_year_that_is_asked(answers: dict[str, Answer]) -> None:
    given = answers[QUESTIONS[3]]
    assert [(t.province, t.value, t.year) for t in given.facts.targets] == [("Gia Lai", "100", "2030")]


def test_lead_coordinating_and_directing_of_a_merged_table(answers: dict[str, Answer]) -> None:
    given = answers[QUESTIONS[4]]
    assert given.facts.responsible == ("UBND các huyện, thành phố",)
    assert given.facts.coordinating == ("Sở Thông tin và Truyền thông",)
    assert given.facts.directing == ("Tổ Xã hội số - Ban Chỉ đạo CĐS tỉnh",)


def test_signer_and_date(answers: dict[str, Answer]) -> None:
    assert "Nguyễn Quỳnh Thiện" in answers[QUESTIONS[5]].answer
    assert "Nguyễn Quỳnh Thiện" in answers[QUESTIONS[5]].citations[0].quote
    assert "3 March 2022" in answers[QUESTIONS[6]].answer
    assert [citation.quote for citation in answers[QUESTIONS[6]].citations] == [
        "Vĩnh Phúc, ngày 03 tháng 3 năm 2022",
        "55/KH-UBND",
    ]


def test_a_duty_in_prose_has_the_agency_of_its_heading(answers: dict[str, Answer]) -> None:
    given = answers[QUESTIONS[7]]
    assert given.citations[0].province == "Vĩnh Phúc"
    assert any("Tham mưu UBND tỉnh bố trí kinh phí" in citation.quote for citation in given.citations)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("How do I cook pho?", "nothing_found"),
        (QUESTIONS[9], "nothing_found"),
        (QUESTIONS[10], "province_not_covered"),
        (QUESTIONS[11], "other_language"),
    ],
)
def test_what_the_plans_do_not_answer(answers: dict[str, Answer], question: str, reason: str) -> None:
    given = answers[question]
    assert not given.answerable and given.reason == reason
    assert given.citations == () and given.facts.responsible == () and given.facts.targets == ()
    assert given.answer


def test_quotes_stand_in_the_document_to_the_letter(engine: Engine, answers: dict[str, Answer]) -> None:
    for given in answers.values():
        for citation in given.citations:
            document = engine.document(citation.document_id)
            assert document.text[citation.start : citation.end] == citation.quote
            assert any(passage.id == citation.passage_id for passage in document.passages)
        for found in given.passages:
            assert engine.document(found.document_id).text[found.start : found.end] == found.text


def test_every_sentence_points_to_a_citation_and_every_number_stands_in_one(answers: dict[str, Answer]) -> None:
    for given in answers.values():
        markers = {int(n) for n in re.findall(r"\[(\d+)\]", given.answer)}
        assert markers <= {citation.n for citation in given.citations}
        if given.answerable:
            assert given.answer.rstrip().endswith("]") and markers
            quoted = set(re.findall(r"\d+", " ".join(citation.quote for citation in given.citations)))
            stated = re.findall(r"\d+", re.sub(r"\[\d+\]", "", given.answer))
            assert {int(number) for number in stated} <= {int(number) for number in quoted}


def test_json_has_the_keys_of_the_contract(answers: dict[str, Answer]) -> None:
    record = answers[QUESTIONS[0]].to_json()
    assert list(record) == [
        "id", "question", "language", "answerable", "confidence", "reason", "answer", "facts", "citations", "passages",
    ]  # fmt: skip
    assert list(record["facts"]) == ["responsible", "coordinating", "directing", "deadline", "targets"]
    assert {"n", "document", "province", "citation", "passage_id", "quote", "start", "end", "sources"} <= set(
        record["citations"][0]
    )
    assert {"rank", "passage_id", "document", "province", "citation", "text", "score"} <= set(record["passages"][0])
    assert record["citations"][0]["sources"] == [
        "tra-vinh-2024-2043-qd-ubnd.portal.txt",
        "tra-vinh-2024-2043-qd-ubnd.scan.txt",
    ]


def test_filters_restrict_and_unknown_ones_are_told(engine: Engine) -> None:
    found = engine.search("chuyển đổi số", Filters(provinces=("son la",)), k=20)
    assert {passage.province for passage in found} == {"Sơn La"}
    found = engine.search("chuyển đổi số", Filters(documents=("55/KH-UBND",), kinds=("target",)), k=20)
    assert {(passage.document, passage.kind) for passage in found} == {("55/KH-UBND", "target")}
    for filters in (Filters(provinces=("Atlantis",)), Filters(documents=("9/X",)), Filters(kinds=("poem",))):
        with pytest.raises(QuestionError):
            engine.search("chuyển đổi số", filters)


def test_a_province_of_today_finds_the_plans_of_those_it_was_formed_from(engine: Engine) -> None:
    assert {p.province for p in engine.search("SOC", Filters(provinces=("Vĩnh Long",)))} == {"Trà Vinh"}
    assert {p.province for p in engine.search("mục tiêu của Phú Thọ")} == {"Vĩnh Phúc"}


def test_an_answer_asked_by_todays_name_says_so(engine: Engine) -> None:
    assert engine.ask("Ai lo SOC ở Vĩnh Long?").answer.startswith("Trà Vinh (nay thuộc Vĩnh Long). Chịu trách nhiệm: ")
    assert engine.ask("who is responsible for SOC in Vinh Long?").answer.startswith(
        "Trà Vinh (now part of Vĩnh Long). "
    )
    found = engine.search("SOC", Filters(provinces=("Vĩnh Long",)), k=1)[0]
    assert found.to_json()["province_today"] == "Vĩnh Long"


def test_an_agency_of_today_finds_the_tasks_of_the_one_it_took_over(engine: Engine) -> None:
    given = engine.ask("Sở Khoa học và Công nghệ Trà Vinh làm gì với SOC, khi nào xong?")
    assert given.facts.responsible == ("Sở Thông tin và Truyền thông",)
    assert "(Sở Thông tin và Truyền thông nay là Sở Khoa học và Công nghệ.)" in given.answer
    assert "nay là" not in engine.ask("Sở Thông tin và Truyền thông Trà Vinh làm gì với SOC, khi nào xong?").answer
