"""Requests that no one would write by hand: whatever is sent, one JSON answer comes back and nothing is raised."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from web_library import BAD, CAO_BANG, SON_LA, Library

from qa.server import service
from qa.service.settings import Limits, ServiceSettings
from qa.service.stack import Around
from qa.web.turns import InTurn

SETTINGS = settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
NAMES = (
    "question", "k", "province", "document", "year", "kind", "agency", "role", "text", "due_from", "due_to",
    "overdue_at", "sort", "format", "target_year", "unit", "start", "end", "verdict", "note", "passage_ids",
)  # fmt: skip
LIKELY = (
    "a",
    "5",
    "Sơn La",
    "7/KH-UBND",
    "2022",
    "task",
    "lead",
    "2025-05-31",
    "csv",
    "xlsx",
    "ics",
    "%",
    "-1",
    "right",
)
STATUS = {200, 201, 400, 404, 405, 422}
values = some.one_of(
    some.sampled_from(LIKELY),
    some.text(alphabet=some.characters(), max_size=40),
    some.integers().map(str),
    some.just("x" * 5_000),
)
trees: Any = some.recursive(
    some.one_of(some.none(), some.booleans(), some.integers(), some.floats(), values),
    lambda inner: some.one_of(
        some.lists(inner, max_size=4), some.dictionaries(some.text(max_size=9), inner, max_size=4)
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Raises what the service does not answer itself."""
    home: Path = tmp_path_factory.mktemp("home")
    often = Around(ServiceSettings(Limits(questions_burst=1e6, others_burst=1e6)))
    with TestClient(service(InTurn(Library(SON_LA, CAO_BANG, BAD)), home, around=often)) as client:
        yield client


def check(answer: Any) -> None:
    assert answer.status_code in STATUS
    if answer.status_code >= 400:
        assert set(answer.json()["error"]) == {"value", "expected", "remedy"}
    elif answer.headers["content-type"] == "application/json":
        answer.json()


@SETTINGS
@given(
    path=some.sampled_from(["search", "ask", "tasks", "targets", "documents", f"documents/{SON_LA.id}"]),
    params=some.lists(some.tuples(some.sampled_from(NAMES), values), max_size=6),
)
def test_mutated_addresses(client: TestClient, path: str, params: list[tuple[str, str]]) -> None:
    query = "&".join(f"{name}={quote(value, safe='', errors='replace')}" for name, value in params)
    check(client.get(f"/api/{path}?{query}"))


@SETTINGS
@given(
    path=some.sampled_from(["search", "ask", "feedback"]),
    body=some.one_of(trees, some.dictionaries(some.sampled_from(NAMES), trees, max_size=5)),
)
def test_mutated_bodies(client: TestClient, path: str, body: Any) -> None:
    headers = {"content-type": "application/json"}
    check(client.post(f"/api/{path}", content=json.dumps(body), headers=headers))


@SETTINGS
@given(path=some.text(max_size=60), method=some.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]))
def test_mutated_paths(client: TestClient, path: str, method: str) -> None:
    check(client.request(method, f"/api/{quote(path, errors='replace')}", follow_redirects=False))
