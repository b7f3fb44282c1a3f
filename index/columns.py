"""What filters and weights ask of every passage, as arrays: no passage is parsed to be left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.packed import FIRST_YEAR, YEARS
from index.segment import Segment

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Column:
    """A word for each passage: `names`, and the number of each passage's, shape (passages,)."""

    names: tuple[str, ...]
    numbers: NDArray[np.uint8]

    def among(self, wanted: Iterable[str]) -> Bools:
        """The passages whose word is one of these, shape (passages,).

        >>> Column(("task", "target"), np.array([0, 1, 1], np.uint8)).among(["target"]).tolist()
        [False, True, True]
        """
        held = np.isin(np.array(self.names), list(wanted))
        return np.asarray(held[self.numbers] if len(held) else np.zeros(len(self.numbers), bool))

    @classmethod
    def of(cls, segments: Sequence[Segment], name: str) -> Column:
        """The words of all segments, one after the other."""
        found = [segment.kinds(name) for segment in segments]
        names = {word: number for number, word in enumerate(sorted({word for words, _ in found for word in words}))}
        parts = [np.array([names[word] for word in words], np.uint8)[numbers] for words, numbers in found if words]
        return cls(tuple(names), np.concatenate(parts) if parts else np.zeros(0, np.uint8))


@dataclass(frozen=True, slots=True)
class Columns:
    """Kinds of the passages, kinds of their sections, and the years they state, a bit a year."""

    kinds: Column
    places: Column
    years: NDArray[np.uint64]

    def stating(self, years: Iterable[str]) -> Bools:
        """The passages that state one of these years, shape (passages,)."""
        bits = sum(1 << int(year) - FIRST_YEAR for year in set(years) & set(YEARS))
        return np.asarray((self.years & np.uint64(bits)) != 0)

    @property
    def dated(self) -> Bools:
        """The passages that state any year."""
        return np.asarray(self.years != 0)

    @classmethod
    def of(cls, segments: Sequence[Segment]) -> Columns:
        """Of all segments, one after the other."""
        years = [segment.column("years") for segment in segments]
        return cls(
            Column.of(segments, "kind"),
            Column.of(segments, "place"),
            np.concatenate(years) if years else np.zeros(0, np.uint64),
        )
