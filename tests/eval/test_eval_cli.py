"""The planqa-eval command as an evaluator types it: results on stdout, one clear line on stderr, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from _pytest.capture import CaptureFixture
from eval_fakes import QRELS, WordEncoder, beir

from eval import cli

COMMANDS = ("run", "score", "compare", "answers", "report", "export", "validate")


def run(capsys: CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command, run in this process."""
    with pytest.raises(SystemExit) as ended:
        cli.main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def told(err: str) -> str:
    """The one line of an error."""
    lines = [line for line in err.splitlines() if line.strip()]
    assert len(lines) == 1 and lines[0].startswith("planqa-eval: "), err
    return lines[0]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(cli, "_encoder", WordEncoder)
    return beir(tmp_path / "set")


def test_run_score_and_compare(capsys: CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    for system in ("bm25", "dense"):
        code, out, _ = run(capsys, "run", folder, "--system", system, "--output", tmp_path / f"{system}.trec", "--json")
        assert code == 0 and json.loads(out)["queries"] == 2
    code, out, err = run(capsys, "score", folder, tmp_path / "bm25.trec", tmp_path / "dense.trec", "--json")
    found = json.loads(out)
    assert (code, err) == (0, "") and list(found) == ["bm25.trec", "dense.trec"]
    assert found["bm25.trec"]["nDCG@10"] == {"mean": 1.0, "low": 1.0, "high": 1.0, "n": 2}
    code, out, _ = run(capsys, "score", folder, tmp_path / "bm25.trec")
    assert code == 0 and "1.000 [1.000, 1.000]" in out
    code, out, _ = run(capsys, "compare", folder, tmp_path / "bm25.trec", tmp_path / "dense.trec", "--json")
    assert code == 0 and json.loads(out)["MRR@10"] | {"by_query": 0} == {
        "difference": 0.0, "p": 1.0, "n": 2, "better": 0, "worse": 0, "equal": 2, "by_query": 0,
    }  # fmt: skip


def test_compare_shows_what_differs_most(capsys: CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.trec").write_text("q1 Q0 d1 1 1 t\nq2 Q0 d2 1 1 t\n", encoding="utf-8")
    (tmp_path / "b.trec").write_text("q1 Q0 d1 1 1 t\n", encoding="utf-8")
    code, out, _ = run(capsys, "compare", folder, tmp_path / "a.trec", tmp_path / "b.trec")
    assert code == 0
    row = next(line for line in out.splitlines() if line.startswith("| nDCG@10"))
    # differences 0 and 1: all four ways to swap give a mean of 0.5 or -0.5
    assert row.replace(" ", "") == "|nDCG@10|+0.5000|1.000|2|1|1|0|"
    assert "gains most on" in out and "loses most on" not in out and "| q2 " in out


def test_a_query_that_a_run_lacks_scores_nought(capsys: CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    (tmp_path / "half.trec").write_text("q1 Q0 d1 1 1 t\n", encoding="utf-8")
    _, out, _ = run(capsys, "score", folder, tmp_path / "half.trec", "--json")
    assert json.loads(out)["half.trec"]["MRR@10"]["mean"] == 0.5


def test_our_own_set_is_scored_by_language_and_kind(capsys: CaptureFixture[str], tmp_path: Path) -> None:
    from eval.plans import PlanQuestions

    best = PlanQuestions("dev").qrels()
    lines = [f"{query} Q0 {id} 1 {1 - n / 100} t" for query, golds in best.items() for n, id in enumerate(golds)]
    (tmp_path / "best.trec").write_text("\n".join(lines), encoding="utf-8")
    code, out, _ = run(capsys, "score", "planqa", tmp_path / "best.trec")
    assert code == 0 and "by language" in out and "| vi, no marks |" in out and "| target " in out
    assert "1.000 [1.000, 1.000]" in out


def test_trec_qrels_are_scored_too(capsys: CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "x.qrels").write_text("q1 0 d1 1\n", encoding="utf-8")
    (tmp_path / "x.trec").write_text("q1 Q0 d1 1 1 t\n", encoding="utf-8")
    code, out, _ = run(capsys, "score", tmp_path / "x.qrels", tmp_path / "x.trec", "--json")
    assert code == 0 and json.loads(out)["x.trec"]["MAP"]["mean"] == 1.0


def test_our_own_set_becomes_a_folder_for_other_tools(capsys: CaptureFixture[str], tmp_path: Path) -> None:
    from eval.datasets import BeirFolder
    from eval.trec import read_qrels

    code, out, _ = run(capsys, "export", tmp_path / "beir")
    data = BeirFolder(tmp_path / "beir")
    assert code == 0 and f"{len(data.queries())} queries" in out
    assert data.qrels() == read_qrels(tmp_path / "beir" / "qrels.trec")
    assert len(data.queries()) > 140


def test_the_question_set_is_valid(capsys: CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "validate")
    assert (code, err) == (0, "") and "unanswerable: 90" in out


def test_what_the_user_can_mend_is_one_line_and_exit_1(
    capsys: CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "x.trec").write_text("q1 Q0 d1 1 1 t\nq1 Q0 zz 2 1 t\n", encoding="utf-8")
    code, out, err = run(capsys, "score", folder, tmp_path / "x.trec")
    assert (code, out) == (1, "") and "x.trec line 2: zz" in told(err)
    code, _, err = run(capsys, "score", tmp_path / "none", tmp_path / "x.trec")
    assert code == 1 and "no such folder or file" in told(err)
    (folder / "qrels" / "test.tsv").write_text(QRELS + "q1\tzz\t1\n", encoding="utf-8")
    code, _, err = run(capsys, "run", folder, "--system", "bm25", "--output", tmp_path / "y.trec")
    assert code == 1 and "test.tsv line 5: zz" in told(err)
    assert not (tmp_path / "y.trec").exists()


def test_a_wrong_call_is_exit_2(capsys: CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    for arguments in (
        ("run", folder, "--system", "magic", "--output", tmp_path / "y.trec"),
        ("run", folder),
        ("score", folder),
        ("score", "planqa", "x", "--split", "train"),
        ("nothing",),
    ):
        code, out, err = run(capsys, *arguments)
        assert (code, out) == (2, "") and "See `planqa-eval --help`." in told(err)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(capsys: CaptureFixture[str], command: str) -> None:
    code, out, _ = run(capsys, command, "--help")
    assert code == 0 and "Usage:" in out
    readme = (Path(cli.__file__).parent / "README.md").read_text(encoding="utf-8")
    assert f"planqa-eval {command}" in readme
