"""Files and folders that cannot be read: one line that names the file and the reason, and the rest is read."""

from __future__ import annotations

import os
import random
import socket
from pathlib import Path

import made_up_plan as plan
import pytest

from corpus.collect import collect, read_documents
from corpus.errors import SourceError
from corpus.source import decode, read_source

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)

REFUSED = {
    "empty.txt": (b"", "empty"),
    "blank.docx": (b" \n\x00\x00", "empty"),
    "mark.txt": (b"\xef\xbb\xbf", "empty"),
    "locked.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "old.doc": (OLE + "WordDocument".encode("utf-16-le"), "Word 97-2003"),
    "sheet.xls": (OLE + "Workbook".encode("utf-16-le"), "old Office file"),
    "letter.rtf": (b"{\\rtf1\\ansi abc}", "RTF"),
    "photo.jpg": (b"\xff\xd8\xff\xe0" + bytes(99), "photo"),
    "photo.pdf": (b"\xff\xd8\xff\xe0" + bytes(99), "photo"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(99), "picture"),
    "phone.heic": (b"\x00\x00\x00\x18ftypheic" + bytes(99), "photo"),
    "many.rar": (b"Rar!\x1a\x07" + bytes(99), "RAR archive"),
    "some.zip": (b"PK\x05\x06" + bytes(18), "ZIP archive"),
    "cut.docx": (plan.as_docx()[:3000], "damaged ZIP"),
    "program.txt": (b"\x7fELF\x02" + bytes(99), "program"),
    "page.mht": (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n", "MHTML"),
    "data.html": (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "XML|no text|Vietnamese"),
    "noise.pdf": (bytes(range(256)) * 20, "not a PDF"),
    "noise.docx": (bytes(range(256)) * 20, "not a DOCX"),
    "noise.md": (random.Random(1).randbytes(5000), "not UTF-8"),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_cannot_be_read_is_refused_in_one_line(name: str, tmp_path: Path) -> None:
    data, reason = REFUSED[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceError, match=reason) as error:
        read_source(tmp_path / name)
    message = str(error.value)
    assert name in message and "\n" not in message and "; " in message


def test_a_folder_is_read_but_for_what_cannot_be(tmp_path: Path) -> None:
    for name, (data, _) in REFUSED.items():
        (tmp_path / name).write_bytes(data)
    inner = tmp_path / "quyết định.pdf"  # a folder named like a file
    inner.mkdir()
    (inner / "plan.docx").write_bytes(plan.as_docx())
    (tmp_path / "plan.dat").write_bytes(plan.as_pdf())  # not named as a document: not looked at in a folder
    (tmp_path / ".hidden.txt").write_text("x", encoding="utf-8")
    (tmp_path / "~$plan.docx").write_bytes(b"x")
    (tmp_path / "gone.txt").symlink_to("nowhere")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (inner / "up").symlink_to(tmp_path)  # a loop of folders
    os.mkfifo(tmp_path / "pipe.md")
    with socket.socket(socket.AF_UNIX) as listener:
        os.chdir(tmp_path)
        listener.bind("socket.md")
    collected = collect([tmp_path])
    assert [source.name for source in collected.sources] == ["plan.docx"]
    named = {Path(str(error.value)).name for error in collected.left_out}
    assert named == set(REFUSED) | {"gone.txt", "loop.txt", "pipe.md", "socket.md"}
    assert all(isinstance(error, SourceError) for error in collected.left_out)
    documents, errors = read_documents(collected.sources, {})
    assert len(documents) == 1 and not errors


@pytest.fixture(autouse=True)
def _back_home() -> object:
    folder = os.getcwd()
    yield
    os.chdir(folder)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_files_and_folders_without_permission(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(plan.as_text(), encoding="utf-8")
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    (tmp_path / "secret.txt").chmod(0)
    (tmp_path / "closed").mkdir(mode=0)
    collected = collect([tmp_path])
    assert len(collected.sources) == 1
    assert {Path(str(error.value)).name for error in collected.left_out} == {"secret.txt", "closed"}
    with pytest.raises(SourceError):
        collect([tmp_path / "closed" / "plan.txt"])


def test_an_unreadable_file_or_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As above, for the superuser: what the system would say is said by hand."""
    (tmp_path / "plan.txt").write_text(plan.as_text(), encoding="utf-8")
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    (tmp_path / "closed").mkdir()
    opened, scanned = Path.open, os.scandir

    def open_(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == "secret.txt":
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *args, **kwargs)  # type: ignore[call-overload]

    def scandir(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scanned(path)

    monkeypatch.setattr(Path, "open", open_)
    monkeypatch.setattr(os, "scandir", scandir)
    collected = collect([tmp_path])
    assert len(collected.sources) == 1
    assert sorted(Path(str(e.value)).name for e in collected.left_out) == ["closed", "secret.txt"]
    assert all("Permission denied" in str(error) for error in collected.left_out)


@pytest.mark.parametrize("name", ["nothing.txt", "no\x00name.txt", "x" * 400])
def test_a_path_that_is_none(name: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        collect([tmp_path / name])
    with pytest.raises(SourceError):
        read_source(tmp_path / name)


def test_a_file_named_by_the_user_is_read_whatever_its_suffix(tmp_path: Path) -> None:
    (tmp_path / "plan.dat").write_bytes(plan.as_pdf())
    assert [source.format for source in collect([tmp_path / "plan.dat"]).sources] == ["pdf"]


def test_a_damaged_manifest_is_named(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(plan.as_text(), encoding="utf-8")
    (tmp_path / "MANIFEST.tsv").write_bytes(b"file\torigin\n\xff\xfe\xfd\n")
    collected = collect([tmp_path])
    assert len(collected.sources) == 1
    assert "MANIFEST.tsv" in str(collected.left_out[0])


def test_a_file_over_the_limit_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "huge.pdf"
    with path.open("wb") as stream:
        stream.truncate(65 * 1024 * 1024)
    with pytest.raises(SourceError, match="at most 67,108,864"):
        read_source(path)


def test_the_same_bytes_under_two_names_are_one_source(tmp_path: Path) -> None:
    content = plan.as_docx()  # made once: the archive in it holds the time of its making
    for name in ("a.docx", "b.pdf"):
        (tmp_path / name).write_bytes(content)
    assert len(collect([tmp_path]).sources) == 1
    assert decode("a", "txt", content).sha256 == collect([tmp_path]).sources[0].sha256
