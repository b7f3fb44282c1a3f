"""One file replaced so that a reader finds the old one or the new one, whole, however the writer ends."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from index import sealed


def replace(path: Path, data: bytes) -> None:
    """Write a file beside its place, have the disk keep it, and rename it. Raises OSError, and leaves nothing then."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".partial")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    sealed.flush(path.parent)
