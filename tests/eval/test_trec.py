"""TREC runs and qrels: read, written, read again; mistakes told with file and line; nothing half-written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.errors import DataError
from eval.lines import write_whole
from eval.trec import falling, read_qrels, read_run, write_qrels, write_run


def test_a_run_is_written_best_first_and_read_again(tmp_path: Path) -> None:
    run = {"q1": {"a": 1.0, "b": 2.5}, "q2": {"c": -0.25}}
    write_run(tmp_path / "x.trec", run, "tag")
    lines = (tmp_path / "x.trec").read_text(encoding="utf-8").splitlines()
    assert lines == ["q1 Q0 b 1 2.500000 tag", "q1 Q0 a 2 1.000000 tag", "q2 Q0 c 1 -0.250000 tag"]
    assert read_run(tmp_path / "x.trec") == run


def test_equal_scores_stand_as_trec_eval_orders_them(tmp_path: Path) -> None:
    write_run(tmp_path / "x.trec", {"q": {"a": 1.0, "b": 1.0}}, "tag")
    assert [line.split()[2] for line in (tmp_path / "x.trec").read_text().splitlines()] == ["b", "a"]


def test_qrels_are_written_and_read_again(tmp_path: Path) -> None:
    qrels = {"q1": {"a": 2, "b": 0, "c": -1}, "q2": {"a": 1}}
    write_qrels(tmp_path / "x.qrels", qrels)
    assert read_qrels(tmp_path / "x.qrels") == qrels


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("q1 Q0 a 1 0.5\n", "line 1: expected 6 columns"),
        ("q1 Q0 a 1 0.5 t\nq1 Q0 b 2 high t\n", "line 2: high: expected a finite number"),
        ("q1 Q0 a 1 nan t\n", "line 1: nan: expected a finite number"),
        ("q1 Q0 a 1 0.5 t\r\n\r\nq1 Q0 a 2 0.4 t\r\n", "line 3: q1 a: expected each document once"),
        ("q9 Q0 a 1 0.5 t\n", "line 1: q9: expected a query id of the data set"),
        ("q1 Q0 z 1 0.5 t\n", "line 1: z: expected a document id of the data set"),
        ("", "got an empty file"),
    ],
)
def test_mistakes_in_a_run_are_told_with_their_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "x.trec"
    path.write_bytes(text.encode())
    with pytest.raises(DataError) as caught:
        read_run(path, {"q1"}, {"a", "b"})
    assert told in str(caught.value)


def test_mistakes_in_qrels_are_told_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "x.qrels").write_text("q1 0 a 1\nq1 0 a\n", encoding="utf-8")
    with pytest.raises(DataError, match="line 2: expected 4 columns"):
        read_qrels(tmp_path / "x.qrels")


def test_nothing_is_half_written(tmp_path: Path) -> None:
    path = tmp_path / "x.trec"
    path.write_text("before\n", encoding="utf-8")

    def lines() -> list[str]:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_whole(path, (line for _ in [0] for line in lines()))
    assert path.read_text(encoding="utf-8") == "before\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DataError, match="cannot be written"):
        write_run(tmp_path / "file" / "x.trec", {"q": {"a": 1.0}}, "tag")


@given(st.lists(st.floats(-50, 50), max_size=40))
def test_scores_fall_strictly_and_the_order_stays(scores: list[float]) -> None:
    ranked = [(f"d{n}", score) for n, score in enumerate(sorted(scores, reverse=True))]
    found = falling(ranked)
    values = list(found.values())
    assert list(found) == [document for document, _ in ranked]
    assert all(b < a for a, b in zip(values, values[1:], strict=False))
