"""What a new generation has in common with the one before: which window was which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Grown:
    """The folder of the generation before, and for each window of the new one its number there, -1 for a new one."""

    folder: Path
    origin: NDArray[np.int64]

    def place(self, total: int) -> NDArray[np.int64]:
        """For each of the `total` windows before its number now, -1 for one that is gone.

        >>> Grown(Path(), np.array([1, -1, 0])).place(3).tolist()
        [2, 0, -1]
        """
        result = np.full(total, -1, np.int64)
        known = np.flatnonzero(self.origin >= 0)
        result[self.origin[known]] = known
        return result


def matched(keys: Sequence[bytes], before: Sequence[bytes]) -> NDArray[np.int64]:
    """For each key the row that had it before, -1 where none did; each row is taken once.

    >>> matched([b"a", b"b", b"b"], [b"b", b"a"]).tolist()
    [1, 0, -1]
    """
    rows: dict[bytes, list[int]] = defaultdict(list)
    for row in range(len(before) - 1, -1, -1):
        rows[before[row]].append(row)
    return np.fromiter((found.pop() if (found := rows.get(key)) else -1 for key in keys), np.int64, len(keys))


def origin_of(
    rows: NDArray[np.int64], counts: NDArray[np.int64], starts_before: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The windows before of passages whose rows before are given, -1 for those of new ones.

    `counts` tells how many windows each passage has; equal keys have equally many.

    >>> origin_of(np.array([1, -1, 0]), np.array([2, 1, 1]), np.array([0, 1])).tolist()
    [1, 2, -1, 0]
    """
    begins = np.cumsum(counts) - counts
    first = np.where(rows < 0, -1, starts_before[rows] if len(starts_before) else -1)
    inside = np.arange(int(counts.sum())) - np.repeat(begins, counts)
    first = np.repeat(first, counts)
    return np.where(first < 0, -1, first + inside)
