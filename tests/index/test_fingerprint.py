"""Names for weights: the same for a copy, another for other weights."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.fingerprint import fingerprint

LARGE = 3 * 1024 * 1024


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "config.json").write_text("{}", encoding="utf-8")
    (folder / "1_Pooling" / "config.json").write_text('{"a": 1}', encoding="utf-8")
    (folder / "model.safetensors").write_bytes(bytes(LARGE))
    return folder


def test_a_copy_has_the_same_name(model: Path, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere"
    shutil.copytree(model, copy)
    assert fingerprint(copy) == fingerprint(model)
    assert len(fingerprint(model)) == 12


def test_what_does_not_matter_does_not_change_it(model: Path) -> None:
    before = fingerprint(model)
    (model / "README.md").write_text("About", encoding="utf-8")
    assert fingerprint(model) == before


@pytest.mark.parametrize("name", ["config.json", "1_Pooling/config.json"])
def test_small_files_count_in_full(model: Path, name: str) -> None:
    before = fingerprint(model)
    path = model / name
    path.write_text(path.read_text(encoding="utf-8").replace("}", "]"), encoding="utf-8")
    assert fingerprint(model) != before


@pytest.mark.parametrize("offset", [0, LARGE - 1])
def test_first_and_last_byte_of_large_files_count(model: Path, offset: int) -> None:
    before = fingerprint(model)
    weights = bytearray(LARGE)
    weights[offset] = 1
    (model / "model.safetensors").write_bytes(weights)
    assert fingerprint(model) != before


def test_size_and_place_count(model: Path) -> None:
    before = fingerprint(model)
    (model / "model.safetensors").write_bytes(bytes(LARGE + 1))
    longer = fingerprint(model)
    (model / "model.safetensors").rename(model / "other.safetensors")
    assert len({before, longer, fingerprint(model)}) == 3
