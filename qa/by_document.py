"""Records by the section or passage they stand in, read document by document as they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

from corpus.types import Document

T = TypeVar("T")
REMEMBERED = 4096
"""Documents of which the records are kept."""


class ByDocument(Mapping[str, T]):
    """What `read` finds in each document, by ids that begin with that of the document and a full stop.

    >>> ByDocument({}, lambda document: {"a.dieu-1": 1}).get("a.dieu-1") is None
    True
    """

    def __init__(self, documents: Mapping[str, Document], read: Callable[[Document], dict[str, T]]) -> None:
        self._documents = documents
        self._read = lru_cache(REMEMBERED)(lambda identifier: read(documents[identifier]))

    def __getitem__(self, key: str) -> T:
        identifier = key.partition(".")[0]
        if identifier not in self._documents:
            raise KeyError(key)
        return self._read(identifier)[key]

    def __iter__(self) -> Iterator[str]:
        for identifier in self._documents:
            yield from self._read(identifier)

    def __len__(self) -> int:
        return sum(len(self._read(identifier)) for identifier in self._documents)
