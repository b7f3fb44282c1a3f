"""The speed benchmark's page, plots, file and command: from made-up figures, whole or in part."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from _pytest.capture import CaptureFixture

from eval.bench import __main__ as command
from eval.bench.aims import aims, verdict
from eval.bench.page import show
from eval.bench.plots import PLOTS
from eval.bench.results import DATA, Results, circumstances
from eval.errors import DataError
from qa.command import run_command


def ratio(median: float) -> dict[str, float]:
    return {"median": median, "low": median - 0.1, "high": median + 0.1}


def system(name: str) -> dict[str, Any]:
    way = {"p50": 12.0, "p95": 20.0, "ratio_p50": 1.25, "hit@1": 0.5, "hit@5": 0.75}
    built = {"texts_per_second": 60.0, "ratio": ratio(0.61), "peak": 1.5e9, "disk": 21e6}
    if name != "planqa":
        return {**built, "ways": {"search": way}}
    return {**built, "texts_per_second_again": 95.5, "ratio_again": ratio(0.97), "ways": {"search": way, "dense": way}}


SIDE_BY_SIDE = {
    "texts": 548, "characters": 469, "questions": 200, "rounds": 3,
    "systems": {name: system(name) for name in ("bare", "langchain", "txtai", "planqa")},
}  # fmt: skip
COLD = {
    "rounds": 5, "dtype": "bfloat16",
    "commands": {
        "planqa search": {"seconds": 8.0, "ratio": ratio(1.4), "peak": 9e8},
        "planqa documents": {"seconds": 0.5, "ratio": ratio(0.1), "peak": 9e7},
    },
}  # fmt: skip
VECTORS = {
    "write": {"kind": "hnsw", "write_seconds": 200.0, "disk": 2.1e9},
    "search": {
        "open_seconds": 0.4, "p50": 2.5, "p95": 4.75, "filtered_p95": 9.0, "recall_at_10": 0.981, "peak": 1.25e9,
    },
}  # fmt: skip
HOME = VECTORS | {
    "ingest": {"ingest_seconds": 300.0, "documents": 730, "passages": 100_084, "disk": 3e9},
    "open": {
        "open_seconds": 1.5, "p50": 30.0, "p95": 45.5, "peak_index": 4e8, "first_search_seconds": 2.0,
        "engine_p50": 50.0, "engine_p95": 80.0, "peak": 5e8,
    },
    "add": {"add_seconds": 4.0, "added": 1},
}  # fmt: skip


@pytest.fixture
def results(tmp_path: Path) -> Results:
    return Results(tmp_path / "results", circumstances(), show)


def test_a_part_alone_is_shown_and_kept_when_another_is_measured(results: Results, tmp_path: Path) -> None:
    results.put(("cold", "bfloat16"), COLD)
    page = (tmp_path / "results" / "bench.md").read_text(encoding="utf-8")
    assert "1.40 [1.30, 1.50]" in page and "## Growth" not in page
    later = Results(tmp_path / "results", circumstances(), show)
    later.put(("side-by-side", "passages", "bfloat16"), SIDE_BY_SIDE)
    later.put(("scale", "1000000"), VECTORS)
    later.put(("scale", "100000"), HOME)
    later.put(("scale", "1000000"), VECTORS)
    page = (tmp_path / "results" / "bench.md").read_text(encoding="utf-8")
    for said in ("1.40 [1.30, 1.50]", "**0.97 [0.87, 1.07]**", "95.5 texts/s", "100,084", "hnsw", "0.981", "45.5"):
        assert said in page, said
    assert page.index("| 100,000") < page.index("| 1,000,000") and "Versions: python 3." in page
    record = json.loads((tmp_path / "results" / DATA).read_text(encoding="utf-8"))
    assert set(record) == {"cold", "side-by-side", "scale"}
    assert record["scale"]["1000000"]["circumstances"]["machine"]["processor"] in page


def test_plots_are_small_and_linked(results: Results, tmp_path: Path) -> None:
    results.put(("scale", "100000"), HOME)
    results.put(("scale", "1000000"), VECTORS)
    page = (tmp_path / "results" / "bench.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", page)
    assert sorted(links) == sorted(PLOTS)
    for name in links:
        file = tmp_path / "results" / name
        assert "<svg" in file.read_text(encoding="utf-8") and file.stat().st_size < 200_000


def test_nothing_of_the_machine_leaks(results: Results, tmp_path: Path) -> None:
    results.put(("scale", "100000"), HOME)
    for name in ("bench.md", DATA):
        text = (tmp_path / "results" / name).read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w./])/(?:home|root|tmp|work|usr|Users)\b", text)


def test_aims_are_met_missed_or_not_measured() -> None:
    record = {
        "side-by-side": {"passages": {"bfloat16": SIDE_BY_SIDE}},
        "cold": {"bfloat16": COLD},
        "scale": {"100000": HOME, "1000000": VECTORS},
    }
    found = {aim.what: (aim.measured(record), verdict(aim, aim.measured(record))) for aim in aims("bfloat16")}
    assert found["build, of the bare calls"] == (0.97, "met")
    assert found["cold `planqa search`, of loading the weights"] == (1.4, "missed")
    assert found["cold `planqa tasks`"] == (None, "not measured")
    assert found["memory to search 1,000,000 vectors"] == (1.25, "met")
    assert all(aim.measured({}) is None for aim in aims("float32"))


def test_a_spoilt_file_is_told(tmp_path: Path) -> None:
    for text in ("{", "[]", '{"other": 1}'):
        (tmp_path / DATA).write_text(text, encoding="utf-8")
        with pytest.raises(DataError, match="delete it"):
            Results(tmp_path, {}, show)


def test_the_command_measures_what_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: CaptureFixture[str]
) -> None:
    wanted: list[Any] = []

    def scale(sizes: list[int], work: Path, say: Any, keep: Any) -> None:
        wanted.extend(sizes)
        keep(100_000, HOME)

    def forbidden(*_: Any) -> None:
        raise AssertionError("not asked for")

    monkeypatch.setattr(command, "run_scale", scale)
    monkeypatch.setattr(command, "run_sides", forbidden)
    monkeypatch.setattr(command, "run_cold", forbidden)
    code, out, _ = run(capsys, "--only", "scale", "--sizes", "100000,10", "--output", str(tmp_path))
    assert code == 0 and wanted == [10, 100_000] and "bench.md" in out
    assert (tmp_path / "bench.md").is_file()


def test_a_wrong_call_is_exit_2(capsys: CaptureFixture[str]) -> None:
    for arguments in (("--only", "cpu"), ("--sizes", "many"), ("--sizes", "0"), ("--dtype", "int4"), ("--rounds", "0")):
        code, out, err = run(capsys, *arguments)
        assert (code, out) == (2, "") and arguments[0] in err


def run(capsys: CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command, run in this process."""
    with pytest.raises(SystemExit) as ended:
        run_command(command.app, "bench", list(arguments))
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err
