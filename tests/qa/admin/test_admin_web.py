"""The pages of /admin over a small home: log in, upload, ask, remove, log out; and all that nobody else may do."""

from __future__ import annotations

import asyncio
import inspect
import re
import sys
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from fakes import HashEncoder
from making import build, plan

from corpus.errors import PlanqaError
from index.home import open_home
from qa.admin import administration, jobs, log, passwords
from qa.admin.administration import Administration
from qa.admin.errors import BusyError, LoginError
from qa.admin.jobs import Job
from qa.admin.web import COOKIE, HEADERS, admin_mount, routes
from qa.engine import Engine
from qa.live import Live

PASSWORD = "lúa chín vàng đồng"
WORKER = [sys.executable, str(Path(__file__).with_name("working.py"))]
SITE = "http://planqa.test"
OWN = {"origin": SITE}
QUESTION = "Bao nhiêu phần trăm chợ phiên treo bảng giá?"
pytestmark = pytest.mark.usefixtures("few_samples")


class Site:
    """A home that is served: its engine, its administration, and a browser's requests to it."""

    def __init__(self, home: Path) -> None:
        from starlette.applications import Starlette

        encoder = HashEncoder()
        self.home = home
        self.live = Live(Engine(open_home(home), lambda: encoder, home), home, every=0)
        self.admin = Administration(home, self.live, WORKER)
        self.app = Starlette(routes=routes(self.admin))
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, **named: Any) -> httpx.Response:
        """One request; cookies are kept as a browser keeps them."""

        async def sent() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, client=named.pop("client", ("192.0.2.7", 1)))
            async with httpx.AsyncClient(transport=transport, base_url=named.pop("site", SITE)) as client:
                headers = {**named.pop("headers", {})}
                if self.cookies:
                    headers["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
                return await client.request(method, path, headers=headers, **named)

        answer = asyncio.run(sent())
        for name, value in answer.cookies.items():
            self.cookies[name] = value
        return answer

    def get(self, path: str) -> httpx.Response:
        return self.ask("GET", path)

    def post(self, path: str, data: dict[str, str], **named: Any) -> httpx.Response:
        return self.ask("POST", path, data=data, headers={**OWN, **named.pop("headers", {})}, **named)

    def log_in(self) -> None:
        assert self.post("/admin/login", {"password": PASSWORD}).status_code == 303

    def form(self) -> str:
        found = re.search(r'name="form" value="([0-9a-f]{64})"', self.get("/admin").text)
        assert found
        return found[1]

    def upload(self, *files: tuple[str, bytes], form: str | None = None) -> httpx.Response:
        token = self.form() if form is None else form
        parts: list[Any] = [("form", (None, token))]
        return self.ask("POST", "/admin/upload", files=[*parts, *(("files", file) for file in files)], headers=OWN)

    def until_done(self, seconds: float = 120) -> str:
        end = time.monotonic() + seconds
        while (page := self.get("/admin/progress").text).count('http-equiv="refresh"'):
            assert time.monotonic() < end, page
            time.sleep(0.05)
        return unescape(re.sub(r"<[^>]+>", " ", page))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(passwords, "COST", {"n": 2**10, "r": 8, "p": 1})  # quick; test_passwords.py has the real one
    build(tmp_path / "home", HashEncoder(), plan(7))
    passwords.set_password(tmp_path / "home", PASSWORD)
    made = Site(tmp_path / "home")
    yield made
    made.admin._jobs.stop()


def numbers(site: Site) -> list[str]:
    return [document.meta.number for document in site.live.documents()]


def test_upload_ask_remove(site: Site) -> None:
    site.log_in()
    answer = site.upload(("Kế hoạch 8.txt", plan(8)), ("rác.txt", b"x" * 500), ("Kế hoạch 7.txt", plan(7)))
    assert (answer.status_code, answer.headers["location"]) == (303, "/admin/progress")
    said = site.until_done()
    assert re.search(r"Kế hoạch 8\.txt:\s+Đã thêm", said) and re.search(r"Kế hoạch 7\.txt:\s+Đã có sẵn", said), said
    assert re.search(r"rác\.txt:\s+Không nhận\s+Refused\s+.*Vietnamese", said), said
    assert numbers(site) == ["7/KH-UBND", "8/KH-UBND"], "the engine has followed"
    assert "90%" in site.live.ask(QUESTION).answer
    page = site.get("/admin").text
    assert "8/KH-UBND" in page and "Kế hoạch 8.txt" in page
    kept = sorted(path.suffix for path in (site.home / "uploads").iterdir() if not path.name.startswith("."))
    assert kept == [".jsonl", ".txt", ".txt"], "what was refused is not kept"
    document = site.live.documents()[1].id
    asked = site.get(f"/admin/remove?id={document}").text
    assert "Gỡ văn bản này?" in asked and "8/KH-UBND" in asked
    answer = site.post("/admin/remove", {"id": document, "form": site.form()})
    assert answer.status_code == 303
    assert "Xong" in site.until_done()
    assert numbers(site) == ["7/KH-UBND"]
    lines, wrong = log.read(site.home)
    assert not wrong and [(line["event"], line["outcome"][:8]) for line in lines] == [
        ("log in", ""),
        ("upload", "received"),
        ("upload", "received"),
        ("upload", "received"),
        ("ingest", "added"),
        ("ingest", "refused:"),
        ("ingest", "known"),
        ("remove", "removed"),
    ]
    assert lines[1]["name"] == "Kế hoạch 8.txt" and lines[1]["bytes"] == len(plan(8))
    assert lines[1]["address"] == "192.0.2.7"
    assert "Kế hoạch 8.txt" in site.get("/admin/log").text
    answer = site.post("/admin/logout", {"form": site.form()})
    assert answer.status_code == 303 and 'planqa_admin=""' in answer.headers["set-cookie"]
    assert "Mật khẩu" in site.get("/admin").text


def test_without_a_password_the_page_says_how_to_set_one(site: Site) -> None:
    (site.home / "admin.json").unlink()
    page = site.get("/admin").text
    assert "planqa admin set-password" in page and "<form" not in page and "7/KH-UBND" not in page
    for path in ("/admin/progress", "/admin/log", "/admin/remove?id=x"):
        assert site.get(path).status_code == 401
    assert site.post("/admin/login", {"password": ""}).status_code == 403
    assert site.upload(("a.txt", b"x"), form="x").status_code == 401


def test_the_cookie_is_strict(site: Site) -> None:
    answer = site.post("/admin/login", {"password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert re.match(r"planqa_admin=[\w-]{43}; ", cookie)
    for part in ("HttpOnly", "SameSite=strict", "Path=/admin", "Max-Age=28800"):
        assert part.lower() in cookie.lower(), cookie
    assert "Secure" not in cookie
    secure = site.post(
        "/admin/login", {"password": PASSWORD}, site="https://planqa.test", headers={"origin": "https://planqa.test"}
    )
    assert "Secure" in secure.headers["set-cookie"]
    for given in (answer, site.get("/admin"), site.get("/admin/style.css"), site.get("/admin/remove?id=x")):
        for name, value in HEADERS.items():
            assert given.headers[name] == value or name == "cache-control"
    assert "script" not in site.get("/admin").text.lower().replace("description", "")


def test_nothing_works_without_a_session(site: Site) -> None:
    """Every route, and every function behind it, whichever way it is called."""
    document = site.live.documents()[0].id
    for token in ("", "x" * 43):
        site.cookies = {COOKIE: token} if token else {}
        assert "7/KH-UBND" not in site.get("/admin").text
        for path in ("/admin/progress", "/admin/log", f"/admin/remove?id={document}"):
            answer = site.get(path)
            assert answer.status_code == 401 and "7/KH-UBND" not in answer.text
        for path in ("/admin/remove", "/admin/stop", "/admin/logout"):
            assert site.post(path, {"id": document, "form": "x"}).status_code == 401
        assert site.upload(("a.txt", plan(8)), form="x").status_code == 401

    async def nothing():  # type: ignore[no-untyped-def]
        yield b""

    admin, token = site.admin, "x" * 43
    calls = {
        "require": lambda: admin.require(token),
        "documents": lambda: admin.documents(token),
        "document": lambda: admin.document(token, document),
        "receive": lambda: asyncio.run(admin.receive(token, "multipart/form-data; boundary=x", nothing())),
        "add": lambda: admin.add(token, [], ""),
        "remove": lambda: admin.remove(token, document, ""),
        "stop": lambda: admin.stop(token),
        "jobs": lambda: admin.jobs(token),
        "log_lines": lambda: admin.log_lines(token, 5),
    }
    public = {name for name, _ in inspect.getmembers(admin, inspect.ismethod) if not name.startswith("_")}
    assert public == set(calls) | {"has_password", "log_in", "log_out"}, "a new function is to be listed here"
    for call in calls.values():
        with pytest.raises(LoginError):
            call()
    assert numbers(site) == ["7/KH-UBND"] and not list((site.home).rglob("*.partial"))


def test_a_session_ends_with_its_password(site: Site) -> None:
    site.log_in()
    assert "7/KH-UBND" in site.get("/admin").text
    passwords.set_password(site.home, PASSWORD)
    assert "7/KH-UBND" not in site.get("/admin").text


def test_other_sites_cannot_send_forms(site: Site) -> None:
    site.log_in()
    form, document = site.form(), site.live.documents()[0].id
    sent = {"id": document, "form": form}
    for headers in (
        {"origin": "http://evil.test"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": SITE, "sec-fetch-site": "cross-site"},
        {"origin": SITE, "sec-fetch-site": "same-site"},
        {"origin": "http://planqa.test.evil.test"},
        {"origin": "http://planqa.test:81"},
        {"origin": "null", "referer": "http://evil.test/planqa.test"},
    ):
        assert site.post("/admin/remove", sent, headers=headers).status_code == 403, headers
        assert site.post("/admin/login", {"password": PASSWORD}, headers=headers).status_code == 403
    for wrong in ({"id": document}, {"id": document, "form": form[:-1]}, {"id": document, "form": ""}):
        assert site.post("/admin/remove", wrong).status_code == 403
    assert site.upload(("a.txt", plan(8)), form="0" * 64).status_code == 403
    assert not site.admin._jobs.jobs()
    for headers in (
        {"origin": "null", "sec-fetch-site": "same-origin"},
        {"origin": "null", "referer": f"{SITE}/admin"},
    ):
        assert site.post("/admin/stop", {"form": form}, headers=headers).status_code == 303


def test_wrong_passwords_lock_out_and_say_for_how_long(site: Site) -> None:
    for _ in range(5):
        answer = site.post("/admin/login", {"password": "wrong"})
        assert answer.status_code == 401 and "Sai mật khẩu" in answer.text
    answer = site.post("/admin/login", {"password": PASSWORD})
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 60 and "thử lại sau" in answer.text
    assert site.post("/admin/login", {"password": PASSWORD}, client=("198.51.100.9", 1)).status_code == 303


@pytest.mark.parametrize("path", ["/admin/x", "/admin/gradio_api/info", "/admin/style.css/x", "/admin/../admin/x"])
def test_nothing_else_lies_there(path: str, site: Site) -> None:
    for method in ("GET", "POST", "DELETE"):
        answer = site.ask(method, path, headers=OWN)
        assert answer.status_code == 404 and "a page of administration" in answer.text


def test_forms_are_small(site: Site) -> None:
    assert site.post("/admin/login", {"password": "x" * 20_000}).status_code == 413
    assert site.post("/admin/login", {f"f{n}": "x" for n in range(50)}).status_code == 400


def test_hostile_names_are_text(site: Site) -> None:
    site.log_in()
    name = "<img src=x onerror=alert(1)>\"'&.txt"
    site.upload((name, plan(8)), ("<script>.exe", b"x"))
    site.until_done()
    for path in ("/admin", "/admin/progress", "/admin/log"):
        page = site.get(path).text
        assert "<img" not in page and "<script" not in page
    assert "_img src=x onerror=alert(1)_" in unescape(site.get("/admin").text)
    answer = site.get("/admin/remove?id=<script>alert(1)</script>")
    assert answer.status_code == 404 and "<script>" not in answer.text


def test_refused_kinds_are_told_and_the_others_taken(site: Site) -> None:
    site.log_in()
    answer = site.upload(("a.exe", b"MZ"), ("Kế hoạch 8.txt", plan(8)))
    assert answer.status_code == 400 and "không đọc được loại tệp này" in answer.text
    site.until_done()
    assert numbers(site) == ["7/KH-UBND", "8/KH-UBND"]
    assert site.upload(("", b"")).status_code == 303
    assert any(line["outcome"].startswith("refused: one of the kinds") for line in log.read(site.home)[0])


def test_a_worker_that_dies_leaves_the_corpus_as_it_was(site: Site) -> None:
    site.log_in()
    site.upload(("hỏng.txt", plan(8, "Có một chợ phiên sập nguồn.")))
    said = site.until_done()
    assert "Không thành; kho văn bản giữ nguyên" in said and "ended before it was done (code -9)" in said
    site.live.refresh()
    assert numbers(site) == ["7/KH-UBND"] and open_home(site.home).degraded == ""
    assert log.read(site.home)[0][-1]["outcome"].startswith("failed: its process ended")
    site.upload(("tốt.txt", plan(9)))
    site.until_done()
    assert numbers(site) == ["7/KH-UBND", "9/KH-UBND"], "the next job is done"


def test_a_job_can_be_stopped_and_others_wait_in_a_bounded_queue(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MOST_WAITING", 2)
    site.log_in()
    site.upload(("lâu.txt", plan(8, "Có một chợ phiên chờ rất lâu.")))
    end = time.monotonic() + 20
    while not [job for job in site.admin._jobs.jobs() if job.state == "running"]:
        assert time.monotonic() < end
        time.sleep(0.01)
    for number in (9, 10):
        assert site.upload((f"{number}.txt", plan(number))).status_code == 303
    answer = site.upload(("11.txt", plan(11)))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60") and "đang chờ" in answer.text
    assert 'http-equiv="refresh"' in site.get("/admin/progress").text
    while site.admin._jobs._process is None:
        time.sleep(0.01)
    time.sleep(1.0)  # the worker reads its job
    assert site.post("/admin/stop", {"form": site.form()}).status_code == 303
    assert "Đã dừng" in site.until_done()
    assert set(numbers(site)) == {"7/KH-UBND", "9/KH-UBND", "10/KH-UBND"}


def test_a_job_waits_for_a_command_that_writes(site: Site) -> None:
    from index.home import writing

    site.log_in()
    with writing(site.home):
        site.upload(("8.txt", plan(8)))
        end = time.monotonic() + 60
        while "Waiting for another command" not in site.get("/admin/progress").text:
            assert time.monotonic() < end
            time.sleep(0.05)
    assert "Đã thêm" in site.until_done()
    assert numbers(site) == ["7/KH-UBND", "8/KH-UBND"]


def test_few_uploads_arrive_at_a_time(site: Site) -> None:
    site.log_in()
    site.admin._arriving = administration.MOST_UPLOADS
    answer = site.upload(("a.txt", plan(8)))
    assert answer.status_code == 503 and answer.headers["retry-after"] == "30"
    site.admin._arriving = 0


def test_what_is_unexpected_is_not_shown(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.log_in()

    def broken(token: str) -> list[Job]:
        raise RuntimeError("secret path /home/x")

    monkeypatch.setattr(site.admin, "jobs", broken)
    answer = site.get("/admin/progress")
    assert answer.status_code == 500 and "secret" not in answer.text and "ngoài dự kiến" in answer.text


def test_a_damaged_password_file_is_told_and_lets_nobody_in(site: Site) -> None:
    site.log_in()
    (site.home / "admin.json").write_text("{}")
    for path in ("/admin", "/admin/log"):
        answer = site.get(path)
        assert answer.status_code == 503 and "set the password anew" in answer.text
        assert str(site.home) not in answer.text
    with pytest.raises(PlanqaError):
        site.admin.log_in(PASSWORD, "")


def test_the_mount_fits_the_service(site: Site) -> None:
    from fastapi import FastAPI

    mount = admin_mount(site.home)
    app = FastAPI()
    mount.add(app, site.live)
    assert mount.prefix == "/admin" and mount.body_bytes > 256 * 2**20
    assert "script" not in mount.policy and "default-src 'none'" in mount.policy
    assert {route.path for route in app.router.routes} >= {"/admin", "/admin/upload"}  # type: ignore[attr-defined]
    assert isinstance(BusyError("a", "b", "c", "d"), PlanqaError)
