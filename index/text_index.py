"""Any texts indexed in a folder, without documents: what the benchmark searches of collections that are not plans."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from index.embedded import open_late, write_vectors
from index.generation import LATE
from index.keys import key_of
from index.lexical import LexicalIndex
from index.passages import embed
from index.samples import default_samples, fit_space
from index.search import Indexes
from index.stores import AUTO, chosen, open_dense
from index.types import Encoder, Progress


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
    shutil.rmtree(folder / LATE, ignore_errors=True)  # of an indexing before
    space = fit_space(encoder, default_samples(), progress)
    keys = [key_of(windows) for windows in texts]
    kind = chosen(AUTO, len(texts))
    write_vectors(
        folder,
        (encoder.dimension, space.token_dimensions),
        keys,
        [len(windows) for windows in texts],
        lambda left, _: embed(keys, texts.__getitem__, encoder, space, progress, wanted=left),
        kind,
    )
    lexical = LexicalIndex.build(whole, body)
    return Indexes(open_dense(folder, kind), lexical, open_late(folder, len(texts)), space)
