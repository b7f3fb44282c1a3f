"""The speed benchmark in small: texts, judging, turns, ratios, made readings, growth steps with an encoder of words."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from eval_fakes import WordEncoder

from eval.bench import grow_home, grow_read, grow_vectors, sides
from eval.bench.made import READINGS, MadeEncoder
from eval.bench.memory import folder_bytes, peak_bytes, resident_bytes
from eval.bench.planqa_side import Planqa
from eval.bench.process import Worker, run_json, run_once
from eval.bench.texts import make_texts, quality, questions
from eval.bench.types import Text, read_texts, write_texts
from eval.bench.worker import obey
from eval.errors import DataError
from eval.judge import holds, squash
from eval.questions import load

TEXTS = [
    Text("a.1", "1/QĐ-UBND", "Hà Giang: ", "chữ ký số cho công dân"),
    Text("a.2", "1/QĐ-UBND", "Hà Giang: ", "điện thoại thông minh"),
    Text("a.3", "1/QĐ-UBND", "Hà Giang: ", "báo cáo hàng quý"),
]


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    grow_read.read(WordEncoder(), folder, 30)
    return folder


def test_texts_are_the_passages_as_they_are_embedded(tmp_path: Path) -> None:
    texts = make_texts("passages")
    assert len({text.id for text in texts}) == len(texts) > 500
    assert all(text.whole == text.front + text.own and text.document in text.front for text in texts)
    assert {len(text.own) > 1000 for text in make_texts("chunks")} == {False}
    write_texts(TEXTS, tmp_path / "texts.json")
    assert read_texts(tmp_path / "texts.json") == TEXTS


def test_quality_is_one_where_gold_comes_first_and_none_where_nothing_is_found() -> None:
    texts = make_texts("passages")
    squashed = [squash(text.own) for text in texts]
    best = {}
    for asked in load("dev"):
        gold = asked.gold[0] if asked.gold else None
        fits = (
            n for n, t in enumerate(texts) if gold and t.document == gold.document and holds(squashed[n], gold.quote)
        )
        best[asked.question] = [place for place in [next(fits, None)] if place is not None]
    found = quality(texts, best)
    assert found["hit@1"] == found["hit@5"] > 0.95  # one quote stands in more than one passage
    assert quality(texts, {question: [] for question in questions()}) == {"hit@1": 0.0, "hit@5": 0.0}


def test_ratios_are_taken_turn_by_turn() -> None:
    bare = sides.Turns(seconds=[{"encode": 2.0, "index": 1.0}, {"encode": 8.0, "index": 1.0}])
    own = sides.Turns(seconds=[{"fit the space": 3.0, "build": 3.0}, {"fit the space": 2.0, "build": 10.0}], peak=7)
    row = sides.row(own, bare, 90)
    assert row["texts_per_second"] == 10.0  # 90 texts in the median of 6 and 12 seconds
    assert row["ratio"] == {"median": 0.625, "low": 0.5, "high": 0.75}  # 3 / 6 and 9 / 12
    assert row["ratio_again"] == {"median": 0.95, "low": 0.9, "high": 1.0}  # 3 / 3 and 9 / 10
    assert row["peak"] == 7 and "ratio_again" not in sides.row(bare, bare, 90)
    asked = sides.asking([2.0, 6.0, 40.0], [1.0, 2.0, 10.0])
    assert asked == {"p50": 6.0, "p95": pytest.approx(36.6), "ratio_p50": 3.0}  # 6 + 0.9 of the way to 40


def test_every_turn_begins_with_another_system() -> None:
    turns = [sides.in_turn(["a", "b", "c"], turn) for turn in range(6)]
    assert all(sorted(turn) == ["a", "b", "c"] for turn in turns)
    assert {turn[0] for turn in turns} == {turn[-1] for turn in turns} == {"a", "b", "c"}


def test_planqa_builds_and_answers_as_a_worker(tmp_path: Path) -> None:
    write_texts(TEXTS, tmp_path / "texts.json")
    side = Planqa(WordEncoder())
    obey(side, {"do": "load"})
    built = obey(side, {"do": "build", "texts": str(tmp_path / "texts.json"), "folder": str(tmp_path / "index")})
    assert set(built["seconds"]) == {"fit the space", "build"} and min(built["seconds"].values()) > 0
    assert folder_bytes(tmp_path / "index") > 1000
    for way in ("search", "dense"):
        asked = obey(side, {"do": "ask", "questions": ["điện thoại thông minh", "???"], "way": way})
        assert [len(places) for places in asked["places"]] == [3, 3] and asked["places"][0][0] == 1
        assert len(asked["milliseconds"]) == 2 and asked["peak"] > 1e6


def test_made_readings_are_the_same_every_time_and_near_real_ones(readings: Path) -> None:
    encoder, again = MadeEncoder(readings / READINGS), MadeEncoder(readings / READINGS)
    made = encoder.made(40, 20)
    np.testing.assert_array_equal(made, again.made(40, 20))
    np.testing.assert_allclose(np.linalg.norm(made, axis=1), 1, rtol=1e-5)
    assert len(np.unique(made.round(6), axis=0)) == 20
    text = make_texts("passages")[12].whole
    [(place, reading)] = encoder.read_passages([text])
    assert place == 0 and reading.tokens.shape == (len(reading.ids), encoder.dimension)
    np.testing.assert_array_equal(reading.vector, next(again.read_passages([text]))[1].vector)
    question = list(encoder.questions)[3]
    assert set(encoder.questions.values()) <= {"vi", "en"}
    np.testing.assert_allclose(encoder.read_question(question).vector, WordEncoder().read_question(question).vector)
    assert encoder.read_question("nobody has asked this").vector.shape == (encoder.dimension,)


def test_exact_neighbours_are_found_across_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grow_vectors, "_BLOCK", 4)
    vectors = np.array([[np.cos(a), np.sin(a)] for a in np.linspace(0, 3, 13)], np.float32)
    rows = grow_vectors.exact(vectors, np.array([[1, 0], [-1, 0]], np.float32))
    assert rows.tolist() == [list(range(10)), list(range(12, 2, -1))]


def test_vectors_are_written_and_searched(readings: Path) -> None:
    folder = readings / "vectors"
    written = grow_vectors.write(folder, 60)
    found = grow_vectors.search(folder, 60)
    assert written["kind"] == "flat" and written["disk"] >= 60 * 16 * 4
    assert found["recall_at_10"] == 1.0 and 0 < found["p50"] <= found["p95"]


def test_a_home_is_ingested_opened_and_added_to(readings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    every = grow_home.plans()
    assert len(every) == 4 and len({number for number, _ in every.values()}) == 4
    smallest = min(every.items(), key=lambda plan: len(plan[1][1]))
    monkeypatch.setattr(grow_home, "plans", lambda: dict([smallest]))
    folder = readings / "home"
    one = grow_home.ingest(folder, 1)["passages"]
    ingested = grow_home.ingest(readings / "three", 3 * one)
    assert (ingested["documents"], ingested["passages"]) == (3, 3 * one)
    opened = grow_home.open(readings / "three", 3 * one)
    assert 0 < opened["p50"] <= opened["p95"] and opened["peak_index"] <= opened["peak"]
    assert grow_home.add(readings / "three", 3 * one)["added"] == 1


def test_a_worker_answers_and_a_dead_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "echoing.py").write_text(
        "import json, sys\n"
        "for line in sys.stdin:\n"
        "    if 'die' in line: sys.exit('no more of this')\n"
        "    print(json.dumps({'echo': json.loads(line)}), flush=True)\n"
    )
    with Worker("echoing", [], {"PYTHONPATH": str(tmp_path)}, tmp_path / "log") as worker:
        assert worker.do({"do": "load"}) == {"echo": {"do": "load"}}
        with pytest.raises(DataError, match="no more of this"):
            worker.do({"do": "die"})


def test_commands_are_timed_and_failures_told(tmp_path: Path) -> None:
    once = run_once(
        [sys.executable, "-c", "import time; held = b'1' * 50_000_000; time.sleep(0.1)"], {}, tmp_path / "log"
    )
    assert once.seconds > 0.1 and once.peak > 50e6
    with pytest.raises(DataError, match="ZeroDivisionError"):
        run_once([sys.executable, "-c", "1 / 0"], {}, tmp_path / "log")
    with pytest.raises(DataError, match="failed"):
        run_json("eval.bench.grow_vectors", ["search", str(tmp_path / "none"), "10"], tmp_path)


def test_memory_is_read_from_the_system(tmp_path: Path) -> None:
    (tmp_path / "status").write_text("Name:\tx\nVmHWM:\t    2048 kB\nVmRSS:\t    1024 kB\n")
    assert (peak_bytes(tmp_path / "status"), resident_bytes(tmp_path / "status")) == (2 * 2**20, 2**20)
    assert peak_bytes(tmp_path / "none") > 1e6 and resident_bytes(tmp_path / "none") > 1e6
