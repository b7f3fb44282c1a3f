"""Health, figures and log, over a library without an index."""

from __future__ import annotations

import asyncio
import json
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from layers import asked, plain, request
from web_library import CAO_BANG, SON_LA, Library

from qa.server import service
from qa.service.corpus_state import CorpusState
from qa.service.health import Health
from qa.service.metrics import Figures
from qa.service.request_log import Observed, request_id
from qa.service.settings import DEFAULTS
from qa.service.stack import Around
from qa.types import Answer
from qa.web.turns import InTurn


def health(engine: Any) -> Health:
    return Health(plain, engine, Figures(), DEFAULTS.metrics_from)


def told(engine: Any, path: str, client: str = "127.0.0.1", **headers: str) -> tuple[int, Any]:
    scope = {**request(path=path, client=client, **headers), "planqa.proxied": "x_forwarded_for" in headers}
    status, _, body = asyncio.run(asked(health(engine), scope))
    return status, json.loads(body) if body.startswith(b"{") else body.decode()


def fallback() -> Any:
    about = SimpleNamespace(documents=5, passages=548)
    generation = SimpleNamespace(about=about, folder="/nowhere/g-7", degraded="/srv/home: damaged (late/ids)")
    return SimpleNamespace(generation=generation)


def test_live_and_ready() -> None:
    assert told(Library(), "/healthz") == (200, {"status": "ok"})
    ready = {"status": "ready", "documents": 2, "passages": len(SON_LA.passages) + len(CAO_BANG.passages)}
    assert told(Library(), "/readyz", "203.0.113.7") == (200, ready)


def test_a_fallback_is_degraded_and_says_why_to_its_operator_only() -> None:
    said = {"status": "degraded", "documents": 5, "passages": 548}
    why = {"generation": "g-7", "reason": "/srv/home: damaged (late/ids)"}
    assert told(fallback(), "/readyz", "203.0.113.7") == (200, said)
    assert told(fallback(), "/readyz") == (200, {**said, **why})
    assert told(fallback(), "/readyz", x_forwarded_for="127.0.0.1") == (200, said)


def test_without_a_corpus_it_is_alive_and_not_ready() -> None:
    class Broken:
        def documents(self) -> None:
            raise OSError("gone")

    assert told(Broken(), "/healthz")[0] == 200
    assert told(Broken(), "/readyz") == (503, {"status": "unavailable"})


@pytest.mark.parametrize(
    ("client", "headers", "status"),
    [("127.0.0.1", {}, 200), ("203.0.113.7", {}, 404), ("127.0.0.1", {"x_forwarded_for": "127.0.0.1"}, 404)],
)
def test_figures_are_for_this_machine(client: str, headers: dict[str, str], status: int) -> None:
    assert told(Library(), "/metrics", client, **headers)[0] == status


def test_figures_count_what_was_asked() -> None:
    figures = Figures()
    engine = InTurn(Library(), answered=figures.answered)
    with TestClient(service(engine, around=Around(figures=figures)), client=("127.0.0.1", 1)) as client:
        for address in ("ask?question=4G", "ask?question=Internet", "tasks", "nothing"):
            client.get(f"/api/{address}")
        client.post("/gradio_api/run/predict", json={})
        assert client.get("/healthz").json() == {"status": "ok"}
        text = client.get("/metrics").text
    figures.answered(Answer("a", "vi", False, 0.1, "not_stated", ""), 0.2)
    lines = set(text.splitlines())
    assert {
        'planqa_requests_total{route="question",status="200"} 2.0',
        'planqa_requests_total{route="record",status="200"} 1.0',
        'planqa_requests_total{route="record",status="404"} 1.0',
        'planqa_requests_total{route="other",status="404"} 1.0',
        'planqa_refusals_total{cause="unknown_route"} 1.0',
        'planqa_questions_total{language="vi"} 2.0',
        "planqa_documents 2.0",
        "planqa_questions_waiting 0.0",
        "planqa_degraded 0.0",
    } <= lines
    assert b'planqa_abstentions_total{reason="not_stated"} 1.0' in figures.text(CorpusState(0, 0, 0, "", ""))[0]


def test_a_line_for_each_request() -> None:
    lines: list[str] = []
    app = Observed(plain, Figures(), lines.append, questions=True)
    scope = request("GET", "/api/ask", "question=secret", x_request_id="from-the-proxy-1")
    _, headers, _ = asyncio.run(asked(app, scope))
    assert headers["x-request-id"] == "from-the-proxy-1"
    [line] = lines
    found = json.loads(line)
    assert line.count("\n") == 1 and "secret" not in line
    assert {name: found[name] for name in ("request", "address", "method", "path", "status", "bytes")} == {
        "request": "from-the-proxy-1",
        "address": "203.0.113.7",
        "method": "GET",
        "path": "/api/ask",
        "status": 200,
        "bytes": 3,
    }


@pytest.mark.parametrize("questions", [False, True])
def test_a_question_is_logged_only_on_request(questions: bool) -> None:
    lines: list[str] = []
    around = Around()
    app = service(Library(), around=around)
    stack = app.build_middleware_stack()
    stack.app.write, stack.app.questions = lines.append, questions  # the layer below the addresses
    asyncio.run(asked(stack, request(path="/api/ask", query="question=Ai+lo+4G%3F%0AX" + "a" * 200)))
    found = json.loads(lines[0])
    assert found.get("question", "") == ("Ai lo 4G? X" + "a" * 68 + "…" if questions else "")


@pytest.mark.parametrize("given", ["", "short", "a b c d e f g", "x" * 65, "evil\r\nset-cookie: a=b", "-" * 10])
def test_a_number_that_is_no_number_is_not_taken_over(given: str) -> None:
    assert request_id(given) != given
    assert len(request_id(given)) == 16


def test_an_unexpected_error_has_a_number_and_its_headers() -> None:
    with TestClient(service(Library()), raise_server_exceptions=False) as client:
        answer = client.get("/api/ask?question=boom")
    assert answer.status_code == 500
    assert len(answer.headers["x-request-id"]) == 16
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
