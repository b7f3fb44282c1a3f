"""What administrators did, a JSON line each; every line holds the hash of the one before, so that changes show.

home/uploads/log.jsonl      {"time", "address", "event", "name", "sha256", "bytes", "outcome", "before"}

A line that was changed, moved or taken out breaks the chain at the next one. What is cut off at the end leaves no trace
in the file, which is why `planqa admin log` prints the hash of the last line: note it elsewhere from time to time.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as home:
...     append(Path(home), "192.0.2.7", "upload", "ke-hoach.pdf", "ab" * 32, 120, "added")
...     lines, wrong = read(Path(home))
>>> lines[0]["name"], lines[0]["before"] == FIRST, wrong
('ke-hoach.pdf', True, [])
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from corpus.errors import HomeError

FOLDER, FILE = "uploads", "log.jsonl"
FIRST = "0" * 64
_TAIL = 256 * 1024  # bytes: far more than the longest line
_WRITING = threading.Lock()


def append(
    home: Path, address: str, event: str, name: str = "", sha256: str = "", size: int = 0, outcome: str = ""
) -> None:
    """Add a line, and have the disk keep it.

    Raises:
        HomeError: the log cannot be written.
    """
    record = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "address": address[:64],
        "event": event,
        "name": name[:300],
        "sha256": sha256,
        "bytes": size,
        "outcome": " ".join(outcome.split())[:500],
    }
    path = home / FOLDER / FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _alone(path), path.open("ab+") as stream:
            last, whole = _last(stream)
            line = json.dumps({**record, "before": last}, ensure_ascii=False, separators=(",", ":")).encode()
            stream.write((b"" if whole else b"\n") + line + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        said = f"cannot be written ({error.strerror or error})"
        raise HomeError(path, said, "check the disk and that you may write there") from error


def read(home: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """All lines that can be read, oldest first, and one sentence for each place where the chain is broken.

    Raises:
        HomeError: the file cannot be read.
    """
    records: list[dict[str, Any]] = []
    wrong: list[str] = []
    before = FIRST
    for number, line in enumerate(_lines(home / FOLDER / FILE), 1):
        try:
            record = json.loads(line)
            chained = record["before"]
        except (ValueError, LookupError, TypeError):
            wrong.append(f"line {number} is no record (changed, or its writer was cut off)")
        else:
            if chained != before:
                wrong.append(f"line {number} does not follow the line before it (one was changed or taken out)")
            records.append(record)
        before = hashlib.sha256(line).hexdigest()
    return records, wrong


def head(home: Path) -> str:
    """The hash of the last line; all lines before it cannot be changed without changing it."""
    before = FIRST
    for line in _lines(home / FOLDER / FILE):
        before = hashlib.sha256(line).hexdigest()
    return before


def tail(home: Path, count: int) -> list[dict[str, Any]]:
    """The last lines, newest first, without looking at the others.

    Raises:
        HomeError: the file cannot be read.
    """
    path = home / FOLDER / FILE
    try:
        with path.open("rb") as stream:
            stream.seek(max(0, stream.seek(0, os.SEEK_END) - _TAIL))
            lines = stream.read().splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise HomeError(path, f"cannot be read ({error.strerror or error})", "check its permissions") from error
    found: list[dict[str, Any]] = []
    for line in reversed(lines):
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict):
            found.append(record)
        if len(found) == count:
            break
    return found


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """No other thread or process writes meanwhile."""
    with _WRITING, FileLock(path.with_name(".log.lock"), timeout=10):
        yield


def _last(stream: Any) -> tuple[str, bool]:
    """The hash of the last line, and whether it was written to its end."""
    size = stream.seek(0, os.SEEK_END)
    if not size:
        return FIRST, True
    stream.seek(max(0, size - _TAIL))
    end = stream.read()
    return hashlib.sha256(end.removesuffix(b"\n").rpartition(b"\n")[2]).hexdigest(), end.endswith(b"\n")


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as stream:
            for line in stream:
                yield line.removesuffix(b"\n")
    except FileNotFoundError:
        return
    except OSError as error:
        raise HomeError(path, f"cannot be read ({error.strerror or error})", "check its permissions") from error
