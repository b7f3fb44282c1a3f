"""Requests made of the interface's own description, and questions of every kind: answers or typed errors, no crash.

`make test` makes some three hundred; `make soak` (PLANQA_SOAK=1) twenty thousand.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fakes import HashEncoder
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some
from making import SAMPLES, build, building, plan
from schemathesis import GenerationMode
from web_library import BAD, CAO_BANG, SON_LA, Library

from corpus.errors import PlanqaError
from index.home import open_home
from qa.engine import Engine
from qa.question import understand
from qa.server import service
from qa.service.settings import Limits, ServiceSettings
from qa.service.stack import Around
from qa.types import Filters
from qa.web.calls import page_calls
from qa.web.turns import InTurn

SOAK = bool(os.environ.get("PLANQA_SOAK"))
OPERATIONS = 9
EACH = int(os.environ.get("PLANQA_SOAK_REQUESTS", "20000")) // (2 * OPERATIONS) + 1 if SOAK else 17
STATUS = {200, 201, 400, 404, 405, 406, 413, 415, 422}
SETTINGS = settings(
    max_examples=EACH,
    deadline=None,
    database=None,
    derandomize=not SOAK,
    phases=[Phase.generate],  # what fails is told as it was found
    suppress_health_check=list(HealthCheck),
)
PIECES = (
    *(
        "Ai",
        "chủ trì",
        "khi nào",
        "bao nhiêu",
        "%",
        "năm 2025",
        "2024-13-45",
        "tỉnh",
        "Hà Giang",
        "7/KH-UBND",
        "chợ phiên",
    ),
    *(
        "Điều 999999999999",
        "khoản -1",
        "quý V/2025",
        "31/02/2024",
        "trước",
        "sau",
        "tháng 0",
        "còn",
        "và",
        "so với",
        "hay",
    ),
    *(
        "who",
        "when",
        "how many",
        "by the end of",
        "?",
        "[1]",
        "«",
        "\n",
        "\t",
        "\x00",
        "\u202e",
        "́" * 50,
        "９９",
        "0" * 400,
    ),
    *("()[]{}*+?|^$\\", "1e309", "-0", "NaN", "ư" * 300, "SOC", "=1+1", "<b>", "&amp;", "\U0001f600", "\ud800"),
)
questions = some.one_of(
    some.lists(some.sampled_from(PIECES), max_size=12).map(" ".join),
    some.lists(some.sampled_from(PIECES), max_size=12).map("".join),
    some.text(alphabet=some.characters(exclude_categories=[]), max_size=300),
    some.sampled_from(PIECES).map(lambda piece: piece * 200),
)


@cache
def described() -> Any:
    """The interface, as it describes itself."""
    often = Limits(questions_burst=1e6, others_burst=1e6, questions_a_minute=1e6, others_a_minute=1e6)
    app = service(InTurn(Library(SON_LA, CAO_BANG, BAD)), around=Around(ServiceSettings(often)))
    return schemathesis.openapi.from_asgi("/api/openapi.json", app)


def operations() -> list[Any]:
    return [found.ok() for found in described().get_all_operations()]


def test_every_operation_is_tried() -> None:
    assert len(operations()) == OPERATIONS


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fitting", "unfit"])
@pytest.mark.parametrize("place", range(OPERATIONS))
def test_requests_that_the_description_allows_or_forbids(place: int, mode: GenerationMode) -> None:
    operation = operations()[place]

    @SETTINGS
    @given(operation.as_strategy(generation_mode=mode))
    def sent(case: Any) -> None:
        answer = case.call()
        assert answer.status_code in STATUS, (answer.status_code, case.as_curl_command())
        if answer.status_code >= 400:
            assert set(answer.json()["error"]) == {"value", "expected", "remedy"}

    sent()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine over two plans of a few lines."""
    home: Path = tmp_path_factory.mktemp("small") / "home"
    encoder = HashEncoder()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "default_samples", lambda: SAMPLES)
        build(home, encoder, plan(7), plan(8, "Có 31 chợ phiên mở vào cuối tuần."))
        yield Engine(open_home(home), lambda: encoder, home)


MANY = settings(SETTINGS, max_examples=5_000 if SOAK else 150)


@MANY
@given(questions)
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        understand(text)
    except PlanqaError as error:
        assert "\n" not in str(error)


@MANY
@given(questions, some.one_of(some.just(""), questions), some.lists(questions, max_size=1))
def test_any_question_is_answered_or_refused(small: Engine, text: str, before: str, province: list[str]) -> None:
    try:
        answer = small.ask(text, Filters(provinces=tuple(province)), after=before)
    except PlanqaError as error:
        assert "\n" not in str(error)
    else:
        assert answer.answer or not answer.answerable
        for citation in answer.citations:
            held = small.document(citation.document_id).text
            assert held[citation.start : citation.end] == citation.quote


@settings(MANY, max_examples=1_000 if SOAK else 60)
@given(questions, questions, questions)
def test_whatever_a_browser_sends_can_be_sent_back(small: Engine, text: str, before: str, other: str) -> None:
    sent = {"question": text, "previous": before, "turn": 1, "open": other, "filters": {"province": [other]}}
    for call in page_calls(small):
        given = asyncio.run(call(sent))
        json.dumps(given, ensure_ascii=False).encode()
        assert "<b>" not in given.get("html", "")
