"""Build a generation of a home: whole beside the others, then made current in one rename."""

from __future__ import annotations

import hashlib
import json
import os
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import HomeError
from corpus.source import Source
from corpus.types import Document
from corpus.version import parser_version
from index import atomic, blocks, checked, prune, sealed, segments
from index.blocks import Blocks
from index.context import encoded_texts
from index.damage import damaged
from index.embedded import write_vectors
from index.generation import ABOUT, SPACE, About, Generation, read_about
from index.home import CURRENT, FORMAT, GENERATIONS, generations, open_home
from index.keys import KEYS, save_keys
from index.late import is_kept
from index.milvus_store import Label
from index.packed import ROWS
from index.passages import Earlier, Embedded, Store, embed
from index.samples import default_samples, fit_space, samples_version
from index.segments import Planned
from index.sources import SOURCE_FIELDS, TEXT_HASH, source_path
from index.space import Space
from index.stores import AUTO, chosen, collection_of, damage, files_of
from index.types import Encoder, Progress
from index.windows import longest_for
from index.writer import unwritable

QUICK = 1.0  # seconds of work that are not worth a progress bar


def write_home(
    home: Path,
    documents: Sequence[Document],
    sources: Sequence[Source],
    encoder: Encoder,
    progress: Progress | None = None,
    shipped: bool = False,
    index: str = "",
) -> Generation:
    """Build a generation of these documents and make it the current one; vectors of known texts are taken over.

    The caller holds the home (`index.home.writing`). What was encoded before an interruption is kept for the next call.
    `index` is one of `index.stores.CHOICES`; without it the choice that the home was built with stands.

    Raises:
        HomeError: the folder cannot be written; the corpus that was current still is.
    """
    passages = sum(document.counts.passages for document in documents)
    plans = segments.planned(documents, longest_for(encoder.max_tokens))
    choice = index or _choice(home)
    about = About(
        FORMAT,
        encoder.name,
        encoder.dimension,
        len(documents),
        passages,
        shipped,
        _fingerprint(home, encoder),
        tuple(_records(documents, sources)),
        choice,
        chosen(choice, passages),
        tokens=is_kept(passages),
        segments=tuple(plan.name for plan in plans),
        parser=parser_version(),
        samples=samples_version(),
    )
    name = _key(about)
    folder = home / GENERATIONS / name
    try:
        (home / GENERATIONS).mkdir(parents=True, exist_ok=True)
        prune.sweep(home)
        for source in sources:
            _store(source_path(home, source.sha256, source.format), source.text.encode())
        known = checked.whole(generations(home))
        kept = _fill_anew(home, folder, about, plans, encoder, progress)
        checked.restamp([folder, *generations(home)], known)
        if wrong := checked.damage(folder):  # reads back what was written; readers need not hash it again then
            raise damaged(folder, ValueError(wrong))
        os.utime(folder)  # of several, the one that was current last is the newest
        atomic.replace(home / CURRENT, f"{name}\n".encode())
    except OSError as error:
        raise unwritable(home, error) from error
    if kept:
        blocks.clear(home)
    prune.prune(home, folder)
    checked.restamp(generations(home), known)
    return Generation(folder, read_about(folder))


def _fill_anew(
    home: Path,
    folder: Path,
    about: About,
    plans: Sequence[Planned],
    encoder: Encoder,
    progress: Progress | None,
) -> bool:
    """Have the generation stand in its folder; whether anything was encoded for it, now or before an interruption."""
    used = False

    def fill(target: Path) -> Mapping[str, str]:
        nonlocal used
        used, taken_over = _fill(target, home, about, plans, encoder, progress)
        return taken_over

    remedy = "choose a folder that you may write to with --home"
    anew = folder.is_dir() and bool(checked.damage(folder) or damage(folder))
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


def _key(about: About) -> str:
    """Name of a generation: the same documents, from the same files, and the same encoder give the same name."""
    digest = hashlib.sha256(f"{about.format}\n{about.encoder}\n{about.space}\n{about.shipped}\n".encode())
    digest.update(f"{about.parser}\n{about.choice}\n{about.index}\n{about.tokens}\n".encode())
    digest.update(json.dumps([about.sources, about.segments], ensure_ascii=False).encode())
    return digest.hexdigest()[:20]


def _fill(
    target: Path,
    home: Path,
    about: About,
    plans: Sequence[Planned],
    encoder: Encoder,
    progress: Progress | None,
) -> tuple[bool, dict[str, str]]:
    """Write all files of a generation.

    Returns:
        Whether any passage was encoded or came from an interrupted build; the SHA-256 of each file that was linked to.
    """
    before = _before(home, about)  # checked before links to its files move their times
    rows, taken_over = _write_segments(target, plans, progress)
    keys = [key.tobytes() for key in rows["key"]]
    save_keys(target / KEYS, keys)
    work = blocks.place(home, about.format, about.encoder, about.space)
    space = _space(target / SPACE, before, work, encoder, progress)
    documents = [document for plan in plans for document in plan.documents]
    ends = list(accumulate(document.counts.passages for document in documents))

    def texts(row: int) -> tuple[str, ...]:
        number = bisect_right(ends, row)
        document = documents[number]
        passage = document.passages[row - ends[number] + document.counts.passages]
        return encoded_texts(document, passage, longest_for(encoder.max_tokens))

    with Blocks(work, (target / SPACE).read_bytes()) as begun:

        def found(left: Sequence[int], wanted: Collection[bytes]) -> Iterable[tuple[int, Embedded]]:
            stores: list[Store] = [*([Earlier(before, wanted)] if before else []), begun]
            return embed(keys, texts, encoder, space, progress, stores, begun.add, left)

        collection = collection_of(home, target.name, about.index)
        recall, linked = write_vectors(
            target,
            (encoder.dimension, space.token_dimensions),
            keys,
            rows["windows"].tolist(),
            found,
            about.index,
            _labels(documents, rows["kind"].tolist()) if collection else (),
            collection,
            before,
        )
    record = {name: getattr(about, name) for name in About.__slots__} | {"recall_at_10": recall}
    (target / ABOUT).write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    return begun.used, taken_over | linked


def _write_segments(
    target: Path, plans: Sequence[Planned], progress: Progress | None
) -> tuple[NDArray[Any], dict[str, str]]:
    """Have the segments stand in a generation; what is known of their passages, and the hashes of linked files."""
    rows: list[NDArray[Any]] = []
    taken_over: dict[str, str] = {}
    total = sum(document.counts.passages for plan in plans for document in plan.documents)
    begun = monotonic()
    for plan in plans:
        found, linked = segments.write(target, plan)
        rows.append(found)
        taken_over |= linked
        if progress and monotonic() - begun > QUICK:
            progress("index words", sum(map(len, rows)), total)
    return np.concatenate(rows) if rows else np.zeros(0, ROWS), taken_over


def _labels(documents: Sequence[Document], kinds: Sequence[str]) -> list[Label]:
    """What filters ask of each passage, where a database filters."""
    of = [document for document in documents for _ in range(document.counts.passages)]
    return [
        Label(document.id, kind, document.meta.province, document.meta.year)
        for document, kind in zip(of, kinds, strict=True)
    ]


def _space(path: Path, before: Generation | None, work: Path, encoder: Encoder, progress: Progress | None) -> Space:
    """The space of the generation before, or of an interrupted build, or a new one, written to its file."""
    known = (before.folder / SPACE).read_bytes() if before else blocks.kept_space(work)
    if known:
        path.write_bytes(known)
    else:
        fit_space(encoder, default_samples(), progress).save(path)
    return Space.load(path)  # also a new one: arrays that lie otherwise in memory differ in the last bit of a product


def _before(home: Path, about: About) -> Generation | None:
    """The generation whose vectors can be taken over; none when it is of another encoder or space, or damaged.

    All that is taken over is hashed first: a copy of what a disk has spoilt would get a hash of its own.
    """
    try:
        generation = open_home(home)
        generation.require(SPACE, *files_of(generation.about.index)[0], KEYS)
    except (HomeError, OSError, ValueError):
        return None
    known = generation.about
    return generation if (known.encoder, known.space) == (about.encoder, about.space) else None


def _fingerprint(home: Path, encoder: Encoder) -> str:
    """That of the sample passages; of the home, where its samples are the same: reading the plans takes a while."""
    known = _known(home)
    if known and (known.encoder, known.samples) == (encoder.name, samples_version()):
        return known.space
    return default_samples().fingerprint(encoder.name)


def _choice(home: Path) -> str:
    """The kind of index that the home was built with, by hand or by size."""
    known = _known(home)
    return known.choice if known else AUTO


def _known(home: Path) -> About | None:
    """What the current generation says of itself; None where there is none that can be read."""
    try:
        return open_home(home).about
    except (HomeError, OSError, ValueError):
        return None


def _store(path: Path, data: bytes) -> None:
    if not (path.is_file() and path.read_bytes() == data):
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.replace(path, data)
