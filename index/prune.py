"""What a home no longer needs, deleted by its writer: older generations, their sources, leftovers of killed writers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from corpus.errors import HomeError
from index import checked, held, milvus_fill, milvus_store
from index.generation import ABOUT, read_record
from index.home import GENERATIONS, SOURCES, generations


def prune(home: Path, current: Path) -> None:
    """Drop all generations but the current one, the last whole one before it, and those that somebody reads.

    With them goes every source that no generation was built from. What cannot be deleted now goes another time.
    """
    addresses: set[str] = set()
    with suppress(OSError):
        addresses.update(_addresses(home))
        has_fallback = False
        for folder in generations(home):
            if folder == current:
                continue
            if not has_fallback and not checked.damage(folder):
                has_fallback = True
            elif not held.is_held(folder / ABOUT):
                _drop(folder)
        _drop_sources(home)
    for uri in addresses:  # of a Milvus, if any: it keeps a collection for each generation
        with suppress(HomeError, OSError):
            milvus_fill.sweep(uri, milvus_fill.front_of(home), lambda name: (home / GENERATIONS / name).is_dir())


def sweep(home: Path) -> None:
    """Drop what writers that were killed left unfinished; nobody else may be writing."""
    with suppress(OSError):
        for folder in (home, home / SOURCES, home / GENERATIONS):
            for leftover in folder.glob(".*.partial"):
                if leftover.is_dir():
                    shutil.rmtree(leftover, ignore_errors=True)
                else:
                    leftover.unlink(missing_ok=True)


def _drop(folder: Path) -> None:
    """Delete a generation: renamed first, so that no half of one is left under its name."""
    doomed = folder.with_name(f".{folder.name}.dropped.partial")
    folder.rename(doomed)
    shutil.rmtree(doomed, ignore_errors=True)
    for end in ("lock", "checked"):
        folder.with_name(f".{folder.name}.{end}").unlink(missing_ok=True)


def _addresses(home: Path) -> Iterator[str]:
    """Where collections of this home's generations lie."""
    for folder in generations(home):
        with suppress(OSError, ValueError):
            yield milvus_store.read_record(folder).uri


def _drop_sources(home: Path) -> None:
    used = set(_used_sources(home))
    for file in (home / SOURCES).iterdir():
        if file.name not in used and not file.name.startswith("."):
            file.unlink(missing_ok=True)


def _used_sources(home: Path) -> Iterator[str]:
    for folder in generations(home):
        try:
            for record in read_record(folder)["sources"]:
                yield f"{record['sha256']}.{record['format']}"
        except (ValueError, KeyError, TypeError):
            raise OSError(f"{folder / ABOUT} cannot be read, so nobody knows what it needs") from None
