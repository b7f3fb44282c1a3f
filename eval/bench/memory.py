"""How much memory a process holds and has held, and how much room a folder takes."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")


def peak_bytes(status: Path = _STATUS) -> int:
    """The most memory that this process has had resident at a time.

    Linux tells it for the program itself; `getrusage` counts there what the parent held before the start, too.
    """
    found = _field(status, "VmHWM")
    if found is None:
        found = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return found


def resident_bytes(status: Path = _STATUS) -> int:
    """The memory that this process has resident now; the peak where the system does not tell."""
    found = _field(status, "VmRSS")
    return peak_bytes(status) if found is None else found


def folder_bytes(folder: Path) -> int:
    """Bytes of all files under a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _field(status: Path, name: str) -> int | None:
    """A field of /proc/self/status, in bytes."""
    try:
        lines = status.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:")), None)
