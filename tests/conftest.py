"""Fixtures that several rooms' tests share: a home of the shipped plans, and an engine over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.encoder import load_encoder
from index.types import Encoder
from qa.engine import Engine
from qa.homes import ready


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test may read or write the home of whoever runs it."""
    home = tmp_path_factory.mktemp("planqa") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANQA_HOME", str(home))
        patch.delenv("PLANQA_MODEL", raising=False)
        patch.delenv("PLANQA_RERANKER", raising=False)
        yield home


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The bundled encoder."""
    return load_encoder()


@pytest.fixture(scope="session")
def shipped_home(own_home: Path, encoder: Encoder) -> Path:
    """A home filled with the shipped plans."""
    ready(own_home, encoder)
    return own_home


@pytest.fixture(scope="session")
def engine(shipped_home: Path, encoder: Encoder) -> Engine:
    """The engine over the shipped plans."""
    return Engine(ready(shipped_home, encoder), lambda: encoder, shipped_home)
