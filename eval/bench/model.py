"""The encoder that all systems share, as SentenceTransformer loads it."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

DTYPES = ("float32", "bfloat16")


def model_arguments(path: str, dtype: str) -> dict[str, Any]:
    """What SentenceTransformer is given besides a folder or a name: nothing is fetched for a folder."""
    return {"local_files_only": Path(path).is_dir(), "model_kwargs": {"dtype": dtype}}


def load_model(path: str, dtype: str) -> Any:
    """The SentenceTransformer."""
    with warnings.catch_warnings(action="ignore"):
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(path, **model_arguments(path, dtype))
