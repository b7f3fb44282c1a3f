"""The report of made-up figures: page, plots and JSON agree, links resolve, nothing of the machine leaks."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from eval import report
from eval.answering import Asked
from eval.answers import MEASURES as ANSWER_MEASURES
from eval.benchmark import Benchmark, Measured
from eval.measures import MEASURES
from eval.plots import PLOTS
from eval.questions import load
from eval.report import write_report
from eval.runs import Timing
from eval.systems import NAMES

EVAL = Path(report.__file__).parent


def made_up(split: str) -> Measured:
    ids = [question.id for question in load(split) if question.answerable]
    scores = {
        name: {measure: {id: (n * (place + 1)) % 3 / 2 for n, id in enumerate(ids)} for measure in MEASURES}
        for place, name in enumerate(NAMES)
    }
    return Measured(f"planqa {split}", "0" * 64, len(ids), scores)


def asked(split: str) -> Asked:
    ids = [question.id for question in load(split)]
    return Asked({measure: {id: n % 2 for n, id in enumerate(ids)} for measure in ANSWER_MEASURES}, 10.0, 20.0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("eval") / "results"
    timings = {name: Timing(1.0, 5, 300, 10.0 + n, 20.0) for n, name in enumerate(NAMES)}
    beir = Measured("small", "1" * 64, 2, {name: {m: {"q1": 1.0, "q2": 0.0} for m in MEASURES} for name in NAMES})
    splits = {split: made_up(split) for split in ("dev", "test")}
    answers = {split: asked(split) for split in ("dev", "test")}
    write_report(Benchmark("words@1", "2" * 64, splits, answers, timings, [(beir, timings)]), target)
    return target


def test_everything_is_written(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {"REPORT.md", "report.json", *PLOTS}
    for name in PLOTS:
        assert "<svg" in (folder / name).read_text(encoding="utf-8")


def test_the_page_holds_the_figures_of_the_json(folder: Path) -> None:
    page = (folder / "REPORT.md").read_text(encoding="utf-8")
    record = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    for name in NAMES:
        found = record["retrieval"]["planqa test"][name]["nDCG@10"]
        assert f"{found['mean']:.3f} [{found['low']:.3f}, {found['high']:.3f}]" in page
    assert set(record["sha256"]) == {"planqa dev", "planqa test", "small"}
    for digest in record["sha256"].values():
        assert digest in page
    assert record["seed"] and record["versions"]["python"] in page and record["machine"]["processor"] in page
    assert "| false_premise" in page and "| vi, no marks" in page


def test_values_by_query_are_those_of_test_alone(folder: Path) -> None:
    record = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    ids = {question.id for question in load("test")}
    for part in record["test_by_query"].values():
        assert part and all(set(values) <= ids for values in part.values())


def test_links_resolve(folder: Path) -> None:
    links = re.findall(r"\]\(([^)]+)\)", (folder / "REPORT.md").read_text(encoding="utf-8"))
    assert len(links) >= 5
    for link in links:
        assert (folder / link).is_file() or (EVAL / "results" / link).resolve().is_file(), link


def test_nothing_of_the_machine_leaks(folder: Path) -> None:
    for name in ("REPORT.md", "report.json"):
        text = (folder / name).read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w./])/(?:home|root|tmp|work|usr|Users)\b", text)
        assert str(folder) not in text
