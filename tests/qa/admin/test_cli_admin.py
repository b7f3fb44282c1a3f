"""`planqa admin set-password` and `planqa admin log`, as they are typed."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qa.admin import log
from qa.admin.passwords import matches, stored

ROOT = Path(__file__).parents[3]
GOOD = "lúa chín vàng đồng"


def planqa(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "qa.cli", *words]
    return subprocess.run(command, cwd=ROOT, input=given, capture_output=True, text=True, timeout=60)


def test_a_password_from_standard_input(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    done = planqa("admin", "set-password", "--home", str(home), given=f"{GOOD}\n")
    assert (done.returncode, done.stderr) == (0, "") and "log in again" in done.stdout
    known = stored(home)
    assert known and matches(known, GOOD)
    refused = planqa("admin", "set-password", "--home", str(home), given="ngắn\n")
    assert refused.returncode == 1
    assert refused.stderr == (
        "planqa: the password: at least 12 characters, not 4; take a few words that do not belong together\n"
    )
    assert stored(home) == known


@pytest.mark.parametrize(("again", "code"), [(GOOD, 0), ("something else", 1)])
def test_a_password_typed_twice(again: str, code: int, tmp_path: Path) -> None:
    main, other = pty.openpty()
    command = [sys.executable, "-m", "qa.cli", "admin", "set-password", "--home", str(tmp_path)]
    shown = b""
    with subprocess.Popen(command, cwd=ROOT, stdin=other, stdout=other, stderr=other) as process:
        os.close(other)
        for prompt, typed in ((b"Password", GOOD), (b"again", again)):
            shown += _until(main, prompt)
            time.sleep(0.2)
            os.write(main, f"{typed}\n".encode())
        assert process.wait(30) == code
    os.close(main)
    assert GOOD.encode() not in shown, "what is typed is not shown"
    assert (stored(tmp_path) is not None) == (code == 0)


def _until(terminal: int, words: bytes) -> bytes:
    found, end = b"", time.monotonic() + 30
    while words not in found:
        assert time.monotonic() < end and select.select([terminal], [], [], 30)[0], found
        found += os.read(terminal, 1000)
    return found


def test_the_log_is_printed_and_checked(tmp_path: Path) -> None:
    log.append(tmp_path, "192.0.2.7", "upload", "a\tb.pdf", "ab" * 32, 120, "received")
    log.append(tmp_path, "192.0.2.7", "ingest", "ab.pdf", "ab" * 32, 120, "added")
    done = planqa("admin", "log", "--home", str(tmp_path))
    assert done.returncode == 0
    lines = [line.split("\t")[1:] for line in done.stdout.splitlines()]
    assert lines[0] == ["192.0.2.7", "upload", "a b.pdf", "120 bytes", "ab" * 32, "received"]
    assert f"2 lines, the chain is whole; its last hash is {log.head(tmp_path)}" in done.stderr
    last = planqa("admin", "log", "--home", str(tmp_path), "--last", "1", "--json")
    assert [record["outcome"] for record in json.loads(last.stdout)] == ["added"]
    path = tmp_path / "uploads" / "log.jsonl"
    path.write_bytes(path.read_bytes().replace(b"received", b"refused!"))
    broken = planqa("admin", "log", "--home", str(tmp_path))
    assert broken.returncode == 1 and "line 2 does not follow the line before it" in broken.stderr
    assert "whole" not in broken.stderr
