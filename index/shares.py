"""A large corpus encoded by many processes or machines before it is ingested: each encodes a share of the passages.

    work = share_out(home, documents, encoder)                       # once: which texts, and where results go
    encode_share(work.folder, work.texts[0:10_000], encoder)         # anywhere that sees the folder, in any order
    encode_share(work.folder, work.texts[10_000:20_000], encoder)
    homes.ingest(home, paths, encoder)                               # finds all of it encoded

Results are the blocks that an interrupted build leaves and the next one takes over (index/blocks.py): files that are
written whole and named by their content. So processes need not know of each other, a share that is encoded twice costs
only time, and one that was lost is encoded by the ingest itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import HomeError
from corpus.types import Document
from index import blocks
from index.blocks import Blocks
from index.context import encoded_texts
from index.generation import SPACE
from index.home import FORMAT, open_home
from index.keys import key_of
from index.passages import embed
from index.samples import default_samples, fit_space
from index.space import Space
from index.types import Encoder, Progress
from index.windows import longest_for


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be encoded: the texts of each passage, none twice, none that is encoded already; where results go."""

    folder: Path
    texts: tuple[tuple[str, ...], ...]


def share_out(home: Path, documents: Sequence[Document], encoder: Encoder) -> Work:
    """The passages of these documents that a home still has to encode, longest first, so that shares are alike.

    The folder holds the space they are encoded into, that of the home if it has one.
    """
    fingerprint = default_samples().fingerprint(encoder.name)
    folder = blocks.place(home, FORMAT, encoder.name, fingerprint)
    longest = longest_for(encoder.max_tokens)
    texts = {key_of(part): part for d in documents for p in d.passages for part in [encoded_texts(d, p, longest)]}
    space = b""
    try:
        before = open_home(home)
        if (before.about.encoder, before.about.space) == (encoder.name, fingerprint):
            space = (before.folder / SPACE).read_bytes()
            for key in before.keys:
                texts.pop(key, None)
    except (HomeError, OSError):  # none there, or damaged: all is encoded
        pass
    begun = Blocks(folder, space or blocks.kept_space(folder) or _fitted(encoder))
    begun.keep_space()
    for key, _ in begun.find(set(texts)):
        texts.pop(key, None)  # a passage that was encoded twice is in two blocks
    return Work(folder, tuple(sorted(texts.values(), key=lambda part: -sum(map(len, part)))))


def encode_share(
    folder: Path, texts: Sequence[tuple[str, ...]], encoder: Encoder, progress: Progress | None = None
) -> int:
    """Encode the texts of some passages into the folder of a `Work`; how many passages that were.

    Raises:
        HomeError: the folder is not that of a `Work`.
    """
    data = blocks.kept_space(folder)
    if not data:
        raise HomeError(folder, "no work was shared out here", "call share_out first, on a disk that all see")
    with TemporaryDirectory() as place:
        file = Path(place) / SPACE
        file.write_bytes(data)
        space = Space.load(file)
    with Blocks(folder, data) as done:
        for _ in embed([key_of(part) for part in texts], texts.__getitem__, encoder, space, progress, keep=done.add):
            pass
    return len(texts)


def _fitted(encoder: Encoder) -> bytes:
    with TemporaryDirectory() as place:
        file = Path(place) / SPACE
        fit_space(encoder, default_samples()).save(file)
        return file.read_bytes()
