"""A folder that is either whole or not there, however its writer ended.

It is written beside its place under another name, flushed to the disk, listed with sizes and hashes in a manifest, and
only then renamed. One process writes; others that come meanwhile wait and use what it wrote.

    seal(target, {"format": 1}, lambda folder: (folder / "a.txt").write_text("a"), HomeError, "choose another folder")
    is_whole(target, {"format": 1})                          # names and sizes, microseconds
    verify(target, HomeError, "delete it and build again")   # hashes, too
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from corpus.errors import PlanqaError

MANIFEST = "planqa-manifest.json"
MALFORMED = (ValueError, LookupError, TypeError, AttributeError)
"""What reading a spoilt manifest may raise, beside OSError."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_PATIENCE = 600.0  # seconds to wait for another writer


def seal(
    target: Path,
    label: Mapping[str, object],
    write: Callable[[Path], Mapping[str, str] | object],
    error: type[PlanqaError],
    remedy: str,
    anew: bool = False,
) -> Path:
    """Have `write` fill a folder, and put it at `target`; nothing is done when a whole one with this label is there.

    `write` may return the SHA-256 of files that it linked to, by name: they are known, and on the disk already.
    `label` is any JSON that tells this content from another; `remedy` says where else the folder could be; `anew` has
    it written again although its sizes are right, after its hashes were found wrong. Raises `error` when the place
    cannot be written to, the disk is full, or another writer does not finish.
    """
    if not anew and is_whole(target, label):  # before any lock: the disk may be read-only by design
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(target.with_name(f".{target.name}.lock"), timeout=_PATIENCE):
            if anew or not is_whole(target, label):
                _replace(target, label, write)
    except Timeout as cause:
        raise error(target, f"another process writes it for over {_PATIENCE:.0f} s", "end that process") from cause
    except OSError as cause:
        if cause.errno in _FULL:
            remedy = f"make room there, or {remedy}"
        raise error(target.parent, f"cannot be written ({cause.strerror or cause})", remedy) from cause
    return target


def is_whole(folder: Path, label: Mapping[str, object]) -> bool:
    """Whether the folder has this label and every file it was sealed with, at its size. Reads only the manifest."""
    try:
        manifest = read_manifest(folder)
        return manifest["label"] == dict(label) and all(
            (folder / name).stat().st_size == sealed["bytes"] for name, sealed in manifest["files"].items()
        )
    except (OSError, *MALFORMED):
        return False


def verify(folder: Path, error: type[PlanqaError], remedy: str) -> None:
    """Compare every file with the hash it was sealed with; raises `error` for the first that differs."""
    try:
        for name, sealed in read_manifest(folder)["files"].items():
            if _sha256(folder / name) != sealed["sha256"]:
                raise error(folder / name, f"damaged, its SHA-256 was {sealed['sha256'][:12]}...", remedy)
    except (OSError, *MALFORMED) as cause:
        raise error(folder, f"damaged, a file or the manifest cannot be read ({cause})", remedy) from cause


def flush(path: Path) -> None:
    """Have the disk keep what was written to a file, or which names a folder holds."""
    if path.is_dir() and os.name == "nt":  # Windows opens no folders, and writes their entries at once
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace(target: Path, label: Mapping[str, object], write: Callable[[Path], object]) -> None:
    # Whoever holds the lock is the only writer, so what lies about under this name is from one that was killed.
    for leftover in target.parent.glob(f".{target.name}.*.partial"):
        shutil.rmtree(leftover)
    workshop = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".partial", dir=target.parent))
    try:
        folder = workshop / target.name
        folder.mkdir()
        returned = write(folder)
        known = returned if isinstance(returned, Mapping) else {}
        files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
        sealed = {
            name: {"bytes": path.stat().st_size, "sha256": known.get(name) or _sha256(path)}
            for name, path in files.items()
        }
        manifest = folder / MANIFEST
        manifest.write_text(_written({"label": dict(label), "files": sealed}), encoding="utf-8")
        new = [path for name, path in files.items() if name not in known]
        for path in [*new, manifest, *(path for path in folder.rglob("*") if path.is_dir()), folder]:
            flush(path)
        if target.exists():  # not whole, or of another format: out of the way, a rename needs a free place
            os.rename(target, workshop / "old")
        os.rename(folder, target)
        flush(target.parent)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The label and the files of a sealed folder. Raises OSError, or one of MALFORMED.

    It has no hash of its own, but one way to be written: not a byte may differ, even one that says nothing.
    """
    text = (folder / MANIFEST).read_text(encoding="utf-8")
    manifest: dict[str, Any] = json.loads(text)
    if _written(manifest) != text:
        raise ValueError(f"{MANIFEST} is not what was written")
    return manifest


def _written(manifest: Mapping[str, object]) -> str:
    return json.dumps(manifest, indent=2) + "\n"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
