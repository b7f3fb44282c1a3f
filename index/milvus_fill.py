"""Collections of a home in a Milvus: filled for a new generation, dropped when no generation needs them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import HomeError
from index.milvus import Cluster
from index.milvus_store import KINDS, RECORD, STARTS, VECTORS, Label, MilvusIndex, Record
from index.remote import Remote, fitting, home_id
from index.types import Vectors

_BATCH = 1000  # windows an insert
_BLOCK = 16_384  # windows that are hashed at a time


def write(
    folder: Path, vectors: Vectors, starts: NDArray[np.int64], labels: Sequence[Label], remote: Remote, collection: str
) -> MilvusIndex:
    """Write the files of a generation and fill its collection; one that is complete already is taken as it is.

    `vectors` have the shape (windows, dimension), `starts` and `labels` (passages,).

    Raises:
        HomeError: Milvus cannot be reached, or refuses. What was filled by half is dropped.
    """
    names = tuple(sorted({label.kind for label in labels}))
    places = {name: place for place, name in enumerate(names)}
    np.save(folder / VECTORS, np.asarray(vectors, np.float32), allow_pickle=False)
    np.save(folder / STARTS, np.asarray(starts, np.int64), allow_pickle=False)
    np.save(folder / KINDS, np.array([places[label.kind] for label in labels], np.int16), allow_pickle=False)
    index = fitting(remote.index, len(vectors))
    windows, dimension = vectors.shape
    record = Record(remote.uri, collection, index, _fingerprint(vectors, starts), windows, dimension, names)
    (folder / RECORD).write_text(json.dumps(asdict(record), ensure_ascii=False, indent=1), encoding="utf-8")
    cluster = Cluster(remote.uri)
    store = MilvusIndex(folder, record, cluster)
    if store.wrong():
        try:
            _fill(cluster, record, vectors, starts, labels)
            if wrong := store.wrong():
                raise HomeError(remote.uri, wrong, "run the same command again, or see the log of that Milvus")
        except BaseException:
            with suppress(HomeError):
                cluster.drop(collection)
            raise
    return store


def front_of(home: Path) -> str:
    """What the names of this home's collections begin with; the name of the generation follows."""
    return f"planqa_{home_id(home)}_"


def sweep(uri: str, front: str, keeps: Callable[[str], bool]) -> list[str]:
    """Drop the collections whose names begin with `front` but those that are kept by the rest of the name."""
    cluster = Cluster(uri)
    gone = [name for name in cluster.names(front) if not keeps(name.removeprefix(front))]
    for name in gone:
        cluster.drop(name)
    return gone


def _fill(
    cluster: Cluster, record: Record, vectors: Vectors, starts: NDArray[np.int64], labels: Sequence[Label]
) -> None:
    """Make the collection anew with all windows."""
    cluster.create(record.collection, record.dimension, record.fingerprint)
    for rows in _batches(vectors, starts, labels):
        cluster.insert(record.collection, rows)
    cluster.finish(record.collection, record.index, record.windows)


def _batches(vectors: Vectors, starts: NDArray[np.int64], labels: Sequence[Label]) -> Iterable[list[dict[str, object]]]:
    for at in range(0, len(vectors), _BATCH):
        part = np.asarray(vectors[at : at + _BATCH], np.float32)
        rows = np.searchsorted(starts, np.arange(at, at + len(part)), side="right") - 1
        yield [
            {"window": at + place, "row": row, "vector": vector, **asdict(labels[row])}
            for place, (row, vector) in enumerate(zip(rows.tolist(), part, strict=True))
        ]


def _fingerprint(vectors: Vectors, starts: NDArray[np.int64]) -> str:
    """What tells the vectors of one generation from those of another."""
    digest = hashlib.sha256(f"{vectors.shape}\n".encode())
    digest.update(np.asarray(starts, np.int64).tobytes())
    for at in range(0, len(vectors), _BLOCK):
        digest.update(np.ascontiguousarray(vectors[at : at + _BLOCK], np.float32).data)
    return digest.hexdigest()[:32]
