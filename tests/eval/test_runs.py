"""Systems over a tiny BEIR folder, and runs that go on after an interruption."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from eval_fakes import WordEncoder, beir

from eval import resume, runs
from eval.datasets import BeirFolder
from eval.measures import mean, per_query
from eval.resume import KeptEncoder, Work
from eval.runs import run_to_file, search_all
from eval.systems import NAMES, make_system
from eval.trec import read_run
from eval.types import Hit, Item
from index.samples import default_samples

SAMPLED = sum(len(asked) for asked in default_samples().questions.values())
"""Questions that are encoded before the first one of a run: those that the space is fitted to."""


@pytest.fixture
def data(tmp_path: Path) -> BeirFolder:
    return BeirFolder(beir(tmp_path / "set"))


@pytest.mark.parametrize("name", NAMES)
def test_every_system_finds_what_is_worded_alike(name: str, data: BeirFolder, tmp_path: Path) -> None:
    run, timing = search_all(data, make_system(name, data, WordEncoder(), tmp_path / "home"))
    assert list(run) == ["q1", "q2"]
    assert {query: next(iter(found)) for query, found in run.items()} == {"q1": "d1", "q2": "d2"}
    assert mean(per_query(data.qrels(), run)["nDCG@10"]) == 1.0
    assert (timing.items, timing.queries) == (3, 2)


def test_a_system_is_a_name_and_two_methods(data: BeirFolder) -> None:
    class Backwards:
        name = "backwards"

        def index(self, items: list[Item], progress: object = None) -> None:
            self.items = items[::-1]

        def search(self, query: str, k: int) -> list[Hit]:
            return [Hit(item.id, 1 / rank, item.text) for rank, item in enumerate(self.items[:k], 1)]

    run, _ = search_all(data, Backwards())  # type: ignore[arg-type]
    assert {tuple(found) for found in run.values()} == {("d3", "d2", "d1")}


def test_bm25_alone_encodes_nothing_and_finds_only_what_shares_a_term(data: BeirFolder, tmp_path: Path) -> None:
    encoder = WordEncoder()
    run, _ = search_all(data, make_system("bm25", data, encoder, tmp_path / "home"))
    assert (encoder.passages, encoder.questions) == ([], 0)
    assert list(run["q1"]) == ["d1"]


def test_a_question_of_nothing_but_marks_finds_nothing_and_breaks_nothing(tmp_path: Path) -> None:
    queries = '{"_id": "q1", "text": "???"}\n{"_id": "q2", "text": "\\u200b"}\n'
    data = BeirFolder(beir(tmp_path / "set", queries=queries))
    for name in ("hybrid", "dense", "bm25"):
        run, _ = search_all(data, make_system(name, data, WordEncoder(), tmp_path / "home"))
        assert list(run) == ["q1", "q2"]


def test_an_interrupted_run_goes_on(data: BeirFolder, tmp_path: Path) -> None:
    output = tmp_path / "x.trec"
    with pytest.raises(KeyboardInterrupt):  # the first question is searched twice: once to warm up
        run_to_file(data, "dense", WordEncoder(breaks_at_question=SAMPLED + 3), output)
    assert not output.exists()
    encoder = WordEncoder()
    run, timing = run_to_file(data, "dense", encoder, output)
    assert encoder.passages == []  # vectors were kept
    assert encoder.questions == SAMPLED + 2  # q2, to warm up and to search; q1 was kept
    assert read_run(output) == run and set(run) == {"q1", "q2"}
    assert timing.queries == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["set", "x.trec"]


def test_work_of_another_data_set_is_not_taken_over(data: BeirFolder, tmp_path: Path) -> None:
    output = tmp_path / "x.trec"
    with pytest.raises(KeyboardInterrupt):
        run_to_file(data, "dense", WordEncoder(breaks_at_question=SAMPLED + 3), output)
    other = BeirFolder(beir(tmp_path / "other", qrels="query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td3\t1\n"))
    encoder = WordEncoder()
    run_to_file(other, "dense", encoder, output)
    assert len(own(encoder)) == 3


def own(encoder: WordEncoder) -> list[str]:
    """What was encoded, apart from the samples that every space is fitted to."""
    return [text for text in encoder.passages if text not in default_samples().passages]


def test_a_line_that_was_being_written_is_dropped(tmp_path: Path) -> None:
    work = Work(tmp_path / "x.trec", {"a": 1})
    work.add("q1", {"d1": 1.0}, 2.0)
    with (work.folder / "found.jsonl").open("a", encoding="utf-8") as stream:
        stream.write('["q2", {"d')
    again = Work(tmp_path / "x.trec", {"a": 1})
    assert again.found() == {"q1": ({"d1": 1.0}, 2.0)}
    again.add("q3", {}, 1.0)
    assert list(again.found()) == ["q1", "q3"]


def test_kept_vectors_are_those_of_the_encoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resume, "BLOCK", 2)
    texts = ["a", "b", "c"]
    plain, encoder = WordEncoder(), WordEncoder()
    for _ in range(2):
        assert np.array_equal(KeptEncoder(encoder, tmp_path).encode_passages(texts), plain.encode_passages(texts))
    assert encoder.passages == texts


def test_kept_readings_are_those_of_the_encoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resume, "BLOCK", 2)
    texts = ["a b", "c", "d e f"]
    plain, encoder = WordEncoder(), WordEncoder()
    for _ in range(2):
        kept = dict(KeptEncoder(encoder, tmp_path).read_passages(texts))
        for place, reading in plain.read_passages(texts):
            assert np.array_equal(kept[place].vector, reading.vector)
            assert np.array_equal(kept[place].tokens, reading.tokens)
            assert np.array_equal(kept[place].ids, reading.ids)
    assert encoder.passages == texts


def test_work_of_other_code_is_not_taken_over(
    data: BeirFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(KeyboardInterrupt):
        run_to_file(data, "dense", WordEncoder(breaks_at_question=SAMPLED + 3), tmp_path / "x.trec")
    monkeypatch.setattr(runs, "code_sha256", lambda: "changed")
    encoder = WordEncoder()
    run_to_file(data, "dense", encoder, tmp_path / "x.trec")
    assert len(own(encoder)) == 3
