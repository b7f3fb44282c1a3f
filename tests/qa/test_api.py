"""The REST interface: the contract's JSON, limits, errors on one line, files to download, hostile text as text."""

from __future__ import annotations

import io
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar
from openpyxl import load_workbook
from web_library import BAD, CAO_BANG, HOSTILE, SON_LA, Library

from qa.engine import Engine
from qa.server import service
from qa.show import document_record
from qa.types import Answer, Filters, Found
from qa.web import api_requests, feedback
from qa.web.api import api_app
from qa.web.programs import Api
from qa.web.turns import InTurn

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</script><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{7*7}} ${7*7} #{7*7}",
    "<!--#exec cmd='ls'-->",
    "' OR 1=1 --",
    "'; DROP TABLE feedback; --",
    "../../../../etc/passwd",
    "%2e%2e%2f%00",
    "\u0000\u0001\u001b[31m",
    "\u202etxt.exe",
    '=HYPERLINK("http://x")',
    "\r\nSet-Cookie: a=b",
    "&lt;b&gt; &#x27;",
    "𝒳" * 500,
    "ế" * 1_000,
    "[1](javascript:alert(1)) **b** `c`",
    '{"question": {"$ne": null}}',
)


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def client(library: Library, tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(service(InTurn(library), tmp_path), raise_server_exceptions=False) as client:
        yield client


def error_of(answer: Any, status: int) -> dict[str, str]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    assert set(body) == {"error"} and set(body["error"]) == {"value", "expected", "remedy"}
    assert not any("\n" in part or "Traceback" in part for part in body["error"].values())
    return dict(body["error"])


def test_search_lists_passages_best_first(client: TestClient, library: Library) -> None:
    found = client.get("/api/search", params={"question": "4G", "province": "sơn la", "k": 2}).json()
    assert [(passage["rank"], passage["document"]) for passage in found] == [(1, "7/KH-UBND"), (2, "7/KH-UBND")]
    assert found[1]["text"] == "Trên 60% hộ gia đình dùng Internet năm 2025"
    assert found == client.post("/api/search", json={"question": "4G", "province": ["sơn la"], "k": 2}).json()
    assert library.asked == [("4G", Filters(("sơn la",)))] * 2


def test_ask_gives_the_contract(client: TestClient, library: Library) -> None:
    asked = {"question": " Ai phủ sóng 4G? ", "year": ["2022"], "kind": ["task"]}
    answer = client.post("/api/ask", json=asked).json()
    assert answer == library.ask("Ai phủ sóng 4G?").to_json()
    assert answer["citations"][0]["quote"] == "xong trước tháng 6/2025"
    assert library.asked[0] == ("Ai phủ sóng 4G?", Filters((), (), ("2022",), ("task",)))
    assert client.get("/api/ask", params=asked).json() == answer


def test_tasks_are_filtered_and_sorted(client: TestClient) -> None:
    def tasks(**params: Any) -> list[str]:
        return [task["task"] for task in client.get("/api/tasks", params=params).json()]

    assert tasks() == ["Số hóa hồ sơ", "Phủ sóng 4G", "Trực SOC"]
    assert tasks(sort="deadline", province="Sơn La") == ["Phủ sóng 4G", "Trực SOC"]
    assert tasks(agency="sở nội vụ") == ["Số hóa hồ sơ"]
    assert tasks(due_from="2025-01-01", due_to="2025-05-31") == ["Phủ sóng 4G"]
    assert tasks(text="4g") == ["Phủ sóng 4G"]
    [task] = client.get("/api/tasks", params={"text": "SOC"}).json()
    assert task == {
        "document": "7/KH-UBND", "province": "Sơn La", "citation": "mục 6 Kế hoạch số 7/KH-UBND",
        "passage_id": "son-la-2022-7-kh-ubnd.dong-6", "task": "Trực SOC", "lead": ["Công an tỉnh"], "coordinating": [],
        "directing": [], "deadline": "thường xuyên", "deadline_start": "", "deadline_end": "",
        "recurrence": "continuous", "section": "Nhiệm vụ", "source": "table",
    }  # fmt: skip


def test_targets_are_filtered_by_year_and_unit(client: TestClient) -> None:
    found = client.get("/api/targets", params={"target_year": "2025", "unit": "%", "text": "internet"}).json()
    assert [(target["province"], target["comparator"], target["value"]) for target in found] == [
        ("Cao Bằng", "=", "70"),
        ("Sơn La", ">", "60"),
    ]


def test_documents_and_parts_of_one(client: TestClient) -> None:
    listed = client.get("/api/documents").json()
    assert listed == [document_record(SON_LA), document_record(CAO_BANG)]
    assert listed[0]["warnings"] == ["Mục III: expected 9, found 10"]
    whole = client.get(f"/api/documents/{SON_LA.id}").json()
    assert whole["text"] == SON_LA.text and whole["characters"] == whole["end"] == len(SON_LA.text)
    assert whole["outline"][0]["heading"] == "Mục tiêu"
    assert len(whole["passage_list"]) == 6
    start = SON_LA.passages[1].start
    part = client.get(f"/api/documents/{SON_LA.id}", params={"start": start, "end": start + 8}).json()
    assert part["text"] == "Trên 60%"
    assert [passage["passage_id"] for passage in part["passage_list"]] == ["son-la-2022-7-kh-ubnd.dong-2"]
    beyond = client.get(f"/api/documents/{SON_LA.id}", params={"start": 9_999_999, "end": 3}).json()
    assert (beyond["text"], beyond["passage_list"]) == ("", [])


def test_files_to_download(client: TestClient) -> None:
    csv = client.get("/api/tasks", params={"format": "csv", "province": "Cao Bằng"})
    assert csv.headers["content-disposition"] == 'attachment; filename="nhiem-vu.csv"'
    assert csv.headers["content-type"] == "text/csv; charset=utf-8"
    assert "Số hóa hồ sơ" in csv.content.decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(client.get("/api/targets", params={"format": "xlsx"}).content)).active
    assert sheet is not None and sheet.max_row == 5
    calendar = Calendar.from_ical(client.get("/api/tasks", params={"format": "ics"}).content)
    assert sorted(str(event["dtstart"].dt) for event in calendar.walk("VEVENT")) == ["2024-12-31", "2025-05-31"]
    error_of(client.get("/api/tasks", params={"format": "ics", "text": "SOC"}), 400)


@pytest.mark.parametrize(
    ("method", "address", "sent", "status", "said"),
    [
        ("get", "search", {}, 422, "question: Field required"),
        ("get", "search", {"question": "  "}, 422, "question"),
        ("get", "search", {"question": "a", "k": 0}, 422, "k"),
        ("get", "search", {"question": "a", "k": 101}, 422, "k"),
        ("get", "search", {"question": "a", "k": "x"}, 422, "k"),
        ("get", "search", {"question": "a", "limit": 3}, 422, "limit"),
        ("get", "search", {"question": "a" * 2_001}, 422, "question"),
        ("get", "search", {"question": "a", "kind": "poem"}, 422, "kind"),
        ("get", "search", {"question": "a", "province": "Paris"}, 400, "no document of the corpus"),
        ("get", "tasks", {"province": "Paris"}, 400, "no document of the corpus"),
        ("get", "tasks", {"due_from": "31/5/2025"}, 422, "due_from"),
        ("get", "targets", {"target_year": "20"}, 422, "target_year"),
        ("get", "documents/none", {}, 404, "no document of this id"),
        ("get", f"documents/{SON_LA.id}", {"start": -1}, 422, "start"),
        ("get", "nothing", {}, 404, "Not Found"),
        ("delete", "tasks", {}, 405, "Method Not Allowed"),
        ("post", "ask", [1], 422, "body"),
        ("post", "ask", {"question": 5}, 422, "question"),
        ("post", "ask", {"question": "a", "province": ["x"] * 21}, 422, "province"),
        ("post", "feedback", {"question": "a", "verdict": "maybe"}, 422, "verdict"),
        ("post", "feedback", {"question": "a", "verdict": "right", "note": "x" * 2_001}, 422, "note"),
    ],
)
def test_what_users_can_mend_is_said_in_one_line(
    client: TestClient, method: str, address: str, sent: Any, status: int, said: str
) -> None:
    given = {"params": sent} if method != "post" else {"json": sent}
    error = error_of(client.request(method, f"/api/{address}", **given), status)
    assert said in error["expected"]
    assert len(error["value"]) <= 120


@pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b"\xff\xfe", b'{"question": "\\ud800"}', b"null", b""])
def test_broken_bodies_are_refused(client: TestClient, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    error = client.post("/api/ask", content=body, headers=headers)
    error_of(error, error.status_code)
    assert error.status_code in (400, 422)


def test_a_crash_leaks_nothing(client: TestClient) -> None:
    error = error_of(client.get("/api/ask", params={"question": "boom"}), 500)
    assert error == {
        "value": "/api/ask",
        "expected": "something went wrong in the service",
        "remedy": "try again later",
    }


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_questions_come_back_as_json_text(client: TestClient, payload: str) -> None:
    for answer in (
        client.post("/api/ask", json={"question": payload}),
        client.post("/api/search", json={"question": "a", "province": [payload[:200]]}),
        client.get("/api/documents/" + quote(payload[:300], safe="")),
        client.post("/api/feedback", json={"question": payload, "verdict": "wrong", "note": payload}),
    ):
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in answer.headers
        json.loads(answer.content)
    assert client.post("/api/ask", json={"question": payload}).json()["question"] == payload.strip()


def test_hostile_documents_come_back_as_text(tmp_path: Path) -> None:
    with TestClient(service(Library(BAD), tmp_path)) as client:
        assert client.get("/api/tasks").json()[0]["task"] == HOSTILE
        csv = client.get("/api/tasks", params={"format": "csv"}).content.decode("utf-8-sig")
        assert not any(cell.startswith(("=", "+", "@")) for line in csv.splitlines() for cell in line.split(","))
        assert client.get(f"/api/documents/{BAD.id}").json()["warnings"] == [HOSTILE]


def test_the_description_is_whole_and_names_no_other_host(client: TestClient) -> None:
    answer = client.get("/api/openapi.json")
    described = answer.json()
    assert {(path, method) for path, methods in described["paths"].items() for method in methods} == {
        ("/search", "get"), ("/search", "post"), ("/ask", "get"), ("/ask", "post"), ("/tasks", "get"),
        ("/targets", "get"), ("/documents", "get"), ("/documents/{document_id}", "get"), ("/feedback", "post"),
    }  # fmt: skip
    assert described["servers"] == [{"url": "/api"}]
    assert "http://" not in answer.text and "https://" not in answer.text
    asked = {p["name"]: p["schema"] for p in described["paths"]["/search"]["get"]["parameters"]}
    assert list(asked) == ["province", "document", "year", "question", "kind", "k"]
    assert (asked["k"]["minimum"], asked["k"]["maximum"], asked["question"]["maxLength"]) == (1, 100, 2000)
    for name, record in {
        "TaskRecord": "/api/tasks",
        "TargetRecord": "/api/targets",
        "DocumentRecord": "/api/documents",
    }.items():
        assert set(described["components"]["schemas"][name]["properties"]) == set(client.get(record).json()[0])
    whole = set(client.get(f"/api/documents/{SON_LA.id}").json())
    assert set(described["components"]["schemas"]["WholeDocument"]["properties"]) == whole
    assert set(described["components"]["schemas"]["Answer"]["properties"]) == set(Answer.__slots__)
    assert set(described["components"]["schemas"]["Found"]["properties"]) <= set(Found.__slots__)
    assert client.get("/api/docs").status_code == client.get("/api/redoc").status_code == 404


def test_a_browser_is_kept_on_this_host(client: TestClient) -> None:
    assert "default-src 'self'" in client.get("/api/documents").headers["content-security-policy"]


def test_feedback_is_stored(client: TestClient, tmp_path: Path) -> None:
    sent = {"question": "4G?", "verdict": "missing", "note": "thiếu xã", "passage_ids": ["a.1"], "province": ["Sơn La"]}
    answer = client.post("/api/feedback", json=sent)
    assert (answer.status_code, answer.json()) == (201, {"id": 1})
    [opinion] = feedback.read(tmp_path)
    assert (opinion.verdict, opinion.note, opinion.passage_ids) == ("missing", "thiếu xã", ("a.1",))
    assert opinion.filters == Filters(("Sơn La",))
    assert (
        client.post("/api/feedback", content=json.dumps(sent), headers={"content-type": "text/plain"}).status_code
        == 422
    )


def test_without_a_home_no_feedback_is_kept() -> None:
    with TestClient(api_app(Api(Library()))) as client:
        error_of(client.post("/feedback", json={"question": "a", "verdict": "right"}), 400)


def test_a_broken_home_names_no_folder(tmp_path: Path) -> None:
    with TestClient(api_app(Api(Library(), tmp_path / "gone"))) as client:
        error = error_of(client.post("/feedback", json={"question": "a", "verdict": "right"}), 503)
    assert str(tmp_path) not in json.dumps(error)


def test_one_question_at_a_time_and_lists_meanwhile(tmp_path: Path) -> None:
    class Slow(Library):
        running = most = 0

        def ask(self, question: str, filters: Filters = Filters(), **more: object) -> Answer:  # noqa: B008
            self.running += 1
            self.most = max(self.most, self.running)
            time.sleep(0.1)
            self.running -= 1
            return super().ask(question, filters)

    library = Slow()
    with TestClient(service(InTurn(library), tmp_path)) as client:
        asking = [threading.Thread(target=client.get, args=["/api/ask?question=a"]) for _ in range(6)]
        for thread in asking:
            thread.start()
        began = time.monotonic()
        assert len(client.get("/api/tasks").json()) == 3
        listed = time.monotonic() - began
        for thread in asking:
            thread.join()
    assert (library.most, len(library.asked)) == (1, 6)
    assert listed < 0.4, "a list waited for the questions"


def test_in_turn_passes_everything_else_on(library: Library) -> None:
    assert InTurn(library).documents() == (SON_LA, CAO_BANG)
    assert api_requests.MAX_K == 100


def test_the_shipped_plans_answer(engine: Engine, tmp_path: Path) -> None:
    with TestClient(service(InTurn(engine), tmp_path)) as client:
        answer = client.post("/api/ask", json={"question": "who is responsible for SOC by when?"}).json()
        assert answer["facts"]["responsible"] == ["Sở Thông tin và Truyền thông"]
        assert answer["facts"]["deadline"] == "thường xuyên"
        [document] = client.get("/api/documents", params={"document": "2043/QĐ-UBND"}).json()
        text = client.get(f"/api/documents/{document['id']}").json()["text"]
        for citation in answer["citations"]:
            assert text[citation["start"] : citation["end"]] == citation["quote"]
        tasks = client.get("/api/tasks", params={"province": "Trà Vinh"}).json()
        assert len(tasks) == document["tasks"] + document["duties"]
        found = client.get(
            "/api/search", params={"question": "điện thoại thông minh", "k": 3, "province": "Gia Lai"}
        ).json()
        assert [passage["province"] for passage in found] == ["Gia Lai"] * 3
        error = error_of(client.get("/api/search", params={"question": "SOC", "province": "Paris"}), 400)
        assert error["value"] == "Paris"
