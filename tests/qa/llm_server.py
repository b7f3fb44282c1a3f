"""A server on loopback that speaks the chat completions protocol, with the manners that a test gives it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Manner = Callable[["Call"], None]


@dataclass
class Call:
    """One request: its path, headers and body, and the connection to answer on."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    handler: BaseHTTPRequestHandler
    number: int

    @property
    def data(self) -> dict[str, Any]:
        """What stands between <data> and </data> in the last message."""
        content: str = self.body["messages"][-1]["content"]
        data: dict[str, Any] = json.loads(content.removeprefix("<data>\n").removesuffix("\n</data>"))
        return data

    def send(self, status: int, body: bytes, length: int | None = None, **headers: str) -> None:
        """Send a whole response; `length` pretends another length."""
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", "application/json")
        self.handler.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()
        self.handler.wfile.write(body)

    def say(self, text: object, finish: object = "stop") -> None:
        """Send a chat completion with this text."""
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
        record = {"id": "c1", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]}
        self.send(200, json.dumps(record).encode())


@dataclass
class LlmServer:
    """The server's address and the requests that it got."""

    url: str
    calls: list[Call] = field(default_factory=list)


@contextmanager
def serving(manner: Manner) -> Iterator[LlmServer]:
    """A server that treats every request in this manner, until the block ends."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            with lock:
                call = Call(self.path, headers, json.loads(content), self, len(server.calls) + 1)
                server.calls.append(call)
            with suppress(OSError):  # the client has gone, as it should
                manner(call)
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Keep the tests' output clean."""

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    httpd.block_on_close = False
    server = LlmServer(f"http://127.0.0.1:{httpd.server_address[1]}/v1")
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()


def says(text: object, finish: object = "stop") -> Manner:
    """Answer everything with this text."""
    return lambda call: call.say(text, finish)


def sends(status: int, body: bytes, **headers: str) -> Manner:
    """Answer everything with this status and body."""
    return lambda call: call.send(status, body, **headers)


def hangs(seconds: float) -> Manner:
    """Take the request and say nothing."""
    return lambda call: time.sleep(seconds)


def drips(start: bytes, seconds: float, drop: bytes = b" ", every: float = 0.02) -> Manner:
    """Send the start of a response, then a drop now and then."""

    def manner(call: Call) -> None:
        call.handler.wfile.write(start)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            call.handler.wfile.write(drop)
            call.handler.wfile.flush()
            time.sleep(every)

    return manner
