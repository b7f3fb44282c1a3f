"""Homes on disk: written whole or not at all, read back equal, refused when damaged or of another make."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from fakes import HashEncoder
from making import build, few_samples, plan

from corpus.errors import HomeError
from index import home as homes
from index.home import check_encoder, is_filled, is_outdated, open_home, writing
from index.sources import stored_sources

pytestmark = pytest.mark.usefixtures(few_samples.__name__)


def test_a_home_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    encoder = HashEncoder()
    written = build(tmp_path / "h", encoder, plan(7), plan(8, "Chợ đêm mở thứ bảy hằng tuần."))
    opened = open_home(tmp_path / "h")
    assert opened.documents == written.documents
    assert [d.id for d in opened.documents] == ["ha-giang-2024-7-kh-ubnd", "ha-giang-2024-8-kh-ubnd"]
    assert opened.dense.shape == (len(opened.passages), encoder.dimension)
    for row in range(len(opened.passages)):
        found, wanted = opened.dense.windows(row), written.dense.windows(row)
        np.testing.assert_array_equal(found, wanted)
    question = "chợ đêm thứ bảy"
    np.testing.assert_array_equal(opened.lexical.scores(question), written.lexical.scores(question))
    best = opened.passages[int(opened.lexical.scores(question).argmax())]
    assert best.id == "ha-giang-2024-8-kh-ubnd.muc-i.khoan-2"


def test_only_texts_that_are_new_are_embedded(tmp_path: Path) -> None:
    encoder = HashEncoder()
    build(tmp_path, encoder, plan(7))
    encoder.encoded.clear()
    build(tmp_path, encoder, plan(7), plan(8))
    assert encoder.encoded and all("8/KH-UBND" in text for text in encoder.encoded)
    encoder.encoded.clear()
    build(tmp_path, encoder, plan(7), plan(8))
    assert encoder.encoded == []


def test_the_previous_generation_stays_and_older_ones_go(tmp_path: Path) -> None:
    encoder = HashEncoder()
    for number in (1, 2, 3):
        build(tmp_path, encoder, plan(number))
    kept = [folder.name for folder in (tmp_path / "generations").iterdir() if not folder.name.startswith(".")]
    assert len(kept) == 2
    assert open_home(tmp_path).documents[0].meta.number == "3/KH-UBND"


def test_sources_are_kept_for_a_rebuild(tmp_path: Path) -> None:
    build(tmp_path, HashEncoder(), plan(7))
    sources, origins = stored_sources(tmp_path)
    assert [source.name for source in sources] == ["plan-0.txt"]
    assert sources[0].text.startswith("ỦY BAN NHÂN DÂN\n")
    assert origins == {}


@pytest.mark.parametrize(
    "name", ["segments/*/texts.jsonl", "vectors.faiss", "about.json", "segments/*/marked/words.json"]
)
def test_a_damaged_file_is_refused_by_name(tmp_path: Path, name: str) -> None:
    generation = build(tmp_path, HashEncoder(), plan(7))
    file = next(generation.folder.glob(name))
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    with pytest.raises(HomeError, match="planqa ingest --home") as caught:
        open_home(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_missing_pointer_or_generation_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="not a planqa home"):
        open_home(tmp_path / "none")
    generation = build(tmp_path, HashEncoder(), plan(7))
    (generation.folder / "about.json").unlink()
    (tmp_path / "CURRENT").write_text("gone\n", encoding="utf-8")
    with pytest.raises(HomeError, match=r"CURRENT: the home is damaged .CURRENT names no generation.; run `planqa ing"):
        open_home(tmp_path)


def test_another_format_is_refused_with_both_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path, HashEncoder(), plan(7))
    monkeypatch.setattr(homes, "FORMAT", homes.FORMAT + 1)
    with pytest.raises(HomeError, match=rf"home format {homes.FORMAT - 1}, this one has format {homes.FORMAT}"):
        open_home(tmp_path)


def test_another_encoder_is_refused_with_both_names(tmp_path: Path) -> None:
    generation = build(tmp_path, HashEncoder("hash@1"), plan(7))
    check_encoder(generation, HashEncoder("hash@1"), tmp_path)
    with pytest.raises(HomeError, match="built with the encoder hash@1, not with hash@2"):
        check_encoder(generation, HashEncoder("hash@2"), tmp_path)


def test_only_shipped_plans_read_by_another_version_of_the_model_are_outdated(tmp_path: Path) -> None:
    build(tmp_path / "shipped", HashEncoder("hash@1"), plan(7), shipped=True)
    build(tmp_path / "own", HashEncoder("hash@1"), plan(7))
    names = ("hash@1", "hash@2", "other@1")
    assert [is_outdated(tmp_path / "shipped", HashEncoder(name)) for name in names] == [False, True, False]
    assert not is_outdated(tmp_path / "own", HashEncoder("hash@2"))
    assert not is_outdated(tmp_path / "none", HashEncoder())


def test_an_encoder_that_fails_leaves_the_old_corpus(tmp_path: Path) -> None:
    class Broken(HashEncoder):
        def read_passages(self, texts, progress=None):  # type: ignore[no-untyped-def]
            raise MemoryError

    build(tmp_path, HashEncoder(), plan(7))
    with pytest.raises(MemoryError):
        build(tmp_path, Broken(), plan(7), plan(8))
    assert [d.meta.number for d in open_home(tmp_path).documents] == ["7/KH-UBND"]
    assert not list((tmp_path / "generations").glob("*.partial"))


def test_a_build_that_fails_at_first_leaves_no_home(tmp_path: Path) -> None:
    class Broken(HashEncoder):
        def read_passages(self, texts, progress=None):  # type: ignore[no-untyped-def]
            raise MemoryError

    with pytest.raises(MemoryError):
        build(tmp_path, Broken(), plan(7))
    assert not is_filled(tmp_path)


def test_a_second_writer_is_told(tmp_path: Path) -> None:
    with writing(tmp_path), pytest.raises(HomeError, match="another planqa is writing"), writing(tmp_path):
        pass


def test_the_manifest_names_encoder_and_counts(tmp_path: Path) -> None:
    generation = build(tmp_path, HashEncoder(), plan(7))
    about = json.loads((generation.folder / "about.json").read_text(encoding="utf-8"))
    assert (about["encoder"], about["dimension"], about["documents"]) == ("hash@1", 16, 1)
    assert about["passages"] == len(generation.passages)
