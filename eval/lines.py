"""Text files line by line, whatever wrote them, and files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from eval.errors import DataError, at


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Lines with their numbers from 1, one at a time; without line end, blank lines left out.

    A byte order mark is dropped, and "\\r\\n" ends a line as "\\n" does.

    Raises:
        DataError: the file cannot be read, or is not UTF-8; names the line.
    """
    try:
        with path.open("rb") as stream:
            for number, raw in enumerate(stream, 1):
                try:
                    line = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
                except UnicodeDecodeError:
                    raise DataError(at(path, number), "expected UTF-8 text", "save the file as UTF-8") from None
                if line.strip():
                    yield number, line
    except OSError as error:
        raise DataError(path, f"cannot be read ({error.strerror})", "check the path and its permissions") from None


def write_whole(path: Path, lines: Iterable[str]) -> None:
    """Write lines so that a reader finds the old file or the new one; nothing is left behind when it fails.

    Raises:
        DataError: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.writelines(f"{line}\n" for line in lines)
                stream.flush()
                os.fsync(stream.fileno())
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise DataError(path, f"cannot be written ({error.strerror})", "name another file") from error
