"""Uploads on their way to the disk: names made safe, caps kept, originals read-only, the log a chain."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.admin import intake, log, originals
from qa.admin.errors import AccessError, AdminError, BusyError, TooLargeError, UploadError
from qa.admin.originals import Kept, clean_name

BOUNDARY = "xxBOUNDARYxx"
TYPE = f"multipart/form-data; boundary={BOUNDARY}"


def body(*parts: tuple[str, str | None, bytes], end: bool = True) -> bytes:
    """A form of (field, file name or None, content) parts."""
    written = b""
    for field, name, data in parts:
        about = f'form-data; name="{field}"' + (f'; filename="{name}"' if name is not None else "")
        written += f"--{BOUNDARY}\r\nContent-Disposition: {about}\r\n\r\n".encode() + data + b"\r\n"
    return written + (f"--{BOUNDARY}--\r\n".encode() if end else b"")


async def pieces(data: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


def sent(home: Path, data: bytes, size: int = 1 << 16, kind: str = TYPE) -> tuple[list[Kept], list[UploadError]]:
    def check(token: str) -> None:
        if token != "good":
            raise AccessError("form", "a good one", "again", "lại")

    return asyncio.run(intake.receive(home, kind, pieces(data, size), check))


TOKEN = ("form", None, b"good")


@pytest.mark.parametrize("size", [1, 7, 1 << 16])
def test_files_come_whole_however_they_are_cut(size: int, tmp_path: Path) -> None:
    data = bytes(range(256)) * 4 + b"\r\n--xxBOUNDARYx"
    files, refused = sent(tmp_path, body(TOKEN, ("files", "a.txt", data), ("files", "b.pdf", b"")), size)
    assert [(kept.name, kept.size, kept.is_new) for kept in files] == [("a.txt", len(data), True), ("b.pdf", 0, True)]
    assert not refused
    digest = hashlib.sha256(data).hexdigest()
    assert files[0].path == tmp_path / "uploads" / f"{digest}.txt" and files[0].sha256 == digest
    assert files[0].path.read_bytes() == data
    assert stat.S_IMODE(files[0].path.stat().st_mode) == 0o444
    again, _ = sent(tmp_path, body(TOKEN, ("files", "c.txt", data)))
    assert [(kept.name, kept.path, kept.is_new) for kept in again] == [("c.txt", files[0].path, False)]
    assert len(list((tmp_path / "uploads").iterdir())) == 2


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        (b"", TYPE, "the whole form"),
        (body(TOKEN, ("files", "a.txt", b"x"), end=False), TYPE, "the whole form"),
        (b"no form at all", TYPE, "a multipart form"),
        (body(TOKEN, ("files", "a.txt", b"x")), "text/plain", "a multipart form"),
        (body(TOKEN, ("files", "a.txt", b"x")), "multipart/form-data", "a multipart form"),
        (body(TOKEN, ("files", "a.txt", b"x")), f"multipart/form-data; boundary={'x' * 5000}", "a multipart form"),
        (body(("files", "a.txt", b"x"), TOKEN), TYPE, "a good one"),
        (body(("form", None, b"bad"), ("files", "a.txt", b"x")), TYPE, "a good one"),
        (body(("files", "a.txt", b"x")), TYPE, "a good one"),
        (body(("form", "good.txt", b"good"), ("files", "a.txt", b"x")), TYPE, "a good one"),
        (body(TOKEN, ("more", None, b"x" * 2000)), TYPE, "the form of the page"),
        (body(TOKEN, *[("more", None, b"x")] * 20), TYPE, "the form of the page"),
        (body(TOKEN, *[("files", f"{n}.txt", b"x") for n in range(21)]), TYPE, "at most 20 files"),
    ],
)
def test_what_is_no_form_of_the_page_leaves_nothing(data: bytes, kind: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(AdminError, match=said):
        sent(tmp_path, data, kind=kind)
    assert not list(tmp_path.rglob("*.*")), "nothing of it stays"


def test_caps_of_a_file_and_of_a_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(originals, "MAX_BYTES", 1000)
    monkeypatch.setattr(intake, "MAX_REQUEST", 5000)
    form = body(TOKEN, ("files", "a.txt", b"x" * 1001), ("files", "b.txt", b"y" * 1000), ("files", "c.exe", b"z"))
    files, refused = sent(tmp_path, form, 100)
    assert [kept.name for kept in files] == ["b.txt"]
    assert [(type(error).__name__, error.value) for error in refused] == [
        ("TooLargeError", "a.txt"),
        ("UploadError", "c.exe"),
    ]
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        yield body(TOKEN, ("files", "a.txt", b""), end=False)
        while True:
            taken += 1
            yield b"x" * 100

    with pytest.raises(TooLargeError):
        asyncio.run(intake.receive(tmp_path, TYPE, endless(), lambda _: None))
    assert taken < 60, "it was not read further than the cap"
    assert [path.name for path in (tmp_path / "uploads").iterdir()] == [files[0].path.name]


def test_a_reader_that_falls_asleep_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "PATIENCE", 0.05)

    async def slow() -> AsyncIterator[bytes]:
        yield body(TOKEN, ("files", "a.txt", b"x"), end=False)
        await asyncio.sleep(10)

    with pytest.raises(UploadError, match="all of it in time"):
        asyncio.run(intake.receive(tmp_path, TYPE, slow(), lambda _: None))
    assert not list((tmp_path / "uploads").iterdir())


def test_a_full_disk_is_told_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(originals, "LEAST_FREE", 1 << 60)
    files, refused = sent(tmp_path, body(TOKEN, ("files", "a.txt", b"x")))
    assert not files and isinstance(refused[0], BusyError)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Kế hoạch 12.docx", "Kế hoạch 12.docx"),
        ("../../etc/cron.d/x.txt", "x.txt"),
        ("C:\\Users\\an\\plan.pdf", "plan.pdf"),
        ("a\u202etxt.pdf", "atxt.pdf"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie_ x.txt"),
        ("<img src=x>.html", "_img src=x_.html"),
        (".htm", "upload.htm"),
        ("..", "upload"),
        ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
        ("a.txt\x00.pdf", "a.txt.pdf"),
        ("=cmd|' calc'!A0.txt", "=cmd_' calc'!A0.txt"),
    ],
)
def test_names_are_made_safe(name: str, clean: str) -> None:
    assert clean_name(name) == clean


@given(st.text(max_size=300))
def test_any_name_is_one_file_in_its_folder(name: str) -> None:
    clean = clean_name(name)
    assert 1 <= len(clean) <= 120 and clean not in (".", "..") and clean.isprintable()
    assert not set(clean) & set('/\\:*?"<>|\x00') and clean.encode()


def test_originals_and_log_are_part_of_a_home(tmp_path: Path) -> None:
    from fakes import HashEncoder
    from making import build, plan

    from index.verify import verify_home
    from qa import homes
    from qa.admin.passwords import set_password

    home = tmp_path / "home"
    set_password(home, "lúa chín vàng đồng")
    files, _ = sent(home, body(TOKEN, ("files", "a.txt", plan(7))))
    log.append(home, "192.0.2.7", "upload", "a.txt", files[0].sha256, files[0].size, "received")
    homes._refuse_foreign(home)
    kept = {path.name: path.read_bytes() for path in (home / "uploads").iterdir() if not path.name.startswith(".")}
    assert len(kept) == 2
    for number in (7, 8, 9):
        build(home, HashEncoder(), plan(number))
    assert verify_home(home) == ()
    after = {path.name: path.read_bytes() for path in (home / "uploads").iterdir() if not path.name.startswith(".")}
    assert after == kept and (home / "admin.json").is_file()


pytestmark = pytest.mark.usefixtures("few_samples")


def test_a_changed_log_is_found(tmp_path: Path) -> None:
    for number in range(5):
        log.append(tmp_path, "192.0.2.7", "upload", f"{number}.pdf", "ab" * 32, 10, "received")
    path = tmp_path / "uploads" / "log.jsonl"
    whole = path.read_bytes()
    lines = whole.splitlines()
    records, wrong = log.read(tmp_path)
    assert [record["name"] for record in records] == ["0.pdf", "1.pdf", "2.pdf", "3.pdf", "4.pdf"] and not wrong
    assert records[0]["before"] == "0" * 64 and records[1]["before"] == hashlib.sha256(lines[0]).hexdigest()
    assert log.head(tmp_path) == hashlib.sha256(lines[-1]).hexdigest()
    assert [record["name"] for record in log.tail(tmp_path, 2)] == ["4.pdf", "3.pdf"]
    path.write_bytes(whole.replace(b"2.pdf", b"x.pdf"))
    assert log.read(tmp_path)[1] == ["line 4 does not follow the line before it (one was changed or taken out)"]
    path.write_bytes(b"\n".join([*lines[:1], *lines[2:]]) + b"\n")
    assert log.read(tmp_path)[1][0].startswith("line 2 does not follow")
    path.write_bytes(b"\n".join([lines[1], lines[0], *lines[2:]]) + b"\n")
    assert len(log.read(tmp_path)[1]) == 3
    path.write_bytes(whole[:-20])  # a writer that was cut off, then one that was not
    log.append(tmp_path, "192.0.2.7", "upload", "5.pdf")
    records, wrong = log.read(tmp_path)
    assert wrong == ["line 5 is no record (changed, or its writer was cut off)"]
    assert records[-1]["name"] == "5.pdf"


def test_lines_of_many_writers_make_one_chain(tmp_path: Path) -> None:
    import subprocess
    import sys
    from concurrent.futures import ThreadPoolExecutor

    root = str(Path(__file__).parents[3])
    script = f"""
        import sys; sys.path.insert(0, {root!r})
        from pathlib import Path
        from qa.admin import log
        for _ in range(20): log.append(Path({str(tmp_path)!r}), "a", "other")
    """
    code = "\n".join(line.strip() for line in script.strip().splitlines())
    with subprocess.Popen([sys.executable, "-c", code]) as other, ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: log.append(tmp_path, "a", "mine", f"{n}\n{{"), range(60)))
        assert other.wait(30) == 0
    records, wrong = log.read(tmp_path)
    assert len(records) == 80 and not wrong
    assert sorted(record["event"] for record in records) == ["mine"] * 60 + ["other"] * 20


def test_a_leftover_of_a_killed_server_is_swept(tmp_path: Path) -> None:
    (tmp_path / "uploads").mkdir()
    old, young = tmp_path / "uploads" / ".old.partial", tmp_path / "uploads" / ".young.partial"
    for file in (old, young):
        file.write_bytes(b"x")
    os.utime(old, (1, 1))
    originals.sweep(tmp_path)
    assert not old.exists() and young.exists()
    assert json.dumps(log.tail(tmp_path, 5)) == "[]"
