"""An encoder for tests of what is not the encoder: fast, without weights, the same vectors in every run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np

from index.types import Progress, Reading, Vectors


class HashEncoder:
    """Unit vectors that add up one fixed random direction a word; counts what it is asked to encode."""

    def __init__(self, name: str = "hash@1", dimension: int = 16) -> None:
        self._name, self._dimension = name, dimension
        self.encoded: list[str] = []

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        return self._dimension

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._vector(text) for text in texts]) if texts else np.zeros((0, self._dimension), np.float32)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.encoded.extend(texts)
        if progress:
            progress("encode", len(texts), len(texts))
        return self.encode_questions(texts)

    @property
    def max_tokens(self) -> int:
        return 512

    def read_question(self, text: str) -> Reading:
        words = text.lower().split() or [""]
        ids = np.array([_number(word) % 2**31 for word in words], np.int32)
        return Reading(self._vector(text), np.stack([self._vector(word) for word in words]), ids)

    def read_sample(self, text: str, is_passage: bool = False) -> Reading:
        if is_passage:
            self.encoded.append(text)
        return self.read_question(text)

    def read_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Iterator[tuple[int, Reading]]:
        for place, text in enumerate(texts):
            self.encoded.append(text)
            yield place, self.read_question(text)
        if progress:
            progress("encode", len(texts), len(texts))

    def _vector(self, text: str) -> Vectors:
        total = np.full(self._dimension, 1e-3, np.float32)
        for word in text.lower().split():
            total += np.random.default_rng(_number(word)).standard_normal(self._dimension).astype(np.float32)
        return (total / np.linalg.norm(total)).astype(np.float32)


def _number(word: str) -> int:
    return int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "little")
