"""One writer at a time: the second is told who the first is, and nobody is blamed who is gone."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import HomeError
from index.writer import holder, writing

ROOT = Path(__file__).parents[2]
HOLD = """
import pathlib, sys
from index.writer import writing
with writing(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_second_writer_is_told_who_holds_the_home(tmp_path: Path) -> None:
    first = subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path, "my plans"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert first.stdout and first.stdout.readline() == b"held\n"
    who = rf"another planqa is writing to it \(process {first.pid} since \d{{4}}-.*: -c .* 'my plans'\); wait until"
    with pytest.raises(HomeError, match=who) as caught, writing(tmp_path):
        pass
    assert "\n" not in str(caught.value)
    first.communicate()
    with writing(tmp_path):
        assert holder(tmp_path).startswith(f" (process {os.getpid()} since ")
    assert holder(tmp_path) == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_writer_that_was_killed_is_not_blamed(tmp_path: Path) -> None:
    killed = subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert killed.stdout and killed.stdout.readline() == b"held\n"
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert json.loads((tmp_path / ".writer").read_text(encoding="utf-8"))["pid"] == killed.pid
    assert holder(tmp_path) == ""
    with writing(tmp_path):
        pass


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": "x"}', '{"pid": 1}'])
def test_a_spoilt_note_names_nobody(tmp_path: Path, text: str) -> None:
    (tmp_path / ".writer").write_text(text, encoding="utf-8")
    assert holder(tmp_path) == ""


def test_a_process_of_another_machine_is_named_with_it(tmp_path: Path) -> None:
    note = {"pid": 1, "host": f"not-{socket.gethostname()}", "since": "2026-01-02", "command": "planqa ingest a"}
    (tmp_path / ".writer").write_text(json.dumps(note), encoding="utf-8")
    assert holder(tmp_path) == f" (process 1 on not-{socket.gethostname()} since 2026-01-02: planqa ingest a)"
