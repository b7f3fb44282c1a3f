"""A home on disk: the sources that were ingested, and generations of what was built from them.

    home/
      CURRENT                     name of the generation that readers open
      sources/<sha256>.<format>   every ingested source, as decoded text
      generations/<name>/         documents.jsonl, vectors.faiss, lexical/, with a manifest of sizes and hashes

A build writes a whole generation beside the others and then switches CURRENT in one rename, so a reader sees the old
corpus or the new one, never a mixture; the generation before stays until the next build.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from corpus.errors import HomeError
from corpus.source import Source
from index import sealed
from index.generation import ABOUT, REBUILD, Generation, damaged, read_about
from index.types import Encoder

FORMAT = 1
"""Counts up whenever a home of the version before cannot be read, or would be built otherwise from the same sources."""

CURRENT, GENERATIONS, SOURCES = "CURRENT", "generations", "sources"
SOURCE_FIELDS = ("name", "format", "sha256", "path", "encoding", "pages", "set_aside")


@contextmanager
def writing(home: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold a home for writing; a second writer waits so many seconds, then is told.

    Raises:
        HomeError: another process holds it, or the folder cannot be written.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        with FileLock(home / ".lock", timeout=wait):
            yield
    except Timeout:
        raise HomeError(home, "another planqa is writing to it", "wait until it has finished, or stop it") from None
    except OSError as error:
        raise HomeError(
            home, f"cannot be written ({error.strerror or error})", "choose a folder that you may write to with --home"
        ) from error


def is_filled(home: Path) -> bool:
    """Whether the folder holds a built corpus (of any version)."""
    return (home / CURRENT).is_file()


def open_home(home: Path) -> Generation:
    """Open the current generation, its files checked against their hashes.

    Raises:
        HomeError: no home there, a damaged one, or one of another version.
    """
    if not is_filled(home):
        raise HomeError(home, "not a planqa home", "run `planqa ingest PATH... --home DIR` to make one")
    try:
        name = (home / CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise damaged(home / CURRENT, error) from error
    folder = home / GENERATIONS / Path(name).name
    about = read_about(folder)
    if about.format != FORMAT:
        raise HomeError(home, f"built by a planqa of home format {about.format}, this one has format {FORMAT}", REBUILD)
    sealed.verify(folder, HomeError, REBUILD)
    return Generation(folder, about)


def stored_format(home: Path) -> tuple[int, bool]:
    """Home format of the current generation and whether it holds just the shipped plans; (0, False) if unreadable."""
    try:
        name = (home / CURRENT).read_text(encoding="utf-8").strip()
        record = json.loads((home / GENERATIONS / Path(name).name / ABOUT).read_text(encoding="utf-8"))
        return int(record["format"]), bool(record["shipped"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, False


def check_encoder(generation: Generation, encoder: Encoder, home: Path) -> None:
    """Raise HomeError when the home was built with another encoder than the one that would read it."""
    if generation.about.encoder != encoder.name:
        raise HomeError(
            home,
            f"built with the encoder {generation.about.encoder}, not with {encoder.name}",
            f"{REBUILD}, or set PLANQA_MODEL to the encoder it was built with",
        )


def stored_sources(home: Path) -> tuple[list[Source], dict[str, str]]:
    """The sources a home keeps and their origins by hash; empty when there is no home.

    Works for homes of any version: it is how a home is rebuilt.
    """
    if not is_filled(home):
        return [], {}
    folder = home / GENERATIONS / Path((home / CURRENT).read_text(encoding="utf-8").strip()).name
    sources, origins = [], {}
    for record in read_about(folder).sources:
        path = home / SOURCES / f"{record['sha256']}.{record['format']}"
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            raise HomeError(
                path, f"a stored source cannot be read ({error.strerror})", "ingest the file again"
            ) from error
        sources.append(_source(record, text))
        if record["origin"]:
            origins[record["sha256"]] = record["origin"]
    return sources, origins


def _source(record: dict[str, Any], text: str) -> Source:
    """A source as it was read before: its text from its file, everything else from the record."""
    pairs = {name: tuple(tuple(pair) for pair in record[name]) for name in ("pages", "set_aside")}
    return Source(text=text, **{**{name: record[name] for name in SOURCE_FIELDS}, **pairs})
