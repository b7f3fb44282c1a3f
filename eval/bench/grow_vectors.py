"""The dense store alone, at a size: made vectors are written to it, and searched in a fresh process.

python -m eval.bench.grow_vectors write FOLDER SIZE      -> JSON
python -m eval.bench.grow_vectors search FOLDER SIZE     -> JSON
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.bench.made import READINGS, SPACE, MadeEncoder
from eval.bench.memory import folder_bytes, peak_bytes, resident_bytes
from eval.bench.types import K
from index.space import Space
from index.stores import AUTO, chosen, open_dense, write_dense
from index.types import Vectors

_BLOCK = 20_000  # vectors that are made at a time
_VECTORS, _QUESTIONS, _EXACT, _STORE = "vectors.npy", "questions.npy", "exact.npy", "store"
ROUNDS = 3
SHARE = 0.01
"""Share of the passages that a filter lets through in the filtered searches."""


def write(folder: Path, size: int) -> dict[str, Any]:
    """Make vectors and questions, find the exact neighbours, and write the store that planqa takes at this size."""
    encoder, space = MadeEncoder(folder.parent / READINGS), Space.load(folder.parent / SPACE)
    folder.mkdir(parents=True)
    vectors = np.lib.format.open_memmap(folder / _VECTORS, "w+", np.float32, (size, encoder.dimension))
    for first in range(0, size, _BLOCK):
        count = min(_BLOCK, size - first)
        vectors[first : first + count] = space.texts.passages(encoder.made(first, count))
    vectors.flush()
    known = encoder.questions.items()
    asked = np.stack([space.question(encoder.read_question(text).vector, language) for text, language in known])
    np.save(folder / _QUESTIONS, asked)
    np.save(folder / _EXACT, exact(vectors, asked))
    kind = chosen(AUTO, size)
    (folder / _STORE).mkdir()
    begun = perf_counter()
    recall = write_dense(folder / _STORE, np.load(folder / _VECTORS, mmap_mode="r"), np.arange(size), kind)
    return {
        "kind": kind,
        "write_seconds": perf_counter() - begun,
        "recall_at_write": recall,
        "peak_write": peak_bytes(),
        "disk": folder_bytes(folder / _STORE),
    }


def exact(vectors: Vectors, asked: Vectors) -> NDArray[np.int64]:
    """Rows of the K nearest vectors to each question, shape (questions, K), every one compared."""
    best = np.full((len(asked), 0), 0, np.float32)
    rows = np.zeros((len(asked), 0), np.int64)
    for first in range(0, len(vectors), _BLOCK):
        found = asked @ vectors[first : first + _BLOCK].T
        best = np.concatenate([best, found], axis=1)
        rows = np.concatenate([rows, np.tile(np.arange(first, first + found.shape[1]), (len(asked), 1))], axis=1)
        kept = np.argsort(-best, axis=1, kind="stable")[:, :K]
        best, rows = np.take_along_axis(best, kept, 1), np.take_along_axis(rows, kept, 1)
    return rows


def search(folder: Path, size: int) -> dict[str, Any]:
    """Open the store and search it, one question at a time."""
    asked, wanted = np.load(folder / _QUESTIONS), np.load(folder / _EXACT)
    allowed = np.random.default_rng(0).random(size) < SHARE
    before = resident_bytes()
    begun = perf_counter()
    store = open_dense(folder / _STORE, chosen(AUTO, size))
    store.nearest(asked[0], K)
    opened = perf_counter() - begun
    times, filtered, shares = [], [], []
    for turn in range(ROUNDS):
        for question, right in zip(asked, wanted, strict=True):
            begun = perf_counter()
            rows, _ = store.nearest(question, K)
            times.append(1000 * (perf_counter() - begun))
            if not turn:
                shares.append(len(np.intersect1d(rows, right)) / min(K, size))
                begun = perf_counter()
                store.nearest(question, K, allowed)
                filtered.append(1000 * (perf_counter() - begun))
    p50, p95 = np.percentile(times, [50, 95])
    return {
        "open_seconds": opened,
        "p50": float(p50),
        "p95": float(p95),
        "filtered_p95": float(np.percentile(filtered, 95)),
        "recall_at_10": float(np.mean(shares)),
        "peak": peak_bytes(),
        "above_empty": resident_bytes() - before,
    }


def main() -> None:
    """One step, its figures as JSON on stdout."""
    step, folder, size = sys.argv[1:4]
    print(json.dumps({"write": write, "search": search}[step](Path(folder), int(size))))


if __name__ == "__main__":
    main()
