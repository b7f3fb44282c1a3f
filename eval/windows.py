"""Texts longer than the encoder's window: cut into windows, a text scored by its best one.

Nothing here knows of benchmarks; the index room can take the file over as it stands.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.types import Vectors
from index.vectors import DenseIndex

LONGEST = 1200  # characters that surely fit 512 tokens of Vietnamese, title and prompt included
WINDOW = 800


def windows(text: str) -> list[str]:
    """The text itself when it is short, else equal parts of at most about 800 characters, cut at white space.

    >>> windows("một hai ba")
    ['một hai ba']
    >>> [len(window) for window in windows("chuyển đổi số " * 100)]
    [699, 699]
    """
    text = text.strip()
    if len(text) <= LONGEST:
        return [text]
    parts = math.ceil(len(text) / WINDOW)
    result, start = [], 0
    for part in range(1, parts + 1):
        end = len(text) if part == parts else text.find(" ", len(text) * part // parts)
        end = end if end > 0 else len(text)
        if text[start:end].strip():
            result.append(text[start:end].strip())
        start = end
    return result


class WindowedIndex(DenseIndex):
    """A dense index of windows that scores texts; `starts` are the rows at which each text's windows begin."""

    def __init__(self, windows: DenseIndex, starts: Sequence[int]) -> None:
        self._windows, self._starts = windows, np.asarray(starts, np.intp)

    @property
    def shape(self) -> tuple[int, int]:
        """(texts, dimension)."""
        return len(self._starts), self._windows.shape[1]

    def scores(self, question: Vectors) -> NDArray[np.float32]:
        """Cosine of every text's best window with one question vector; shape (texts,)."""
        if not len(self._starts):
            return np.zeros(0, np.float32)
        return np.asarray(np.maximum.reduceat(self._windows.scores(question), self._starts), np.float32)
