"""A file that a command writes for the user: whole or not at all, "-" being standard output."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from corpus.errors import QuestionError

STDOUT = Path("-")


def write_whole(path: Path, content: bytes, option: str) -> None:
    """Write the file beside its place, flush it to the disk, and only then rename it; "-" prints it.

    Raises:
        QuestionError: a folder, or a device, or a place that cannot be written; `option` is what named it ("--csv").
    """
    if path == STDOUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    remedy = f"name another file with {option}"
    try:
        if path.exists() and not path.is_file():
            kind = "a folder" if path.is_dir() else "no ordinary file"
            raise QuestionError(path, f"{kind}, not a file to write", f"{remedy}, or - for standard output")
        target = path.resolve()  # a link goes on pointing to the file
        temporary = target.with_name(f".{target.name}.{os.getpid()}.partial")
    except (OSError, ValueError, RuntimeError) as error:  # a name that no file can have
        raise QuestionError(path, f"cannot be written ({getattr(error, 'strerror', None) or error})", remedy) from None
    try:
        try:
            with temporary.open("xb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise QuestionError(path, f"cannot be written ({error.strerror or error})", remedy) from None
