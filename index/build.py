"""Build a generation of a home: whole beside the others, then made current in one rename."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import HomeError
from corpus.serial import to_json
from corpus.source import Source
from corpus.types import Document
from index import sealed
from index.context import embedded_text, lexical_text
from index.generation import ABOUT, DOCUMENTS, LEXICAL, VECTORS, About, Generation
from index.home import CURRENT, FORMAT, GENERATIONS, SOURCE_FIELDS, SOURCES, open_home
from index.lexical import LexicalIndex
from index.types import Encoder, Progress, Vectors
from index.vectors import DenseIndex

KEPT = 2  # generations: the current one and the one before


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
    folder = home / GENERATIONS / label["key"]
    known = _known_vectors(home, encoder)
    try:
        for source in sources:
            _store(home / SOURCES / f"{source.sha256}.{source.format}", source.text)
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
        {name: getattr(s, name) for name in SOURCE_FIELDS} | {"origin": origins[s.sha256]}
        for s in sorted(sources, key=lambda s: s.sha256)
        if s.sha256 in origins
    ]


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
    with (target / DOCUMENTS).open("w", encoding="utf-8") as stream:
        for document in documents:
            stream.write(json.dumps(to_json(document), ensure_ascii=False) + "\n")
    DenseIndex.build(_encode(texts, encoder, known, progress)).save(target / VECTORS)
    LexicalIndex.build([lexical_text(document, passage) for document, passage in pairs]).save(target / LEXICAL)
    record = {name: getattr(about, name) for name in About.__slots__}
    (target / ABOUT).write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")


def _encode(texts: Sequence[str], encoder: Encoder, known: Mapping[str, Vectors], progress: Progress | None) -> Vectors:
    """One vector a text; only texts that no generation has embedded before are encoded."""
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
    _replace(home / CURRENT, name + "\n")


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
    folders = [f for f in (home / GENERATIONS).iterdir() if f.is_dir() and not f.name.startswith(".")]
    older = sorted((f for f in folders if f.name != current), key=lambda f: f.stat().st_mtime, reverse=True)
    for folder in older[KEPT - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)
