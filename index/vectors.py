"""The dense index: unit vectors in FAISS, searched by inner product, which for unit vectors is the cosine.

The only file that imports faiss.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import HomeError
from index.types import Vectors

STARTS = ".starts.npy"


class DenseIndex:
    """A flat FAISS index: exact, and fast enough for some hundred thousand passages.

    A passage that was cut into windows has a vector a window: `starts`, of shape (passages,), tells at which vector
    each passage begins. A passage is as near as its nearest window.
    """

    def __init__(self, index: Any, starts: NDArray[np.int64]) -> None:
        self._index, self._starts = index, starts

    @classmethod
    def build(cls, vectors: Vectors, starts: Sequence[int] | None = None) -> DenseIndex:
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
    def load(cls, path: Path) -> DenseIndex:
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

    def windows(self) -> list[Vectors]:
        """The vectors of each passage, shape (windows of the passage, dimension)."""
        count = int(self._index.ntotal)
        vectors = np.asarray(self._index.reconstruct_n(0, count), np.float32).reshape(count, -1)
        return np.split(vectors, self._starts[1:])

    def scores(self, question: Vectors) -> NDArray[np.float32]:
        """Cosine of every passage with one question vector of shape (dimension,); shape (passages,)."""
        count = int(self._index.ntotal)
        if not count:
            return np.zeros(0, np.float32)
        similarity, rows = self._index.search(np.ascontiguousarray(question.reshape(1, -1), np.float32), count)
        result = np.empty(count, np.float32)
        result[rows[0]] = similarity[0]
        if count == len(self._starts):
            return result
        return np.asarray(np.maximum.reduceat(result, self._starts), np.float32)
