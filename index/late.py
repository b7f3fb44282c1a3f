"""The late index: one vector a token, and every token of a question held against its best match in a passage.

Late interaction (Khattab & Zaharia 2020, "ColBERT") with the tokens of the same encoder: where one vector of a whole
passage blurs what it says, the tokens still tell a target of 50% from one of 70%. It reads far more bytes a passage
than a dense index, so it ranks the best candidates of the others again rather than all passages.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.lib.format import dtype_to_descr, write_array_header_1_0
from numpy.typing import NDArray

from index.types import Vectors

TOKENS, IDS, STARTS, COUNTS = "tokens.npy", "ids.npy", "starts.npy", "counts.json"


Stored = tuple[NDArray[np.int8], NDArray[np.int32]]
"""Tokens of a passage, shape (tokens, dimensions), and their numbers in the vocabulary, shape (tokens,)."""


class LateIndex:
    """Tokens of all passages, mapped from disk: `starts`, of shape (passages + 1,), tells where each one's begin."""

    def __init__(self, tokens: Any, ids: Any, starts: NDArray[np.int64], counts: dict[int, int]) -> None:
        self._tokens, self._ids, self._starts, self._counts = tokens, ids, starts, counts

    @property
    def size(self) -> int:
        """How many passages there are."""
        return len(self._starts) - 1

    def passage(self, row: int) -> Stored:
        """The tokens of one passage."""
        begin, end = self._starts[row], self._starts[row + 1]
        return self._tokens[begin:end], self._ids[begin:end]

    def rarity(self, ids: NDArray[np.int32]) -> Vectors:
        """Inverse document frequency of tokens, shape (tokens,), 0 for what most passages hold."""
        held = np.array([self._counts.get(int(token), 0) for token in ids], np.float32)
        return np.asarray(np.maximum(np.log((self.size + 1) / (held + 0.5)), 0), np.float32)

    def scores(self, question: Vectors, weights: Vectors, rows: NDArray[np.intp]) -> Vectors:
        """Weighted mean, over the question's tokens, of the similarity to the best match in each of the rows.

        Args:
            question: shape (tokens, dimensions), scaled so that the product with a stored token is the cosine.
            weights: shape (tokens,); all alike when they add up to 0.
            rows: passages to look at.
        """
        if not len(rows):
            return np.zeros(0, np.float32)
        counts = self._starts[rows + 1] - self._starts[rows]
        block = np.concatenate([self._tokens[self._starts[row] : self._starts[row + 1]] for row in rows])
        similar = question @ block.astype(np.float32).T
        begins = np.concatenate([[0], np.cumsum(counts)[:-1]])
        best = np.maximum.reduceat(similar, begins, axis=1)
        total = float(weights.sum())
        shares = weights / total if total > 0 else np.full(len(question), 1 / len(question), np.float32)
        return np.asarray(shares @ best, np.float32)

    @classmethod
    def load(cls, folder: Path) -> LateIndex:
        """Open what `write` wrote; the tokens stay on disk until they are looked at."""
        counts = json.loads((folder / COUNTS).read_text(encoding="ascii"))
        starts = np.load(folder / STARTS, allow_pickle=False)
        mode: Any = "r" if starts[-1] else None  # an empty file cannot be mapped
        tokens, ids = (np.load(folder / name, mmap_mode=mode, allow_pickle=False) for name in (TOKENS, IDS))
        if len(tokens) != len(ids) or int(starts[-1]) != len(tokens):
            raise ValueError(f"{len(tokens)} tokens, {len(ids)} ids, {int(starts[-1])} expected")
        return cls(tokens, ids, starts, {int(token): count for token, count in counts.items()})


class LateWriter:
    """Takes passages in any order and writes them in theirs; what is taken waits in a file, not in memory."""

    def __init__(self, folder: Path, size: int, dimensions: int) -> None:
        self._folder, self._dimensions = folder, dimensions
        self._places = np.zeros((size, 2), np.int64)  # where in the waiting file a passage begins, and its tokens
        self._waiting = folder / "waiting"
        self._stream = self._waiting.open("w+b")

    def __enter__(self) -> LateWriter:
        return self

    def __exit__(self, *failure: object) -> None:
        self._stream.close()
        self._waiting.unlink(missing_ok=True)

    def add(self, row: int, tokens: NDArray[np.int8], ids: NDArray[np.int32]) -> None:
        """Take one passage."""
        self._places[row] = self._stream.tell(), len(ids)
        self._stream.write(np.ascontiguousarray(ids, np.int32).tobytes())
        self._stream.write(np.ascontiguousarray(tokens, np.int8).tobytes())

    def finish(self) -> None:
        """Write the index, once every passage is taken."""
        starts = np.concatenate([[0], np.cumsum(self._places[:, 1])]).astype(np.int64)
        total = int(starts[-1])
        counts: dict[int, int] = {}
        with (
            _new(self._folder / TOKENS, np.int8, (total, self._dimensions)) as tokens,
            _new(self._folder / IDS, np.int32, (total,)) as ids,
        ):
            for found_ids, found in self._taken():
                tokens.write(found.tobytes())
                ids.write(found_ids.tobytes())
                for token in np.unique(found_ids):
                    counts[int(token)] = counts.get(int(token), 0) + 1
        np.save(self._folder / STARTS, starts, allow_pickle=False)
        (self._folder / COUNTS).write_text(json.dumps(dict(sorted(counts.items()))), encoding="ascii")

    def _taken(self) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int8]]]:
        for place, count in self._places:
            self._stream.seek(int(place))
            ids = np.frombuffer(self._stream.read(4 * int(count)), np.int32)
            tokens = np.frombuffer(self._stream.read(int(count) * self._dimensions), np.int8)
            yield ids, tokens.reshape(int(count), self._dimensions)


@contextmanager
def _new(path: Path, kind: Any, shape: tuple[int, ...]) -> Iterator[BinaryIO]:
    """A new .npy file that its rows are written to one after the other.

    Not a mapped one: on a full disk a write is an error that can be told, and a page of a mapped file ends the process.
    """
    header = {"descr": dtype_to_descr(np.dtype(kind)), "fortran_order": False, "shape": shape}
    with path.open("wb") as stream:
        write_array_header_1_0(stream, header)
        yield stream


def joined(
    readings: Iterable[tuple[NDArray[np.int8], NDArray[np.int32]]],
) -> tuple[NDArray[np.int8], NDArray[np.int32]]:
    """The tokens of a passage that was read window by window, as one."""
    parts = list(readings)
    return np.concatenate([tokens for tokens, _ in parts]), np.concatenate([ids for _, ids in parts])
