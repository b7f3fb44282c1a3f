"""The layers of the service over small applications, for the tests of this folder."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from qa.service.gate import Gate
from qa.service.limits import Limited
from qa.service.metrics import Figures
from qa.service.seen import App, Receive, Scope, Send
from qa.service.settings import Limits

Answer = tuple[int, dict[str, str], bytes]


async def plain(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers "ok" with the body it was sent."""
    message = await receive()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"ok " + message.get("body", b"")})


def slow(seconds: float) -> App:
    """An application that takes its time."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(seconds)
        await plain(scope, receive, send)

    return app


def limited(app: App, limits: Limits) -> App:
    """An application behind the gate and the limits."""
    return Gate(Limited(app, limits, Figures()))


def request(
    method: str = "GET",
    path: str = "/api/tasks",
    query: str = "",
    client: str = "203.0.113.7",
    **headers: str,
) -> Scope:
    """The scope of a request; an underscore in the name of a header stands for "-"."""
    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "client": (client, 1),
        "scheme": "http",
        "headers": given,
    }


async def asked(app: App, scope: Scope, *parts: bytes, pause: float = 0.0) -> Answer:
    """What an application answers to a request whose body comes in these parts, with a pause before each."""
    waiting = list(parts or (b"",))
    answered = asyncio.Event()
    status, headers, body = 0, {}, b""

    async def receive() -> dict[str, Any]:
        if not waiting:
            await answered.wait()
            return {"type": "http.disconnect"}
        await asyncio.sleep(pause)
        part = waiting.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(waiting)}

    async def send(message: Any) -> None:
        nonlocal status, headers, body
        if message["type"] == "http.response.start":
            assert not status, "two answers to one request"
            status = message["status"]
            headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            body += message.get("body", b"")
            if not message.get("more_body"):
                answered.set()

    await app(scope, receive, send)
    return status, headers, body


def together(*calls: Callable[[], Awaitable[Answer]]) -> list[Answer]:
    """The answers to requests that are made at one time."""

    async def all_of_them() -> list[Answer]:
        return list(await asyncio.gather(*(call() for call in calls)))

    return asyncio.run(all_of_them())
