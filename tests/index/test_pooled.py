"""Passages read in several processes are read as in one. Starting those takes a while: with PLANQA_SOAK=1 only."""

from __future__ import annotations

import os

import numpy as np
import pytest

from corpus.errors import ModelError
from index.encoder import BATCH, SentenceTransformerEncoder
from index.pooled import PooledEncoder
from index.types import Encoder


@pytest.mark.skipif(os.environ.get("PLANQA_SOAK") != "1", reason="starts processes that load the model: PLANQA_SOAK=1")
def test_processes_read_what_one_reads(encoder: Encoder) -> None:
    texts = [f"Sở số {number} chủ trì việc số {number * number}." for number in range(BATCH + 5)]
    told: list[tuple[int, int]] = []
    with PooledEncoder(["cpu", "cpu"]) as pooled:
        found = dict(pooled.read_passages(texts, lambda _, done, total: told.append((done, total))))
        assert pooled.name == encoder.name
    wanted = dict(encoder.read_passages(texts))
    assert sorted(found) == sorted(wanted) == list(range(len(texts))) and told[-1] == (len(texts), len(texts))
    for row, reading in wanted.items():
        np.testing.assert_array_equal(found[row].ids, reading.ids)
        assert found[row].vector @ reading.vector > 0.999
        assert (found[row].tokens * reading.tokens).sum(axis=1).min() > 0.98


def test_a_device_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SentenceTransformerEncoder, "load", lambda self: None)
    with (
        PooledEncoder(["cuda:9"]) as pooled,
        pytest.raises(ModelError, match=r"cuda:9: not a device of this machine .*; mend --devices"),
    ):
        pooled.encode_passages(["a"] * (BATCH + 1))
