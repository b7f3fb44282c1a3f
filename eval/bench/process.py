"""Child processes: a worker that takes orders, and a command that is run once and timed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import IO, Any

from eval.errors import DataError


class Worker:
    """A process that reads an order a line and writes an answer a line; use as a context."""

    def __init__(self, module: str, arguments: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self._what, self._log = " ".join([module, *arguments]), log
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                encoding="utf-8",
                env={**os.environ, **environment},
            )

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *failure: object) -> None:
        stdin, stdout = self._pipes()
        stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        stdout.close()

    def do(self, order: Mapping[str, Any]) -> dict[str, Any]:
        """Have an order carried out.

        Raises:
            DataError: the process died; tells the last line that it wrote.
        """
        stdin, stdout = self._pipes()
        try:
            stdin.write(json.dumps(order) + "\n")
            stdin.flush()
            line = stdout.readline()
        except OSError:
            line = ""
        if not line:
            raise DataError(self._what, f"stopped: {last_line(self._log)}", "mend that and run: make bench")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None
        return stdin, stdout


@dataclass(frozen=True, slots=True)
class Once:
    """A command that was run: wall-clock seconds from start to end, and the most memory it had resident, in bytes."""

    seconds: float
    peak: int


def run_once(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Once:
    """Run a command from a cold process to its end.

    Raises:
        DataError: it failed; tells the last line that it wrote.
    """
    begun = perf_counter()
    with log.open("ab") as written:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=written, stderr=written, env={**os.environ, **environment}
        )
        _, status, usage = os.wait4(process.pid, 0)
    seconds = perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise DataError(" ".join(command)[:80], f"failed: {last_line(log)}", "mend that and run: make bench")
    return Once(seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))


def run_json(module: str, arguments: Sequence[str], work: Path) -> dict[str, Any]:
    """Run a module to its end; the JSON object in the last line of its stdout.

    Raises:
        DataError: it failed; tells the last line that it wrote.
    """
    work.mkdir(parents=True, exist_ok=True)
    log = work / "log"
    with log.open("ab") as written:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=written,
            encoding="utf-8",
        )
    if done.returncode:
        raise DataError(f"{module} {arguments[0]}", f"failed: {last_line(log)}", "mend that and run: make bench")
    lines = done.stdout.strip().splitlines()
    found: dict[str, Any] = json.loads(lines[-1]) if lines else {}
    return found


def last_line(log: Path) -> str:
    """The last line that is not blank, shortened."""
    lines = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return lines[-1].strip()[:200] if lines else "nothing was said"
