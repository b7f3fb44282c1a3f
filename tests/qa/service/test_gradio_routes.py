"""Of gradio's routes the page's own are served, and no other, whatever its version brings."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from web_library import Library

from qa.app import SESSIONS, Recent
from qa.server import web_app
from qa.service.asked import CALLS
from qa.service.routes import route_of
from qa.service.settings import Limits, ServiceSettings
from qa.web.calls import page_calls

NEEDED = {
    "GET /",
    "GET /config",
    "GET /gradio_api/app_id",
    "GET /gradio_api/queue/data",
    "GET /assets/{path:path}",
    "GET /static/{path:path}",
    "GET /theme.css",
    "GET /favicon.ico",
    "GET /robots.txt",
    "GET /manifest.json",
    "POST /gradio_api/component_server/",
    "POST /gradio_api/queue/join",
}
CALL = "/gradio_api/component_server/"


@pytest.fixture(scope="module")
def app() -> Any:
    often = Limits(others_burst=1e6, files_burst=1e6, questions_burst=1e6)

    async def built() -> Any:  # gradio makes an event loop where there is none, and leaves it open
        return web_app(Library(), settings=ServiceSettings(often))  # type: ignore[arg-type]

    return asyncio.run(built())


@pytest.fixture(scope="module")
def client(app: Any) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


def gradio_routes(app: Any) -> list[tuple[str, str]]:
    """Method and path of all that gradio would serve."""
    mounted = [route.app for route in app.routes if type(getattr(route, "app", None)).__name__ == "App"]
    assert len(mounted) == 1
    found = [
        (method, route.path)
        for route in all_of(mounted[0].routes)
        for method in sorted(getattr(route, "methods", None) or {"GET"})
    ]
    assert len(found) > 60
    return found


def all_of(routes: list[Any]) -> Iterator[Any]:
    """Routes, and those of routers among them."""
    for route in routes:
        inner = getattr(route, "routes", None) or getattr(getattr(route, "original_router", None), "routes", None)
        if inner:
            yield from all_of(inner)
        elif getattr(route, "path", ""):
            yield route


def test_every_other_route_of_gradio_is_refused(app: Any, client: TestClient) -> None:
    served = set()
    for method, path in gradio_routes(app):
        if method == "HEAD":
            continue
        address = re.sub(r"\{(\w+)(:\w+)?\}", "a", path) or "/"
        answer = client.request(method, address, headers={"content-type": "application/json"}, content=b"{}")
        if f"{method} {path}" in NEEDED:
            served.add(f"{method} {path}")
            assert route_of(method, address) is not None
        else:
            assert answer.status_code == 404, f"{method} {path}: {answer.status_code}"
            assert answer.json()["error"]["expected"] == "no such address", path
    assert served == NEEDED


@pytest.mark.parametrize(
    "address",
    [
        "/gradio_api/file=/etc/passwd",
        "/file=/etc/passwd",
        "/gradio_api/file/etc/passwd",
        "/gradio_api/proxy=http://127.0.0.1/",
        "/gradio_api/upload_progress?upload_id=a",
        "/gradio_api/info",
        "/gradio_api/openapi.json",
        "/gradio_api/heartbeat/a",
        "/gradio_api/call/ask/1",
        "/monitoring",
        "/monitoring/summary",
        "/docs",
        "/openapi.json",
        "/gradio_api/mcp/sse",
        "/gradio_api/deep_link",
        "/login_check",
        "/svelte/svelte.js",
        "/custom_component/a/client/a/a.js",
        "/gradio_api/queue/status",
        "/gradio_api/startup-events",
        "/assets/..%2f..%2froutes.py",
        "/static/%2e%2e/%2e%2e/routes.py",
    ],
)
def test_what_others_found_open(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_page_is_served_and_tells_nothing_of_the_machine(client: TestClient) -> None:
    page, config = client.get("/").text, client.get("/config").text
    assert "planqa" in page
    assert not re.search(r"/(?:home|root|tmp|work|usr|var)/", page + config)


def test_private_functions_are_not_described_and_cannot_be_called_by_name(client: TestClient) -> None:
    config = client.get("/config").json()
    assert {function["api_visibility"] for function in config["dependencies"]} == {"private"}
    for path in ("run/predict", "api/fill", "call/fill", "call/v2/fill"):
        assert client.post(f"/gradio_api/{path}", json={"data": []}).status_code == 404


def test_the_calls_of_the_page_are_those_that_pass(client: TestClient) -> None:
    assert {call.__name__ for call in page_calls(Library())} == set(CALLS)  # type: ignore[arg-type]
    part = next(p for p in client.get("/config").json()["components"] if p["props"].get("elem_id") == "pq-work")
    sent = {"component_id": part["id"], "session_hash": "s", "data": {"question": "4G?"}}
    answer = client.post(CALL, json={**sent, "fn_name": "ask"})
    assert "Trước tháng 6/2025" in answer.json()["html"]
    assert client.post(CALL, json={**sent, "fn_name": "postprocess"}).status_code == 404
    assert client.post(CALL, json={**sent, "fn_name": "ask", "component_id": 999}).status_code >= 400


def test_questions_that_are_too_long_reach_no_engine(client: TestClient) -> None:
    part = next(p for p in client.get("/config").json()["components"] if p["props"].get("elem_id") == "pq-work")
    sent = {"component_id": part["id"], "session_hash": "s", "fn_name": "ask", "data": {"question": "a" * 2_001}}
    assert "tối đa 2000" in client.post(CALL, json=sent).json()["html"]
    assert client.post("/api/ask", json={"question": "a" * 2_001}).status_code == 422
    assert client.get("/api/search", params={"question": "a" * 2_001}).status_code == 422
    sent["data"] = {"question": "a" * 200_000}
    assert client.post(CALL, json=sent).status_code == 413


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://testserver:81"])
def test_no_other_site_may_ask(client: TestClient, origin: str) -> None:
    assert client.post("/api/ask", json={"question": "a"}, headers={"origin": origin}).status_code == 403
    preflight = {"origin": origin, "access-control-request-method": "POST"}
    for path in ("/api/ask", CALL, "/gradio_api/queue/join"):
        answer = client.options(path, headers=preflight)
        assert answer.status_code >= 400
    for path in ("/", "/config", "/api/documents"):
        answer = client.get(path, headers={"origin": origin})
        assert not [name for name in answer.headers if name.startswith("access-control")], path


def test_gradio_remembers_few_readers(app: Any, client: TestClient) -> None:
    [gradio] = [route.app for route in app.routes if type(getattr(route, "app", None)).__name__ == "App"]
    part = next(p for p in client.get("/config").json()["components"] if p["props"].get("elem_id") == "pq-work")
    for number in range(SESSIONS + 20):
        sent = {"component_id": part["id"], "session_hash": f"s{number}", "fn_name": "start", "data": {}}
        assert client.post(CALL, content=json.dumps(sent), headers={"content-type": "application/json"}).is_success
    assert len(gradio.state_holder.session_data) == SESSIONS
    assert isinstance(gradio.get_blocks()._queue.pending_event_ids_session, Recent)


def test_notes_on_events_are_forgotten_when_nothing_runs() -> None:
    notes = Recent(3)
    notes["running"] = {"a"}
    for number in range(10):
        notes[str(number)] = set()
    assert "running" in notes and "9" in notes
    assert len(notes) <= 4
