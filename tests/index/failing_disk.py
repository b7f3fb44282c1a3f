"""A disk that fails: the k-th call of one kind, of all that reach below a folder, raises an OSError."""

from __future__ import annotations

import builtins
import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

KINDS = ("open", "write", "fsync", "rename")


class Disk:
    """Counts the calls of one kind, and fails at one of them."""

    def __init__(self, kind: str, last: int, number: int, folder: Path) -> None:
        self.kind, self.last, self.number, self.folder = kind, last, number, os.fspath(folder)
        self.count = 0

    def call(self, kind: str) -> None:
        if kind == self.kind:
            self.count += 1
            if self.count == self.last:
                raise OSError(self.number, os.strerror(self.number))

    def below(self, path: object) -> bool:
        return isinstance(path, int) or str(path).startswith(self.folder)


class File:
    """A file whose writes are counted."""

    def __init__(self, file: Any, disk: Disk) -> None:
        self._file, self._disk = file, disk

    def write(self, data: Any) -> Any:
        self._disk.call("write")
        return self._file.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> File:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


@contextmanager
def failing(kind: str, last: int, number: int, folder: Path) -> Iterator[Disk]:
    """For this block the `last`-th call of a kind (0: none) fails with an error number."""
    disk = Disk(kind, last, number, folder)
    opened, os_opened = io.open, os.open

    def open_file(file: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if not disk.below(file):
            return opened(file, mode, *rest, **named)
        disk.call("open")
        found = opened(file, mode, *rest, **named)
        return found if set(mode) <= set("rbt") else File(found, disk)

    def open_handle(path: Any, *rest: Any, **named: Any) -> int:
        if disk.below(path):
            disk.call("open")
        return os_opened(path, *rest, **named)

    def counted(kind: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            disk.call(kind)
            return function(*arguments, **named)

        return call

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(builtins, "open", open_file)
        patch.setattr(io, "open", open_file)
        patch.setattr(os, "open", open_handle)
        patch.setattr(os, "fsync", counted("fsync", os.fsync))
        for name in ("rename", "replace"):
            patch.setattr(os, name, counted("rename", getattr(os, name)))
        yield disk


NUMBERS = (errno.EIO, errno.ENOSPC)
