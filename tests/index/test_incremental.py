"""A home that grew, shrank and changed file by file is the home that is built from its files at once."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fakes import HashEncoder
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from making import SAMPLES, build, content, few_samples, numbers, plan

from corpus.errors import PlanqaError
from index import blocks
from index import build as building
from index.generation import Generation
from index.home import open_home
from index.keys import load_keys
from qa import homes

SECONDS = [f"Có {number} chợ phiên mở vào cuối tuần." for number in (12, 15)] + ["Chợ đêm mở thứ bảy hằng tuần. " * 90]
FILES = ["a.txt", "b.txt", "c.txt"]
STEP = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(FILES), st.integers(7, 9), st.sampled_from(SECONDS)),
    st.tuples(st.just("remove"), st.integers(0, 9)),
    st.tuples(st.just("rebuild")),
)


@settings(
    max_examples=100 if os.environ.get("PLANQA_SOAK") else 20,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
)
@given(st.lists(STEP, min_size=1, max_size=6))
def test_any_sequence_of_changes_equals_a_build_from_nothing(steps: list[tuple]) -> None:  # type: ignore[type-arg]
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as place:
        patch.setattr(building, "default_samples", lambda: SAMPLES)
        plans, home = Path(place, "plans"), Path(place, "home")
        plans.mkdir()
        for step in steps:
            change(plans, home, step)
        if not any(plans.iterdir()):
            return
        grown, anew = open_home(home), homes.ingest(Path(place, "anew"), [plans], HashEncoder()).generation
        same(grown, anew)


def change(plans: Path, home: Path, step: tuple) -> None:  # type: ignore[type-arg]
    """Do one step to the files and to the home."""
    if step[0] == "write":
        _, name, number, second = step
        (plans / name).write_bytes(plan(number, second))
        homes.ingest(home, [plans], HashEncoder())
    elif any(plans.iterdir()):
        if step[0] == "rebuild":
            homes.ingest(home, [], HashEncoder())
            return
        documents = open_home(home).documents
        document = documents[step[1] % len(documents)]
        try:
            homes.remove(home, document.id, HashEncoder())
        except PlanqaError:  # the only one
            return
        # every file of the document goes, also one that has the content of another
        for file in list(plans.iterdir()):
            if any(edition.sha256 == sha256(file) for edition in document.editions):
                file.unlink()


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def same(one: Generation, other: Generation) -> None:
    """The same documents, vectors, words and tokens, byte for byte."""
    assert one.documents == other.documents
    ours, theirs = content(one.folder), content(other.folder)
    assert sorted(ours) == sorted(theirs)
    assert [name for name, data in theirs.items() if ours[name] != data] == []
    for question in ("chợ đêm thứ bảy", "So Cong Thuong"):
        np.testing.assert_array_equal(one.lexical.scores(question), other.lexical.scores(question))
    assert one.folder.name == other.folder.name


@pytest.mark.usefixtures(few_samples.__name__)
def test_an_edited_file_has_only_its_changed_passages_encoded(tmp_path: Path) -> None:
    encoder, plans = HashEncoder(), tmp_path / "plans"
    plans.mkdir()
    for number in (7, 8):
        (plans / f"{number}.txt").write_bytes(plan(number))
    homes.ingest(tmp_path / "home", [plans], encoder)
    (plans / "8.txt").write_bytes(plan(8, "Chợ đêm mở thứ bảy hằng tuần."))
    encoder.encoded.clear()
    done = homes.ingest(tmp_path / "home", [plans], encoder)
    assert (done.new, done.changed, done.unchanged) == (0, 1, 1)
    assert [text.rpartition(": ")[2] for text in encoder.encoded] == ["2. Chợ đêm mở thứ bảy hằng tuần."]
    encoder.encoded.clear()
    removed = homes.remove(tmp_path / "home", "ha-giang-2024-7-kh-ubnd", encoder)
    assert numbers(removed) == ["8/KH-UBND"] and encoder.encoded == []


@pytest.mark.usefixtures(few_samples.__name__)
def test_a_file_that_takes_the_content_of_another_leaves_nothing_behind(tmp_path: Path) -> None:
    encoder, plans = HashEncoder(), tmp_path / "plans"
    plans.mkdir()
    for name, number in (("a.txt", 7), ("b.txt", 8)):
        (plans / name).write_bytes(plan(number))
    homes.ingest(tmp_path / "home", [plans], encoder)
    shutil.copyfile(plans / "b.txt", plans / "a.txt")
    done = homes.ingest(tmp_path / "home", [plans / "a.txt"], encoder)
    assert (done.new, done.changed, done.unchanged) == (0, 1, 0)
    assert numbers(done.generation) == ["8/KH-UBND"]


@pytest.mark.usefixtures(few_samples.__name__)
def test_a_file_that_moved_is_known_by_its_new_place(tmp_path: Path) -> None:
    encoder, plans = HashEncoder(), tmp_path / "plans"
    plans.mkdir()
    (plans / "a.txt").write_bytes(plan(7))
    homes.ingest(tmp_path / "home", [plans], encoder)
    (plans / "a.txt").rename(plans / "b.txt")
    encoder.encoded.clear()
    done = homes.ingest(tmp_path / "home", [plans], encoder)
    assert (done.new, done.changed, done.unchanged, encoder.encoded) == (0, 0, 1, [])
    (plans / "b.txt").write_bytes(plan(8))
    assert numbers(homes.ingest(tmp_path / "home", [plans], encoder).generation) == ["8/KH-UBND"]


class Interrupted(HashEncoder):
    """Somebody presses Ctrl-C after so many passages."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.after = after

    def read_passages(self, texts, progress=None) -> Iterator:  # type: ignore[no-untyped-def, type-arg]
        for place, pair in enumerate(super().read_passages(texts, progress)):
            if len(texts) > len(SAMPLES.passages) and place == self.after:
                raise KeyboardInterrupt
            yield pair


def many(plans: Path) -> Path:
    plans.mkdir()
    for number in range(1, 5):
        (plans / f"{number}.txt").write_bytes(plan(number, f"Có {number} chợ phiên mở vào cuối tuần."))
    return plans


@pytest.mark.usefixtures(few_samples.__name__)
@pytest.mark.parametrize("after", [0, 1, 5, 8])
@pytest.mark.parametrize("block", [3, 512])
def test_an_interrupted_ingest_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int, block: int
) -> None:
    monkeypatch.setattr(blocks, "BLOCK", block)
    plans, home = many(tmp_path / "plans"), tmp_path / "home"
    whole = HashEncoder()
    expected = homes.ingest(tmp_path / "whole", [plans], whole).generation
    with pytest.raises(KeyboardInterrupt, match="the same command goes on from there"):
        homes.ingest(home, [plans], Interrupted(after))
    assert not (home / "CURRENT").exists()
    again = HashEncoder()
    done = homes.ingest(home, [plans], again).generation
    same(done, expected)
    fitted = len(SAMPLES.passages) if after == 0 else 0
    assert len(again.encoded) == len(whole.encoded) - len(SAMPLES.passages) - after + fitted
    assert not (home / "work").exists()


@pytest.mark.usefixtures(few_samples.__name__)
def test_damaged_blocks_are_encoded_again_and_those_of_another_encoder_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "BLOCK", 3)
    plans, home = many(tmp_path / "plans"), tmp_path / "home"
    expected = homes.ingest(tmp_path / "whole", [plans], HashEncoder()).generation
    with pytest.raises(KeyboardInterrupt):
        homes.ingest(home, [plans], Interrupted(8))
    for file in (home / "work").rglob("*.*"):
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        file.write_bytes(data)
    same(homes.ingest(home, [plans], HashEncoder()).generation, expected)

    with pytest.raises(KeyboardInterrupt):
        homes.ingest(tmp_path / "other", [plans], Interrupted(8))
    other = HashEncoder("hash@2")
    homes.ingest(tmp_path / "other", [plans], other)
    assert len(other.encoded) > 8 + len(SAMPLES.passages)


@pytest.mark.usefixtures(few_samples.__name__)
def test_what_an_ingest_had_encoded_outlives_a_remove(tmp_path: Path) -> None:
    home = tmp_path / "home"
    build(home, HashEncoder(), plan(1), plan(9))
    first = Interrupted(8)
    with pytest.raises(KeyboardInterrupt):
        homes.ingest(home, [many(tmp_path / "plans")], first)
    homes.remove(home, "ha-giang-2024-9-kh-ubnd", HashEncoder())
    again = HashEncoder()
    homes.ingest(home, [tmp_path / "plans"], again)
    assert again.encoded and not set(again.encoded) & set(first.encoded[:8])


@pytest.mark.usefixtures(few_samples.__name__)
def test_keys_tell_passages_apart_and_are_one_each(tmp_path: Path) -> None:
    generation = build(tmp_path, HashEncoder(), plan(7), plan(8))
    keys = load_keys(generation.folder / "keys.npy")
    assert len(keys) == len(generation.passages) == len(set(keys))


@pytest.mark.usefixtures(few_samples.__name__)
def test_the_samples_are_read_for_the_first_generation_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = build(tmp_path, HashEncoder(), plan(7))

    def read() -> None:
        raise AssertionError("the samples were read again")

    monkeypatch.setattr(building, "default_samples", read)
    second = build(tmp_path, HashEncoder(), plan(7), plan(8))
    assert second.about.space == first.about.space and second.about.samples == first.about.samples != ""
    assert numbers(second) == ["7/KH-UBND", "8/KH-UBND"]
