"""The dense index: unit vectors in FAISS, searched by inner product, which for unit vectors is the cosine.

The only file that imports faiss; index/approximate.py has it from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import HomeError
from index.starts import best_of, bounds, of_passages, spread
from index.types import Vectors

STARTS = ".starts.npy"


def library() -> Any:
    """FAISS, imported when it is first needed; its types name half of what it has."""
    import faiss

    return faiss


@contextmanager
def one_thread() -> Iterator[None]:
    """One question is compared by one thread: a team would be woken for microseconds of work, and would then turn idle
    on the cores that the encoder's own threads need (on two cores that cost four times the search itself)."""
    faiss = library()
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


class FlatIndex:
    """A flat FAISS index: exact, and fast enough for some ten thousand passages.

    A passage that was cut into windows has a vector a window: `starts`, of shape (passages,), tells at which vector
    each passage begins. A passage is as near as its nearest window.
    """

    def __init__(self, index: Any, starts: NDArray[np.int64]) -> None:
        self._index, self._starts = index, starts

    @classmethod
    def build(cls, vectors: Vectors, starts: Sequence[int] | NDArray[np.int64] | None = None) -> FlatIndex:
        """Index vectors of shape (windows, dimension) in their order; without `starts` each is a passage."""
        import faiss

        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index, np.arange(len(vectors)) if starts is None else np.asarray(starts, np.int64))

    def save(self, path: Path) -> None:
        """Write the index; the caller sees to atomicity and hashes, FAISS itself notices no flipped bit."""
        import faiss

        path.write_bytes(faiss.serialize_index(self._index).tobytes())
        np.save(path.with_suffix(STARTS), self._starts, allow_pickle=False)

    @classmethod
    def load(cls, path: Path) -> FlatIndex:
        """Read what `save` wrote."""
        import faiss

        try:
            index = faiss.deserialize_index(np.frombuffer(path.read_bytes(), np.uint8))
            return cls(index, np.load(path.with_suffix(STARTS), allow_pickle=False))
        except (RuntimeError, ValueError):
            raise HomeError(path, "not a FAISS index", "run `planqa ingest --home ...` to rebuild it") from None

    @property
    def shape(self) -> tuple[int, int]:
        """(passages, dimension)."""
        return len(self._starts), int(self._index.d)

    @property
    def scan(self) -> int:
        """All passages: whoever chose a flat index wants none left out."""
        return len(self._starts)

    def nearest(
        self, question: Vectors, count: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.intp], Vectors]:
        """The `count` nearest passages of those allowed, best first."""
        rows = np.arange(len(self._starts)) if allowed is None else np.flatnonzero(allowed)
        return best_of(rows, self.cosines(question, rows), count)

    def cosines(self, question: Vectors, rows: NDArray[np.intp]) -> Vectors:
        """Cosines of these passages with one question vector of shape (dimension,); shape (rows,)."""
        labels, begins = spread(rows, self._starts, int(self._index.ntotal))
        similar = np.empty(len(labels), np.float32)
        if len(labels):
            import faiss

            asked = np.ascontiguousarray(question, np.float32)
            arrays = [faiss.swig_ptr(array) for array in (asked, similar, labels)]
            with one_thread():
                self._index.compute_distance_subset(1, arrays[0], len(labels), *arrays[1:])
        return of_passages(similar, begins)

    def windows(self, row: int, count: int = 1) -> Vectors:
        """The vectors of a passage, or of so many one after the other, shape (their windows, dimension)."""
        first, last = bounds(row, count, self._starts, int(self._index.ntotal))
        return np.asarray(self._index.reconstruct_n(first, last - first), np.float32)


def inner_products(question: Vectors, vectors: Vectors, labels: NDArray[np.int64]) -> Vectors:
    """Products of a question of shape (dimension,) with some of the vectors, which may be mapped; shape (labels,).

    The same to the bit as those of a flat index: FAISS adds up in an order of its own.
    """
    faiss = library()
    result = np.empty(len(labels), np.float32)
    if len(labels):
        asked = np.ascontiguousarray(question, np.float32)
        arrays = [faiss.swig_ptr(array) for array in (result, asked, vectors, np.ascontiguousarray(labels, np.int64))]
        with one_thread():
            faiss.fvec_inner_products_by_idx(*arrays, vectors.shape[1], 1, len(labels))
    return result
