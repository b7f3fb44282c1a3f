"""The limit: SentenceTransformer's encode and a flat FAISS index, with nothing around them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from eval.bench.model import load_model
from eval.bench.types import K, Text
from index.types import Vectors

_FILE = "index.faiss"


class Bare:
    """Two calls to build, two to ask."""

    def __init__(self, path: str, dtype: str) -> None:
        self._path, self._dtype = path, dtype
        self._model: Any = None
        self._index: Any = None

    def load(self) -> None:
        """Load the weights, and FAISS."""
        import faiss

        self._model = load_model(self._path, self._dtype)
        faiss.IndexFlatIP(self._encode(["a"]).shape[1])

    def build(self, texts: Sequence[Text], folder: Path) -> dict[str, float]:
        """Encode, add, write."""
        import faiss

        begun = perf_counter()
        vectors = self._encode([text.whole for text in texts])
        encoded = perf_counter()
        self._index = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(vectors)
        faiss.write_index(self._index, str(folder / _FILE))
        return {"encode": encoded - begun, "index": perf_counter() - encoded}

    def open(self, folder: Path, texts: Path) -> None:
        """Load the weights, read the index."""
        import faiss

        self._model = load_model(self._path, self._dtype)
        self._index = faiss.read_index(str(folder / _FILE))

    def ask(self, question: str, way: str) -> list[int]:
        """Encode, search."""
        vector = np.asarray(self._model.encode_query([question], show_progress_bar=False), np.float32)
        return [int(row) for row in self._index.search(vector, K)[1][0]]

    def _encode(self, texts: list[str]) -> Vectors:
        return np.asarray(self._model.encode_document(texts, show_progress_bar=False), np.float32)
