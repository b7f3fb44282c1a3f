"""What a long build has encoded so far, kept in the home until the build succeeds.

    work/<encoder and samples>/
      <digest>.space              the space that the blocks are in
      <space>-<digest>.block      the vectors and tokens of some hundred passages, by key

Each file is written whole and named by its own SHA-256, so a killed writer leaves none that is half, and one that was
spoilt is passed over and encoded again.
"""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from index import atomic
from index.keys import SIZE
from index.passages import Embedded

WORK = "work"
BLOCK = 512
"""Passages a block: what a kill at the worst moment costs."""


class Blocks:
    """The blocks of one space, given as the bytes of its file: those found in the folder, and those added."""

    def __init__(self, folder: Path, space: bytes) -> None:
        self._folder, self._file, self._space = folder, space, _digest(space)[:16]
        self._waiting: list[tuple[bytes, Embedded]] = []
        self.used = False

    def find(self, keys: Collection[bytes]) -> Iterator[tuple[bytes, Embedded]]:
        """What is kept of these passages, a block in memory at a time."""
        for path in sorted(self._folder.glob(f"{self._space}-*.block")):
            data = _read(path)
            for key, embedded in _unpacked(data) if data else ():
                if key in keys:
                    self.used = True
                    yield key, embedded

    def add(self, key: bytes, embedded: Embedded) -> None:
        """Take one passage; it is on the disk when its block is full, or with `flush`."""
        self.used = True
        self._waiting.append((key, embedded))
        if len(self._waiting) >= BLOCK:
            self.flush()

    def keep_space(self) -> None:
        """Write the space, for whoever adds to the blocks."""
        self._folder.mkdir(parents=True, exist_ok=True)
        if not (space := self._folder / f"{_digest(self._file)}.space").is_file():
            atomic.replace(space, self._file)

    def flush(self) -> None:
        """Write what waits."""
        if self._waiting:
            data = _packed(self._waiting)
            self.keep_space()
            atomic.replace(self._folder / f"{self._space}-{_digest(data)}.block", data)
            self._waiting = []

    def __enter__(self) -> Blocks:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.flush()
            return
        with suppress(OSError):  # what stopped the build is told, not what became of the rest
            self.flush()


def place(home: Path, *parts: object) -> Path:
    """Where a build keeps its blocks; `parts` tell builds apart whose vectors do not compare."""
    return home / WORK / _digest("\n".join(map(str, parts)).encode())


def kept_space(folder: Path) -> bytes:
    """The file of the space that an interrupted build had fitted; b"" when there is none."""
    return next((data for path in sorted(folder.glob("*.space")) if (data := _read(path))), b"")


def clear(home: Path) -> None:
    """Drop all that interrupted builds have kept; what cannot be deleted now goes another time."""
    shutil.rmtree(home / WORK, ignore_errors=True)


def _read(path: Path) -> bytes:
    """A file's bytes, b"" when they are not those that it was named after."""
    try:
        data = path.read_bytes()
    except OSError:
        return b""
    return data if path.stem.rpartition("-")[2] == _digest(data) else b""


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def _packed(passages: list[tuple[bytes, Embedded]]) -> bytes:
    stream = io.BytesIO()
    found = [embedded for _, embedded in passages]
    np.savez(
        stream,
        allow_pickle=False,
        keys=np.frombuffer(b"".join(key for key, _ in passages), np.uint8).reshape(-1, SIZE),
        windows=np.array([len(embedded.vectors) for embedded in found], np.int64),
        lengths=np.array([len(embedded.ids) for embedded in found], np.int64),
        vectors=np.concatenate([embedded.vectors for embedded in found]),
        tokens=np.concatenate([embedded.tokens for embedded in found]),
        ids=np.concatenate([embedded.ids for embedded in found]),
    )
    return stream.getvalue()


def _unpacked(data: bytes) -> Iterator[tuple[bytes, Embedded]]:
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            keys, vectors, tokens, ids = (arrays[name] for name in ("keys", "vectors", "tokens", "ids"))
            windows, lengths = (np.concatenate([[0], np.cumsum(arrays[name])]) for name in ("windows", "lengths"))
    except (ValueError, KeyError, BadZipFile):  # of a version to come
        return
    for row, key in enumerate(keys):
        parts = slice(windows[row], windows[row + 1])
        held = slice(lengths[row], lengths[row + 1])
        yield key.tobytes(), Embedded(vectors[parts], tokens[held], ids[held])
