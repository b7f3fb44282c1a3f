"""The late index: one vector a token, and every token of a question held against its best match in a passage.

Late interaction (Khattab & Zaharia 2020, "ColBERT") with the tokens of the same encoder: where one vector of a whole
passage blurs what it says, the tokens still tell a target of 50% from one of 70%. It reads far more bytes a passage
than a dense index, so it ranks the best candidates of the others again rather than all passages.

    late/
      starts.npy          where the tokens of each passage begin
      counts.npy          in how many passages each token stands
      segments.json       the segments in their order, each with its number of passages
      <name>/             runs of passages, written once and linked by later generations (index/late_writer.py)
        tokens.npy ids.npy starts.npy counts.npy
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.types import Vectors

TOKENS, IDS, STARTS, COUNTS, SEGMENTS = "tokens.npy", "ids.npy", "starts.npy", "counts.npy", "segments.json"
MAPPED, LOADED = (TOKENS, IDS), (STARTS, COUNTS, SEGMENTS)
KEPT_UP_TO, SETTING = 200_000, "PLANQA_TOKENS_UP_TO"
"""Passages up to which tokens are kept, some 30 KB each; the setting says otherwise."""
_AT_ONCE = 512  # tokens that are compared at once: they stay in the processor's cache

Stored = tuple[NDArray[np.int8], NDArray[np.int32]]
"""Tokens of a passage, shape (tokens, dimensions), and their numbers in the vocabulary, shape (tokens,)."""


class LateSegment:
    """Tokens of a run of passages, mapped from disk when they are first looked at."""

    def __init__(self, folder: Path, starts: NDArray[np.int64]) -> None:
        self.folder, self.starts = folder, starts
        self._mapped: tuple[Any, Any] | None = None

    def passage(self, place: int) -> Stored:
        """The tokens of the passage at a place of the run."""
        begin, end = int(self.starts[place]), int(self.starts[place + 1])
        tokens, ids = self._mapped or self._map()
        return tokens[begin:end], ids[begin:end]

    def _map(self) -> tuple[Any, Any]:
        total = int(self.starts[-1])
        mode: Any = "r" if total else None  # an empty file cannot be mapped
        tokens, ids = (np.load(self.folder / name, mmap_mode=mode, allow_pickle=False) for name in MAPPED)
        if len(tokens) != total or len(ids) != total:
            raise ValueError(f"{len(tokens)} tokens, {len(ids)} ids, {total} expected")
        self._mapped = np.asarray(tokens), np.asarray(ids)  # plain views: slicing a memmap costs ten times as much
        return self._mapped


class LateIndex:
    """Tokens of all passages: `starts`, of shape (passages + 1,), tells where each one's begin.

    `segments` hold runs of passages that begin at the rows `firsts`; `counts` tells in how many passages a token
    stands. Without segments it knows how many passages there are and nothing else (`is_kept` is False).
    """

    def __init__(
        self, size: int, segments: Sequence[LateSegment], firsts: NDArray[np.int64], counts: dict[int, int]
    ) -> None:
        self.size, self.segments, self._firsts, self._counts = size, segments, firsts, counts
        self._scratch = threading.local()

    @classmethod
    def left_out(cls, size: int) -> LateIndex:
        """The index of a home that keeps no tokens."""
        return cls(size, (), np.zeros(0, np.int64), {})

    @property
    def is_kept(self) -> bool:
        """Whether there are tokens to score by."""
        return bool(self.segments) or not self.size

    def passage(self, row: int) -> Stored:
        """The tokens of one passage."""
        number = int(np.searchsorted(self._firsts, row, side="right")) - 1
        return self.segments[number].passage(row - int(self._firsts[number]))

    def segment(self, row: int) -> str:
        """The name of the segment of one passage."""
        return self.segments[int(np.searchsorted(self._firsts, row, side="right")) - 1].folder.name

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
        result = np.zeros(len(rows), np.float32)
        if float(weights.sum()) <= 0:
            weights = np.ones(len(question), np.float32)
        asked = np.ascontiguousarray(question[weights > 0].T, np.float32)  # what counts nothing is not compared
        shares = (weights[weights > 0] / weights.sum()).astype(np.float32)
        found = [self.passage(int(row))[0] for row in rows]
        first = 0
        while first < len(rows):
            begins, last, total = [], first, 0
            while last < len(rows) and (last == first or total + len(found[last]) <= _AT_ONCE):
                begins.append(total)
                total += len(found[last])
                last += 1
            block = self._room(total, question.shape[1])
            for begin, tokens in zip(begins, found[first:last], strict=True):
                block[begin : begin + len(tokens)] = tokens
            result[first:last] = np.maximum.reduceat(block @ asked, begins, axis=0) @ shares
            first = last
        return result

    def _room(self, tokens: int, dimensions: int) -> Vectors:
        """Memory that this thread uses again and again: fresh memory costs more than what is done with it."""
        held: Vectors | None = getattr(self._scratch, "room", None)
        if held is None or len(held) < tokens:
            held = self._scratch.room = np.empty((max(tokens, _AT_ONCE), dimensions), np.float32)
        return held[:tokens]

    @classmethod
    def load(cls, folder: Path) -> LateIndex:
        """Open what `LateWriter` wrote; the tokens stay on disk until they are looked at.

        Raises OSError, ValueError or KeyError for what it did not write.
        """
        records = json.loads((folder / SEGMENTS).read_text(encoding="ascii"))
        starts = np.load(folder / STARTS, allow_pickle=False)
        tokens, held = np.load(folder / COUNTS, allow_pickle=False)
        firsts = np.cumsum([0, *(int(record["passages"]) for record in records)])
        if int(firsts[-1]) != len(starts) - 1:
            raise ValueError(f"{firsts[-1]} passages in segments, {len(starts) - 1} expected")
        segments = [
            LateSegment(folder / str(record["name"]), starts[first : last + 1] - starts[first])
            for record, first, last in zip(records, firsts, firsts[1:], strict=False)
        ]
        return cls(len(starts) - 1, segments, firsts[:-1], dict(zip(tokens.tolist(), held.tolist(), strict=True)))


def is_kept(passages: int) -> bool:
    """Whether a home of so many passages keeps their tokens; PLANQA_TOKENS_UP_TO says up to how many one does."""
    wanted = os.environ.get(SETTING, "")
    return passages <= (int(wanted) if wanted.isdecimal() else KEPT_UP_TO)


def joined(readings: Iterable[Stored]) -> Stored:
    """The tokens of a passage that was read window by window, as one."""
    parts = list(readings)
    return np.concatenate([tokens for tokens, _ in parts]), np.concatenate([ids for _, ids in parts])
