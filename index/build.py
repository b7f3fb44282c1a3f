"""Build a generation of a home: whole beside the others, then made current in one rename."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import HomeError
from corpus.serial import to_json
from corpus.source import Source
from corpus.types import Document
from index import atomic, blocks, checked, prune, sealed
from index.blocks import Blocks
from index.context import lexical_text
from index.generation import ABOUT, DOCUMENTS, LATE, LEXICAL, SPACE, VECTOR_STARTS, VECTORS, About, Generation, damaged
from index.home import CURRENT, FORMAT, GENERATIONS, open_home
from index.keys import KEYS, key_of, save_keys
from index.late import LateIndex, LateWriter
from index.lexical import LexicalIndex
from index.passages import Earlier, Embedded, embed, texts_of
from index.samples import default_samples, fit_space
from index.search import Indexes
from index.sources import SOURCE_FIELDS, TEXT_HASH, source_path
from index.space import Space
from index.types import Encoder, Progress
from index.vectors import DenseIndex
from index.writer import unwritable


def write_home(
    home: Path,
    documents: Sequence[Document],
    sources: Sequence[Source],
    encoder: Encoder,
    progress: Progress | None = None,
    shipped: bool = False,
) -> Generation:
    """Build a generation of these documents and make it the current one; vectors of known texts are taken over.

    The caller holds the home (`index.home.writing`). What was encoded before an interruption is kept for the next call.

    Raises:
        HomeError: the folder cannot be written; the corpus that was current still is.
    """
    about = About(
        FORMAT,
        encoder.name,
        encoder.dimension,
        len(documents),
        sum(len(document.passages) for document in documents),
        shipped,
        default_samples().fingerprint(encoder.name),
        tuple(_records(documents, sources)),
    )
    lines = [json.dumps(to_json(document), ensure_ascii=False) + "\n" for document in documents]
    name = _key(about, lines)
    folder = home / GENERATIONS / name
    try:
        (home / GENERATIONS).mkdir(parents=True, exist_ok=True)
        prune.sweep(home)
        for source in sources:
            _store(source_path(home, source.sha256, source.format), source.text.encode())
        kept = _fill_anew(home, folder, about, documents, lines, encoder, progress)
        if wrong := checked.damage(folder):  # reads back what was written; readers need not hash it again then
            raise damaged(folder, ValueError(wrong))
        os.utime(folder)  # of several, the one that was current last is the newest
        atomic.replace(home / CURRENT, f"{name}\n".encode())
    except OSError as error:
        raise unwritable(home, error) from error
    if kept:
        blocks.clear(home)
    prune.prune(home, folder)
    return Generation(folder, about)


def _fill_anew(
    home: Path,
    folder: Path,
    about: About,
    documents: Sequence[Document],
    lines: Sequence[str],
    encoder: Encoder,
    progress: Progress | None,
) -> bool:
    """Have the generation stand in its folder; whether anything was encoded for it, now or before an interruption."""
    used = False

    def fill(target: Path) -> None:
        nonlocal used
        used = _fill(target, home, about, documents, lines, encoder, progress)

    remedy = "choose a folder that you may write to with --home"
    anew = folder.is_dir() and bool(checked.damage(folder))
    sealed.seal(folder, checked.label_of(folder.name), fill, HomeError, remedy, anew)
    return used


def _records(documents: Sequence[Document], sources: Sequence[Source]) -> list[dict[str, Any]]:
    origins = {edition.sha256: edition.origin for document in documents for edition in document.editions}
    return [
        {name: getattr(s, name) for name in SOURCE_FIELDS}
        | {"origin": origins[s.sha256], TEXT_HASH: hashlib.sha256(s.text.encode()).hexdigest()}
        for s in sorted(sources, key=lambda s: s.sha256)
        if s.sha256 in origins
    ]


def _key(about: About, lines: Iterable[str]) -> str:
    """Name of a generation: the same documents, from the same files, and the same encoder give the same name."""
    digest = hashlib.sha256(f"{about.format}\n{about.encoder}\n{about.space}\n{about.shipped}\n".encode())
    digest.update(json.dumps(about.sources, ensure_ascii=False).encode())
    for line in lines:
        digest.update(line.encode())
    return digest.hexdigest()[:20]


def _fill(
    target: Path,
    home: Path,
    about: About,
    documents: Sequence[Document],
    lines: Sequence[str],
    encoder: Encoder,
    progress: Progress | None,
) -> bool:
    """Write all files of a generation; whether any passage was encoded or came from an interrupted build."""
    pairs = [(document, passage) for document in documents for passage in document.passages]
    with (target / DOCUMENTS).open("w", encoding="utf-8") as stream:
        stream.writelines(lines)
    keys, counts = [], []
    for document, passage in pairs:
        texts = texts_of(document, passage, encoder)
        keys.append(key_of(texts))
        counts.append(len(texts))
    save_keys(target / KEYS, keys)
    before, work = _before(home, about), blocks.place(home, about.format, about.encoder, about.space)
    space = _space(target / SPACE, before, work, encoder)
    stores = [Earlier(before)] if before else []
    with Blocks(work, (target / SPACE).read_bytes()) as begun:
        found = embed(
            keys, lambda row: texts_of(*pairs[row], encoder), encoder, space, progress, [*stores, begun], begun.add
        )
        _write_vectors(target, space, counts, found)
    whole, body = [lexical_text(document, passage) for document, passage in pairs], [p.text for _, p in pairs]
    LexicalIndex.build(whole, body).save(target / LEXICAL)
    record = {name: getattr(about, name) for name in About.__slots__}
    (target / ABOUT).write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    return begun.used


def _space(path: Path, before: Generation | None, work: Path, encoder: Encoder) -> Space:
    """The space of the generation before, or of an interrupted build, or a new one, written to its file."""
    known = (before.folder / SPACE).read_bytes() if before else blocks.kept_space(work)
    if known:
        path.write_bytes(known)
    else:
        fit_space(encoder, default_samples()).save(path)
    return Space.load(path)  # also a new one: arrays that lie otherwise in memory differ in the last bit of a product


def _write_vectors(target: Path, space: Space, counts: Sequence[int], found: Iterable[tuple[int, Embedded]]) -> None:
    """The dense and the late index of passages that come in any order; `counts` tells how many windows each has."""
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    vectors = np.zeros((int(starts[-1]), len(space.texts.mean)), np.float32)
    (target / LATE).mkdir(exist_ok=True)
    with LateWriter(target / LATE, len(counts), space.token_dimensions) as late:
        for row, embedded in found:
            vectors[starts[row] : starts[row + 1]] = embedded.vectors
            late.add(row, embedded.tokens, embedded.ids)
        late.finish()
    DenseIndex.build(vectors, starts[:-1].tolist()).save(target / VECTORS)


def index_texts(
    folder: Path,
    texts: Sequence[tuple[str, ...]],
    whole: Sequence[str],
    body: Sequence[str],
    encoder: Encoder,
    progress: Progress | None = None,
) -> Indexes:
    """Index any texts in a folder, without documents: their windows, their words with what they inherit, their own."""
    folder.mkdir(parents=True, exist_ok=True)
    space = fit_space(encoder, default_samples())
    keys = [key_of(windows) for windows in texts]
    found = embed(keys, texts.__getitem__, encoder, space, progress)
    _write_vectors(folder, space, [len(windows) for windows in texts], found)
    lexical = LexicalIndex.build(whole, body)
    return Indexes(DenseIndex.load(folder / VECTORS), lexical, LateIndex.load(folder / LATE), space)


def _before(home: Path, about: About) -> Generation | None:
    """The generation whose vectors can be taken over; none when it is of another encoder or space, or damaged.

    All that is taken over is hashed first: a copy of what a disk has spoilt would get a hash of its own.
    """
    try:
        generation = open_home(home)
        checked.require(generation.folder, [SPACE, VECTORS, VECTOR_STARTS, KEYS, LATE])
    except (HomeError, OSError, ValueError):
        return None
    known = generation.about
    return generation if (known.encoder, known.space) == (about.encoder, about.space) else None


def _store(path: Path, data: bytes) -> None:
    if not (path.is_file() and path.read_bytes() == data):
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.replace(path, data)
