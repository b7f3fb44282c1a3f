"""Feedback: kept as given, by many writers at once, across re-ingests; exported as questions of the benchmark."""

from __future__ import annotations

import dataclasses
import json
import multiprocessing
import shutil
import sqlite3
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as some
from web_library import SON_LA

from corpus.errors import HomeError, QuestionError
from eval.questions import read as read_questions
from index.home import open_home
from index.types import Encoder
from qa import cli_feedback, homes
from qa.command import run_command
from qa.types import Filters
from qa.web import feedback
from qa.web.feedback import Opinion, read, store
from qa.web.feedback_export import export, quote_of


def test_an_opinion_comes_back_as_it_was_given(tmp_path: Path) -> None:
    filters = Filters(("Sơn La",), ("7/KH-UBND",), ("2022",), ("task",))
    given = Opinion("4G?", "wrong", True, "Trước tháng 6 [1].", "sai năm", ("a.1", "b.2"), filters)
    assert not (tmp_path / feedback.FILE).exists()
    assert read(tmp_path) == ()
    assert store(tmp_path, given) == 1
    [opinion] = read(tmp_path)
    assert dataclasses.replace(opinion, id=0, time="", version="") == given
    assert opinion.time.endswith("+00:00") and opinion.version == feedback.planqa_version()


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE feedback; --",
        'x"); DELETE FROM feedback; --',
        "<script>alert(1)</script>",
        "\x00 nul",
        "😀 ế \u202e",
        "?1 :name @p $v",
    ],
)
def test_hostile_text_is_kept_as_text(tmp_path: Path, text: str) -> None:
    store(tmp_path, Opinion("trước", "right"))
    store(tmp_path, Opinion(f"a {text}", "right", True, text, text, (text,), Filters((text,))))
    first, second = read(tmp_path)
    assert first.question == "trước"
    assert (second.answer, second.note, second.passage_ids, second.filters) == (text, text, (text,), Filters((text,)))


@pytest.mark.parametrize(
    ("opinion", "said"),
    [
        (Opinion("", "right"), "question"),
        (Opinion("\u200b", "right"), "question"),
        (Opinion("a" * 2_001, "right"), "at most 2,000 characters, not 2,001"),
        (Opinion("a", "right", note="a" * 2_001), "a note of at most"),
        (Opinion("a", "right", answer="a" * 20_001), "an answer of at most"),
        (Opinion("a", "right", passage_ids=("a" * 301,)), "a passage id of at most"),
        (Opinion("a", "right", passage_ids=("a",) * 101), "at most 100"),
        (Opinion("a", "maybe"), "one of right, wrong, missing"),  # type: ignore[arg-type]
        (Opinion("a", "right", note="\ud800"), "UTF-8"),
    ],
)
def test_what_is_too_long_or_unreadable_is_refused(tmp_path: Path, opinion: Opinion, said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        store(tmp_path, opinion)
    assert not (tmp_path / feedback.FILE).exists()


def test_a_full_file_takes_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback, "MAX_ROWS", 2)
    store(tmp_path, Opinion("a", "right"))
    store(tmp_path, Opinion("b", "right"))
    with pytest.raises(HomeError, match="2 opinions already"):
        store(tmp_path, Opinion("c", "right"))
    assert [opinion.question for opinion in read(tmp_path)] == ["a", "b"]


def test_a_broken_file_and_a_missing_home_are_said(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="no such folder"):
        store(tmp_path / "none", Opinion("a", "right"))
    (tmp_path / feedback.FILE).write_bytes(b"not a database" * 100)
    with pytest.raises(HomeError, match="cannot be used"):
        store(tmp_path, Opinion("a", "right"))
    with pytest.raises(HomeError, match="cannot be used"):
        read(tmp_path)


def _write(home: Path, writer: int, count: int) -> None:
    for number in range(count):
        store(home, Opinion(f"{writer}:{number}", "right", note="x" * 500))


def test_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    """Four processes make the file and write to it at the same time, while it is read."""
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(tmp_path, writer, 30)) for writer in range(4)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        read(tmp_path)
    assert [writer.exitcode for writer in writers] == [0] * 4
    found = read(tmp_path)
    assert {opinion.question for opinion in found} == {f"{w}:{n}" for w in range(4) for n in range(30)}
    assert [opinion.id for opinion in found] == list(range(1, 121))
    with sqlite3.connect(tmp_path / feedback.FILE) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    database.close()


def test_what_was_right_becomes_a_question_with_its_gold(tmp_path: Path) -> None:
    passage = SON_LA.passages[4].id
    store(tmp_path, Opinion("Ai phủ sóng 4G?", "right", passage_ids=(passage, "gone.1")))
    store(tmp_path, Opinion("den khi nao xong 4G", "wrong", note="sai hạn", passage_ids=(passage,)))
    store(tmp_path, Opinion("What is the price of gold?", "right", answerable=False))
    store(tmp_path, Opinion("Ai lo SOC?", "missing", answerable=False, note="mục 6 có nêu"))
    assert export(tmp_path, [SON_LA], tmp_path / "out.jsonl") == 4
    right, wrong, none, missing = read_questions(tmp_path / "out.jsonl")
    assert (right.id, right.kind, right.language, right.diacritics) == ("fb-0001", "lead", "vi", True)
    [gold] = right.gold
    assert (gold.document, gold.province) == ("7/KH-UBND", "Sơn La")
    assert gold.quote == "Phủ sóng 4G: Sở Thông tin và Truyền thông, xong trước tháng 6/2025"
    assert gold.quote in SON_LA.text
    assert (wrong.answerable, wrong.gold, wrong.kind, wrong.diacritics) == (True, (), "deadline", False)
    assert (none.answerable, none.kind, none.why_not, none.language) == (False, "unanswerable", "absent_topic", "en")
    assert (missing.answerable, missing.gold) == (True, ())
    notes = [json.loads(line) for line in (tmp_path / "out.notes.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(note["id"], note["verdict"], note["note"]) for note in notes] == [
        ("fb-0001", "right", ""),
        ("fb-0002", "wrong", "sai hạn"),
        ("fb-0003", "right", ""),
        ("fb-0004", "missing", "mục 6 có nêu"),
    ]
    assert notes[0]["passage_ids"] == [passage, "gone.1"]


@pytest.fixture
def home(tmp_path: Path, shipped_home: Path) -> Path:
    """A home of the shipped plans for one test alone."""
    return Path(shutil.copytree(shipped_home, tmp_path / "home"))


def test_the_command_exports(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    app = typer.Typer()
    app.add_typer(cli_feedback.app, name="feedback")
    store(home, Opinion("Ai lo SOC?", "right"))
    output = tmp_path / "out.jsonl"
    with pytest.raises(SystemExit, match="0"):
        run_command(app, "planqa", ["feedback", "export", str(output), "--home", str(home)])
    assert capsys.readouterr().out == f"1 questions in {output}\n"
    assert [question.question for question in read_questions(output)] == ["Ai lo SOC?"]


def test_a_new_generation_leaves_feedback_alone(home: Path, encoder: Encoder) -> None:
    store(home, Opinion("Ai lo SOC?", "right"))
    homes.remove(home, open_home(home).documents[0].id, encoder)
    assert [opinion.question for opinion in read(home)] == ["Ai lo SOC?"]


def test_nothing_to_export_and_nowhere_to_write(tmp_path: Path) -> None:
    assert export(tmp_path, [], tmp_path / "out.jsonl") == 0
    assert (tmp_path / "out.jsonl").read_bytes() == b""
    with pytest.raises(HomeError, match="cannot be written"):
        export(tmp_path, [], tmp_path / "none" / "out.jsonl")


@given(some.text(alphabet="ab |\nế", max_size=400))
def test_a_quote_stands_in_its_passage_on_one_line(text: str) -> None:
    quote = quote_of(text)
    assert quote in text and "|" not in quote and "\n" not in quote
    assert len(quote.split()) <= 40
