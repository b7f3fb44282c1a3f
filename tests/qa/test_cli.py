"""The planqa command as a user types it: output on stdout, one clear line on stderr, exit codes."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from _pytest.capture import CaptureFixture

from corpus.collect import shipped_plans
from qa.cli import app, main

PLANS = shipped_plans()


def run(capsys: CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command, run in this process."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def one_line(err: str) -> bool:
    lines = [line for line in err.splitlines() if line.strip()]
    return len(lines) == 1 and lines[0].startswith("planqa: ") and "Traceback" not in err


@pytest.fixture
def home(shipped_home: Path) -> Path:
    return shipped_home


def test_ask_prints_the_contract(capsys: CaptureFixture[str], home: Path) -> None:
    code, out, err = run(capsys, "ask", "who is responsible for SOC by when?", "--json", "--home", home)
    record = json.loads(out)
    assert (code, err) == (0, "")
    assert record["facts"]["responsible"] == ["Sở Thông tin và Truyền thông"]
    assert record["facts"]["deadline"] == "thường xuyên"


def test_ask_prints_answer_and_quote_for_people(capsys: CaptureFixture[str], home: Path) -> None:
    code, out, _ = run(capsys, "ask", "Ai lo SOC ở Trà Vinh?", "--home", home)
    assert code == 0
    assert out.startswith("Chịu trách nhiệm: Sở Thông tin và Truyền thông. [1]")
    assert "[1] gạch đầu dòng thứ 24" in out


def test_search_prints_a_list_of_passages(capsys: CaptureFixture[str], home: Path) -> None:
    code, out, _ = run(
        capsys, "search", "điện thoại thông minh", "--province", "Gia Lai", "-k", 3, "--json", "--home", home
    )
    records = json.loads(out)
    assert code == 0 and [record["rank"] for record in records] == [1, 2, 3]
    assert all(record["province"] == "Gia Lai" for record in records)
    assert "điện thoại thông minh" in records[0]["text"]


def test_documents_prints_the_contract(capsys: CaptureFixture[str], home: Path) -> None:
    code, out, _ = run(capsys, "documents", "--json", "--home", home)
    records = {record["document"]: record for record in json.loads(out)}
    assert code == 0
    assert {n: (r["id"], r["tasks"], len(r["editions"])) for n, r in records.items()} == {
        "2043/QĐ-UBND": ("tra-vinh-2024-2043-qd-ubnd", 41, 2),
        "1331/KH-UBND": ("gia-lai-2022-1331-kh-ubnd", 36, 1),
        "292/KH-UBND": ("son-la-2022-292-kh-ubnd", 27, 1),
        "55/KH-UBND": ("vinh-phuc-2022-55-kh-ubnd", 0, 1),
    }
    assert set(records["55/KH-UBND"]) >= {
        "id", "document", "kind", "issuer", "province", "date", "title", "editions", "passages", "tasks", "targets",
        "warnings",
    }  # fmt: skip


def test_tasks_and_targets_print_records(capsys: CaptureFixture[str], home: Path) -> None:
    _, out, _ = run(capsys, "tasks", "--province", "Sơn La", "--json", "--home", home)
    assert sum(record["source"] == "table" for record in json.loads(out)) == 27
    _, out, _ = run(capsys, "targets", "--document", "2043/QĐ-UBND", "--json", "--home", home)
    assert {"indicator", "comparator", "value", "unit", "year", "citation", "passage_id"} <= set(json.loads(out)[0])


def test_batch_writes_a_line_an_answer(capsys: CaptureFixture[str], home: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": "a", "question": "Ai lo SOC?"}\n\n{"id": "b", "question": ""}\n', encoding="utf-8")
    code, _, _ = run(capsys, "ask", "--batch", questions, "--output", tmp_path / "out.jsonl", "--home", home)
    records = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert code == 0
    assert [(record["id"], record["answerable"]) for record in records] == [("a", True), ("b", False)]
    assert records[1]["reason"] == "empty_question"


def test_a_bad_batch_line_is_named_and_nothing_is_written(
    capsys: CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": "a", "question": "Ai lo SOC?"}\n{"id": 2}\n', encoding="utf-8")
    code, _, err = run(capsys, "ask", "--batch", questions, "--output", tmp_path / "out.jsonl", "--home", home)
    assert code == 1 and one_line(err) and "line 2" in err
    assert sorted(file.name for file in tmp_path.iterdir()) == ["questions.jsonl"]


def test_ingest_alone_starts_a_home_with_just_those_paths(capsys: CaptureFixture[str], tmp_path: Path) -> None:
    home = tmp_path / "h"
    plan = PLANS / "vinh-phuc-2022-55-kh-ubnd.portal.txt"
    code, out, _ = run(capsys, "ingest", plan, "--home", home)
    assert code == 0 and "1 documents, " in out and "1 new files" in out
    code, out, _ = run(capsys, "ingest", plan, "--home", home)
    assert "0 new files, 0 changed, 1 unchanged" in out
    _, out, _ = run(capsys, "documents", "--json", "--home", home)
    assert [record["document"] for record in json.loads(out)] == ["55/KH-UBND"]


def test_an_edited_file_replaces_its_document(capsys: CaptureFixture[str], tmp_path: Path) -> None:
    home, plan = tmp_path / "h", tmp_path / "plan.txt"
    text = (PLANS / "vinh-phuc-2022-55-kh-ubnd.portal.txt").read_text(encoding="utf-8")
    plan.write_text(text, encoding="utf-8")
    run(capsys, "ingest", plan, "--home", home)
    plan.write_text(text.replace("Camera an ninh", "Camera an toàn"), encoding="utf-8")
    _, out, _ = run(capsys, "ingest", plan, "--home", home)
    assert "0 new files, 1 changed" in out
    _, out, _ = run(capsys, "search", "Camera an toàn", "-k", 1, "--json", "--home", home)
    assert "Camera an toàn" in json.loads(out)[0]["text"]
    _, out, _ = run(capsys, "documents", "--json", "--home", home)
    assert [len(record["editions"]) for record in json.loads(out)] == [1]


def test_removing_a_document(capsys: CaptureFixture[str], tmp_path: Path) -> None:
    home = tmp_path / "h"
    run(capsys, "ingest", PLANS, "--home", home)
    code, out, _ = run(capsys, "remove", "tra-vinh-2024-2043-qd-ubnd", "--home", home)
    assert code == 0 and "3 documents" in out
    code, _, err = run(capsys, "remove", "tra-vinh-2024-2043-qd-ubnd", "--home", home)
    assert code == 1 and one_line(err)


def test_the_rest_of_a_folder_is_ingested_and_the_left_out_named(capsys: CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "plan.txt").write_bytes((PLANS / "vinh-phuc-2022-55-kh-ubnd.portal.txt").read_bytes())
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "empty.md").write_bytes(b"")
    code, out, err = run(capsys, "ingest", folder, "--home", tmp_path / "h")
    assert code == 0 and "2 left out" in out
    assert re.search(r"left out: \S*binary\.txt", err) and re.search(r"left out: \S*empty\.md", err)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("ask", ""), 1, "type a question"),
        (("ask", "a" * 100_000), 1, "at most 2,000 characters"),
        (("search", " "), 1, "type a question"),
        (("search", "a", "--province", "Atlantis"), 1, "Atlantis"),
        (("search", "a", "--kind", "poem"), 1, "poem"),
        (("ingest", "/no/such/folder"), 1, "/no/such/folder"),
        (("search",), 2, "Missing argument"),
        (("ask",), 2, "a question is missing"),
        (("search", "a", "-k", "0"), 2, "-k 0: expected 1 to 1000"),
        (("serve", "--port", "70000"), 2, "70000"),
        (("fly",), 2, "fly"),
        (("ask", "--batch", "/no/such.jsonl", "--output", "/tmp/x.jsonl"), 1, "/no/such.jsonl"),
    ],
)
def test_bad_calls_are_one_clear_line(
    capsys: CaptureFixture[str], home: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    given, out, err = run(capsys, *arguments)
    assert given == code and one_line(err) and words in err and out == ""


def test_binary_missing_and_unknown_files(capsys: CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "b.txt").write_text("Xin chào.", encoding="utf-8")
    for path in (tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "none.txt"):
        code, _, err = run(capsys, "ingest", path, "--home", tmp_path / "h")
        assert code == 1 and one_line(err) and path.name in err
    assert not (tmp_path / "h" / "CURRENT").exists()


def test_a_folder_of_others_is_not_taken_for_a_home(capsys: CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "letter.odt").write_text("mine", encoding="utf-8")
    code, _, err = run(capsys, "documents", "--home", tmp_path)
    assert code == 1 and one_line(err) and "not a planqa home" in err
    assert [file.name for file in tmp_path.iterdir()] == ["letter.odt"]


def test_a_home_of_another_model_is_refused(
    capsys: CaptureFixture[str], home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PLANQA_MODEL", str(tmp_path / "no-model-here"))
    code, _, err = run(capsys, "search", "SOC", "--home", home)
    assert code == 1 and one_line(err) and "no-model-here" in err


def test_a_read_only_home_is_read_but_not_written(capsys: CaptureFixture[str], tmp_path: Path) -> None:
    parent = tmp_path / "file"
    parent.write_text("not a folder", encoding="utf-8")
    code, _, err = run(capsys, "ingest", PLANS, "--home", parent / "home")
    assert code == 1 and one_line(err) and "--home" in err


def test_a_port_in_use_is_told_at_once(capsys: CaptureFixture[str], home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, _, err = run(capsys, "serve", "--port", port, "--home", home)
    assert code == 1 and one_line(err) and str(port) in err


def test_every_command_explains_itself(capsys: CaptureFixture[str]) -> None:
    for command in app.registered_commands:
        assert command.callback is not None
        code, out, _ = run(capsys, command.callback.__name__, "--help")
        assert code == 0 and (command.callback.__doc__ or "").split(".")[0] in " ".join(out.split())


def test_listing_documents_imports_no_heavy_library(home: Path) -> None:
    script = (
        "import sys\nfrom qa.cli import main\n"
        f"try: main(['documents', '--home', {str(home)!r}])\nexcept SystemExit: pass\n"
        "print([m for m in ('torch', 'sentence_transformers', 'gradio', 'faiss') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env=dict(os.environ),
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.splitlines()[-1] == "[]", done.stderr
