"""A tiny BEIR folder and an encoder without weights, both made by hand."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from index.types import Progress, Reading, Vectors

CORPUS = """{"_id": "d1", "title": "Sở", "text": "chữ ký số cho công dân"}
{"_id": "d2", "title": "", "text": "điện thoại thông minh"}
{"_id": "d3", "title": "", "text": "báo cáo hàng quý"}
"""
QUERIES = """{"_id": "q1", "text": "chữ ký số"}
{"_id": "q2", "text": "điện thoại"}
{"_id": "q3", "text": "không ai hỏi"}
"""
QRELS = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td3\t-1\nq2\td2\t1\n"


def beir(folder: Path, corpus: str = CORPUS, queries: str = QUERIES, qrels: str = QRELS) -> Path:
    """A BEIR folder with these files."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    (folder / "corpus.jsonl").write_bytes(corpus.encode())
    (folder / "queries.jsonl").write_bytes(queries.encode())
    (folder / "qrels" / "test.tsv").write_bytes(qrels.encode())
    return folder


class WordEncoder:
    """Unit vectors that add up one fixed random direction a word; counts what it encodes, and can break down."""

    name, dimension, max_tokens = "words@1", 16, 512

    def __init__(self, breaks_at_question: int = 0) -> None:
        self.passages: list[str] = []
        self.questions = 0
        self._breaks = breaks_at_question

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        self.questions += len(texts)
        if self._breaks and self.questions >= self._breaks:
            raise KeyboardInterrupt
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.passages.extend(texts)
        if progress:
            progress("encode passages", len(texts), len(texts))
        return self._encode(texts)

    def read_question(self, text: str) -> Reading:
        self.questions += 1
        if self._breaks and self.questions >= self._breaks:
            raise KeyboardInterrupt
        return self._read(text)

    def read_sample(self, text: str, is_passage: bool = False) -> Reading:
        return self._read(text) if is_passage else self.read_question(text)

    def read_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Iterator[tuple[int, Reading]]:
        self.passages.extend(texts)
        for place, text in enumerate(texts):
            yield place, self._read(text)
        if progress:
            progress("encode passages", len(texts), len(texts))

    def _read(self, text: str) -> Reading:
        words = text.split() or [""]
        ids = np.array([zlib.crc32(word.encode()) % 2**31 for word in words], np.int32)
        return Reading(self._encode([text])[0], self._encode(words), ids)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.stack([self._vector(text) for text in texts])
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)

    def _vector(self, text: str) -> Vectors:
        total = np.full(self.dimension, 1e-3, np.float32)
        for word in text.lower().split():
            seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "little")
            total += np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)
        return total
