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
    monkeypatch.setitem(adapter.SHA256, adapter.QUESTIONS, adapter.hashlib.sha256(content).hexdigest())
    found = [(name, delta.tolist()) for name, delta in adapter.deltas(adapter.QUESTIONS)]
    assert found == [("layer.0.query", [[0.5, 1], [-1, -2]])]


class _Folder:
    def __init__(self, content: bytes) -> None:
        self._content = content

    def joinpath(self, _: str) -> _Folder:
        return self

    def read_bytes(self) -> bytes:
        return self._content


@pytest.mark.parametrize("file", [adapter.QUESTIONS, adapter.PASSAGES])
def test_another_file_is_refused(monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    monkeypatch.setitem(adapter.SHA256, file, "0" * 64)
    with pytest.raises(ModelError, match=file.replace(".", r"\.")):
        list(adapter.deltas(file))


@pytest.mark.parametrize(("file", "first"), [(adapter.QUESTIONS, 0), (adapter.PASSAGES, 4)])
def test_changes_are_small_and_of_every_layer(file: str, first: int) -> None:
    found = dict(adapter.deltas(file))
    assert {name.split(".")[1] for name in found} == {str(layer) for layer in range(first, 12)}
    assert all(delta.shape in {(384, 384), (1536, 384), (384, 1536)} for delta in found.values())
    assert max(float(np.abs(delta).max()) for delta in found.values()) < 0.5


def test_layers_are_put_back_whatever_happens() -> None:
    layers = adapter.Layers.__new__(adapter.Layers)
    transformer = SimpleNamespace(encoder="of passages")
    layers._transformer, layers._questions, layers._plain = transformer, "of questions", "plain"
    with pytest.raises(KeyboardInterrupt), layers.for_questions():
        assert transformer.encoder == "of questions"
        raise KeyboardInterrupt
    assert transformer.encoder == "of passages"
    with layers.for_samples():
        assert transformer.encoder == "plain"


def test_samples_are_read_as_before(adapted: SentenceTransformerEncoder, plain: SentenceTransformerEncoder) -> None:
    question, passage = plain.read_question(QUESTION).vector, plain.encode_passages([QUESTION])
    assert not np.allclose(adapted.read_question(QUESTION).vector, question, atol=1e-3)
    assert not np.allclose(adapted.encode_passages([QUESTION]), passage, atol=1e-3)
    assert np.array_equal(adapted.read_sample(QUESTION).vector, question)
    assert np.array_equal(adapted.read_sample(QUESTION, is_passage=True).vector, passage[0])


def test_what_was_learned_of_passages_is_part_of_the_name() -> None:
    plain = load_encoder(adapted=False).name
    assert load_encoder().name == f"{plain}+{adapter.SHA256[adapter.PASSAGES][:8]}"
