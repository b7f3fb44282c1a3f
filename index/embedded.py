"""Vectors and tokens of a new generation on their way to the disk; what the generation before has is taken over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from index.generation import LATE, Generation
from index.grown import Grown, matched, origin_of
from index.late import LateIndex, is_kept
from index.late_writer import LateWriter, new_array
from index.milvus_store import Label
from index.passages import Embedded
from index.segments import linked
from index.stores import VECTOR_STARTS, write_dense
from index.types import Vectors

GATHERED = "gathered.npy"
_BLOCK = 4096  # passages whose vectors are taken over at a time
Found = Callable[[Sequence[int], Collection[bytes]], Iterable[tuple[int, Embedded]]]
"""Gives some rows and their vectors in any order; the tokens of those whose key is among the given ones, too."""


def write_vectors(
    target: Path,
    dimensions: tuple[int, int],
    keys: Sequence[bytes],
    counts: Sequence[int],
    found: Found,
    index: str,
    labels: Sequence[Label] = (),
    collection: str = "",
    before: Generation | None = None,
) -> tuple[float, dict[str, str]]:
    """Write the dense and the late index of passages with these keys; `counts` tells how many windows each has.

    `dimensions` are those of a vector and of a token; `labels` and `collection` are for `index.stores.write_dense`.

    Returns:
        The recall@10 of the dense index, measured on its own passages; the SHA-256 of each file that was linked to.
    """
    known: dict[str, str] = {}

    def take(name: str) -> bool:
        if before is None or not (before.folder / LATE / name).is_dir():
            return False
        known.update(linked(before.folder, target, f"{LATE}/{name}"))
        return True

    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    origin = matched(keys, before.keys) if before else np.full(len(keys), -1, np.int64)
    with _Gathering(target / GATHERED, (int(starts[-1]), dimensions[0])) as gathering:
        if is_kept(len(keys)):
            with LateWriter(target / LATE, keys, dimensions[1], take) as late:
                held = np.fromiter((key not in late.wanted for key in keys), np.bool_, len(keys))  # their tokens
                left = gathering.take_over(before, np.where(held, origin, -1), starts)
                for row, embedded in found(left, late.wanted):
                    gathering.put(int(starts[row]), embedded.vectors)
                    late.add(row, embedded.tokens, embedded.ids)
                late.finish()
        else:
            left = gathering.take_over(before, origin, starts)
            for row, embedded in found(left, ()):
                gathering.put(int(starts[row]), embedded.vectors)
    vectors = gathering.mapped()
    recall = write_dense(
        target, vectors, starts[:-1], index, labels, collection, _grown(before, index, origin, np.asarray(counts))
    )
    (target / GATHERED).unlink()
    return recall, known


def open_late(folder: Path, passages: int) -> LateIndex:
    """The tokens that `write_vectors` wrote for so many passages."""
    return LateIndex.load(folder / LATE) if is_kept(passages) else LateIndex.left_out(passages)


def _grown(before: Generation | None, index: str, rows: NDArray[np.int64], counts: NDArray[np.int64]) -> Grown | None:
    """What the dense index may add to: that of the generation before, where it is of the same kind."""
    if before is None or before.about.index != index or not len(rows):
        return None
    starts = np.load(before.folder / VECTOR_STARTS, allow_pickle=False)
    return Grown(before.folder, origin_of(rows, counts, starts))


def _runs(origin: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """First rows and lengths of runs of rows that stood one after the other before, too, of _BLOCK rows at most.

    >>> list(_runs(np.array([4, 5, -1, 0, 2, 3])))
    [(0, 2), (3, 1), (4, 2)]
    """
    first = 0
    for last in range(1, len(origin) + 1):
        if last < len(origin) and origin[last] == origin[last - 1] + 1 and last - first < _BLOCK and origin[first] >= 0:
            continue
        if origin[first] >= 0:
            yield first, last - first
        first = last


class _Gathering:
    """Vectors that come in any order, put into a file in theirs: those of a big home have no room in memory."""

    def __init__(self, path: Path, shape: tuple[int, int]) -> None:
        self._path, self._shape = path, shape
        self._files = new_array(path, np.float32, shape)

    def __enter__(self) -> _Gathering:
        self._stream = self._files.__enter__()
        self._begin, self._next = self._stream.tell(), 0
        self._stream.truncate(self._begin + 4 * self._shape[0] * self._shape[1])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.__exit__(kind, error, trace)

    def take_over(
        self, before: Generation | None, origin: NDArray[np.int64], starts: NDArray[np.int64]
    ) -> Sequence[int]:
        """Put the vectors of passages that were in rows `origin` of the generation before; the rows of the others."""
        if before is not None and (origin >= 0).any():
            dense = before.vectors
            for row, count in _runs(origin):
                self.put(int(starts[row]), dense.windows(int(origin[row]), count))
        return np.flatnonzero(origin < 0).tolist()

    def put(self, window: int, vectors: Vectors) -> None:
        """Put the vectors of a passage at the window where it begins."""
        if window != self._next:  # most come in order, and a seek writes out what waits
            self._stream.seek(self._begin + 4 * window * self._shape[1])
        self._stream.write(np.ascontiguousarray(vectors, np.float32).data)
        self._next = window + len(vectors)

    def mapped(self) -> Vectors:
        """All of them, once they are there."""
        if not self._shape[0]:
            return np.zeros(self._shape, np.float32)
        vectors: Vectors = np.load(self._path, mmap_mode="r", allow_pickle=False)
        return vectors
