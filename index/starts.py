"""Passages and their windows: which vectors are a passage's, and what cosines of windows say of passages."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.types import Vectors


def spread(
    rows: NDArray[np.intp], starts: NDArray[np.int64], total: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The windows of passages one after the other, and where each passage's begin among them.

    `starts`, of shape (passages,), tells at which of the `total` windows each passage begins.

    >>> windows, begins = spread(np.array([2, 0]), np.array([0, 2, 3]), 5)
    >>> windows.tolist(), begins.tolist()
    ([3, 4, 0, 1], [0, 2])
    """
    rows = np.asarray(rows, np.int64)
    if total == len(starts):
        return rows, np.arange(len(rows))
    first = starts[rows]
    counts = np.append(starts, total)[rows + 1] - first
    begins = np.cumsum(counts) - counts
    return np.repeat(first - begins, counts) + np.arange(int(counts.sum())), begins


def bounds(row: int, count: int, starts: NDArray[np.int64], total: int) -> tuple[int, int]:
    """The first window of a passage, and the one behind the last of the `count` passages from there on.

    >>> bounds(1, 2, np.array([0, 2, 3]), 5)
    (2, 5)
    """
    last = row + count
    return int(starts[row]), int(starts[last]) if last < len(starts) else total


def of_passages(similar: Vectors, begins: NDArray[np.int64]) -> Vectors:
    """Cosines of passages from those of their windows: a passage is as near as its nearest window.

    >>> of_passages(np.array([0.5, 0.25, 0.75], np.float32), np.array([0, 2])).tolist()
    [0.5, 0.75]
    """
    if len(similar) == len(begins):
        return similar
    return np.asarray(np.maximum.reduceat(similar, begins), np.float32)


def best_of(rows: NDArray[np.intp], cosines: Vectors, count: int) -> tuple[NDArray[np.intp], Vectors]:
    """The `count` rows of the highest cosines, best first; of equal ones the lower row first.

    >>> rows, cosines = best_of(np.array([4, 5, 6]), np.array([0.5, 0.25, 0.75], np.float32), 2)
    >>> rows.tolist(), cosines.tolist()
    ([6, 4], [0.75, 0.5])
    """
    order = np.argsort(-cosines, kind="stable")[:count]
    return rows[order], cosines[order]
