"""Who writes to a home: one process at a time, and the next one is told which.

The lock itself (.lock) is the system's and ends with its process. Beside it, .writer says who holds it: process,
machine, since when, with which command. A file left by a process that was killed blames nobody.
"""

from __future__ import annotations

import errno
import json
import os
import shlex
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from corpus.errors import HomeError
from index import atomic

LOCK, WRITER = ".lock", ".writer"
_LONGEST = 80  # characters of a command
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def writing(home: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold a home for writing; a second writer waits so many seconds, then is told who holds it.

    Raises:
        HomeError: another process holds it, or the folder cannot be written.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        with FileLock(home / LOCK, timeout=wait):
            atomic.replace(home / WRITER, json.dumps(_myself(), ensure_ascii=False).encode())
            try:
                yield
            finally:
                with suppress(OSError):
                    (home / WRITER).unlink(missing_ok=True)
    except Timeout:
        who = f"another planqa is writing to it{holder(home)}"
        raise HomeError(home, who, "wait until it has finished, or stop it") from None
    except OSError as error:
        raise unwritable(home, error) from error


def unwritable(home: Path, error: OSError) -> HomeError:
    """The error for a home that the system does not let us write to."""
    remedy = "choose a folder that you may write to with --home"
    if error.errno in _FULL:
        remedy = f"make room there, or {remedy}"
    return HomeError(home, f"cannot be written ({error.strerror or error})", remedy)


def holder(home: Path) -> str:
    """Who holds the lock, in parentheses; "" when that is not known, or they are gone."""
    try:
        record: dict[str, Any] = json.loads((home / WRITER).read_text(encoding="utf-8"))
        number, host = int(record["pid"]), str(record["host"])
        since, command = str(record["since"]), str(record["command"])
    except (OSError, ValueError, LookupError, TypeError):
        return ""
    here = host == socket.gethostname()
    if here and not _is_alive(number):
        return ""
    place = "" if here else f" on {host}"
    return f" (process {number}{place} since {since}: {command})"


def _myself() -> dict[str, object]:
    command = shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]])
    return {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.now().astimezone().isoformat(" ", "seconds"),
        "command": command if len(command) <= _LONGEST else f"{command[: _LONGEST - 3]}...",
    }


def _is_alive(number: int) -> bool:
    if os.name == "nt":  # there, os.kill(number, 0) would end it
        return True
    try:
        os.kill(number, 0)
    except PermissionError:  # it is another user's
        return True
    except (OSError, OverflowError):
        return False
    return True
