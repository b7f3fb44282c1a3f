"""An encoder that notes when it was last asked to read passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import perf_counter

from index.types import Encoder, Progress, Reading, Vectors


class Watched:
    """Passes everything on. In `index_texts` what comes before the last reading is the fitting of the space."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.began = 0.0  # of `perf_counter`

    @property
    def name(self) -> str:
        """The encoder's own."""
        return self._encoder.name

    @property
    def dimension(self) -> int:
        """The encoder's own."""
        return self._encoder.dimension

    @property
    def max_tokens(self) -> int:
        """The encoder's own."""
        return self._encoder.max_tokens

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """As the encoder does."""
        return self._encoder.encode_questions(texts)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """As the encoder does."""
        return self._encoder.encode_passages(texts, progress)

    def read_question(self, text: str) -> Reading:
        """As the encoder does."""
        return self._encoder.read_question(text)

    def read_sample(self, text: str, is_passage: bool = False) -> Reading:
        """As the encoder does."""
        return self._encoder.read_sample(text, is_passage)

    def read_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Iterator[tuple[int, Reading]]:
        """As the encoder does, once the time is noted."""
        self.began = perf_counter()
        return self._encoder.read_passages(texts, progress)
