"""Where the vectors of a generation are kept: chosen by size or by hand, written and opened in this one place.

    flat    every vector compared, exact; up to FLAT_UP_TO passages
    ivf     vectors in cells around centres, a byte a number, and the exact ones mapped beside them
    hnsw    a graph of near vectors, likewise
    milvus:INDEX:ADDRESS    in a Milvus, which finds the nearest; the exact ones mapped here (index/milvus_store.py)

What is approximate is which passages are found; every cosine that is told is exact (index/types.Dense).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import HomeError
from index import approximate, milvus_fill, milvus_store
from index.approximate import HNSW, IVF
from index.grown import Grown
from index.milvus_store import Label
from index.recall import Sample
from index.remote import MILVUS, URI_SETTING, Remote, fitting, remote, remote_of
from index.types import Dense, Vectors
from index.vectors import STARTS, FlatIndex

AUTO, FLAT = "auto", "flat"
FAISS = "faiss"
CHOICES = (AUTO, FLAT, IVF, HNSW)
FLAT_UP_TO = 50_000
"""Passages up to which every vector is compared with a question, in some ten milliseconds."""
VECTORS = "vectors.faiss"
VECTOR_STARTS = Path(VECTORS).with_suffix(STARTS).name


def chosen(choice: str, passages: int) -> str:
    """The kind of store for so many passages, where not one of them was chosen by hand.

    Raises:
        HomeError: there is no such choice.
    """
    if there := remote_of(choice):
        return str(Remote(there.uri, fitting(there.index, passages)))
    if choice not in CHOICES:
        raise HomeError(choice, f"an index of {', '.join(CHOICES)} was expected", "mend --index")
    return choice if choice != AUTO else FLAT if passages <= FLAT_UP_TO else IVF


def write_dense(
    folder: Path,
    vectors: Vectors,
    starts: NDArray[np.int64],
    kind: str,
    labels: Sequence[Label] = (),
    collection: str = "",
    before: Grown | None = None,
) -> float:
    """Write vectors of shape (windows, dimension), which may be mapped, into a folder; the recall@10 measured on them.

    `starts`, of shape (passages,), tells at which window each passage begins. A Milvus is also given the passages'
    `labels` and the name of the `collection` to fill; an approximate index grows from the one `before`.
    """
    if there := remote_of(kind):
        store = milvus_fill.write(folder, vectors, starts, labels, there, collection)
        return Sample.of(vectors, starts).recall(store)
    if kind in (IVF, HNSW):
        return approximate.write(folder, vectors, starts, kind, before)
    FlatIndex.build(vectors, starts).save(folder / VECTORS)
    return 1.0


def open_dense(folder: Path, kind: str, to_search: bool = True) -> Dense:
    """Open what `write_dense` wrote; unless it is `to_search`, for the vectors alone, and no Milvus is asked.

    Raises OSError, ValueError or HomeError for what it did not write.
    """
    if remote_of(kind):
        return milvus_store.open_store(folder, to_search)
    return approximate.load(folder, to_search) if kind in (IVF, HNSW) else FlatIndex.load(folder / VECTORS)


def files_of(kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The files of a store, and those of them that are mapped: not hashed again when they are opened."""
    if remote_of(kind):
        return milvus_store.FILES, milvus_store.MAPPED
    if kind in (IVF, HNSW):
        return approximate.FILES, (approximate.EXACT,)
    return (VECTORS, VECTOR_STARTS), ()


def choice_of(store: str, uri: str, index: str, before: str) -> str:
    """The choice that options ask for: a store (faiss or milvus), its address, its index; what is "" stays as `before`.

    >>> choice_of("milvus", "http://milvus.example:19530", "hnsw", "auto")
    'milvus:hnsw:http://milvus.example:19530'
    >>> choice_of("", "", "ivf", "milvus:hnsw:http://milvus.example:19530")
    'milvus:ivf:http://milvus.example:19530'
    >>> choice_of("faiss", "", "", "milvus:hnsw:http://milvus.example:19530")
    'auto'

    Raises:
        HomeError: options that do not go together.
    """
    known = remote_of(before)
    if store not in ("", FAISS, MILVUS):
        raise HomeError(store, f"{FAISS} or {MILVUS} was expected", "mend --store")
    if store == MILVUS or (known and not store):
        if not (store or uri or index):
            return before
        return str(remote(uri or (known.uri if known else ""), index or (known.index if known else AUTO)))
    if uri:
        raise HomeError(uri, "an address of Milvus, and vectors that are kept in FAISS", "add --store milvus")
    if store == FAISS and known:
        return index or AUTO
    return index or before


def uri_of(option: str, store: str, environment: Mapping[str, str]) -> str:
    """The address of Milvus: that of the option, or where that store is asked for, of the environment."""
    return option or (environment.get(URI_SETTING, "") if store == MILVUS else "")


def collection_of(home: Path, generation: str, kind: str) -> str:
    """The name of the collection that a generation of this home fills; "" when it needs none."""
    return f"{milvus_fill.front_of(home)}{generation}" if remote_of(kind) else ""


def damage(folder: Path) -> str:
    """Why the vectors of a generation cannot be searched although its files are whole; "" when they can, or as we know.

    Raises:
        HomeError: they are in a Milvus that cannot be reached, or refuses.
    """
    return milvus_store.damage(folder) if (folder / milvus_store.RECORD).is_file() else ""
