"""Whether the files of a sealed folder are what was sealed, told as cheaply as can be done honestly.

    damage(folder)                                  # "" or what is wrong, as `open_home` asks
    damage(folder, anew=True)                       # every file read again, as `planqa verify` asks
    require(folder, ["vectors.faiss"])              # one part, before it is loaded

A home of 100,000 passages holds 2 GB of tokens, and hashing takes a second a gigabyte: too much for a command that
lists documents. So three checks stand one behind the other.

1. Opening compares every file's size, times and place on the disk (inode) with those it had when it was last hashed,
   and hashes the file when any of them differs. Whatever writes to a file (an editor, a copy, a restored backup, a
   repair of the disk) changes one: the change time cannot be set by hand. What was found whole is remembered beside the
   folder, in `.<name>.checked`; where that cannot be written, as for a copy on a read-only disk, all is hashed again.
2. A file that is read as a whole (documents, FAISS, words, space) is hashed again right before it is loaded: it is
   about to be read anyhow, and this finds what a disk lost without telling.
3. The token files are mapped, not read. For them the first check has to do, and `planqa verify`, which reads all.

A file that was written within the last moments is not remembered: another write could bear the same time.

Generations share files that never change by links (index/segments.py), and each link that is made or dropped moves the
change time of all. The writer, who makes and drops them, sets the remembered stamps right:

    known = whole(folders)      # before: files that are what they were when they were hashed
    restamp(folders, known)     # after: they still are, if size, time of writing and place are the same
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from index import atomic
from index.sealed import MALFORMED, MANIFEST, read_manifest

_SETTLED = 100_000_000  # nanoseconds; file systems count time in steps of up to ten milliseconds
Stamp = list[int]  # size, time of writing, time of change, place (inode)
Known = dict[int, tuple[int, int]]  # size and time of writing, by place


def damage(folder: Path, anew: bool = False) -> str:
    """What is wrong with a sealed folder, in words for one line; "" when nothing is. `anew` trusts no earlier check."""
    try:
        files = sealed_files(folder)
        before = {} if anew else _remembered(folder)
        at = os.fspath(folder)
        stamps = {name: _stamp(f"{at}/{name}") for name in (MANIFEST, *files)}
        trusted = before.get(MANIFEST) == stamps[MANIFEST]
        for name, (size, digest) in files.items():
            if stamps[name][0] != size:
                return f"{name} has {stamps[name][0]} bytes, {size} were written"
            if not (trusted and before.get(name) == stamps[name]) and _sha256(f"{at}/{name}") != digest:
                return f"{name} is not what was written, its SHA-256 differs"
    except (OSError, *MALFORMED) as error:
        return _reason(error)
    if before != stamps:
        _remember(folder, stamps, before)
    return ""


def whole(folders: Iterable[Path]) -> Known:
    """The files of sealed folders that need not be hashed: since they were, nobody has touched them."""
    result: Known = {}
    for folder in folders:
        with suppress(OSError):
            for name, stamp in _remembered(folder).items():
                if name != MANIFEST and _stamp(f"{folder}/{name}") == stamp:
                    result[stamp[3]] = stamp[0], stamp[1]
    return result


def restamp(folders: Iterable[Path], known: Known) -> None:
    """Remember of the files of sealed folders those that are `known`, whatever links to them came or went since."""
    for folder in folders:
        with suppress(OSError, *MALFORMED):
            files = sealed_files(folder)
            stamps = {name: _stamp(f"{folder}/{name}") for name in (MANIFEST, *files)}
            same = {name: stamp for name, stamp in stamps.items() if known.get(stamp[3]) == (stamp[0], stamp[1])}
            before = _remembered(folder)
            if before.get(MANIFEST, stamps[MANIFEST]) == stamps[MANIFEST] and any(
                before.get(name) != stamp for name, stamp in same.items()
            ):
                _write_record(folder, before | same | {MANIFEST: stamps[MANIFEST]})


def require(folder: Path, names: Iterable[str], mapped: Collection[str] = ()) -> None:
    """Hash files, or all files under folders but the `mapped` ones, before they are used.

    Raises:
        OSError, ValueError: one is damaged or missing. The next `damage` then reads every file again.
    """
    try:
        files = sealed_files(folder)
    except MALFORMED:
        raise ValueError(f"{MANIFEST} cannot be read") from None
    for wanted in names:
        found = [name for name in files if name == wanted or name.startswith(f"{wanted}/")]
        if not found:
            raise ValueError(f"{wanted} is missing")
        for name in found:
            if name not in mapped and _sha256(f"{folder}/{name}") != files[name][1]:
                forget(folder)
                raise ValueError(f"{name} is not what was written, its SHA-256 differs")


def sealed_files(folder: Path) -> dict[str, tuple[int, str]]:
    """Size and SHA-256 of each file of a folder. Raises what reading a spoilt manifest may raise."""
    manifest = read_manifest(folder)
    if manifest["label"] != label_of(folder.name):
        raise ValueError(f"{MANIFEST} is of another folder")
    return {name: (int(sealed["bytes"]), str(sealed["sha256"])) for name, sealed in manifest["files"].items()}


def label_of(name: str) -> dict[str, str]:
    """What the manifest of the generation of this name says it is of."""
    return {"planqa": "generation", "key": name}


def forget(folder: Path) -> None:
    """Have the next check read every file again."""
    try:
        _record(folder).unlink(missing_ok=True)
    except OSError:  # a home that cannot be written to
        return


def _record(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.checked")


def _remembered(folder: Path) -> dict[str, Stamp]:
    try:
        record: Any = json.loads(_record(folder).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _remember(folder: Path, stamps: dict[str, Stamp], before: dict[str, Stamp]) -> None:
    settled = time.time_ns() - _SETTLED
    kept = {n: stamp for n, stamp in stamps.items() if max(stamp[1:3]) < settled or before.get(n) == stamp}
    if kept != before:
        _write_record(folder, kept)


def _write_record(folder: Path, stamps: dict[str, Stamp]) -> None:
    try:
        atomic.replace(_record(folder), json.dumps(stamps).encode())
    except OSError:  # a home that cannot be written to: its files are read again next time
        return


def _stamp(path: str) -> Stamp:
    status = os.stat(path)
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def _sha256(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        name = Path(error.filename).name if isinstance(error.filename, str) else "a file"
        return f"{name} cannot be read: {error.strerror or error}"
    if isinstance(error, ValueError) and str(error).startswith(MANIFEST):
        return str(error)
    return f"{MANIFEST} cannot be read"
