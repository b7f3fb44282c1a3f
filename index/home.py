"""A home on disk: the sources that were ingested, and generations of what was built from them.

    home/
      CURRENT                     name of the generation that readers open
      sources/<sha256>.<format>   every ingested source, as decoded text
      generations/<name>/         documents.jsonl, vectors.faiss, lexical/, with a manifest of sizes and hashes

A build writes a whole generation beside the others and then switches CURRENT in one rename, so a reader sees the old
corpus or the new one, never a mixture; the generation before stays until the next build.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from corpus.errors import HomeError
from corpus.serial import from_json, to_json
from corpus.source import Source
from corpus.types import Document, Passage
from index import sealed
from index.context import embedded_text, lexical_text
from index.lexical import LexicalIndex
from index.types import Encoder, Progress, Vectors
from index.vectors import DenseIndex

FORMAT = 1
"""Counts up whenever a home of the version before cannot be read, or would be built otherwise from the same sources."""

_CURRENT, _GENERATIONS, _SOURCES = "CURRENT", "generations", "sources"
_DOCUMENTS, _VECTORS, _LEXICAL, _ABOUT = "documents.jsonl", "vectors.faiss", "lexical", "about.json"
_SOURCE_FIELDS = ("name", "format", "sha256", "path", "encoding", "pages", "set_aside")
_KEPT = 2  # generations: the current one and the one before


@dataclass(frozen=True, slots=True)
class About:
    """What a generation was built from and with."""

    format: int
    encoder: str
    dimension: int
    documents: int
    passages: int
    shipped: bool  # holds the plans that come with planqa and nothing else
    sources: tuple[dict[str, Any], ...]  # every field of a `Source` but its text, and its origin


class Generation:
    """One built corpus, opened; parts are read when they are first used."""

    def __init__(self, folder: Path, about: About) -> None:
        self.folder, self.about = folder, about

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents, in the order of their ids."""
        try:
            with (self.folder / _DOCUMENTS).open(encoding="utf-8") as stream:
                return tuple(from_json(json.loads(line)) for line in stream)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _damaged(self.folder / _DOCUMENTS, error) from error

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All passages, in the order of the vectors."""
        return tuple(passage for document in self.documents for passage in document.passages)

    @cached_property
    def dense(self) -> DenseIndex:
        """The vectors of the passages.

        Raises:
            HomeError: the file is damaged, or does not fit the passages.
        """
        try:
            index = DenseIndex.load(self.folder / _VECTORS)
        except OSError as error:
            raise _damaged(self.folder / _VECTORS, error) from error
        if index.shape != (self.about.passages, self.about.dimension):
            raise _damaged(self.folder / _VECTORS, ValueError(f"shape {index.shape}"))
        return index

    @cached_property
    def lexical(self) -> LexicalIndex:
        """The lexical index of the passages."""
        try:
            return LexicalIndex.load(self.folder / _LEXICAL, self.about.passages)
        except (OSError, ValueError, KeyError) as error:
            raise _damaged(self.folder / _LEXICAL, error) from error


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
    return (home / _CURRENT).is_file()


def open_home(home: Path) -> Generation:
    """Open the current generation, its files checked against their hashes.

    Raises:
        HomeError: no home there, a damaged one, or one of another version.
    """
    if not is_filled(home):
        raise HomeError(home, "not a planqa home", "run `planqa ingest PATH... --home DIR` to make one")
    try:
        name = (home / _CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise _damaged(home / _CURRENT, error) from error
    folder = home / _GENERATIONS / Path(name).name
    about = _about(folder)
    if about.format != FORMAT:
        raise HomeError(
            home, f"built by a planqa of home format {about.format}, this one has format {FORMAT}", _rebuild(home)
        )
    sealed.verify(folder, HomeError, _rebuild(home))
    return Generation(folder, about)


def stored_format(home: Path) -> tuple[int, bool]:
    """Home format of the current generation and whether it holds just the shipped plans; (0, False) if unreadable."""
    try:
        name = (home / _CURRENT).read_text(encoding="utf-8").strip()
        record = json.loads((home / _GENERATIONS / Path(name).name / _ABOUT).read_text(encoding="utf-8"))
        return int(record["format"]), bool(record["shipped"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, False


def check_encoder(generation: Generation, encoder: Encoder, home: Path) -> None:
    """Raise HomeError when the home was built with another encoder than the one that would read it."""
    if generation.about.encoder != encoder.name:
        raise HomeError(
            home,
            f"built with the encoder {generation.about.encoder}, not with {encoder.name}",
            f"{_rebuild(home)}, or set PLANQA_MODEL to the encoder it was built with",
        )


def stored_sources(home: Path) -> tuple[list[Source], dict[str, str]]:
    """The sources a home keeps and their origins by hash; empty when there is no home.

    Works for homes of any version: it is how a home is rebuilt.
    """
    if not is_filled(home):
        return [], {}
    folder = home / _GENERATIONS / Path((home / _CURRENT).read_text(encoding="utf-8").strip()).name
    sources, origins = [], {}
    for record in _about(folder).sources:
        path = home / _SOURCES / f"{record['sha256']}.{record['format']}"
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


def write_home(
    home: Path,
    documents: Sequence[Document],
    sources: Sequence[Source],
    encoder: Encoder,
    progress: Progress | None = None,
    shipped: bool = False,
) -> Generation:
    """Build a generation of these documents and make it the current one; vectors of known texts are taken over.

    Raises:
        HomeError: the folder cannot be written, or another process holds it.
    """
    about = About(
        FORMAT,
        encoder.name,
        encoder.dimension,
        len(documents),
        sum(len(document.passages) for document in documents),
        shipped,
        tuple(_records(documents, sources)),
    )
    label = {"planqa": "generation", "key": _key(about, documents)}
    folder = home / _GENERATIONS / label["key"]
    known = _known_vectors(home, encoder)
    try:
        for source in sources:
            _store(home / _SOURCES / f"{source.sha256}.{source.format}", source.text)
        sealed.seal(
            folder,
            label,
            lambda target: _fill(target, about, documents, encoder, known, progress),
            HomeError,
            "choose a folder that you may write to with --home",
        )
        _switch(home, folder.name)
    except OSError as error:
        raise HomeError(home, f"cannot be written ({error.strerror})", "choose another folder with --home") from error
    _prune(home, folder.name)
    return Generation(folder, about)


def _records(documents: Sequence[Document], sources: Sequence[Source]) -> list[dict[str, Any]]:
    origins = {edition.sha256: edition.origin for document in documents for edition in document.editions}
    return [
        {name: getattr(s, name) for name in _SOURCE_FIELDS} | {"origin": origins[s.sha256]}
        for s in sorted(sources, key=lambda s: s.sha256)
        if s.sha256 in origins
    ]


def _source(record: dict[str, Any], text: str) -> Source:
    """A source as it was read before: its text from its file, everything else from the record."""
    pairs = {name: tuple(tuple(pair) for pair in record[name]) for name in ("pages", "set_aside")}
    return Source(text=text, **{**{name: record[name] for name in _SOURCE_FIELDS}, **pairs})


def _key(about: About, documents: Sequence[Document]) -> str:
    """Name of a generation: the same documents and encoder give the same name."""
    digest = hashlib.sha256(f"{about.format}\n{about.encoder}\n{about.shipped}\n".encode())
    for document in documents:
        digest.update(json.dumps(to_json(document), ensure_ascii=False, sort_keys=True).encode())
    return digest.hexdigest()[:20]


def _fill(
    target: Path,
    about: About,
    documents: Sequence[Document],
    encoder: Encoder,
    known: Mapping[str, Vectors],
    progress: Progress | None,
) -> None:
    pairs = [(document, passage) for document in documents for passage in document.passages]
    texts = [embedded_text(document, passage) for document, passage in pairs]
    with (target / _DOCUMENTS).open("w", encoding="utf-8") as stream:
        for document in documents:
            stream.write(json.dumps(to_json(document), ensure_ascii=False) + "\n")
    DenseIndex.build(_encode(texts, encoder, known, progress)).save(target / _VECTORS)
    LexicalIndex.build([lexical_text(document, passage) for document, passage in pairs]).save(target / _LEXICAL)
    record = {name: getattr(about, name) for name in About.__slots__}
    (target / _ABOUT).write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")


def _encode(texts: Sequence[str], encoder: Encoder, known: Mapping[str, Vectors], progress: Progress | None) -> Vectors:
    """One vector a text; only texts that no generation has embedded before are encoded."""
    import numpy as np

    result = np.zeros((len(texts), encoder.dimension), np.float32)
    new: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        if text in known:
            result[row] = known[text]
        else:
            new.setdefault(text, []).append(row)
    if new:
        for vector, rows in zip(encoder.encode_passages(list(new), progress), new.values(), strict=True):
            result[rows] = vector
    return result


def _known_vectors(home: Path, encoder: Encoder) -> dict[str, Vectors]:
    """Vectors by embedded text, from the current generation; none when it is of another encoder, or damaged."""
    try:
        generation = open_home(home)
        if generation.about.encoder != encoder.name:
            return {}
        vectors = generation.dense.vectors()
    except HomeError:
        return {}
    pairs = ((document, passage) for document in generation.documents for passage in document.passages)
    return {embedded_text(document, passage): vectors[row] for row, (document, passage) in enumerate(pairs)}


def _store(path: Path, text: str) -> None:
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, text)


def _switch(home: Path, name: str) -> None:
    _replace(home / _CURRENT, name + "\n")


def _replace(path: Path, text: str) -> None:
    """Write a file so that a reader finds the old one or the new one, whole."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    sealed.flush(path.parent)


def _prune(home: Path, current: str) -> None:
    """Drop all generations but the newest ones; what cannot be deleted now goes another time."""
    folders = [f for f in (home / _GENERATIONS).iterdir() if f.is_dir() and not f.name.startswith(".")]
    older = sorted((f for f in folders if f.name != current), key=lambda f: f.stat().st_mtime, reverse=True)
    for folder in older[_KEPT - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)


def _about(folder: Path) -> About:
    try:
        record: dict[str, Any] = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        known = {name: record[name] for name in About.__slots__}
        return About(**{**known, "sources": tuple(known["sources"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(folder / _ABOUT, error) from error


def _damaged(path: Path, error: Exception) -> HomeError:
    reason = getattr(error, "strerror", None) or " ".join(str(error).split()) or type(error).__name__
    return HomeError(path, f"the home is damaged ({reason})", _rebuild(path))


def _rebuild(path: Path) -> str:
    return "run `planqa ingest --home DIR` to rebuild it from the sources it keeps"
