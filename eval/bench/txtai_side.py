"""txtai's embeddings index over the shared encoder, in its leanest setting: ids and scores, texts not kept."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from eval.bench.model import model_arguments
from eval.bench.types import K, Text


class Txtai:
    """Embeddings.index, save, search."""

    def __init__(self, path: str, dtype: str) -> None:
        self._path, self._dtype = path, dtype
        self._embeddings: Any = None

    def load(self) -> None:
        """Load the weights, and txtai."""
        with warnings.catch_warnings(action="ignore"):
            from txtai import Embeddings

            self._embeddings = Embeddings(
                path=self._path, method="sentence-transformers", vectors=model_arguments(self._path, self._dtype)
            )
        self._embeddings.batchtransform(["a"], category="data")

    def build(self, texts: Sequence[Text], folder: Path) -> dict[str, float]:
        """One call to build, one to write."""
        begun = perf_counter()
        self._embeddings.index((row, text.whole) for row, text in enumerate(texts))
        built = perf_counter()
        self._embeddings.save(str(folder))
        return {"build": built - begun, "write": perf_counter() - built}

    def open(self, folder: Path, texts: Path) -> None:
        """Load the index, which loads the weights that it was built with."""
        with warnings.catch_warnings(action="ignore"):
            from txtai import Embeddings

            self._embeddings = Embeddings()
            self._embeddings.load(str(folder))

    def ask(self, question: str, way: str) -> list[int]:
        """One call."""
        return [int(row) for row, _ in self._embeddings.search(question, K)]
