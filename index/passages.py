"""Passages on their way into the index: cut into windows, read by the encoder, brought into the space.

A passage whose text and context were encoded before, for the generation before or by a build that was interrupted, is
taken over; only the others are encoded. No more than a few hundred passages are in memory at a time: vectors and tokens
of known ones come from files.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.types import Document, Passage
from index.context import encoded_texts
from index.generation import Generation
from index.late import joined
from index.space import Space
from index.types import Encoder, Progress, Vectors
from index.windows import longest_for


@dataclass(frozen=True, slots=True)
class Embedded:
    """A passage in the space: a vector a window, and the tokens of all windows."""

    vectors: Vectors  # (windows, dimension)
    tokens: NDArray[np.int8]  # (tokens, token dimensions)
    ids: NDArray[np.int32]  # (tokens,)


class Store(Protocol):
    """Where passages that were encoded before are kept."""

    def find(self, keys: Collection[bytes]) -> Iterator[tuple[bytes, Embedded]]:
        """What there is of these passages, each with its key; keys may be dropped meanwhile."""
        ...


def texts_of(document: Document, passage: Passage, encoder: Encoder) -> tuple[str, ...]:
    """What is encoded for a passage: its words behind what they inherit, cut to the encoder's window."""
    return encoded_texts(document, passage, longest_for(encoder.max_tokens))


def embed(
    keys: Sequence[bytes],
    texts: Callable[[int], tuple[str, ...]],
    encoder: Encoder,
    space: Space,
    progress: Progress | None = None,
    stores: Iterable[Store] = (),
    keep: Callable[[bytes, Embedded], None] | None = None,
    wanted: Sequence[int] | None = None,
) -> Iterator[tuple[int, Embedded]]:
    """Each passage's row and its vectors, in any order; equal passages are encoded once, known ones not at all.

    `keys` tell passages apart and `texts` gives what is encoded for the one in a row; `stores` are asked first, one
    after the other, and `keep` is told what was encoded. Without the `wanted` rows all are given.
    """
    rows: dict[bytes, list[int]] = {}
    for row in range(len(keys)) if wanted is None else wanted:
        rows.setdefault(keys[row], []).append(row)
    for store in stores:
        for key, embedded in store.find(rows.keys()):
            for row in rows.pop(key, ()):
                yield row, embedded
    new = [(key, texts(found[0])) for key, found in rows.items()]
    owners = [(place, part) for place, (_, windows_of) in enumerate(new) for part in range(len(windows_of))]
    waiting: dict[int, dict[int, tuple[Vectors, NDArray[np.int8], NDArray[np.int32]]]] = {}
    for at, reading in encoder.read_passages([new[place][1][part] for place, part in owners], progress):
        place, part = owners[at]
        key, windows_of = new[place]
        parts = waiting.setdefault(place, {})
        parts[part] = space.passage(reading.vector), space.passage_tokens(reading.tokens), reading.ids
        if len(parts) == len(windows_of):
            embedded = _whole([parts[number] for number in range(len(windows_of))])
            del waiting[place]
            if keep:
                keep(key, embedded)
            for row in rows[key]:
                yield row, embedded


def _whole(parts: Sequence[tuple[Vectors, NDArray[np.int8], NDArray[np.int32]]]) -> Embedded:
    """A passage of its windows."""
    tokens, ids = joined((tokens, ids) for _, tokens, ids in parts)
    return Embedded(np.stack([vector for vector, _, _ in parts]), tokens, ids)


class Earlier:
    """The passages of a generation, as a store: by keys, read from its mapped files one by one.

    Tokens are read of passages whose key is `wanted`; of the others they are taken over with their segment.
    """

    def __init__(self, generation: Generation, wanted: Collection[bytes]) -> None:
        self._generation, self._wanted = generation, wanted

    def find(self, keys: Collection[bytes]) -> Iterator[tuple[bytes, Embedded]]:
        """What the generation has of these passages."""
        dense, late = self._generation.vectors, self._generation.late
        none = np.zeros((0, 0), np.int8), np.zeros(0, np.int32)
        for row, key in enumerate(self._generation.keys):
            if key in keys:
                if key not in self._wanted:
                    yield key, Embedded(dense.windows(row), *none)
                elif late.is_kept:
                    yield key, Embedded(dense.windows(row), *self._generation.tokens(row))
