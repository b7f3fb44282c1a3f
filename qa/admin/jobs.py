"""What administrators asked for, done one after the other, each in a process of its own with the lowest priority.

The process is `python -m qa.admin.worker`: it gets the job as JSON, tells how far it is in lines of JSON, and ends.
However it ends, the home holds the corpus before or the one after.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Literal

from qa.admin.errors import BusyError
from qa.admin.originals import Kept

log = logging.getLogger(__name__)
MOST_WAITING = 8  # jobs
MOST_TOLD = 20  # finished jobs that are remembered
_LAST_WORDS = 2_000  # bytes of what it said, for the log, when it ended badly
_LONGEST_LINE = 65_536  # bytes of what a process tells
_PACKAGES = Path(__file__).resolve().parents[2]
WORKER = (sys.executable, "-P", "-W", "ignore", "-m", "qa.admin.worker")
State = Literal["waiting", "running", "done", "failed", "stopped"]


@dataclass(slots=True)
class Job:
    """One request: files to add, or a document to remove; and what became of it.

    `told` holds (file name, outcome, SHA-256) of files; an outcome is "added", "known" or "refused: why".
    """

    address: str
    add: tuple[Kept, ...] = ()
    remove: str = ""
    state: State = "waiting"
    doing: str = ""  # what is done just now, as `index.types.Progress` has it
    done: int = 0
    total: int = 0
    told: list[tuple[str, str, str]] = field(default_factory=list)
    error: str = ""
    is_stopped: bool = False  # an administrator ended it
    since: float = field(default_factory=time.time)


class Jobs:
    """The queue of one home; `finished` is called in the queue's thread before a job is told to have ended."""

    def __init__(self, home: Path, finished: Callable[[Job, State], None], worker: Sequence[str] = WORKER) -> None:
        self._home, self._finished, self._worker = home, finished, worker
        self._lock = threading.Condition()
        self._waiting: deque[Job] = deque()
        self._past: deque[Job] = deque(maxlen=MOST_TOLD)
        self._running: Job | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None

    def submit(self, job: Job) -> None:
        """Put a job in the queue.

        Raises:
            BusyError: the queue is full.
        """
        with self._lock:
            if len(self._waiting) >= MOST_WAITING:
                vietnamese = f"Đã có {MOST_WAITING} yêu cầu đang chờ; hãy thử lại sau."
                expected = f"fewer than {MOST_WAITING} requests that wait"
                raise BusyError("queue", expected, "come back in a minute", vietnamese, 60)
            self._waiting.append(job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True, name="planqa-jobs")
                self._thread.start()
                atexit.register(self.stop)
            self._lock.notify()

    def jobs(self) -> list[Job]:
        """All that is known: the one that runs, those that wait, those that ended, the last one first."""
        with self._lock:
            running = [self._running] if self._running else []
            return [*running, *self._waiting, *reversed(self._past)]

    def is_busy(self) -> bool:
        """Whether a job runs or waits."""
        with self._lock:
            return bool(self._running or self._waiting)

    def stop(self) -> None:
        """End the job that runs; the home stays as it was."""
        with self._lock:
            if self._running and self._process:
                self._running.is_stopped = True
                self._process.terminate()

    def _work(self) -> None:
        while True:
            with self._lock:
                while not self._waiting:
                    self._lock.wait()
                job = self._running = self._waiting.popleft()
                job.state = "running"
            try:
                self._run(job)
            except Exception as error:
                log.exception("a job failed")
                job.error = f"unexpected ({type(error).__name__}); see the log of the server"
            ended: State = "stopped" if job.is_stopped else "failed" if job.error else "done"
            try:
                self._finished(job, ended)
            except Exception:
                log.exception("the end of a job could not be written down")
            with self._lock:
                job.state = ended
                self._running = self._process = None
                self._past.append(job)

    def _run(self, job: Job) -> None:
        half = str(max(1, (os.cpu_count() or 2) // 2))  # leaves cores to those who ask
        paths = [str(_PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": half}
        asked = {"home": str(self._home), "remove": job.remove}
        asked |= {"add": [[kept.name, str(kept.path), kept.sha256] for kept in job.add]}  # type: ignore[dict-item]
        pipe = subprocess.PIPE
        with (
            tempfile.TemporaryFile() as said,
            subprocess.Popen(self._worker, stdin=pipe, stdout=pipe, stderr=said, env=environment) as process,
        ):
            with self._lock:
                self._process = process
            assert process.stdin and process.stdout
            with suppress(BrokenPipeError), process.stdin as stream:
                stream.write(json.dumps(asked).encode())
            ended = _follow(job, process.stdout)
            process.wait()
            if not ended and not job.is_stopped:
                said.seek(-min(_LAST_WORDS, said.seek(0, os.SEEK_END)), os.SEEK_END)
                log.error("a job ended with code %s: %s", process.returncode, said.read().decode("utf-8", "replace"))
        if not ended and not job.error:
            job.error = f"its process ended before it was done (code {process.returncode}); the corpus is as it was"


def _follow(job: Job, stream: IO[bytes]) -> bool:
    """Take over what the process tells; whether it came to its end."""
    ended = False
    while line := stream.readline(_LONGEST_LINE):
        try:
            told: dict[str, Any] = json.loads(line)
            kind, value = next(iter(told.items()))
        except (ValueError, AttributeError, StopIteration):
            continue  # what a library prints
        if kind == "progress":
            job.doing, job.done, job.total = str(value[0])[:60], int(value[1]), int(value[2])
        elif kind == "told":
            job.told.append((str(value[0]), str(value[1])[:500], str(value[2])))
        elif kind == "error":
            job.error = str(value)[:500]
        ended = ended or kind in ("end", "error")
    return ended
