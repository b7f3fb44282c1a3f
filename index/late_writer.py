"""Tokens on their way to the disk: in segments that a later generation takes over as they are.

Where a segment ends is told by the keys of the passages (content-defined chunking, as in index/segments.py): a document
that is added or taken away moves the ends beside it and no others. So a home that grew writes one or two segments
again, links to the files of the others, and has the files of a home that is built from nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.lib.format import dtype_to_descr, write_array_header_1_0
from numpy.typing import NDArray

from index.late import COUNTS, IDS, SEGMENTS, STARTS, TOKENS

USUAL, MOST = 1024, 2048
"""Passages of a segment, on average and at most: some 30 KB each are written again for a change of one."""


def cuts(keys: Sequence[bytes]) -> list[tuple[int, int]]:
    """The segments of passages with these keys, as first row and row behind the last.

    >>> cuts([bytes(16), bytes([1] * 16), bytes([2] * 16)])
    [(0, 1), (1, 3)]
    """
    result, first = [], 0
    for last, key in enumerate(keys, 1):
        if last - first >= MOST or last == len(keys) or int.from_bytes(key[:4], "big") % USUAL == 0:
            result.append((first, last))
            first = last
    return result


class LateWriter:
    """Takes passages in any order and writes them in theirs; what is taken waits in a file, not in memory.

    `take` has a segment of the generation before stand in this one, and tells whether there was one of that name;
    `wanted` are the keys of the passages that are still to be added.
    """

    def __init__(
        self, folder: Path, keys: Sequence[bytes], dimensions: int, take: Callable[[str], bool] | None = None
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._dimensions = folder, dimensions
        self._segments = [(_name(keys[first:last], dimensions), first, last) for first, last in cuts(keys)]
        self._places = np.full((len(keys), 2), -1, np.int64)  # where in the waiting file a passage begins, its tokens
        self._known = {name for name in {name for name, _, _ in self._segments} if take and take(name)}
        for name, first, last in self._segments:
            if name in self._known:
                self._places[first:last, 1] = np.diff(np.load(folder / name / STARTS, allow_pickle=False))
        self.wanted = frozenset(key for row, key in enumerate(keys) if self._places[row, 1] < 0)
        self._waiting = folder / "waiting"
        self._stream = self._waiting.open("w+b")

    def __enter__(self) -> LateWriter:
        return self

    def __exit__(self, *failure: object) -> None:
        self._stream.close()
        self._waiting.unlink(missing_ok=True)

    def add(self, row: int, tokens: NDArray[np.int8], ids: NDArray[np.int32]) -> None:
        """Take one passage; those of segments that were taken over are passed over."""
        if self._places[row, 1] >= 0:
            return
        self._places[row] = self._stream.tell(), len(ids)
        self._stream.write(np.ascontiguousarray(ids, np.int32).tobytes())
        self._stream.write(np.ascontiguousarray(tokens, np.int8).tobytes())

    def finish(self) -> None:
        """Write the index, once every passage is taken."""
        written = set(self._known)
        for name, first, last in self._segments:
            if name not in written:
                self._write(self._folder / name, first, last)
                written.add(name)
        starts = np.concatenate([[0], np.cumsum(self._places[:, 1])]).astype(np.int64)
        np.save(self._folder / STARTS, starts, allow_pickle=False)
        counts = [np.load(self._folder / name / COUNTS, allow_pickle=False) for name, _, _ in self._segments]
        np.save(self._folder / COUNTS, _summed(counts), allow_pickle=False)
        record = [{"name": name, "passages": last - first} for name, first, last in self._segments]
        (self._folder / SEGMENTS).write_text(json.dumps(record, indent=0) + "\n", encoding="ascii")

    def _write(self, folder: Path, first: int, last: int) -> None:
        folder.mkdir()
        lengths = self._places[first:last, 1]
        total = int(lengths.sum())
        held = []
        with (
            new_array(folder / TOKENS, np.int8, (total, self._dimensions)) as tokens,
            new_array(folder / IDS, np.int32, (total,)) as ids,
        ):
            for found_ids, found in self._taken(first, last):
                tokens.write(found.tobytes())
                ids.write(found_ids.tobytes())
                held.append(np.unique(found_ids))
        np.save(folder / STARTS, np.concatenate([[0], np.cumsum(lengths)]), allow_pickle=False)
        np.save(folder / COUNTS, np.stack(np.unique(np.concatenate(held), return_counts=True)), allow_pickle=False)

    def _taken(self, first: int, last: int) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int8]]]:
        for place, count in self._places[first:last]:
            self._stream.seek(int(place))
            ids = np.frombuffer(self._stream.read(4 * int(count)), np.int32)
            tokens = np.frombuffer(self._stream.read(int(count) * self._dimensions), np.int8)
            yield ids, tokens.reshape(int(count), self._dimensions)


def _name(keys: Sequence[bytes], dimensions: int) -> str:
    return hashlib.sha256(b"%d\n" % dimensions + b"".join(keys)).hexdigest()[:16]


def _summed(counts: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Tokens and in how many passages each stands, shape (2, tokens), of those of several segments.

    >>> _summed([np.array([[3, 5], [1, 2]]), np.array([[5, 7], [4, 1]])]).tolist()
    [[3, 5, 7], [1, 6, 1]]
    """
    if not counts:
        return np.zeros((2, 0), np.int64)
    tokens, held = np.concatenate(counts, axis=1)
    found, places = np.unique(tokens, return_inverse=True)
    return np.stack([found.astype(np.int64), np.bincount(places, held, len(found)).astype(np.int64)])


@contextmanager
def new_array(path: Path, kind: Any, shape: tuple[int, ...]) -> Iterator[BinaryIO]:
    """A new .npy file that its rows are written to one after the other.

    Not a mapped one: on a full disk a write is an error that can be told, and a page of a mapped file ends the process.
    """
    header = {"descr": dtype_to_descr(np.dtype(kind)), "fortran_order": False, "shape": shape}
    with path.open("wb") as stream:
        write_array_header_1_0(stream, header)
        yield stream
