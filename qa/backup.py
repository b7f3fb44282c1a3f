"""A copy of a home that is whole, made while the service answers and while others may want to write.

    back_up(home, Path("/backup/planqa-2026-11-22"))       # the copy is a home: every command reads it with --home

Copied file by file, a home can be torn: CURRENT may name a generation that was built after the folder of generations
was read, and a SQLite file may be caught between its log and itself. So the copy waits for the writer and holds its
lock, which readers do not need; SQLite copies its own file; and the copy gets its name when its hashes are right.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from corpus.errors import HomeError
from index import checked
from index.home import in_order, is_filled, writing
from index.sealed import flush
from index.sources import stored, text_of
from index.writer import LOCK, WRITER
from qa.homes import PATIENCE
from qa.web.feedback import FILE as FEEDBACK

_LEFT_OUT = {LOCK, WRITER, "work", FEEDBACK, f"{FEEDBACK}-wal", f"{FEEDBACK}-shm"}
_PASSING = (".partial", ".lock", ".checked")  # ends of names that mean nothing in another place
_REMEDY = "run `planqa verify` and `planqa ingest`, then back up again"


def back_up(home: Path, target: Path) -> int:
    """Copy a home to a folder that is not there yet, compare every file with its hash, and return the bytes copied.

    Raises:
        HomeError: no home there, a target that exists or cannot be written, or a home that is damaged itself.
    """
    if not is_filled(home):
        raise HomeError(home, "not a planqa home", "name the home with --home")
    if os.path.lexists(target):
        raise HomeError(target, "is there already", "name a folder that is not there yet")
    if target.resolve().is_relative_to(home.resolve()):
        raise HomeError(target, "is inside the home that it would be a copy of", "name a folder elsewhere")
    workshop = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        workshop = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".partial", dir=target.parent))
        copy = workshop / "home"
        with writing(home, PATIENCE):
            shutil.copytree(home, copy, ignore=_left_out)
        if (home / FEEDBACK).is_file():
            _copy_database(home / FEEDBACK, copy / FEEDBACK)
        _check(home, copy)
        for path in [*copy.rglob("*"), copy]:
            flush(path)
        copy.rename(target)
        flush(target.parent)
    except (OSError, shutil.Error, sqlite3.Error) as error:
        reason = (isinstance(error, OSError) and error.strerror) or str(error).splitlines()[0]
        raise HomeError(target, f"cannot be written ({reason})", "name a folder on a disk with room") from error
    finally:
        if workshop:
            shutil.rmtree(workshop, ignore_errors=True)
    return sum(path.stat().st_size for path in target.rglob("*") if path.is_file())


def _left_out(_: str, names: list[str]) -> set[str]:
    return {name for name in names if name in _LEFT_OUT or (name.startswith(".") and name.endswith(_PASSING))}


def _copy_database(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source, timeout=PATIENCE)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)


def _check(home: Path, copy: Path) -> None:
    """Raise HomeError when a file of the copy is not what was written to the home."""
    for folder in in_order(copy):
        if found := checked.damage(folder, anew=True):
            raise HomeError(home, f"damaged, it was not backed up ({folder.name}: {found})", _REMEDY)
        checked.forget(folder)
    for record, path in stored(copy):
        if text_of(record, path) is None:
            raise HomeError(home, f"damaged, it was not backed up (the source {record['name']})", _REMEDY)
