"""The vectors of a generation in Milvus: a collection a generation, and what is needed here to find and check it.

generations/<name>/
  milvus.json                 address, collection, index, fingerprint and number of the vectors, kinds of passages
  vectors.npy                 the vectors themselves, mapped, never read as a whole
  vectors.starts.npy          at which vector each passage begins
  kinds.npy                   which kind each passage is of

Milvus finds the nearest; the few cosines that a ranking needs are computed from the mapped file, exactly and without
another round over the network (measured: 0.01 ms for 50 passages, against 5 ms by key). The file is also what a
collection is filled from, so a lost one, or one on another Milvus, costs no encoding.

A collection never changes once it is filled, and a new generation fills its own: whoever reads the one before is not
disturbed, its count is exact (deletions would leave Milvus to estimate), and passages keep the order in which a filter
is a few ranges. Only complete collections are ever named by a generation, because the folder is sealed last.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.milvus import MOST, Cluster
from index.ranges import Filter, filter_of
from index.starts import best_of, bounds, of_passages, spread
from index.types import Vectors

RECORD, VECTORS, STARTS, KINDS = "milvus.json", "vectors.npy", "vectors.starts.npy", "kinds.npy"
FILES, MAPPED = (RECORD, STARTS, KINDS, VECTORS), (VECTORS,)
SCAN = 512
"""Of how many passages the cosines are computed here rather than asking Milvus for the nearest of them."""
_BATCH = 1000  # windows that are compared at a time
_BLOCK = 16_384  # windows a block of an exact scan
_PROBES = 16  # windows that are compared when a collection is opened
_CLOSE = 1e-5


@dataclass(frozen=True, slots=True)
class Label:
    """What a passage can be filtered by, in Milvus and by whoever else reads the collection."""

    document: str
    kind: str
    province: str
    year: str


@dataclass(frozen=True, slots=True)
class Record:
    """What a generation knows of its collection."""

    uri: str
    collection: str
    index: str
    fingerprint: str
    windows: int
    dimension: int
    kinds: tuple[str, ...]


def open_store(folder: Path, to_search: bool = True) -> MilvusIndex:
    """Open what `write` wrote; `to_search` it, it is compared with its collection, otherwise Milvus is not asked.

    Raises:
        OSError, ValueError: the files, or the collection, are not what was written.
        HomeError: Milvus cannot be reached, or refuses.
    """
    store = MilvusIndex(folder, read_record(folder))
    if to_search and (wrong := store.wrong()):
        raise ValueError(wrong)
    return store


def damage(folder: Path) -> str:
    """Why the collection of a generation cannot be searched, in words for one line; "" when it can.

    Raises:
        HomeError: Milvus cannot be reached, or refuses, so nobody knows.
    """
    try:
        open_store(folder)
    except (OSError, ValueError) as error:
        return " ".join(str(error).split())
    return ""


def verify(folder: Path) -> str:
    """The same, after comparing every vector of the collection with the file."""
    try:
        store = open_store(folder)
        return store.differs(range(store.record.windows))
    except (OSError, ValueError) as error:
        return " ".join(str(error).split())


def read_record(folder: Path) -> Record:
    """What a generation knows of its collection. Raises OSError or ValueError for a file that `write` did not write."""
    try:
        known = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return Record(**{**known, "kinds": tuple(known["kinds"])})
    except (LookupError, TypeError) as error:
        raise ValueError(f"{RECORD} cannot be read") from error


class MilvusIndex:
    """A dense index whose nearest passages Milvus finds (`index.types.Dense`)."""

    def __init__(self, folder: Path, record: Record, cluster: Cluster | None = None) -> None:
        self.record, self._cluster = record, cluster
        self._vectors: Vectors = np.load(folder / VECTORS, mmap_mode="r", allow_pickle=False)
        self._starts: NDArray[np.int64] = np.load(folder / STARTS, allow_pickle=False)
        self._kinds: NDArray[np.int16] = np.load(folder / KINDS, allow_pickle=False)
        if self._vectors.shape != (record.windows, record.dimension) or len(self._kinds) != len(self._starts):
            raise ValueError(f"{VECTORS} has the shape {self._vectors.shape}")

    @cached_property
    def cluster(self) -> Cluster:
        """The connection."""
        return self._cluster or Cluster(self.record.uri)

    @property
    def shape(self) -> tuple[int, int]:
        """(passages, dimension)."""
        return len(self._starts), self.record.dimension

    @property
    def scan(self) -> int:
        """Few: a ranking of more asks Milvus."""
        return SCAN

    def nearest(
        self, question: Vectors, count: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.intp], Vectors]:
        """The `count` nearest passages of those allowed, best first; their cosines are exact."""
        rows = np.arange(len(self._starts)) if allowed is None else np.flatnonzero(allowed)
        if len(rows) > max(count, SCAN):
            found = self._found(question, count, allowed)
            if len(found) >= count:
                rows = found
        return best_of(rows, self.cosines(question, rows), count)

    def cosines(self, question: Vectors, rows: NDArray[np.intp]) -> Vectors:
        """Cosines of these passages with the question, shape (rows,)."""
        windows, begins = spread(rows, self._starts, self.record.windows)
        if not len(windows):
            return np.zeros(0, np.float32)
        blocks = (self._vectors[windows[at : at + _BLOCK]] @ question for at in range(0, len(windows), _BLOCK))
        return of_passages(np.concatenate(list(blocks)), begins)

    def windows(self, row: int, count: int = 1) -> Vectors:
        """The vectors of a passage, or of so many one after the other, shape (their windows, dimension)."""
        first, last = bounds(row, count, self._starts, self.record.windows)
        return np.array(self._vectors[first:last])

    def wrong(self) -> str:
        """Why the collection is not the one that this generation filled, loading it if it is; "" when it is."""
        record = self.record
        noted = self.cluster.note(record.collection)
        where = f"the collection {record.collection} at {record.uri}"
        if noted is None:
            return f"{where} is missing"
        fingerprint, dimension = noted
        if dimension != record.dimension:
            return f"{where} has {dimension} dimensions, {record.dimension} were written"
        if fingerprint != record.fingerprint:
            return f"{where} holds vectors of another corpus or encoder"
        if not self.cluster.is_indexed(record.collection):
            return f"{where} is incomplete"
        self.cluster.load(record.collection)
        if (held := self.cluster.count(record.collection)) != record.windows:
            return f"{where} holds {held} vectors, {record.windows} were written"
        return self.differs(np.unique(np.linspace(0, record.windows - 1, _PROBES).astype(int)).tolist())

    def differs(self, windows: Sequence[int]) -> str:
        """Which of these windows has another vector in the collection than in the file, in words; "" when none has."""
        for at in range(0, len(windows), _BATCH):
            part = windows[at : at + _BATCH]
            held = self.cluster.vectors(self.record.collection, part)
            for window in part:
                if window not in held or not np.allclose(held[window], self._vectors[window], atol=_CLOSE):
                    return f"the collection {self.record.collection} has another vector {window} than was written"
        return ""

    def _found(self, question: Vectors, count: int, allowed: NDArray[np.bool_] | None) -> NDArray[np.intp]:
        """At least `count` allowed passages that lie near the question, or fewer when Milvus does not find them."""
        record, size = self.record, len(self._starts)
        wanted = Filter("", True)
        if allowed is not None:
            wanted = filter_of(allowed, self._kinds, record.kinds, self._starts, record.windows)
        ask = min(MOST, record.windows, -(-count * record.windows // size))
        while True:
            windows = self.cluster.search(
                record.collection, question, ask, wanted.expression, record.index, record.windows
            )
            rows = np.unique(np.searchsorted(self._starts, windows, side="right") - 1)
            if allowed is not None:
                rows = rows[allowed[rows]]
            if len(rows) >= count or len(windows) < ask or ask >= min(MOST, record.windows):
                return np.asarray(rows, np.intp)
            ask = min(MOST, record.windows, 4 * ask)
