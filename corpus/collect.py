"""Paths in, sources out: files and folders as the user named them, and what was left out and why."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from corpus.editions import merge_editions
from corpus.errors import PlanqaError, SourceError
from corpus.read import parse
from corpus.source import SUFFIXES, Source, read_source
from corpus.types import Document

MANIFEST = "MANIFEST.tsv"


@dataclass(frozen=True, slots=True)
class Collected:
    """Sources that can be read, their origins by hash, and one error for each file left out."""

    sources: tuple[Source, ...]
    origins: dict[str, str]
    left_out: tuple[PlanqaError, ...]


def shipped_plans() -> Path:
    """The folder of the plans that come with planqa."""
    return Path(str(resources.files("corpus").joinpath("plans")))


def collect(paths: Sequence[Path]) -> Collected:
    """Read every document file under the paths, in a fixed order.

    Raises:
        SourceError: a path that does not exist, or a path given by name that cannot be read.
    """
    sources: dict[str, Source] = {}
    origins: dict[str, str] = {}
    left_out: list[PlanqaError] = []
    for path in paths:
        if not path.exists():
            raise SourceError(path, "no such file or folder", "check the path")
        origin = _manifest(path if path.is_dir() else path.parent)
        for file in _files(path):
            try:
                source = read_source(file)
            except SourceError as error:
                if not path.is_dir():
                    raise
                left_out.append(error)
                continue
            sources.setdefault(source.sha256, source)
            if file.name in origin:
                origins[source.sha256] = origin[file.name]
    return Collected(tuple(sources.values()), origins, tuple(left_out))


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(f for f in path.rglob("*") if f.is_file() and f.suffix.lower() in SUFFIXES and not f.name.upper().startswith((".", "README", "MANIFEST")))


def _manifest(folder: Path) -> dict[str, str]:
    """Origins by file name, from a MANIFEST.tsv with columns "file" and "origin" beside the files."""
    file = folder / MANIFEST
    if not file.is_file():
        return {}
    with file.open(encoding="utf-8", newline="") as stream:
        return {row["file"]: row["origin"] for row in csv.DictReader(stream, delimiter="\t") if row.get("origin")}


def read_documents(sources: Sequence[Source], origins: dict[str, str]) -> tuple[tuple[Document, ...], tuple[PlanqaError, ...]]:
    """Documents of the sources, editions merged, and an error for each source that holds no document."""
    documents: list[Document] = []
    errors: list[PlanqaError] = []
    for source in sources:
        try:
            documents.append(parse(source, origins.get(source.sha256, "")))
        except SourceError as error:
            errors.append(error)
    return merge_editions(documents), tuple(errors)
