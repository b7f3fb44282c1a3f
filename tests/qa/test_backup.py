"""Backups: a home copied while others write to it and read from it is whole, and is a home."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from corpus.errors import HomeError
from index import checked
from index.encoder import load_encoder
from index.home import open_home
from index.types import Encoder
from index.verify import verify_home
from qa import homes
from qa.backup import back_up
from qa.engine import Engine
from qa.web.feedback import Opinion, read, store

ROOT = Path(__file__).parents[2]
WRITER = """
import sys, time
from pathlib import Path
sys.path += ["tests/index", "tests/qa"]
from corpus.errors import HomeError
from fakes import HashEncoder
from making import SAMPLES, building, plan
from qa import homes
from qa.web.feedback import Opinion, store

building.default_samples = lambda: SAMPLES
home, folder = Path(sys.argv[1]), Path(sys.argv[2])
folder.mkdir()
number = 0
while True:
    number += 1
    (folder / f"{number % 3}.txt").write_bytes(plan(number))
    while True:
        try:
            homes.ingest(home, [folder / f"{number % 3}.txt"], HashEncoder())
            break
        except HomeError as error:  # a backup holds the lock, and says so
            assert "another planqa is writing to it" in str(error), error
            time.sleep(0.01)
    store(home, Opinion("Ai lo chợ phiên?", "right", note=str(number)))
    print(number, flush=True)
"""


def test_copies_made_while_an_ingest_writes_are_whole(tmp_path: Path) -> None:
    home = tmp_path / "home"
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", WRITER, str(home), str(tmp_path / "plans")]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as writer:
        try:
            assert writer.stdout
            assert writer.stdout.readline() and writer.stdout.readline()  # two plans are there
            for turn in range(12):
                assert writer.stdout.readline()  # the next change begins as this copy does
                back_up(home, tmp_path / f"copy-{turn}")
        finally:
            writer.kill()
    seen = set()
    for turn in range(12):
        copy = tmp_path / f"copy-{turn}"
        assert verify_home(copy) == ()
        generation = open_home(copy)
        assert not generation.degraded and 2 <= len(generation.documents) <= 3
        # An opinion was kept after each change, so that a copy lacks at most the last one.
        newest = max(int(document.meta.number.split("/")[0]) for document in generation.documents)
        notes = [int(opinion.note) for opinion in read(copy)]
        assert notes == list(range(1, len(notes) + 1)) and len(notes) >= newest - 1
        seen.add(generation.folder.name)
    assert len(seen) > 6, "little was written meanwhile"
    assert [path.name for path in tmp_path.glob(".copy*")] == []


def test_a_restored_home_answers_and_grows(shipped_home: Path, encoder: Encoder, tmp_path: Path) -> None:
    """The way of docs/operating.md: back up, lose the home, copy the backup to its place, verify, ask, ingest."""
    home, backup = tmp_path / "home", tmp_path / "backups" / "monday"
    shutil.copytree(shipped_home, home, ignore=shutil.ignore_patterns(".*"))
    store(home, Opinion("Ai lo SOC?", "wrong", note="thiếu thời hạn"))
    (home / "uploads").mkdir()
    (home / "uploads" / "log.jsonl").write_text("{}\n", encoding="utf-8")
    question = "Ai lo SOC ở Trà Vinh?"
    before = Engine(open_home(home), lambda: encoder, home).ask(question)
    assert before.citations
    assert back_up(home, backup) > 1_000_000
    shutil.rmtree(home)

    shutil.copytree(backup, home)
    assert verify_home(home) == ()
    assert Engine(open_home(home), lambda: encoder, home).ask(question) == before
    assert [opinion.note for opinion in read(home)] == ["thiếu thời hạn"]
    assert (home / "uploads" / "log.jsonl").is_file()
    document = open_home(home).documents[0].id
    assert homes.remove(home, document, load_encoder()).about.documents == len(open_home(backup).documents) - 1


@pytest.fixture
def home(shipped_home: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "home"
    shutil.copytree(shipped_home, copy, ignore=shutil.ignore_patterns(".*"))
    return copy


def test_a_backup_waits_for_the_writer(home: Path, tmp_path: Path) -> None:
    from index.writer import writing

    done = threading.Event()

    def copy() -> None:
        back_up(home, tmp_path / "copy")
        done.set()

    with writing(home):
        thread = threading.Thread(target=copy)
        thread.start()
        assert not done.wait(0.3)
        assert not (tmp_path / "copy").exists()
    thread.join(60)
    assert done.is_set() and verify_home(tmp_path / "copy") == ()


def test_what_is_in_the_way_is_told(home: Path, tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="is there already; name a folder that is not there yet"):
        back_up(home, tmp_path)
    with pytest.raises(HomeError, match="inside the home"):
        back_up(home, home / "copy")
    with pytest.raises(HomeError, match="not a planqa home"):
        back_up(tmp_path / "nothing", tmp_path / "copy")
    (tmp_path / "file").touch()
    with pytest.raises(HomeError, match="cannot be written"):
        back_up(home, tmp_path / "file" / "copy")


def test_a_damaged_home_is_not_passed_off_as_a_backup(home: Path, tmp_path: Path) -> None:
    folder = open_home(home).folder
    name = max(checked.sealed_files(folder).items(), key=lambda entry: entry[1])[0]  # the largest
    file = folder / name
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    with pytest.raises(HomeError, match=r"damaged, it was not backed up \(\w+: .+ is not what was written"):
        back_up(home, tmp_path / "copy")
    assert not (tmp_path / "copy").exists() and not list(tmp_path.glob(".copy*"))


def test_feedback_is_copied_while_somebody_writes_it(home: Path, tmp_path: Path) -> None:
    store(home, Opinion("Ai lo SOC?", "right"))
    with sqlite3.connect(home / "feedback.sqlite", isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE feedback SET note = 'half'")
        back_up(home, tmp_path / "copy")
        writer.execute("ROLLBACK")
    writer.close()
    assert [opinion.note for opinion in read(tmp_path / "copy")] == [""]
