"""Dense indexes at every size: what they find, with filters and without, and how they grow with their home."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent))

from fakes import HashEncoder
from making import build, content, few_samples, numbers, plan

from corpus.errors import HomeError
from index import approximate, late_writer
from index import search as searching
from index.approximate import ApproximateIndex
from index.generation import Generation, read_record
from index.grown import Grown, matched, origin_of
from index.home import open_home
from index.recall import Sample
from index.search import search
from index.space import unit
from index.starts import best_of, spread
from index.stores import FLAT_UP_TO, chosen, open_dense, write_dense
from index.types import Dense, Query, Vectors, Weights
from index.vectors import FlatIndex
from index.verify import verify_home
from qa import homes

KINDS = ("flat", "ivf", "hnsw")


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    """Windows that lie in bunches, as those of texts do."""
    chance = np.random.default_rng(1)
    centres = unit(chance.standard_normal((40, 32)).astype(np.float32))
    noise = 0.6 * unit(chance.standard_normal((3000, 32)).astype(np.float32))
    return unit(centres[chance.integers(0, 40, 3000)] + noise)


@pytest.fixture(scope="module")
def starts() -> NDArray[np.int64]:
    """Passages of one window, and now and then of three."""
    return np.array([window for window in range(3000) if window % 10 not in (4, 5)])


@pytest.fixture(autouse=True)
def small_is_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(approximate, "SCAN", 50)


def made(folder: Path, vectors: Vectors, starts: NDArray[np.int64], kind: str, before: Grown | None = None) -> Dense:
    folder.mkdir(exist_ok=True)
    assert write_dense(folder, vectors, starts, kind, before=before) >= 0.97
    return open_dense(folder, kind)


def test_the_kind_follows_the_size_unless_it_was_chosen() -> None:
    assert [chosen("auto", FLAT_UP_TO), chosen("auto", FLAT_UP_TO + 1)] == ["flat", "ivf"]
    assert [chosen(kind, passages) for kind in KINDS for passages in (1, 10**6)] == [k for k in KINDS for _ in "ab"]
    with pytest.raises(HomeError, match="tree: an index of auto, flat, ivf, hnsw was expected"):
        chosen("tree", 1)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_finds_what_comparing_everything_finds(
    tmp_path: Path, vectors: Vectors, starts: NDArray[np.int64], kind: str
) -> None:
    index = made(tmp_path / kind, vectors, starts, kind)
    flat = FlatIndex.build(vectors, starts)
    assert index.shape == flat.shape == (2400, 32)
    rows = np.arange(len(starts))
    chance = np.random.default_rng(2)
    masks = [None, chance.random(2400) < 0.5, chance.random(2400) < 0.05, chance.random(2400) < 0.01, rows == 7]
    for mask in masks:
        found = 0
        for question in unit(vectors[::100] + 0.7 * unit(chance.standard_normal((30, 32)).astype(np.float32))):
            exact = flat.cosines(question, rows)
            np.testing.assert_array_equal(index.cosines(question, rows), exact)  # to the bit
            wanted, _ = best_of(rows if mask is None else rows[mask], exact if mask is None else exact[mask], 10)
            near, cosines = index.nearest(question, 10, mask)
            np.testing.assert_array_equal(cosines, exact[near])
            assert len(near) == len(wanted) == len(set(near.tolist())) and list(cosines) == sorted(cosines)[::-1]
            assert mask is None or mask[near].all()
            found += len(set(near.tolist()) & set(wanted.tolist()))
        share = found / (30 * len(wanted))
        assert share >= (0.97 if kind != "flat" and (mask is None or mask.sum() > 50) else 1)


@pytest.mark.parametrize("kind", KINDS)
def test_the_windows_of_a_passage_come_back(
    tmp_path: Path, vectors: Vectors, starts: NDArray[np.int64], kind: str
) -> None:
    index = made(tmp_path / kind, vectors, starts, kind)
    for row in (0, 3, 2399):  # window 3 begins passage 3, which has windows 3, 4 and 5
        first, last = starts[row], np.append(starts, 3000)[row + 1]
        np.testing.assert_array_equal(index.windows(row), vectors[first:last])
    assert [len(index.windows(row)) for row in (2, 3, 4)] == [1, 3, 1]


@pytest.mark.parametrize("kind", ["ivf", "hnsw"])
def test_an_index_that_grew_and_shrank_finds_what_it_should(tmp_path: Path, vectors: Vectors, kind: str) -> None:
    every = np.arange(3000)
    made(tmp_path / "before", vectors[200:], every[:-200], kind)
    # 100 new ones before the old, and of the old, for an index that can lose some, every fifth gone
    kept = every[100:] if kind == "hnsw" else np.delete(every[100:], np.arange(500, 1500, 5))
    origin = np.where(kept < 200, -1, kept - 200)
    grown = made(tmp_path / "now", vectors[kept], np.arange(len(kept)), kind, Grown(tmp_path / "before", origin))
    anew = FlatIndex.build(vectors[kept])
    found = 0
    for question in vectors[::30]:
        rows, cosines = grown.nearest(question, 10)
        np.testing.assert_array_equal(cosines, anew.cosines(question, rows))
        found += len(set(rows.tolist()) & set(anew.nearest(question, 10)[0].tolist()))
    assert found >= 970
    assert all(grown.nearest(vectors[kept[row]], 1)[0][0] == row for row in range(100))  # the new ones
    assert isinstance(grown, ApproximateIndex)


def test_only_what_changed_is_indexed_again(tmp_path: Path, vectors: Vectors, monkeypatch: pytest.MonkeyPatch) -> None:
    added: list[int] = []
    add = approximate._add
    monkeypatch.setattr(approximate, "_add", lambda index, v, rows: (added.append(len(rows)), add(index, v, rows)))
    for kind in ("ivf", "hnsw"):
        made(tmp_path / kind, vectors[:2900], np.arange(2900), kind)
        grown = Grown(tmp_path / kind, np.append(np.arange(2900), [-1] * 100))
        made(tmp_path / f"{kind}-grown", vectors, np.arange(3000), kind, grown)
        # a graph that lost a vector, and an index that doubled, are built anew
        lost = Grown(tmp_path / kind, np.append(np.arange(2899), [-1] * 100))
        made(tmp_path / f"{kind}-lost", np.delete(vectors, 2899, axis=0), np.arange(2999), kind, lost)
        half = Grown(tmp_path / kind, np.where(np.arange(3000) < 1000, np.arange(3000), -1))
        made(tmp_path / f"{kind}-half", vectors, np.arange(3000), kind, half)
    assert added == [2900, 100, 100, 3000, 2900, 100, 2999, 3000]


def test_files_that_do_not_fit_are_refused(tmp_path: Path, vectors: Vectors) -> None:
    made(tmp_path, vectors, np.arange(3000), "ivf")
    np.save(tmp_path / "vectors.npy", vectors[:10])
    with pytest.raises(ValueError, match="10 vectors, 3000 in order, 3000 in the index"):
        open_dense(tmp_path, "ivf")
    (tmp_path / "vectors.faiss").write_bytes(b"no index")
    with pytest.raises(ValueError, match=r"vectors.faiss is not a FAISS index"):
        open_dense(tmp_path, "ivf")


@settings(deadline=None)
@given(st.lists(st.sampled_from([b"a", b"b", b"c"])), st.lists(st.sampled_from([b"a", b"b", b"d"])))
def test_each_row_before_is_taken_once_and_by_its_key(before: list[bytes], now: list[bytes]) -> None:
    rows = matched(now, before)
    taken = [row for row in rows.tolist() if row >= 0]
    assert len(set(taken)) == len(taken)
    assert all(row < 0 or before[row] == key for key, row in zip(now, rows.tolist(), strict=True))
    for key in set(now):
        assert sum(before[row] == key for row in taken) == min(now.count(key), before.count(key))
    windows = np.array([1 + key[0] % 2 for key in now], np.int64)
    sizes = np.array([1 + key[0] % 2 for key in before], np.int64)
    origin = origin_of(rows, windows, np.cumsum(sizes) - sizes)
    assert len(origin) == windows.sum() and sorted(set(origin[origin >= 0].tolist())) == sorted(
        window for row in taken for window in range(int(sizes[:row].sum()), int(sizes[: row + 1].sum()))
    )


def test_a_sample_counts_passages_as_near_as_the_tenth(vectors: Vectors, starts: NDArray[np.int64]) -> None:
    sample = Sample.of(vectors, starts)
    assert sample.questions.shape == (200, 32) and sample.recall(FlatIndex.build(vectors, starts)) == 1.0
    best = np.maximum.reduceat(vectors @ sample.questions[3], starts)
    assert sample.least[3] == pytest.approx(np.sort(best)[-10], abs=1e-6)

    class Half(FlatIndex):
        def nearest(self, question, count, allowed=None):  # type: ignore[no-untyped-def]
            rows, cosines = super().nearest(question, count, allowed)
            return rows[::2], cosines[::2]

    assert sample.recall(Half.build(vectors, starts)) == 0.5
    assert Sample.of(vectors[:0], starts[:0]).recall(FlatIndex.build(vectors[:0], starts[:0])) == 1.0


def test_spread_of_passages_in_any_order() -> None:
    windows, begins = spread(np.array([2, 0, 2]), np.array([0, 2, 3]), 5)
    assert (windows.tolist(), begins.tolist()) == ([3, 4, 0, 1, 3, 4], [0, 2, 4])


pytest_plans = pytest.mark.usefixtures(few_samples.__name__)


@pytest_plans
@pytest.mark.parametrize("masked", [False, True])
def test_candidates_give_what_weighing_everything_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, masked: bool
) -> None:
    plans = [plan(number, f"Có {number} chợ phiên mở vào thứ {number % 7}.") for number in range(1, 16)]
    opened = build(tmp_path, HashEncoder(), *plans)
    size = len(opened.passages)
    allowed = np.arange(size) % 3 != 1 if masked else None
    prior = np.where(np.arange(size) % 5 == 0, np.float32(0.1), np.float32(0))
    monkeypatch.setattr(searching, "POOL", 24)
    for words in ("Có 9 chợ phiên mở vào thứ 2", "bảng giá", "Sở Công Thương báo cáo kết quả", "zzz"):
        query = Query(words, words, Weights(0.3, 0.4, 0.2, 0.1))
        everything = search(query, HashEncoder(), opened.indexes, allowed, 5, prior)
        with monkeypatch.context() as patch:
            patch.setattr(FlatIndex, "scan", 0)
            candidates = search(query, HashEncoder(), opened.indexes, allowed, 5, prior)
        assert candidates == everything


@pytest_plans
def test_an_index_chosen_by_hand_is_remembered_and_told(tmp_path: Path) -> None:
    home, files = tmp_path / "home", tmp_path / "plans"
    files.mkdir()
    for number in (7, 8):
        (files / f"{number}.txt").write_bytes(plan(number))
        homes.ingest(home, [files], HashEncoder(), index="hnsw" if number == 7 else "")
        opened = open_home(home)
        assert (opened.about.choice, opened.about.index) == ("hnsw", "hnsw")
        assert read_record(opened.folder)["recall_at_10"] == opened.about.recall_at_10 == 1.0
        assert isinstance(opened.dense, ApproximateIndex) and verify_home(home) == ()
    homes.ingest(home, [], HashEncoder(), index="auto")
    assert (open_home(home).about.choice, open_home(home).about.index) == ("auto", "flat")


@pytest_plans
@pytest.mark.parametrize("index", ["ivf", "hnsw"])
def test_a_home_with_an_approximate_index_answers_as_a_flat_one(tmp_path: Path, index: str) -> None:
    plans = [plan(number, f"Có {number} chợ phiên mở vào thứ {number % 7}.") for number in range(1, 30)]
    flat = build(tmp_path / "flat", HashEncoder(), *plans)
    homes.ingest(tmp_path / "flat", [], HashEncoder(), index=index)
    other = open_home(tmp_path / "flat")
    assert other.about.index == index and len(other.passages) > approximate.SCAN
    query = Query("Có 9 chợ phiên mở vào thứ 2", "Có 9 chợ phiên", Weights(0.3, 0.4, 0.2, 0.1))
    one, two = (search(query, HashEncoder(), generation.indexes) for generation in (flat, other))
    assert one[0] == two[0] and len({hit.row for hit in one} & {hit.row for hit in two}) >= 9


@pytest_plans
def test_tokens_of_a_home_that_grew_are_linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(late_writer, "USUAL", 4)
    plans = [plan(number, f"Có {number} chợ phiên mở vào thứ {number % 7}.") for number in range(1, 9)]
    before = build(tmp_path / "home", HashEncoder(), *plans[:-1])
    now = build(tmp_path / "home", HashEncoder(), *plans)
    shared = {path.parent.name: path for path in before.folder.glob("late/*/tokens.npy")}
    found = {path.parent.name: path for path in now.folder.glob("late/*/tokens.npy")}
    assert len(set(shared) & set(found)) >= 3
    for name in set(shared) & set(found):
        assert found[name].samefile(shared[name])
    assert content(now.folder) == content(build(tmp_path / "anew", HashEncoder(), *plans).folder)


@pytest_plans
def test_a_big_home_is_searched_without_tokens_and_gets_them_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANQA_TOKENS_UP_TO", "3")
    opened = build(tmp_path, HashEncoder(), plan(7), plan(8))
    assert not opened.about.tokens and not (opened.folder / "late").exists()
    query = Query("Có 12 chợ phiên mở vào cuối tuần", "Có 12 chợ phiên", Weights(0.3, 0.4, 0.2, 0.1))
    hits = search(query, HashEncoder(), opened.indexes, k=2)
    assert "chợ phiên mở vào cuối tuần" in opened.passages[hits[0].row].text
    assert [hit.late for hit in hits] == [0.0, 0.0] and hits[0].score <= 1.0
    monkeypatch.delenv("PLANQA_TOKENS_UP_TO")
    again = build(tmp_path, HashEncoder(), plan(7), plan(8))
    assert again.about.tokens and again.folder != opened.folder and again.late.is_kept
    assert search(query, HashEncoder(), again.indexes, k=2)[0].late > 0
    assert numbers(again) == numbers(opened)
    same_as_anew(again, build(tmp_path / "anew", HashEncoder(), plan(7), plan(8)))


def same_as_anew(one: Generation, other: Generation) -> None:
    assert content(one.folder) == content(other.folder)
