"""What tells passages apart for the encoder: a hash of the texts that are encoded for one.

The same texts give the same vectors, whichever document they stand in, so a passage whose texts and context did not
change is found by its key in the generation before and needs no encoding.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

KEYS = "keys.npy"
SIZE = 16  # bytes


def key_of(texts: Sequence[str]) -> bytes:
    """The key of a passage that is encoded as these texts.

    >>> key_of(["a", "b"]) == key_of(["ab"])
    False
    """
    digest = hashlib.sha256()
    for text in texts:
        data = text.encode()
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.digest()[:SIZE]


def save_keys(path: Path, keys: Iterable[bytes]) -> None:
    """Write keys in the order of the passages, shape (passages, 16)."""
    np.save(path, np.frombuffer(b"".join(keys), np.uint8).reshape(-1, SIZE), allow_pickle=False)


def load_keys(path: Path) -> list[bytes]:
    """Read what `save_keys` wrote. Raises OSError or ValueError for a file that it did not write."""
    stored = np.load(path, allow_pickle=False)
    if stored.dtype != np.uint8 or stored.ndim != 2 or stored.shape[1] != SIZE:
        raise ValueError(f"keys of shape {stored.shape}")
    data = stored.tobytes()
    return [data[start : start + SIZE] for start in range(0, len(data), SIZE)]
