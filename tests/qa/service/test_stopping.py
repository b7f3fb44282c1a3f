"""A real server: connections that say nothing, a stop that finishes what runs, a stop that does not wait for ever."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SCRIPT = """
    import sys, time
    sys.path.insert(0, "tests/qa")
    from web_library import Library
    from qa.server import serve
    from qa.service.settings import ServiceSettings

    class Slow(Library):
        def ask(self, question, *more, **named):
            time.sleep(float(question))
            return super().ask(question, *more, **named)

    serve(Slow(), port=0, settings=ServiceSettings.read(sys.argv[1:]))
"""


@contextmanager
def serving(*limits: str) -> Iterator[tuple[subprocess.Popen[str], str, int]]:
    """A server process, its address and its port."""
    command = [sys.executable, "-c", textwrap.dedent(SCRIPT), *limits]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stderr
        try:
            line = process.stdout.readline()
            ready = re.match(r"planqa: (http://127\.0\.0\.1:(\d+)/)", line)
            assert ready, line + process.stderr.read()
            yield process, ready[1], int(ready[2])
        finally:
            process.kill()


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_what_runs_is_finished(sent: signal.Signals) -> None:
    with serving("stop_seconds=20") as (process, url, _):
        told: list[bytes] = []
        asking = threading.Thread(
            target=lambda: told.append(urllib.request.urlopen(f"{url}api/ask?question=1.5").read())
        )
        asking.start()
        time.sleep(0.7)
        process.send_signal(sent)
        rest, errors = process.communicate(timeout=30)
        asking.join()
    assert b"Tr\xc6\xb0\xe1\xbb\x9bc th\xc3\xa1ng 6/2025" in told[0]
    assert (rest, errors, process.returncode) == ("planqa: stopped\n", "", 0)


def test_what_does_not_end_is_left_behind() -> None:
    with serving("stop_seconds=1") as (process, url, _):
        asking = threading.Thread(target=lambda: _failing(f"{url}api/ask?question=60"))
        asking.start()
        time.sleep(0.7)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        rest, _ = process.communicate(timeout=30)
        asking.join()
    assert (rest, process.returncode) == ("planqa: stopped\n", 0)
    assert time.monotonic() - began < 15


def _failing(url: str) -> None:
    with pytest.raises(OSError):
        urllib.request.urlopen(url)


def test_connections_that_say_nothing_are_closed_and_the_rest_is_served() -> None:
    with serving("head_seconds=1", "body_seconds=1", "headers=16") as (_, url, port), ExitStack() as stack:
        opened = [stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(30)]
        silent, halves = opened[:20], opened[20:]
        for half in halves:
            half.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ")
        began = time.monotonic()
        assert urllib.request.urlopen(f"{url}healthz").read() == b'{"status":"ok"}'
        assert time.monotonic() - began < 1
        while halves and time.monotonic() - began < 5:
            time.sleep(0.25)
            halves = [half for half in halves if not _closed_after(half, b"a")]  # a byte now and then
        assert not halves, "connections that trickle were kept"
        assert all(_closed_after(one, b"") for one in silent)
        with socket.create_connection(("127.0.0.1", port)) as slow:
            slow.sendall(b"POST /api/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{")
            slow.settimeout(5)
            assert slow.recv(100).startswith(b"HTTP/1.1 408 ")
        with socket.create_connection(("127.0.0.1", port)) as many:
            many.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X: a\r\n" * 20 + b"\r\n")
            assert many.recv(100).startswith(b"HTTP/1.1 431 ")
        with socket.create_connection(("127.0.0.1", port)) as rebound:
            rebound.sendall(b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n")
            assert rebound.recv(100).startswith(b"HTTP/1.1 421 ")
        with pytest.raises(urllib.error.HTTPError, match="404") as refused:
            urllib.request.urlopen(f"{url}gradio_api/startup-events")
        refused.value.close()


def _closed_after(connection: socket.socket, sent: bytes) -> bool:
    """Whether the other side has closed, once something was sent."""
    connection.setblocking(False)
    try:
        connection.sendall(sent)
        return connection.recv(100) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
