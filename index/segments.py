"""Documents cut into segments: the same documents into the same ones, however a corpus came to hold them.

A cut is made by the documents themselves (content-defined chunking: Muthitacharoen et al. 2001, "A Low-bandwidth
Network File System"): one that is added or taken away moves the cuts beside it, and further on they are where they
were. So a corpus that grew by one document writes one segment, seldom two, and links to the files of the others; and
the files are those of a build from nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.types import Document
from index import checked
from index.packed import Packed, pack
from index.sealed import MANIFEST
from index.segment import SEGMENTS, Segment, write_segment
from index.stored import StoredDocument

LEAST, USUAL = 2048, 4096
"""Passages of a segment: the last one aside it has no fewer than LEAST, and about USUAL on average."""
_SOONER = 4  # how much likelier a document ends a segment of USUAL passages: the whole of a big one is written again


@dataclass(frozen=True, slots=True)
class Planned:
    """A segment that is to stand in a generation: its name, its documents, and those of them that are new, packed."""

    name: str
    documents: tuple[Document, ...]
    packed: dict[str, Packed]

    def known(self) -> Segment | None:
        """The segment of an opened generation that holds just these documents."""
        first = self.documents[0]
        segment = first.segment if isinstance(first, StoredDocument) else None
        return segment if isinstance(segment, Segment) and segment.name == self.name else None


def planned(documents: Sequence[Document], longest: int) -> list[Planned]:
    """The segments of some documents, in the order of their ids, for an encoder that reads so many characters."""
    packed: dict[str, Packed] = {}
    digests = []
    for document in documents:
        if isinstance(document, StoredDocument) and document.longest == longest and not document.is_changed:
            digests.append(document.digest)
            continue
        is_stored = isinstance(document, StoredDocument) and document.longest == longest
        packed[document.id] = _stored(document) if is_stored else pack(document, longest)
        digests.append(packed[document.id].digest)
    result, first = [], 0
    for last in cuts([document.id for document in documents], [document.counts.passages for document in documents]):
        part = documents[first:last]
        name = hashlib.sha256("\n".join(digests[first:last]).encode()).hexdigest()[:16]
        new = {document.id: packed[document.id] for document in part if document.id in packed}
        result.append(Planned(name, tuple(part), new))
        first = last
    return result


def cuts(ids: Sequence[str], sizes: Sequence[int]) -> Iterator[int]:
    """The ends of the segments of documents with these ids and numbers of passages.

    >>> list(cuts(["a", "b"], [3, 4]))
    [2]
    """
    held = last = 0
    for at, (name, size) in enumerate(zip(ids, sizes, strict=True), 1):
        held += size
        share = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") / 2**64
        if held >= LEAST and share * (USUAL - LEAST) < size * (_SOONER if held >= USUAL else 1):
            yield at
            held, last = 0, at
    if last < len(ids):
        yield len(ids)


def write(target: Path, plan: Planned) -> tuple[NDArray[Any], dict[str, str]]:
    """Have a segment stand in a new generation.

    Returns:
        What is known of its passages, of `index.packed.ROWS`; the SHA-256 of each file that is linked to, by name.
    """
    if (known := plan.known()) is not None:
        return known.rows, linked(known.generation, target, f"{SEGMENTS}/{plan.name}")
    packed = [
        plan.packed[document.id] if document.id in plan.packed else _stored(document) for document in plan.documents
    ]
    write_segment(target / SEGMENTS / plan.name, plan.documents, packed)
    return np.concatenate([part.rows for part in packed]), {}


def linked(before: Path, target: Path, name: str) -> dict[str, str]:
    """Link a folder of files that never change into a new generation; a disk without links gets copies.

    Returns:
        The SHA-256 that each linked file was written with; a copy is not among them.
    """
    result = {}
    status = os.stat(before / MANIFEST)
    for file, digest in _files(before, (status.st_mtime_ns, status.st_ino)).get(name, ()):
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(before / file, target / file)
            result[file] = digest
        except OSError:
            checked.require(before, [file])  # a copy of what a disk has spoilt would get a hash of its own
            shutil.copyfile(before / file, target / file)
    return result


@lru_cache(maxsize=2)
def _files(folder: Path, stamp: tuple[int, int]) -> dict[str, list[tuple[str, str]]]:
    """The files of a generation, with their SHA-256, by each folder above them; read once for a manifest."""
    result: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for file, (_, digest) in checked.sealed_files(folder).items():
        for above in PurePosixPath(file).parents:
            result[str(above)].append((file, digest))
    return result


def _stored(document: Document) -> Packed:
    assert isinstance(document, StoredDocument) and isinstance(document.segment, Segment)
    return document.segment.packed(document)
