"""Generations: the one before stands in for a damaged one, readers keep theirs, damage is named and mended."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import HashEncoder
from making import build, content, few_samples, numbers, plan

from corpus.errors import HomeError
from index import build as building
from index import checked
from index import home as homes
from index.generation import Generation
from index.home import is_filled, open_home
from index.sources import stored_sources
from index.verify import verify_home
from qa.homes import ingest

pytestmark = pytest.mark.usefixtures(few_samples.__name__)


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def flip_unseen(file: Path) -> None:
    """As a failing disk does: the content changes, and no time of the file tells."""
    generation = next(folder for folder in file.parents if folder.parent.name == "generations")
    flip(file)
    stamps = {
        name: checked._stamp(str(generation / name)) for name in (checked.MANIFEST, *checked.sealed_files(generation))
    }
    checked._record(generation).write_text(json.dumps(stamps), encoding="utf-8")


@pytest.mark.parametrize(
    "name", ["segments/*/passages.jsonl", "vectors.faiss", "late/*/tokens.npy", "about.json", "space.npz"]
)
def test_the_generation_before_stands_in_for_a_damaged_one(tmp_path: Path, name: str) -> None:
    build(tmp_path, HashEncoder(), plan(7))
    current = build(tmp_path, HashEncoder(), plan(7), plan(8))
    assert open_home(tmp_path).degraded == ""
    file = next(current.folder.glob(name))
    flip(file)
    served = open_home(tmp_path)
    assert numbers(served) == ["7/KH-UBND"]
    assert f"{file.name} is not what was written" in served.degraded and "planqa ingest --home" in served.degraded
    assert "\n" not in served.degraded
    assert served.indexes.dense.shape[0] == len(served.passages)


@pytest.mark.parametrize("text", ["gone\n", "", "../../x", "\0"])
def test_a_whole_generation_is_found_without_the_pointer(tmp_path: Path, text: str) -> None:
    build(tmp_path, HashEncoder(), plan(7))
    (tmp_path / "CURRENT").write_text(text, encoding="utf-8")
    served = open_home(tmp_path)
    assert numbers(served) == ["7/KH-UBND"] and "CURRENT names no generation" in served.degraded
    (tmp_path / "CURRENT").unlink()
    assert is_filled(tmp_path)
    assert "CURRENT cannot be read: No such file" in open_home(tmp_path).degraded


def test_a_generation_of_another_encoder_or_format_stands_in_for_none(tmp_path: Path) -> None:
    build(tmp_path / "a", HashEncoder("hash@1"), plan(7))
    flip(build(tmp_path / "a", HashEncoder("hash@2"), plan(7)).folder / "vectors.faiss")
    with pytest.raises(HomeError, match=r"damaged .vectors.faiss is not what was written"):
        open_home(tmp_path / "a")
    with pytest.MonkeyPatch.context() as before:
        for module in (homes, building):
            before.setattr(module, "FORMAT", homes.FORMAT - 1)
        build(tmp_path / "b", HashEncoder(), plan(7))
    flip(build(tmp_path / "b", HashEncoder(), plan(7)).folder / "vectors.faiss")
    with pytest.raises(HomeError, match="damaged"):
        open_home(tmp_path / "b")


def test_a_build_mends_a_damaged_generation_of_the_same_content(tmp_path: Path) -> None:
    encoder = HashEncoder()
    whole = content(build(tmp_path, encoder, plan(7)).folder)
    folder = open_home(tmp_path).folder
    for name in ("vectors.faiss", "about.json", checked.MANIFEST):
        flip(folder / name)
        with pytest.raises(HomeError, match="damaged"):
            open_home(tmp_path)
        assert content(build(tmp_path, encoder, plan(7)).folder) == whole
        assert open_home(tmp_path).degraded == ""


def test_the_next_build_keeps_the_whole_generation_not_the_damaged_one(tmp_path: Path) -> None:
    first = build(tmp_path, HashEncoder(), plan(1)).folder
    second = build(tmp_path, HashEncoder(), plan(2)).folder
    flip(second / "vectors.faiss")
    third = build(tmp_path, HashEncoder(), plan(3)).folder
    assert first.is_dir() and third.is_dir() and not second.exists()
    assert sorted(p.name for p in (tmp_path / "generations").iterdir() if second.name in p.name) == []


def test_a_reader_keeps_the_generation_it_opened(tmp_path: Path) -> None:
    encoder = HashEncoder()
    build(tmp_path, encoder, plan(1))
    reader = open_home(tmp_path)
    for number in (2, 3, 4):
        build(tmp_path, encoder, plan(number))
    assert numbers(reader) == ["1/KH-UBND"] and reader.indexes.late.size == len(reader.passages)
    folder = reader.folder
    del reader
    build(tmp_path, encoder, plan(5))
    assert not folder.exists()


def test_damage_that_no_time_tells_is_found_before_a_file_is_loaded(tmp_path: Path) -> None:
    build(tmp_path, HashEncoder(), plan(7))
    current = build(tmp_path, HashEncoder(), plan(8))
    use: dict[str, Callable[[Generation], object]] = {
        "segments/*/heads.json": lambda generation: generation.documents,
        "segments/*/texts.jsonl": lambda generation: generation.documents[0].text,
        "segments/*/records.jsonl": lambda generation: generation.documents[0].targets,
        "segments/*/passages.jsonl": lambda generation: generation.passages[0],
        "segments/*/rows.npz": lambda generation: generation.columns,
        "segments/*/marked/words.json": lambda generation: generation.lexical.scores("chợ phiên"),
        "segments/*/folded/terms.npz": lambda generation: generation.lexical.scores("cho phien"),
        "vectors.faiss": lambda generation: generation.dense,
        "vectors.starts.npy": lambda generation: generation.dense,
        "space.npz": lambda generation: generation.space,
        "late/starts.npy": lambda generation: generation.late,
    }
    for name, read in use.items():
        file = next(current.folder.glob(name))
        before = file.read_bytes()
        flip_unseen(file)
        opened = open_home(tmp_path)
        assert opened.folder == current.folder
        with pytest.raises(HomeError, match=r"damaged .*SHA-256 differs"):
            read(opened)
        assert numbers(open_home(tmp_path)) == ["7/KH-UBND"]  # now that it is known
        file.write_bytes(before)
        assert open_home(tmp_path).degraded == ""


def test_verify_reads_everything_and_names_every_damaged_file(tmp_path: Path) -> None:
    first = build(tmp_path, HashEncoder(), plan(7)).folder
    second = build(tmp_path, HashEncoder(), plan(7), plan(8)).folder
    assert verify_home(tmp_path) == ()
    flip_unseen(next(second.glob("late/*/tokens.npy")))
    flip(next(first.glob("segments/*/texts.jsonl")))
    source = next(path for path in (tmp_path / "sources").iterdir() if b"8/KH" in path.read_bytes())
    flip(source)
    lines = verify_home(tmp_path)
    assert len(lines) == 3
    assert f"{second}: the corpus built last is damaged (late/" in lines[0]
    assert f"{first}: an older corpus is damaged (segments/" in lines[1]
    assert f"{source}: a stored source is damaged or missing; ingest plan-1.txt again" in lines[2]


def test_files_are_read_again_only_when_they_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = build(tmp_path, HashEncoder(), plan(7)).folder
    monkeypatch.setattr(checked, "_SETTLED", -1)
    assert checked.damage(folder) == ""
    read: list[str] = []
    hashed = checked._sha256
    monkeypatch.setattr(checked, "_sha256", lambda path: (read.append(Path(path).name), hashed(path))[1])
    assert checked.damage(folder) == "" and read == []
    os.utime(folder / "space.npz")
    assert checked.damage(folder) == "" and read == ["space.npz"]
    assert checked.damage(folder, anew=True) == "" and len(read) == 1 + len(checked.sealed_files(folder))
    for spoilt in ("{", "[]", '{"space.npz": 1}'):
        checked._record(folder).write_text(spoilt, encoding="utf-8")
        assert checked.damage(folder) == ""


def test_a_damaged_source_is_told_and_mended_by_giving_the_file_again(tmp_path: Path) -> None:
    build(tmp_path, HashEncoder(), plan(7))
    stored = next((tmp_path / "sources").iterdir())
    flip(stored)
    with pytest.raises(
        HomeError, match=r"the stored text of plan-0\.txt is damaged or missing; ingest that file again"
    ):
        stored_sources(tmp_path)
    assert stored_sources(tmp_path, {stored.name.partition(".")[0]}) == ([], {})
    build(tmp_path, HashEncoder(), plan(7))
    assert len(stored_sources(tmp_path)[0]) == 1


def test_sources_that_no_generation_needs_go(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        build(tmp_path, HashEncoder(), plan(number))
    held = b"".join(sorted(path.read_bytes() for path in (tmp_path / "sources").iterdir()))
    assert b": 1/KH" not in held and b": 2/KH" in held and b": 3/KH" in held


def test_a_list_of_sources_that_was_lost_is_told(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.txt" for number in (7, 8, 9)]
    for number, file in enumerate(files, 7):
        file.write_bytes(plan(number))
        done = ingest(tmp_path / "home", [file], HashEncoder()) if number < 9 else None
    assert done is None
    flip(open_home(tmp_path / "home").folder / "about.json")
    done = ingest(tmp_path / "home", [files[2]], HashEncoder())
    assert numbers(done.generation) == ["7/KH-UBND", "9/KH-UBND"]
    told = (
        r"home: the list of its sources was damaged, .* what was added after that is missing; ingest those files again"
    )
    assert re.fullmatch(rf".*{told}", str(done.left_out[0]))
    assert ingest(tmp_path / "home", files, HashEncoder()).left_out == ()
