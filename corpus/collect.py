"""Paths in, sources out: files and folders as the user named them, and what was left out and why."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from types import MappingProxyType

from corpus.editions import merge_editions
from corpus.errors import PlanqaError, SourceError
from corpus.read import parse
from corpus.source import OTHER_SUFFIXES, SUFFIXES, Source, read_source
from corpus.types import Document

MANIFEST = "MANIFEST.tsv"
NOTHING: Mapping[str, Document] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Collected:
    """Sources that can be read, their origins by hash, and one error for each file left out."""

    sources: tuple[Source, ...]
    origins: dict[str, str]
    left_out: tuple[PlanqaError, ...]


def shipped_plans() -> Path:
    """The folder of the plans that come with planqa."""
    return Path(str(resources.files("corpus").joinpath("plans")))


def collect(paths: Sequence[Path], read: Callable[[Path], Source] = read_source) -> Collected:
    """Read every document file under the paths, in a fixed order; `read` may be `corpus.sandbox.read_apart`.

    Raises:
        SourceError: a path that does not exist, or a path given by name that cannot be read.
    """
    sources: dict[str, Source] = {}
    origins: dict[str, str] = {}
    left_out: list[PlanqaError] = []
    for path in paths:
        if not os.path.exists(path):  # unlike Path.exists, False where a folder above cannot be entered
            raise SourceError(path, "no such file or folder", "check the path")
        origin = _manifest(path if path.is_dir() else path.parent, left_out)
        for file in _files(path, left_out):
            try:
                source = read(file)
            except SourceError as error:
                if not os.path.isdir(path):
                    raise
                left_out.append(error)
                continue
            sources.setdefault(source.sha256, source)
            if file.name in origin:
                origins[source.sha256] = origin[file.name]
    return Collected(tuple(sources.values()), origins, tuple(left_out))


def _files(path: Path, left_out: list[PlanqaError]) -> list[Path]:
    """The files that a path names: itself, or all documents in the folder and its folders, links to folders aside."""
    if not os.path.isdir(path):
        return [path]

    def unreadable(error: OSError) -> None:
        reason = f"cannot be listed ({error.strerror})"
        left_out.append(SourceError(error.filename, reason, "check the folder's permissions"))

    files: list[Path] = []
    for folder, folders, names in os.walk(path, onerror=unreadable, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files.extend(Path(folder, name) for name in names if _is_document(name))
    return sorted(files)


def _is_document(name: str) -> bool:
    """Whether a file in a folder is meant as a document; one that cannot be read is then named, not passed over."""
    suffix = os.path.splitext(name)[1].lower()
    if name.upper().startswith((".", "~$", "README", "MANIFEST")):
        return False  # "~$" are the lock files of Word
    return suffix in SUFFIXES or suffix in OTHER_SUFFIXES


def _manifest(folder: Path, left_out: list[PlanqaError]) -> dict[str, str]:
    """Origins by file name, from a MANIFEST.tsv with columns "file" and "origin" beside the files."""
    file = folder / MANIFEST
    try:
        if not file.is_file():
            return {}
        with file.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream, delimiter="\t"))
    except (OSError, UnicodeDecodeError, csv.Error):
        left_out.append(SourceError(file, "not a table in UTF-8 with tabs", "save it so, or delete it"))
        return {}
    return {row["file"]: row["origin"] for row in rows if row.get("file") and row.get("origin")}


def read_documents(
    sources: Sequence[Source],
    origins: dict[str, str],
    known: Mapping[str, Document] = NOTHING,
    told: Callable[[int, int], object] | None = None,
) -> tuple[tuple[Document, ...], tuple[PlanqaError, ...]]:
    """Documents of the sources, editions merged, and an error for each source that holds no document.

    `known` are documents that were read from a source before, by its hash; `told` is called with how many sources are
    read and how many there are.
    """
    documents: list[Document] = []
    errors: list[PlanqaError] = []
    for done, source in enumerate(sources, 1):
        try:
            documents.append(known.get(source.sha256) or parse(source, origins.get(source.sha256, "")))
        except SourceError as error:
            errors.append(error)
        if told:
            told(done, len(sources))
    return merge_editions(documents), tuple(errors)
