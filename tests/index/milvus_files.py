"""A Milvus in a file (milvus-lite), and vectors to put into it, for tests."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.milvus_store import Label
from index.space import unit
from index.types import Vectors


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """The address of a Milvus that ends with the test."""
    from milvus_lite.server_manager import server_manager_instance

    file = str(tmp_path / "vectors.db")
    yield file
    server_manager_instance.release_server(file)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """pymilvus sleeps half a second before it looks whether an index is built."""
    sleep = time.sleep
    monkeypatch.setattr(time, "sleep", lambda seconds: sleep(min(seconds, 0.01)))


def some_vectors(windows: int, dimension: int = 16) -> Vectors:
    """Unit vectors around a few centres, the same in every run."""
    numbers = np.random.default_rng(7)
    centres = numbers.standard_normal((20, dimension))
    around = centres[numbers.integers(0, 20, windows)] + 0.6 * numbers.standard_normal((windows, dimension))
    return unit(around.astype(np.float32))


def some_labels(passages: int) -> list[Label]:
    """Documents of ten passages, two provinces; of three passages one is a target and two are tasks."""
    return [
        Label(f"doc-{row // 10:03}", "target" if row % 3 == 0 else "task", "A" if row < passages // 2 else "B", "2024")
        for row in range(passages)
    ]
