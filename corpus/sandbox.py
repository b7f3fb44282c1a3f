"""A file that a stranger may have made, read in a process of its own that can do next to nothing.

    source = read_apart(path, "ke-hoach.pdf")       # as `corpus.source.read_source`, with the same errors

The process (corpus/sandbox_child.py) gets the open file and a temporary folder, and gives back the decoded text as
JSON, which is checked here: types, sizes, the hash of what was read. It ends, with everything it started, when it
takes too long. What else holds it, and on which systems, corpus/sandbox_confine.py says.
"""

from __future__ import annotations

import hashlib
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from corpus.errors import SourceError
from corpus.limits import MAX_BYTES, MAX_CHARACTERS
from corpus.source import SUFFIXES, Source

_CHILD = Path(__file__).with_name("sandbox_child.py")
_PACKAGES = Path(__file__).resolve().parents[1]
_FORMATS = frozenset(SUFFIXES.values())
_KEPT = ("PATH", "TESSDATA_PREFIX", "SYSTEMROOT")  # of the environment; no key or setting of planqa goes along
_NEW = "print it to a new PDF, or save it again"


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost; times are for the file and, on top, for each megabyte of it."""

    seconds: float = 120.0  # wall clock; a scanned page takes 2 to 10
    seconds_per_megabyte: float = 20.0
    memory: int = 2 * 1024**3  # bytes of address space of each process
    written: int = 64 * 1024**2  # bytes of each file
    files: int = 128  # open ones of each process
    processes: int = 32  # threads count, too
    output: int = 48 * 1024**2  # bytes of the answer

    def seconds_for(self, size: int) -> float:
        """Seconds that a file of so many bytes may take.

        >>> Limits(seconds=60, seconds_per_megabyte=10).seconds_for(3 * 2**20)
        90.0
        """
        return self.seconds + self.seconds_per_megabyte * size / 2**20


LIMITS = Limits()


def read_apart(path: Path, name: str = "", limits: Limits = LIMITS) -> Source:
    """Read a file as `corpus.source.read_source` does, and as an official document, in a process held by limits.

    `name` is what the file is called, where it lies under another name.

    Raises:
        SourceError: as `read_source` and `corpus.read.parse`, or a limit was reached.
    """
    shown = name or path.name
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > MAX_BYTES:
                raise SourceError(shown, f"{size:,} bytes; at most {MAX_BYTES:,} can be read", "split the file")
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            answer = _run(file, shown, SUFFIXES.get(Path(shown).suffix.lower(), "txt"), limits, size)
    except OSError as error:
        raise SourceError(shown, f"cannot be read ({error.strerror or error})", "check its permissions") from None
    return _checked(answer, shown, digest, os.path.realpath(path))


def _run(file: IO[bytes], name: str, format: str, limits: Limits, size: int) -> bytes:
    """What the process answers.

    Raises:
        SourceError: it took too long, said too much, or ended without an answer.
    """
    seconds = limits.seconds_for(size)
    path = [entry for entry in dict.fromkeys(sys.path) if os.path.isdir(entry) and entry != os.getcwd()]
    with tempfile.TemporaryDirectory(prefix="planqa-", ignore_cleanup_errors=True) as folder:
        asked: dict[str, object] = {
            "name": name,
            "format": format,
            "path": path,
            "folder": folder,
            "packages": str(_PACKAGES),
        }
        asked["limits"] = {**asdict(limits), "seconds": seconds, "size": size}
        with subprocess.Popen(
            [sys.executable, "-I", str(_CHILD), json.dumps(asked)],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(folder, path),
            cwd=folder,
            start_new_session=True,
        ) as process:
            try:
                answer, ended = _answer(process, limits.output, time.monotonic() + seconds)
            finally:
                _end(process)
    if not ended:
        raise SourceError(name, f"not read within {seconds:.0f} seconds", _NEW)
    if len(answer) > limits.output:
        raise SourceError(name, f"its text is larger than {limits.output:,} bytes", "split the file")
    if process.returncode or not answer:
        raise SourceError(name, _how(process.returncode), _NEW)
    return answer


def _answer(process: subprocess.Popen[bytes], most: int, until: float) -> tuple[bytes, bool]:
    """What a process writes, one byte more than `most` at most, and whether it ended (or wrote too much) in time."""
    assert process.stdout
    found = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while len(found) <= most:
            left = until - time.monotonic()
            if left <= 0 or not selector.select(left):
                return bytes(found), False
            piece = os.read(process.stdout.fileno(), 1 << 20)
            if not piece:
                try:
                    process.wait(max(0.1, until - time.monotonic()))
                except subprocess.TimeoutExpired:
                    return bytes(found), False
                break
            found += piece
    return bytes(found), True


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it started."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _environment(folder: str, path: list[str]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    own = {"HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8", "PYTHONPATH": os.pathsep.join(path)}
    return {**kept, **one, **own, "PYTHONDONTWRITEBYTECODE": "1"}


def _how(code: int) -> str:
    """How a process ended that gave no answer (128 + signal is what its first half says of the second)."""
    number = -code if code < 0 else code - 128
    if number == getattr(signal, "SIGXCPU", -1):
        return "needed more processor time than a file may take"
    if number == getattr(signal, "SIGKILL", -1):
        return "its reader was ended by the system (too much time or memory)"
    return "its reader failed (a damaged file?)"


def _checked(answer: bytes, name: str, digest: str, path: str) -> Source:
    """The source that an answer tells of; nothing in it is believed that was not looked at."""
    try:
        value = json.loads(answer.decode("utf-8"))
        if "refused" in value:
            reason, remedy = (_text(part, 1_000) for part in value["refused"])
            raise SourceError(name, reason, remedy)
        return _source(value["source"], name, digest, path)
    except SourceError:
        raise
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, MemoryError):
        raise SourceError(name, "its reader gave no answer that can be read", _NEW) from None


def _source(value: dict[str, Any], name: str, digest: str, path: str) -> Source:
    """Raises ValueError, LookupError or TypeError for what is no source of this file."""
    text = _text(value["text"], MAX_CHARACTERS)
    if value["sha256"] != digest or value["format"] not in _FORMATS:
        raise ValueError("another file or format")
    lines = text.count("\n") + 1
    pages = tuple((_number(line, lines), _number(page, 1_000_000)) for line, page in value["pages"])
    aside = tuple((_text(role, 100), _text(said, MAX_CHARACTERS)) for role, said in value["set_aside"])
    if sum(len(said) for _, said in aside) > MAX_CHARACTERS:
        raise ValueError("more set aside than a file can hold")
    return Source(name, value["format"], digest, text, path, pages, aside, _text(value["encoding"], 40))


def _text(value: object, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise ValueError("no text of this length")
    value.encode()  # half of a surrogate pair is a UnicodeEncodeError, which is a ValueError
    return value


def _number(value: object, most: int) -> int:
    if type(value) is not int or not 1 <= value <= most:
        raise ValueError("no number of this size")
    return value
