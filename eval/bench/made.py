"""Readings near real ones, as many as are wanted: the encoder of the growth benchmark, which takes next to no time.

A made vector is a real passage's, moved by noise that is spread as the real ones are (their covariance), and brought
back to length 1. Noise alike in all directions would be easier to tell apart than texts are: real vectors differ along
few of them. Tokens are those of the real passage, unchanged. Which passage it is, and which noise, hangs on the text
alone, so that every process makes the same.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from index.space import unit
from index.types import Encoder, Progress, Reading, Vectors

READINGS, SPACE = "readings.npz", "space.npz"
NOISE = 0.7
"""Standard deviations of the real vectors that a made one lies beside a real one."""
_WINDOW = 512


def keep_readings(encoder: Encoder, passages: Sequence[str], questions: Mapping[str, str], path: Path) -> None:
    """Read passages, and questions of known languages, with a real encoder, and write what it made of them."""
    passages_read = [reading for _, reading in sorted(encoder.read_passages(passages), key=lambda pair: pair[0])]
    readings = [*passages_read, *(encoder.read_question(question) for question in questions)]
    with path.open("wb") as stream:
        np.savez(
            stream,
            allow_pickle=False,
            passages=np.array(len(passages)),
            questions=np.array([*questions]),
            languages=np.array([*questions.values()]),
            vectors=np.stack([reading.vector for reading in readings]),
            tokens=np.concatenate([reading.tokens for reading in readings]).astype(np.float16),
            ids=np.concatenate([reading.ids for reading in readings]),
            starts=np.concatenate([[0], np.cumsum([len(reading.ids) for reading in readings])]),
        )


class MadeEncoder:
    """An `Encoder` over kept readings: known questions are read as they were, every other text as a made one."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
            count = int(kept["passages"])
            self._vectors, self._tokens = kept["vectors"], kept["tokens"]
            self._ids, self._starts = kept["ids"], kept["starts"]
            self._languages = [str(language) for language in kept["languages"]]
            self._known = {str(text): count + place for place, text in enumerate(kept["questions"])}
        self._count = count
        real = self._vectors[:count]
        values, directions = np.linalg.eigh(np.cov(real.T.astype(np.float64)))
        self._spread = (directions * np.sqrt(np.maximum(values, 0))).T.astype(np.float32)

    @property
    def name(self) -> str:
        """Tells homes of made readings from real ones."""
        return f"made-of-{self._count}@1"

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return int(self._vectors.shape[1])

    @property
    def max_tokens(self) -> int:
        """The window of the real encoder."""
        return _WINDOW

    @property
    def questions(self) -> dict[str, str]:
        """The questions whose real readings are known, and their languages."""
        return dict(zip(self._known, self._languages, strict=True))

    def made(self, first: int, count: int) -> Vectors:
        """Vectors number `first` and following, shape (count, dimension), near one real passage after the other."""
        near = np.arange(first, first + count) % self._count
        return unit(self._vectors[near] + self._noise(first, count))

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Shape (texts, dimension)."""
        return np.stack([self.read_question(text).vector for text in texts])

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Shape (texts, dimension)."""
        return np.stack([reading.vector for _, reading in self.read_passages(texts, progress)])

    def read_question(self, text: str) -> Reading:
        """The real reading of a known question, and that of any other one for a text that is not known."""
        places = list(self._known.values())
        return self._reading(self._known.get(text, places[zlib.crc32(text.encode()) % len(places)]))

    def read_sample(self, text: str, is_passage: bool = False) -> Reading:
        """As any text."""
        return self.read_question(text)

    def read_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Iterator[tuple[int, Reading]]:
        """A made reading of each text."""
        for place, text in enumerate(texts):
            code = zlib.crc32(text.encode())
            real = self._reading(code % self._count)
            yield place, Reading(unit(real.vector + self._noise(code, 1)[0]), real.tokens, real.ids)
        if progress:
            progress("encode passages", len(texts), len(texts))

    def _reading(self, place: int) -> Reading:
        begin, end = self._starts[place], self._starts[place + 1]
        tokens = np.asarray(self._tokens[begin:end], np.float32)
        return Reading(self._vectors[place], tokens, self._ids[begin:end])

    def _noise(self, seed: int, count: int) -> Vectors:
        drawn = np.random.default_rng(seed).standard_normal((count, self.dimension), np.float32)
        return np.asarray(NOISE * drawn @ self._spread, np.float32)
