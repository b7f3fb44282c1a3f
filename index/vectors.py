"""The dense index: unit vectors in FAISS, searched by inner product, which for unit vectors is the cosine.

The only file that imports faiss.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import HomeError
from index.types import Vectors


class DenseIndex:
    """A flat FAISS index: exact, and fast enough for some hundred thousand passages."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> DenseIndex:
        """Index vectors of shape (passages, dimension) in their order."""
        import faiss

        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index)

    def save(self, path: Path) -> None:
        """Write the index; the caller sees to atomicity and hashes, FAISS itself notices no flipped bit."""
        import faiss

        path.write_bytes(faiss.serialize_index(self._index).tobytes())

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """Read what `save` wrote."""
        import faiss

        try:
            return cls(faiss.deserialize_index(np.frombuffer(path.read_bytes(), np.uint8)))
        except RuntimeError:
            raise HomeError(path, "not a FAISS index", "run `planqa ingest --home ...` to rebuild it") from None

    @property
    def shape(self) -> tuple[int, int]:
        """(passages, dimension)."""
        return int(self._index.ntotal), int(self._index.d)

    def vectors(self) -> Vectors:
        """All vectors in order, shape (passages, dimension)."""
        count, dimension = self.shape
        return np.asarray(self._index.reconstruct_n(0, count), np.float32).reshape(count, dimension)

    def scores(self, question: Vectors) -> NDArray[np.float32]:
        """Cosine of every passage with one question vector of shape (dimension,); shape (passages,)."""
        count, _ = self.shape
        if not count:
            return np.zeros(0, np.float32)
        similarity, rows = self._index.search(np.ascontiguousarray(question.reshape(1, -1), np.float32), count)
        result = np.empty(count, np.float32)
        result[rows[0]] = similarity[0]
        return result
