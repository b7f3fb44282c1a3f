"""Answer measures against the worked examples of eval/MEASURES.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval import answers as module
from eval.answers import MEASURES, Judged, judge
from eval.judge import squash
from eval.questions import Gold, GoldFacts, GoldTarget, Question
from qa.types import Answer, Citation, Facts, TargetFact

BODY = Gold("1/KH-UBND", "Trà Vinh", "Trên 85% dân số có điện thoại thông minh")
ANNEX = Gold("1/KH-UBND", "Trà Vinh", "Tỷ lệ người dùng điện thoại thông minh: 85%")
OTHER = Gold("2/KH-UBND", "Gia Lai", "80% dân số có điện thoại thông minh")
NOTHING_WANTED, NOTHING_SAID = GoldFacts(), Facts()
SOURCES = {gold.document: [squash(gold.quote)] for gold in (BODY, OTHER)}


def target(province: str, value: str, year: str) -> GoldTarget:
    return GoldTarget(province, "điện thoại", ">", value, "%", year)


def said(province: str, value: str, year: str) -> TargetFact:
    return TargetFact("1/KH-UBND", province, "smartphone", ">=", value, "%", year, "")


def cite(quote: str, document: str = "1/KH-UBND", citation: str = "khoản 3") -> Citation:
    return Citation(1, document, "", "", citation, "clause 3", "", quote, 0, len(quote), ())


def scores(
    gold: tuple[Gold, ...] = (BODY,),
    wanted: GoldFacts = NOTHING_WANTED,
    text: str = "x",
    facts: Facts = NOTHING_SAID,
    citations: tuple[Citation, ...] = (),
    answerable: bool = True,
    answered: bool = True,
    kind: str = "target",
) -> dict[str, float]:
    why_not = "" if answerable else "absent_topic"
    question = Question("t-1", "?", "vi", True, "citizen", kind, answerable, why_not, gold, wanted, False)
    answer = Answer("?", "vi", answered, 1.0, "" if answered else "not_stated", text, facts, citations)
    return judge(Judged(question, answer, SOURCES))


@pytest.mark.parametrize(
    ("gold", "found", "match", "f1"),
    [
        (("Các sở, ban, ngành",), ("Sở, ban, ngành",), 1.0, 1.0),
        (("UBND tỉnh",), ("Ủy ban nhân dân tỉnh",), 1.0, 1.0),
        (("Sở TT&TT",), ("Sở Thông tin và Truyền thông",), 1.0, 1.0),
        (("Sở Y tế", "Sở Nội vụ"), ("Sở Nội vụ", "Sở Y tế"), 1.0, 1.0),
        (("A", "D"), ("A", "B", "C"), 0.0, 0.4),  # P = 1/3, R = 1/2
        (("A",), (), 0.0, 0.0),
    ],
)
def test_agencies(gold: tuple[str, ...], found: tuple[str, ...], match: float, f1: float) -> None:
    result = scores(wanted=GoldFacts(responsible=gold), facts=Facts(responsible=found))
    assert (result["agency match"], result["agency F1"]) == (match, f1)
    assert "coordinating match" not in result and "deadline match" not in result


def test_coordinating_and_directing_agencies() -> None:
    wanted = GoldFacts(coordinating=("A",), directing=("B",))
    result = scores(wanted=wanted, facts=Facts(responsible=("A",), coordinating=("A",), directing=("C",)))
    assert (result["coordinating match"], result["directing match"]) == (1.0, 0.0)
    assert "agency match" not in result


@pytest.mark.parametrize(
    ("gold", "found", "match"),
    [
        ("2022 - 2025", "2022–2025", 1.0),
        ("Trước tháng 06/2025", "trước tháng 6/2025", 1.0),
        ("2022 - 2025", "2022–2025; thường xuyên", 0.0),
        ("thường xuyên", "", 0.0),
        ("", "", 1.0),
        ("", "2025", 0.0),
    ],
)
def test_deadlines(gold: str, found: str, match: float) -> None:
    assert scores(wanted=GoldFacts(deadline=gold), facts=Facts(deadline=found))["deadline match"] == match


def test_a_deadline_is_not_matched_by_declining() -> None:
    assert scores(wanted=GoldFacts(deadline=""), answered=False)["deadline match"] == 0.0


def test_targets() -> None:
    gold = GoldFacts(targets=(target("Trà Vinh", "85", "2025"), target("Trà Vinh", "95", "2030")))
    result = scores(wanted=gold, facts=Facts(targets=(said("Trà Vinh", "85.0", "2025"),)))
    assert (result["target recall"], result["target precision"]) == (0.5, 1.0)
    result = scores(wanted=gold, facts=Facts(targets=(said("Trà Vinh", "85", "2025"), said("Trà Vinh", "70", "2025"))))
    assert (result["target recall"], result["target precision"]) == (0.5, 0.5)
    for wrong in (said("Gia Lai", "85", "2025"), said("Trà Vinh", "85", "2030")):
        assert scores(wanted=gold, facts=Facts(targets=(wrong,)))["target recall"] == 0.0
    assert "target precision" not in scores(wanted=gold)


def test_comparison_rows() -> None:
    gold = GoldFacts(targets=(target("Trà Vinh", "85", "2025"), target("Gia Lai", "80", "2025")))
    facts = Facts(targets=(said("Trà Vinh", "85", "2025"),))
    cited = (cite(BODY.quote), cite(OTHER.quote, OTHER.document))
    result = scores((BODY, OTHER), gold, facts=facts, citations=cited, kind="comparison")
    assert result["comparison rows"] == 0.5  # Gia Lai is cited without its figure
    result = scores((BODY, OTHER), gold, facts=facts, kind="comparison")
    assert result["comparison rows"] == 0.0  # and Trà Vinh's figure is not proved
    assert "comparison rows" not in scores()


def test_signer_and_date() -> None:
    wanted = GoldFacts(signer="Nguyễn Quỳnh Thiện", date="2024-11-19")
    for text in ("Nguyễn Quỳnh Thiện, 19/11/2024", "nguyễn quỳnh thiện, ngày 19 tháng 11 năm 2024"):
        result = scores(wanted=wanted, text=text)
        assert (result["signer match"], result["date match"]) == (1.0, 1.0)
    result = scores(wanted=wanted, text="Vũ Chí Giang, 19 November 2024")
    assert (result["signer match"], result["date match"]) == (0.0, 1.0)
    assert scores(wanted=wanted, text="19/1/2024")["date match"] == 0.0


def test_citations() -> None:
    heading = cite("II. MỤC TIÊU")
    result = scores((BODY, ANNEX), citations=(cite(f"- {BODY.quote}."), heading))
    assert (result["citation precision"], result["citation recall"], result["gold cited"]) == (0.5, 0.5, 1.0)
    result = scores(citations=(cite("dân số có điện thoại"),))  # part of the gold quote
    assert result["citation precision"] == 1.0
    result = scores(citations=(cite(BODY.quote, "2/KH-UBND"),))  # right words, wrong document
    assert (result["citation precision"], result["citation recall"], result["gold cited"]) == (0.0, 0.0, 0.0)
    declined = scores(answered=False)
    assert (declined["citation recall"], declined["gold cited"]) == (0.0, 0.0)
    assert "citation precision" not in declined


def test_quotes_verbatim() -> None:
    assert scores(citations=(cite("Trên 85%\ndân số"),))["quotes verbatim"] == 1.0
    assert scores(citations=(cite("85% | dân số"), cite("Trên 86% dân số")))["quotes verbatim"] == 0.5
    assert "quotes verbatim" not in scores()


@pytest.mark.parametrize(
    ("text", "quote", "supported"),
    [
        ("trên 85% [1]", "Trên 85% dân số", 1.0),
        ("trên 85% đến năm 2025 [1]", "Trên 85% dân số", 0.0),
        ("37.8 percent [1]", "đạt 37,8%", 1.0),
        ("1,000 machines [1]", "1.000 máy", 1.0),
        ("theo khoản 3 [1]", "Trên 85% dân số", 1.0),  # the citation's name has the 3
        ("không có số nào", "", 1.0),
    ],
)
def test_unsupported_numbers(text: str, quote: str, supported: float) -> None:
    assert scores(text=text, citations=(cite(quote),))["no unsupported numbers"] == supported


def test_abstention() -> None:
    right = scores(gold=(), answerable=False, answered=False, kind="unanswerable")
    assert right == {"abstention precision": 1.0, "abstention recall": 1.0}
    missed = scores(gold=(), answerable=False, kind="unanswerable")
    assert missed["abstention recall"] == 0.0 and "abstention precision" not in missed
    false = scores(answered=False)
    assert (false["false abstention"], false["abstention precision"]) == (1.0, 0.0)
    assert scores()["false abstention"] == 0.0


def test_every_measure_is_defined_in_the_docs() -> None:
    docs = (Path(module.__file__).parent / "MEASURES.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in docs.splitlines() if line.startswith("|")]
    assert [name for name in MEASURES if not any(name in row for row in rows)] == []
