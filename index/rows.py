"""The passages of a generation as a sequence: one is parsed when it is asked for, and kept for a while."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import accumulate
from typing import overload

from corpus.types import Passage
from index.segment import Segment

IN_MEMORY = 8192
"""Passages that are kept once they were read."""


class Passages(Sequence[Passage]):
    """All passages, in the order of the vectors."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._ends = list(accumulate(segment.size for segment in segments))
        self._read = lru_cache(IN_MEMORY)(partial(_read, segments, self._ends))  # no reference to itself: see `held`

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, row: int) -> Passage: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[Passage]: ...
    def __getitem__(self, row: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(row, slice):
            return tuple(self[at] for at in range(*row.indices(len(self))))
        at = row + len(self) if row < 0 else row
        if not 0 <= at < len(self):
            raise IndexError(f"passage {row} of {len(self)}")
        return self._read(int(at))

    def __iter__(self) -> Iterator[Passage]:
        for segment in self._segments:
            yield from segment.all_passages()


def _read(segments: Sequence[Segment], ends: Sequence[int], row: int) -> Passage:
    number = bisect_right(ends, row)
    return segments[number].passage(row - (ends[number - 1] if number else 0))


class Texts(Sequence[str]):
    """The passages' own words."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages

    def __len__(self) -> int:
        return len(self._passages)

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[str]: ...
    def __getitem__(self, row: int | slice) -> str | Sequence[str]:
        if isinstance(row, slice):
            return tuple(passage.text for passage in self._passages[row])
        return self._passages[row].text
