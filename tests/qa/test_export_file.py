"""Files of the user: whole or not at all, and nothing but an ordinary file is written over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from _pytest.capture import CaptureFixture

from corpus.errors import QuestionError
from qa.tables.export_file import STDOUT, write_whole


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "việc.csv"
    write_whole(path, b"one", "--csv")
    write_whole(path, b"two", "--csv")
    assert path.read_bytes() == b"two" and os.listdir(tmp_path) == ["việc.csv"]


def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(QuestionError, match=r"\(No space left on device\); name another file with --csv"):
        write_whole(path, b"new", "--csv")
    assert path.read_bytes() == b"old" and os.listdir(tmp_path) == ["a.csv"]


def test_a_link_goes_on_pointing_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_bytes(b"old")
    (tmp_path / "link.csv").symlink_to("real.csv")
    write_whole(tmp_path / "link.csv", b"new", "--csv")
    assert (tmp_path / "link.csv").is_symlink() and (tmp_path / "real.csv").read_bytes() == b"new"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (".", "a folder, not a file to write"),
        ("no/such/folder/a.csv", "No such file or directory"),
        ("file/a.csv", "Not a directory"),
        ("x" * 300, "File name too long"),
        ("/dev/null", "no ordinary file"),
        ("a\0b", "cannot be written"),
    ],
)
def test_what_cannot_be_written_is_told_in_one_line(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(QuestionError) as caught:
        write_whole(tmp_path / name, b"x", "--xlsx")
    assert words in str(caught.value) and "--xlsx" in str(caught.value) and "\n" not in str(caught.value)
    assert os.listdir(tmp_path) == ["file"]


def test_a_dash_is_standard_output(capsysbinary: CaptureFixture[bytes]) -> None:
    write_whole(STDOUT, b"Gia Lai\r\n", "--csv")
    assert capsysbinary.readouterr().out == b"Gia Lai\r\n"
