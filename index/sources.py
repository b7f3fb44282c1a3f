"""The sources that a home keeps: decoded texts in files, all else that is known of them in the generations' records.

They are how a home is rebuilt, so they are believed only when their hashes are right, and never passed over in silence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from corpus.errors import HomeError
from corpus.source import Source
from index import checked
from index.generation import ABOUT, read_record
from index.home import SOURCES, current_of, in_order, is_filled

SOURCE_FIELDS = ("name", "format", "sha256", "path", "encoding", "pages", "set_aside")
TEXT_HASH = "text_sha256"


def stored_sources(home: Path, given: Collection[str] = ()) -> tuple[list[Source], dict[str, str]]:
    """The sources a home keeps and their origins by hash; empty when there is no home.

    Works for homes of any version, and for one whose index is damaged: it is how a home is rebuilt. A damaged source
    whose hash or path is among those `given` is left out, for it is about to be replaced.

    Raises:
        HomeError: a source that is not given is damaged, or nothing tells which sources there are.
    """
    if not is_filled(home):
        return [], {}
    sources, origins = [], {}
    for record, path in stored(home):
        text = text_of(record, path)
        if text is None:
            if record["sha256"] in given or record["path"] in given:
                continue
            known = record["path"] or record["name"]
            raise HomeError(path, f"the stored text of {known} is damaged or missing", "ingest that file again")
        sources.append(_source(record, text))
        if record["origin"]:
            origins[record["sha256"]] = record["origin"]
    return sources, origins


def lost(home: Path) -> str:
    """What the sources that `stored_sources` tells of do not hold, in words for one line; "" when nothing is lost."""
    if not is_filled(home) or _list(home)[0] == current_of(home)[0]:
        return ""
    return "the list of its sources was damaged, an older one was used: what was added after that is missing"


def stored(home: Path) -> list[tuple[dict[str, Any], Path]]:
    """What is known of the stored sources, and where their texts are."""
    return [(record, source_path(home, record["sha256"], record["format"])) for record in _list(home)[1]]


def _list(home: Path) -> tuple[Path, list[dict[str, Any]]]:
    """The newest generation whose list of sources can be believed, and that list.

    A list that is there but cannot be read now is not passed over: a build from an older one would lose documents.
    """
    try:
        for folder in in_order(home, strict=True):
            try:
                checked.require(folder, [ABOUT])
                return folder, list(read_record(folder)["sources"])
            except (FileNotFoundError, ValueError, KeyError, TypeError):
                continue
    except OSError as error:
        raise HomeError(
            home, f"cannot be read ({error.strerror or error})", "check the disk and permissions"
        ) from error
    raise HomeError(home, "damaged, nothing tells what it was built from", "ingest your files into a new folder")


def source_path(home: Path, sha256: str, format: str) -> Path:
    """Where the text of a source is kept."""
    return home / SOURCES / f"{sha256}.{format}"


def text_of(record: dict[str, Any], path: Path) -> str | None:
    """A stored text, None when it is not what was stored."""
    try:
        data = path.read_bytes()
        whole = record.get(TEXT_HASH) in (None, hashlib.sha256(data).hexdigest())
        return data.decode("utf-8") if whole else None
    except (OSError, UnicodeDecodeError):
        return None


def _source(record: dict[str, Any], text: str) -> Source:
    """A source as it was read before: its text from its file, everything else from the record."""
    pairs = {name: tuple(tuple(pair) for pair in record[name]) for name in ("pages", "set_aside")}
    return Source(text=text, **{**{name: record[name] for name in SOURCE_FIELDS}, **pairs})
