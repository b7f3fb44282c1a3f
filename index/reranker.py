"""A cross-encoder, which reads question and passage together: slow, and a better judge of a few candidates.

    reranker = load_reranker("BAAI/bge-reranker-v2-m3")        # a folder or a hub name; nothing is loaded yet
    reranker.scores("Ai lo SOC?", ["Sở Nội vụ lo SOC.", "Nơi nhận: như trên."])  # the first is higher

No weights of this kind are shipped: search goes without unless PLANQA_RERANKER names a model. Importing this module
costs nothing; importing sentence_transformers takes seconds, and happens with the first texts.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from index import model_source, processor
from index.quiet import quiet

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

RERANKER_SETTING = "PLANQA_RERANKER"
BATCH = 16  # pairs at a time
_EXPECTED = "expected the folder or hub name of a cross-encoder"
_REMEDY = f"set {RERANKER_SETTING} to another model, or to nothing to search without"
_TRIAL = [("a", "b"), ("a", "b c d e")]  # of two lengths, so that one is padded


class Reranker(Protocol):
    """Judges how well each of a few texts answers a question."""

    @property
    def name(self) -> str:
        """Identifies model and weights."""
        ...

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """One score for each text, 0 to 1, in the order of `texts`: shape (len(texts),)."""
        ...


def load_reranker(model: str) -> CrossEncoderReranker:
    """A reranker for a folder or a hub name; it loads its model when it is first needed.

    `load` brings that forward, and raises the ModelError that else comes with the first texts.
    """
    return CrossEncoderReranker(model)


class CrossEncoderReranker:
    """A `Reranker` over any CrossEncoder of one label, or of two: no and yes; may be shared between threads."""

    def __init__(self, model: str) -> None:
        self._requested = model
        self._source: model_source.Source | None = None
        self._model: CrossEncoder | None = None
        # Also held while scoring: a fast tokenizer is not to be used by two threads at a time, and one batch keeps all
        # cores busy anyway.
        self._lock = threading.RLock()

    @property
    def name(self) -> str:
        """Model and weights, such as "BAAI/bge-reranker-v2-m3@0123456789ab"; found out without loading the model."""
        return self._found().name

    def load(self) -> CrossEncoder:
        """The model itself, loaded at the first call (seconds). Raises ModelError when it cannot be had."""
        with self._lock:
            if self._model is None:
                self._model = _open(self._found())
            return self._model

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """One score for each text, 0 to 1, in the order of `texts`: shape (len(texts),).

        With one label its sigmoid, with two the probability of the second. What exceeds the model's window is cut off.
        """
        if not len(texts):
            return np.zeros(0, np.float32)
        model = self.load()
        with self._lock:
            return _probabilities(_logits(model, [(question, text) for text in texts]))

    def _found(self) -> model_source.Source:
        with self._lock:
            if self._source is None:
                self._source = _find(self._requested)
            return self._source


def _logits(model: CrossEncoder, pairs: list[tuple[str, str]]) -> NDArray[np.float32]:
    """What the model says of each pair: shape (len(pairs),) with one label, else (len(pairs), labels)."""
    answer: NDArray[np.float32] = model.predict(pairs, batch_size=BATCH, show_progress_bar=False)
    return answer


def _probabilities(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """The probability of yes, of logits of shape (n,), or (n, 2) for no and yes.

    >>> _probabilities(np.array([0.0, -1000.0, 1000.0], np.float32)).tolist()
    [0.5, 0.0, 1.0]
    >>> _probabilities(np.array([[3.0, 3.0], [0.0, 2.0]], np.float32)).round(3).tolist()
    [0.5, 0.8809999823570251]
    """
    wide = logits.astype(np.float64)  # or low ones would all become 0
    margin = wide if wide.ndim == 1 else wide[:, 1] - wide[:, 0]
    return np.exp(-np.logaddexp(0.0, -margin)).astype(np.float32)


def _find(model: str) -> model_source.Source:
    if not model:  # which means the bundled encoder elsewhere
        raise ModelError(RERANKER_SETTING, _EXPECTED, _REMEDY)
    bare = not any(mark in model for mark in "/\\") and not model.startswith((".", "~"))
    if bare and not Path(model).exists():
        model = f"cross-encoder/{model}"  # as CrossEncoder completes it
    try:
        return model_source.find(model, "config.json")  # most cross-encoders have no modules.json
    except ModelError as error:  # speaks of the encoder and its setting
        reason = f" ({model_source.first_line(error.__cause__)})" if error.__cause__ else ""
        raise ModelError(error.value, f"{_EXPECTED}{reason}", _REMEDY) from error


def _open(source: model_source.Source) -> CrossEncoder:
    model_source.verify(source)
    try:
        with warnings.catch_warnings(action="ignore"):
            import torch
            from sentence_transformers import CrossEncoder
    except ImportError as error:
        expected = f"expected an installed package ({model_source.first_line(error)})"
        raise ModelError("sentence_transformers", expected, "run: make install") from error
    # Torch counts the cores of the machine; a container may have been given fewer.
    torch.set_num_threads(min(torch.get_num_threads(), processor.usable_cores()))
    try:
        with quiet(downloads=not source.local):
            model = CrossEncoder(
                source.path,
                revision=source.revision,
                local_files_only=source.local,
                trust_remote_code=False,
                # Not the one that the model's configuration names: some give logits, some probabilities.
                activation_fn=torch.nn.Identity(),
                # In bfloat16 scores have two or three digits, and candidates that are nearly alike would tie.
                model_kwargs={"dtype": torch.float32, **model_source.only_safetensors()},
            )
            labels = _logits(model, _TRIAL).shape[1:]
    except Exception as error:  # whatever a broken folder or download makes torch, transformers or safetensors raise
        reason = model_source.first_line(error)
        raise ModelError(source.path, f"{_EXPECTED} ({reason})", _REMEDY) from error
    _check_kind(model, source.path)
    if labels not in ((), (2,)):
        raise ModelError(source.path, f"expected a cross-encoder of one label, or of two, not {labels[0]}", _REMEDY)
    return model


def _check_kind(model: CrossEncoder, path: str) -> None:
    """Refuse a model whose head the library had to make up: an encoder loads as well, and then scores at random."""
    transformer = model.model
    saved = (transformer is not None and transformer.config.architectures) or []
    if saved and type(transformer).__name__ not in saved:
        raise ModelError(path, f"{_EXPECTED}, which {saved[0]} is not", _REMEDY)
