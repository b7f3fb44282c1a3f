"""Generations that somebody reads: held from when they are opened, so that no writer deletes them meanwhile.

A reader opens the parts of a generation one by one, long after another process may have built the next two. It holds a
shared lock (flock) on one file of the generation; the system lets go of it when the reader ends, however that happens.
Where there is no flock (Windows, some network disks) nothing is held, and a file in use may or may not be deletable.
"""

from __future__ import annotations

import os
import weakref
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


class Holder:
    """Holds a file for as long as it lives itself: kept by whatever reads the generation, part by part."""

    def __init__(self, file: Path) -> None:
        _hold(self, file)


def _hold(reader: object, file: Path) -> None:
    """Hold a file for as long as the reader lives; nothing happens where files cannot be held."""
    if fcntl is None:
        return
    try:
        handle = os.open(file, os.O_RDONLY)
    except OSError:  # damaged: whoever reads it is told then
        return
    weakref.finalize(reader, os.close, handle)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return


def is_held(file: Path) -> bool:
    """Whether a reader holds the file."""
    if fcntl is None:
        return False
    try:
        handle = os.open(file, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(handle)
    return False
