"""What a home no longer needs, deleted by its writer: older generations, their sources, leftovers of killed writers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from index import checked, held
from index.generation import ABOUT, read_record
from index.home import GENERATIONS, SOURCES, generations


def prune(home: Path, current: Path) -> None:
    """Drop all generations but the current one, the last whole one before it, and those that somebody reads.

    With them goes every source that no generation was built from. What cannot be deleted now goes another time.
    """
    with suppress(OSError):
        has_fallback = False
        for folder in generations(home):
            if folder == current:
                continue
            if not has_fallback and not checked.damage(folder):
                has_fallback = True
            elif not held.is_held(folder / ABOUT):
                _drop(folder)
        _drop_sources(home)


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
