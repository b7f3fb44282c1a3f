"""Serving: the port is checked first, one line when ready, a quiet end, headers that keep the browser on this host."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import textwrap
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import ServeError
from qa.server import bound, serve

ROOT = Path(__file__).parents[2]
SCRIPT = """
    from qa.server import serve
    class Engine:
        def documents(self):
            return ()
    serve(Engine(), port=0, mcp=True)
"""


TOOLS = ["search", "ask", "tasks", "targets", "documents", "document"]


class Engine:
    """Never asked."""


def test_a_port_in_use_is_said_at_once() -> None:
    with bound("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServeError) as error:
            serve(Engine(), port=port)  # type: ignore[arg-type]
    assert str(error.value).startswith(f"127.0.0.1:{port}: the port is in use; stop the program that uses it")


@pytest.mark.parametrize(
    ("host", "port", "said"),
    [
        ("127.0.0.1", 70_000, "expected a port from 0 to 65535"),
        ("203.0.113.9", 7860, "not an address of this machine"),
        ("no such host", 7860, "no such host"),
    ],
)
def test_other_addresses_that_cannot_be_served(host: str, port: int, said: str) -> None:
    with pytest.raises(ServeError, match=said):
        bound(host, port)


def tools(url: str) -> list[dict[str, Any]]:
    """The tools that are served beside the page."""
    headers = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}).encode()
    with urllib.request.urlopen(urllib.request.Request(url + "mcp", body, headers)) as answer:
        return list(json.load(answer)["result"]["tools"])


def test_one_line_when_ready_and_a_quiet_end() -> None:
    command = [sys.executable, "-c", textwrap.dedent(SCRIPT)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stderr
        try:
            line = process.stdout.readline()
            ready = re.fullmatch(r"planqa: (http://127\.0\.0\.1:\d+/) \(Ctrl-C stops it\)\n", line)
            assert ready, line + process.stderr.read()
            with urllib.request.urlopen(ready[1]) as answer:
                assert "default-src 'self'" in answer.headers["content-security-policy"]
                assert answer.headers["referrer-policy"] == "same-origin"
                assert b"planqa" in answer.read()
            with urllib.request.urlopen(ready[1] + "api/openapi.json") as answer:
                assert "default-src 'self'" in answer.headers["content-security-policy"]
                assert b'"/ask"' in answer.read()
            assert [tool["name"] for tool in tools(ready[1])] == TOOLS
            process.send_signal(signal.SIGINT)
            rest, errors = process.communicate(timeout=20)
        finally:
            process.kill()
    assert (rest, errors, process.returncode) == ("planqa: stopped\n", "", 0)
