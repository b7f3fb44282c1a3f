"""Which parser read a document: a document is read again only when its source or the parser changed."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable

_KINDS = (".py", ".json")
_ASIDE = ("plans", "__pycache__")
_LIBRARIES = ("langchain-text-splitters",)
"""Libraries that turn text into passages; those that turn files into text have done so before a source is kept."""


@cache
def parser_version() -> str:
    """Tells this parser from any that may read a document otherwise: a hash of its code and data."""
    digest = hashlib.sha256()
    for name in _LIBRARIES:
        digest.update(f"{name} {metadata.version(name)}\0".encode())
    for path, file in sorted(_files(resources.files("corpus"), "")):
        digest.update(f"{path}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(folder: Traversable, path: str) -> list[tuple[str, Traversable]]:
    found = []
    for entry in folder.iterdir():
        name = f"{path}/{entry.name}"
        if entry.is_dir() and entry.name not in _ASIDE:
            found += _files(entry, name)
        elif entry.name.endswith(_KINDS):
            found.append((name, entry))
    return found
