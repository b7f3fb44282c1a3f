"""The limits over a small application: what is refused, with which status, and that the rest is served."""

from __future__ import annotations

import asyncio
import json
from time import monotonic

import pytest
from layers import asked, limited, plain, request, slow, together

from qa.service.settings import Limits

CALL = "/gradio_api/component_server/"
JSON = {"content_type": "application/json"}


def call(name: str, question: str = "4G?") -> bytes:
    return json.dumps({"fn_name": name, "data": {"question": question}, "component_id": 1}).encode()


def test_a_body_may_have_its_size_and_no_more() -> None:
    app = limited(plain, Limits(body_bytes=1_024))
    whole = asyncio.run(asked(app, request("POST"), b"a" * 500, b"b" * 524))
    assert (whole[0], len(whole[2])) == (200, 3 + 1_024)
    status, headers, body = asyncio.run(asked(app, request("POST"), b"a" * 1_000, b"b" * 25, b"never read"))
    assert (status, headers["connection"]) == (413, "close")
    assert json.loads(body)["error"]["expected"] == "at most 1024 bytes"
    assert asyncio.run(asked(app, request("POST", content_length="1025")))[0] == 413


def test_a_body_that_trickles_is_not_waited_for() -> None:
    app = limited(plain, Limits(body_seconds=0.1))
    began = monotonic()
    status, headers, _ = asyncio.run(asked(app, request("POST"), *[b"a"] * 100, pause=0.02))
    assert (status, headers["connection"]) == (408, "close")
    assert monotonic() - began < 1


def test_too_many_questions_of_one_address() -> None:
    app = limited(plain, Limits(questions_a_minute=6, questions_burst=2))

    async def run() -> list[tuple[int, str]]:
        told = []
        for client in ("203.0.113.7", "203.0.113.7", "203.0.113.7", "203.0.113.8"):
            status, headers, _ = await asked(app, request(path="/api/ask", query="question=a", client=client))
            told.append((status, headers.get("retry-after", "")))
        for path in ("/api/tasks", "/assets/a.js"):  # neither lists nor files count as questions
            told.append(((await asked(app, request(path=path)))[0], ""))
        return told

    assert asyncio.run(run()) == [(200, ""), (200, ""), (429, "10"), (200, ""), (200, ""), (200, "")]


def test_a_network_of_ipv6_is_one_address() -> None:
    app = limited(plain, Limits(questions_a_minute=1, questions_burst=1))

    async def run() -> list[int]:
        clients = ("2001:db8::1", "2001:db8::ffff:1", "2001:db8:0:1::1")
        return [(await asked(app, request(path="/api/ask", client=client)))[0] for client in clients]

    assert asyncio.run(run()) == [200, 429, 200]


def test_questions_stand_in_line_and_the_rest_does_not() -> None:
    app = limited(slow(0.15), Limits(questions_at_once=1, questions_waiting=1, wait_seconds=60))

    async def run() -> None:
        questions = [
            asyncio.ensure_future(asked(app, request("POST", CALL, **JSON), call("ask"))),
            asyncio.ensure_future(asked(app, request("POST", "/api/ask", **JSON), b'{"question": "a"}')),
        ]
        await asyncio.sleep(0.01)
        began = monotonic()
        status, headers, body = await asked(app, request("POST", CALL, **JSON), call("ask"))
        assert (status, json.loads(body)["error"]["remedy"]) == (503, "try again")
        assert int(headers["retry-after"]) >= 1
        assert monotonic() - began < 0.1, "a refusal took its time"
        assert (await asked(app, request("POST", CALL, **JSON), call("show")))[0] == 200
        assert monotonic() - began < 0.25, "a document waited for the questions"
        assert [answer[0] for answer in await asyncio.gather(*questions)] == [200, 200]

    asyncio.run(run())


def test_an_answer_that_does_not_come_keeps_its_turn_until_it_ends() -> None:
    limits = Limits(answer_seconds=0.1, questions_at_once=1, questions_waiting=0)
    app = limited(slow(0.3), limits)

    async def run() -> None:
        began = monotonic()
        status, headers, _ = await asked(app, request(path="/api/ask"))
        assert (status, "retry-after" in headers) == (504, True)
        assert monotonic() - began < 0.25
        assert (await asked(app, request(path="/api/ask")))[0] == 503  # its thread still runs
        await asyncio.sleep(0.3)
        assert (await asked(limited(plain, limits), request(path="/api/ask")))[0] == 200
        assert (await asked(app, request(path="/api/ask")))[0] == 504

    asyncio.run(run())


def test_who_goes_while_waiting_is_not_answered() -> None:
    served: list[str] = []

    async def app(scope, receive, send):  # type: ignore[no-untyped-def]
        served.append(scope["query_string"].decode())
        await slow(0.1)(scope, receive, send)

    layers = limited(app, Limits(questions_at_once=1))

    async def run() -> None:
        first = asyncio.ensure_future(asked(layers, request(path="/api/ask", query="question=1")))
        await asyncio.sleep(0.01)

        async def receive() -> dict[str, object]:
            if not parts:
                await asyncio.sleep(0.02)
                return {"type": "http.disconnect"}
            return parts.pop()

        async def send(message: object) -> None:
            raise AssertionError("nobody is there")

        parts: list[dict[str, object]] = [{"type": "http.request", "body": b"", "more_body": False}]
        await layers(request(path="/api/ask", query="question=2"), receive, send)  # type: ignore[arg-type]
        assert (await first)[0] == 200
        assert (await asked(layers, request(path="/api/ask", query="question=3")))[0] == 200

    asyncio.run(run())
    assert served == ["question=1", "question=3"]


def test_streams_of_one_address_are_few() -> None:
    app = limited(slow(0.1), Limits(streams_each=2))
    stream = request(path="/gradio_api/queue/data")
    answers = together(*[lambda: asked(app, dict(stream)) for _ in range(3)])
    assert sorted(answer[0] for answer in answers) == [200, 200, 503]
    assert together(lambda: asked(app, dict(stream)))[0][0] == 200


@pytest.mark.parametrize(
    ("sent", "kind", "status"),
    [
        (call("ask"), "application/json", 200),
        (call("start"), "application/json; charset=utf-8", 200),
        (call("ask"), "text/plain", 415),  # a form of another site could send this
        (b"--a--", "multipart/form-data; boundary=a", 415),
        (call("save_workflow"), "application/json", 404),
        (call("__init__"), "application/json", 404),
        (b'{"fn_name": ["ask"]}', "application/json", 404),
        (b"[" * 100_000, "application/json", 404),
        (b"\xff", "application/json", 404),
        (b"", "application/json", 404),
    ],
)
def test_only_functions_of_the_page_are_called(sent: bytes, kind: str, status: int) -> None:
    app = limited(plain, Limits())
    assert asyncio.run(asked(app, request("POST", CALL, content_type=kind), sent))[0] == status


def test_an_error_of_the_application_frees_its_turn() -> None:
    async def broken(scope: object, receive: object, send: object) -> None:
        raise RuntimeError("boom")

    app = limited(broken, Limits(questions_at_once=1, questions_waiting=0))

    async def run() -> None:
        for _ in range(3):
            with pytest.raises(RuntimeError, match="boom"):
                await asked(app, request(path="/api/ask"))

    asyncio.run(run())


def test_the_page_itself_is_refused_in_words() -> None:
    app = limited(plain, Limits(others_a_minute=1, others_burst=1))

    async def run() -> list[tuple[int, str]]:
        answers = [await asked(app, request(path="/", accept="text/html,*/*")) for _ in range(2)]
        return [(status, body.decode()) for status, _, body in answers]

    served, refused = asyncio.run(run())
    assert served[0] == 200
    assert refused[0] == 429
    assert "Hiện có quá nhiều người hỏi." in refused[1] and "Too many people" in refused[1]
    assert '<meta http-equiv="refresh" content="60">' in refused[1]
