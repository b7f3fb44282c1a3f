"""What the bundled model has learned of questions: its file, and that it touches questions alone."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from corpus.errors import ModelError
from index import adapter
from index.encoder import SentenceTransformerEncoder, load_encoder

QUESTION = "Ai lo giám sát an ninh mạng?"


@pytest.fixture(scope="module")
def adapted() -> SentenceTransformerEncoder:
    return load_encoder()


@pytest.fixture(scope="module")
def plain() -> SentenceTransformerEncoder:
    return load_encoder(adapted=False)


def test_a_file_gives_the_changes_that_were_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    down, up = np.array([[1.0, 2.0]], np.float32), np.array([[0.5], [-1.0]], np.float32)
    content = adapter.pack({"layer.0.query": (down, up)})
    assert content == adapter.pack({"layer.0.query": (down, up)})
    monkeypatch.setattr(adapter, "resources", SimpleNamespace(files=lambda _: _Folder(content)))
    monkeypatch.setattr(adapter, "SHA256", adapter.hashlib.sha256(content).hexdigest())
    assert [(name, delta.tolist()) for name, delta in adapter.deltas()] == [("layer.0.query", [[0.5, 1], [-1, -2]])]


class _Folder:
    def __init__(self, content: bytes) -> None:
        self._content = content

    def joinpath(self, _: str) -> _Folder:
        return self

    def read_bytes(self) -> bytes:
        return self._content


def test_another_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "SHA256", "0" * 64)
    with pytest.raises(ModelError, match=r"questions\.npz"):
        list(adapter.deltas())


def test_changes_are_small_and_of_every_layer() -> None:
    found = dict(adapter.deltas())
    assert {name.split(".")[1] for name in found} == {str(layer) for layer in range(12)}
    assert all(delta.shape in {(384, 384), (1536, 384), (384, 1536)} for delta in found.values())
    assert max(float(np.abs(delta).max()) for delta in found.values()) < 0.5


def test_layers_are_put_back_whatever_happens() -> None:
    layers = adapter.QuestionLayers.__new__(adapter.QuestionLayers)
    transformer = SimpleNamespace(encoder="own")
    layers._transformer, layers._layers = transformer, "of questions"
    with pytest.raises(KeyboardInterrupt), layers.in_place():
        assert transformer.encoder == "of questions"
        raise KeyboardInterrupt
    assert transformer.encoder == "own"


def test_passages_and_samples_are_read_as_before(
    adapted: SentenceTransformerEncoder, plain: SentenceTransformerEncoder
) -> None:
    assert not np.allclose(adapted.read_question(QUESTION).vector, plain.read_question(QUESTION).vector, atol=1e-3)
    assert np.array_equal(adapted.read_sample(QUESTION).vector, plain.read_question(QUESTION).vector)
    assert np.array_equal(adapted.encode_passages([QUESTION]), plain.encode_passages([QUESTION]))


def test_another_model_has_no_changes() -> None:
    assert not adapter.belongs_to("tiny@0123") and adapter.belongs_to(load_encoder().name)
