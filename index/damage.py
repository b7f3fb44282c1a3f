"""The error for a file of a home that cannot be what planqa wrote."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import HomeError

REBUILD = "run `planqa ingest --home DIR` to rebuild it from the sources it keeps"


def damaged(path: Path, error: Exception) -> HomeError:
    """What is wrong with a file, in one line.

    >>> print(damaged(Path("h/a.json"), ValueError("3 words")).value)
    h/a.json
    """
    reason = getattr(error, "strerror", None) or " ".join(str(error).split()) or type(error).__name__
    return HomeError(path, f"the home is damaged ({reason})", REBUILD)
