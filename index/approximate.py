"""Approximate dense indexes: FAISS finds what is near by a byte a number, exact vectors beside it are compared.

IVF puts vectors in cells around centres and looks through the cells nearest to the question; HNSW (Malkov & Yashunin
2018) walks a graph of near vectors. How many cells or nodes are looked at (the effort) is found by measurement when the
index is built: it is raised until the recall is as wanted.

An index grows with its home: what was indexed before keeps its code, its cell and its edges. So an index that grew may
find others than one built at once, where it finds not all; the cosines it tells are the same to the bit.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.grown import Grown
from index.recall import Sample
from index.starts import best_of, bounds, of_passages, spread
from index.types import Vectors
from index.vectors import inner_products, library

IVF, HNSW = "ivf", "hnsw"
GRAPH, EXACT, STARTS, ORDER = "vectors.faiss", "vectors.npy", "vectors.starts.npy", "vectors.order.npy"
FILES = (GRAPH, STARTS, ORDER, EXACT)
WANTED = 0.99
"""Recall@10 up to which the effort is raised."""
_STEP = 2**0.5
_BEGIN = {IVF: 16, HNSW: 64}
"""Cells or nodes that are looked at, at least."""
_SHARED = 50_000
"""Vectors to look at from which a search is worth waking more than one thread: some five milliseconds of work."""
SCAN = 30_000
"""Of so many passages every exact vector is compared, in some ten milliseconds: what a filter leaves of a big home."""
_NEIGHBOURS, _BUILD_EFFORT = 32, 80  # of a node of the graph, and the nodes looked at for it
_ROUNDS, _TRAINED = 6, 40  # of k-means, and vectors a cell that it sees: more of both changed no recall
_LEAST = 200  # windows that are compared exactly, at least: a byte a number mistakes near ones for each other
_GROWN = 0.2  # share of new vectors up to which a graph is added to


class ApproximateIndex:
    """Vectors of passages behind an IVF or HNSW index of their windows (index/types.Dense).

    `order` tells which window each vector of the FAISS index is; `effort` is the cells or nodes that are looked at.
    """

    def __init__(
        self, index: Any, order: NDArray[np.int64], vectors: Vectors, starts: NDArray[np.int64], effort: int
    ) -> None:
        self._index, self._order, self._vectors, self._starts, self._effort = index, order, vectors, starts, effort

    @property
    def shape(self) -> tuple[int, int]:
        """(passages, dimension)."""
        return len(self._starts), int(self._vectors.shape[1])

    @property
    def scan(self) -> int:
        """Few enough to compare them all."""
        return SCAN

    def nearest(
        self, question: Vectors, count: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.intp], Vectors]:
        """The `count` nearest passages of those allowed, nearly always, best first, with exact cosines.

        The fewer passages a filter leaves, the more cells or nodes are looked at, so that as many of them are compared.
        """
        left = len(self._starts) if allowed is None else int(np.count_nonzero(allowed))
        if left > max(count, SCAN):
            share, nodes = left / len(self._starts), None if allowed is None else self._nodes(allowed)
            for more in (1, 4, 16):
                rows = self._near(question, more * count, more * self._effort / share, nodes)
                if len(rows) >= count:
                    return best_of(rows, self.cosines(question, rows), count)
        rows = np.arange(len(self._starts)) if allowed is None else np.flatnonzero(allowed)
        return best_of(rows, self.cosines(question, rows), count)

    def cosines(self, question: Vectors, rows: NDArray[np.intp]) -> Vectors:
        """Cosines of these passages, from their exact vectors."""
        labels, begins = spread(rows, self._starts, len(self._vectors))
        return of_passages(inner_products(question, self._vectors, labels), begins)

    def windows(self, row: int, count: int = 1) -> Vectors:
        """The vectors of a passage, or of so many one after the other, shape (their windows, dimension)."""
        first, last = bounds(row, count, self._starts, len(self._vectors))
        return self._vectors[first:last]

    def _near(self, question: Vectors, count: int, effort: float, nodes: NDArray[np.bool_] | None) -> NDArray[np.intp]:
        """Passages that the index finds, in the order of their rows."""
        faiss = library()
        chosen: dict[str, Any] = {}
        if nodes is not None:
            bits = np.packbits(nodes, bitorder="little")
            chosen["sel"] = faiss.IDSelectorBitmap(bits)
        if _is_ivf(self._index):
            probes = min(int(effort), self._index.nlist)
            self._index.parallel_mode = int(probes / self._index.nlist * len(self._vectors) > _SHARED)  # over cells
            parameters = faiss.SearchParametersIVF(nprobe=probes, **chosen)
        else:
            parameters = faiss.SearchParametersHNSW(efSearch=min(int(effort), len(self._order)), **chosen)
        wanted = max(_LEAST, count) * len(self._vectors) // len(self._starts)
        asked = np.ascontiguousarray(question.reshape(1, -1), np.float32)
        _, found = self._index.search(asked, min(wanted, len(self._vectors)), params=parameters)
        windows = self._order[found[0][found[0] >= 0]]
        if len(self._starts) == len(self._vectors):
            return np.sort(windows)
        return np.unique(np.searchsorted(self._starts, windows, side="right") - 1)

    def _nodes(self, allowed: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which vectors of the index stand for allowed passages."""
        counts = np.diff(np.append(self._starts, len(self._vectors)))
        windows = allowed if len(allowed) == len(self._vectors) else np.repeat(allowed, counts)
        return windows if _is_ivf(self._index) else windows[self._order]

    def tuned(self) -> tuple[ApproximateIndex, float]:
        """The index with the least effort that finds what is wanted, and its recall@10 on a sample of its passages."""
        sample = Sample.of(self._vectors, self._starts)
        most = self._index.nlist if _is_ivf(self._index) else 32 * self._effort
        while True:
            recall = sample.recall(self)
            if recall >= WANTED or self._effort >= most:
                return self, recall
            self._effort = min(round(_STEP * self._effort), most)


def write(folder: Path, vectors: Vectors, starts: NDArray[np.int64], kind: str, before: Grown | None = None) -> float:
    """Index vectors of shape (windows, dimension) in a folder; the recall@10 measured on them.

    `before` is the generation whose index is added to where that serves.
    """
    faiss = library()
    _keep(vectors, folder / EXACT)
    index, order, effort = (_grown(kind, vectors, before) if before else None) or _anew(kind, vectors)
    held, recall = ApproximateIndex(index, order, vectors, starts, effort).tuned()
    (folder / GRAPH).write_bytes(faiss.serialize_index(index).tobytes())
    np.save(folder / STARTS, starts, allow_pickle=False)
    np.save(folder / ORDER, np.append(order, held._effort), allow_pickle=False)
    return recall


def _keep(vectors: Vectors, path: Path) -> None:
    """Have the vectors stand in a file; those of a mapped file stand in it already, and it gets another name."""
    if isinstance(vectors, np.memmap) and vectors.filename is not None:
        try:
            os.link(vectors.filename, path)
            return
        except OSError:  # a disk without links
            path.unlink(missing_ok=True)
    np.save(path, vectors, allow_pickle=False)


def load(folder: Path, to_search: bool = True) -> ApproximateIndex:
    """Open what `write` wrote; unless it is `to_search`, for the exact vectors alone.

    Raises OSError or ValueError for what it did not write.
    """
    starts, order = (np.load(folder / name, allow_pickle=False) for name in (STARTS, ORDER))
    vectors = np.asarray(np.load(folder / EXACT, mmap_mode="r", allow_pickle=False))  # a plain view is quicker to cut
    if not to_search:
        return ApproximateIndex(None, order[:-1], vectors, starts, 0)
    faiss = library()
    try:
        index = faiss.deserialize_index(np.fromfile(folder / GRAPH, np.uint8))
    except RuntimeError:
        raise ValueError(f"{GRAPH} is not a FAISS index") from None
    if not len(vectors) == len(order) - 1 == index.ntotal:
        raise ValueError(f"{len(vectors)} vectors, {len(order) - 1} in order, {index.ntotal} in the index")
    return ApproximateIndex(index, order[:-1], vectors, starts, int(order[-1]))


def _is_ivf(index: Any) -> bool:
    return hasattr(index, "nlist")


def _anew(kind: str, vectors: Vectors) -> tuple[Any, NDArray[np.int64], int]:
    """An index of the vectors in their order, the order, and the least effort."""
    faiss = library()
    count, dimension = vectors.shape
    levels, metric = faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    if kind == IVF:
        cells = _cells(count)
        index = faiss.IndexIVFScalarQuantizer(faiss.IndexFlatIP(dimension), dimension, cells, levels, metric, False)
        index.cp.niter, index.cp.max_points_per_centroid, index.cp.spherical = _ROUNDS, _TRAINED, True
        seen = cells * _TRAINED
    else:
        index = faiss.IndexHNSWSQ(dimension, levels, _NEIGHBOURS, metric)
        index.hnsw.efConstruction = _BUILD_EFFORT
        seen = 50_000
    step = max(1, count // seen)
    index.train(np.ascontiguousarray(vectors[::step], np.float32))
    _add(index, vectors, np.arange(count))
    return index, np.arange(count), _BEGIN[kind]


def _cells(count: int) -> int:
    """About twice the root: the fewer cells, the sooner trained; the more, the fewer vectors are compared."""
    return max(1, min(count, int(2 * np.sqrt(count))))


def _add(index: Any, vectors: Vectors, windows: NDArray[np.int64]) -> None:
    """Add some of the vectors, a block in memory at a time."""
    for start in range(0, len(windows), 65536):
        block = windows[start : start + 65536]
        if _is_ivf(index):
            index.add_with_ids(np.ascontiguousarray(vectors[block], np.float32), block)
        else:
            index.add(np.ascontiguousarray(vectors[block], np.float32))


def _grown(kind: str, vectors: Vectors, before: Grown) -> tuple[Any, NDArray[np.int64], int] | None:
    """The index of the generation before with what is new, without what is gone, and the effort that it needed.

    None where a new one serves better.
    """
    held = load(before.folder)
    index, place = held._index, before.place(len(held._order))
    new = np.flatnonzero(before.origin < 0)
    if kind == IVF:
        if not 0.5 <= index.nlist / _cells(len(vectors)) <= 2 or len(new) > len(vectors) / 2:
            return None
        _move(index, place)
        _add(index, vectors, new)
        return index, np.arange(len(vectors)), held._effort
    if (place < 0).any() or len(new) > _GROWN * len(vectors):
        return None
    _add(index, vectors, new)
    return index, np.concatenate([place[held._order], new]), held._effort


def _move(index: Any, place: NDArray[np.int64]) -> None:
    """Give the vectors in the cells of an IVF their new numbers; those at a place below 0 go."""
    faiss = library()
    lists, size = index.invlists, index.code_size
    for cell in range(index.nlist):
        count = lists.list_size(cell)
        if not count:
            continue
        ids = place[faiss.rev_swig_ptr(lists.get_ids(cell), count)]
        codes = faiss.rev_swig_ptr(lists.get_codes(cell), count * size).reshape(count, size)[ids >= 0].copy()
        ids = ids[ids >= 0].copy()
        lists.resize(cell, len(ids))
        if len(ids):
            lists.update_entries(cell, 0, len(ids), faiss.swig_ptr(ids), faiss.swig_ptr(codes))
    index.ntotal = int((place >= 0).sum())
