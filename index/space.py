"""The space that vectors are compared in: the encoder's own, moved and turned so that what all texts share is gone.

Vectors of a language model crowd one narrow cone: any two texts look alike, and what is left to tell them apart is
small. Taking away the mean of passages, the mean of questions of a language, and the few directions along which
passages differ most whatever they are about (Mu & Viswanath 2018, "All-but-the-Top") leaves what they say. The same is
done to the vectors of tokens, which are also turned into fewer dimensions.

The space is fitted once for an encoder, on sample texts that do not depend on the corpus: a home can grow by one file
without touching the vectors it has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.types import Reading, Vectors

SHARED = 4  # directions taken away
TOKEN_DIMENSIONS = 256
_LEVELS = 127.0  # of a signed byte
_MEANS = "mean-"


@dataclass(frozen=True, slots=True)
class Cone:
    """What vectors of one kind share: their mean, the mean of questions by language, directions of shape (d, k)."""

    mean: Vectors
    questions: Mapping[str, Vectors]
    shared: Vectors

    @classmethod
    def fit(cls, passages: Vectors, questions: Mapping[str, Vectors]) -> Cone:
        """Fit to vectors of shape (texts, dimension)."""
        mean = passages.mean(axis=0)
        kept = min(SHARED, passages.shape[1] // 16)
        return cls(
            mean,
            {language: vectors.mean(axis=0) for language, vectors in questions.items()},
            _directions(passages - mean)[:, :kept],
        )

    def passages(self, vectors: Vectors) -> Vectors:
        """Passage vectors without what they share, each of length 1; same shape."""
        return self._without(vectors - self.mean)

    def of_question(self, vectors: Vectors, language: str) -> Vectors:
        """Question vectors likewise, from the mean of their language, or of all when there was no sample of it."""
        mean = self.questions.get(language)
        if mean is None:
            mean = np.mean(list(self.questions.values()), axis=0) if self.questions else self.mean
        return self._without(vectors - mean)

    def _without(self, vectors: Vectors) -> Vectors:
        return unit(np.asarray(vectors - (vectors @ self.shared) @ self.shared.T, np.float32))


@dataclass(frozen=True, slots=True)
class Space:
    """Where texts and tokens are compared; `axes`, of shape (dimension, m), turn tokens into m dimensions."""

    texts: Cone
    tokens: Cone
    axes: Vectors

    @classmethod
    def fit(cls, passages: Sequence[Reading], questions: Mapping[str, Sequence[Reading]]) -> Space:
        """Fit to sample passages and sample questions by language."""
        asked = {language: readings for language, readings in questions.items() if readings}
        texts = Cone.fit(
            np.stack([reading.vector for reading in passages]),
            {language: np.stack([reading.vector for reading in readings]) for language, readings in asked.items()},
        )
        of_passages = np.concatenate([reading.tokens for reading in passages])
        tokens = Cone.fit(
            of_passages,
            {language: np.concatenate([r.tokens for r in readings]) for language, readings in asked.items()},
        )
        axes = _directions(tokens.passages(of_passages))[:, :TOKEN_DIMENSIONS]
        return cls(texts, tokens, axes)

    @property
    def token_dimensions(self) -> int:
        """Length of a stored token."""
        return int(self.axes.shape[1])

    def passage(self, vector: Vectors) -> Vectors:
        """A passage's vector, shape (dimension,)."""
        return np.asarray(self.texts.passages(vector[None, :])[0])

    def question(self, vector: Vectors, language: str) -> Vectors:
        """A question's vector, shape (dimension,)."""
        return np.asarray(self.texts.of_question(vector[None, :], language)[0])

    def passage_tokens(self, tokens: Vectors) -> NDArray[np.int8]:
        """A passage's tokens as signed bytes, shape (tokens, m); 127 stands for 1."""
        turned = unit(self.tokens.passages(tokens) @ self.axes)
        return np.asarray(np.clip(np.rint(turned * _LEVELS), -_LEVELS, _LEVELS), np.int8)

    def question_tokens(self, tokens: Vectors, language: str) -> Vectors:
        """A question's tokens, shape (tokens, m), so that the product with a passage's bytes is the cosine."""
        return unit(self.tokens.of_question(tokens, language) @ self.axes) / np.float32(_LEVELS)

    def save(self, path: Path) -> None:
        """Write the space as NumPy arrays."""
        arrays: dict[str, Vectors] = {"axes": self.axes}
        for name, cone in (("texts", self.texts), ("tokens", self.tokens)):
            arrays |= {f"{name}/mean": cone.mean, f"{name}/shared": cone.shared}
            arrays |= {f"{name}/{_MEANS}{language}": mean for language, mean in cone.questions.items()}
        with path.open("wb") as stream:
            np.savez(stream, allow_pickle=False, **arrays)

    @classmethod
    def load(cls, path: Path) -> Space:
        """Read what `save` wrote. Raises OSError, ValueError or KeyError for a file that it did not write."""
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            cones = []
            for name in ("texts", "tokens"):
                front = f"{name}/{_MEANS}"
                means = {key.removeprefix(front): arrays[key] for key in arrays.files if key.startswith(front)}
                cones.append(Cone(arrays[f"{name}/mean"], means, arrays[f"{name}/shared"]))
            return cls(cones[0], cones[1], arrays["axes"])


def unit(vectors: Vectors) -> Vectors:
    """Each vector at length 1; one of length 0 stays as it is.

    >>> unit(np.array([[3.0, 4.0], [0.0, 0.0]], np.float32)).tolist()
    [[0.6000000238418579, 0.800000011920929], [0.0, 0.0]]
    """
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(lengths == 0, 1, lengths), np.float32)


def _directions(vectors: Vectors) -> Vectors:
    """Unit directions of falling variance, as columns, of shape (d, d); the sign makes the largest part positive."""
    _, directions = np.linalg.eigh((vectors.T @ vectors).astype(np.float64))
    directions = directions[:, ::-1]
    largest = directions[np.abs(directions).argmax(axis=0), np.arange(directions.shape[1])]
    return np.asarray(directions * np.sign(largest), np.float32)
