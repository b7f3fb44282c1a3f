"""Faults: killed writers, mutated files, failing and full disks. The old corpus or the new one is served, or nothing.

`make test` runs a part of each; `make soak` (PLANQA_SOAK=1) runs them all.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from failing_disk import KINDS, NUMBERS, failing
from fakes import HashEncoder
from making import build, content, few_samples, numbers, plan

from corpus.errors import HomeError, PlanqaError
from index import checked
from index.generation import Generation
from index.home import open_home
from index.verify import verify_home
from qa import homes

pytestmark = pytest.mark.usefixtures(few_samples.__name__)
SOAK = bool(os.environ.get("PLANQA_SOAK"))
ROOT = Path(__file__).parents[2]
PAGE = 4096


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_writer_leaves_the_old_corpus_or_the_new_one(tmp_path: Path) -> None:
    rounds = 300 if SOAK else 60
    told = run_apart("killing.py", tmp_path / "kill", rounds, 7)
    assert told.startswith(f"{rounds} kills, ")


def run_apart(script: str, *arguments: object) -> str:
    """What a script of this folder prints: it forks, which pytest with its threads had better not do."""
    command = [sys.executable, f"tests/index/{script}", *map(str, arguments)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes, where this process may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    command = [str(mount), "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(place)]
    if mount is None or sys.platform != "linux" or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_told_in_one_line_and_costs_nothing(tmp_path: Path, small_disk: Path) -> None:
    told = run_apart("filling.py", small_disk, tmp_path)
    assert told.endswith(" times no room, 3 times enough\n") and int(told.split()[0]) > 3


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_home_that_is_read_only_is_read_and_not_written(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "8.txt"
    folder = build(home, HashEncoder(), plan(7)).folder
    checked.forget(folder)
    file.write_bytes(plan(8))
    with read_only(home):
        whole(open_home(home))
        for change in (
            lambda: homes.ingest(home, [file], HashEncoder()),
            lambda: homes.remove(home, "ha-giang-2024-7-kh-ubnd", HashEncoder()),
        ):
            with pytest.raises(HomeError, match=r"home: cannot be written .*; choose a folder that you may") as caught:
                change()
            assert "\n" not in str(caught.value)
    assert numbers(open_home(home)) == ["7/KH-UBND"]


@contextmanager
def read_only(home: Path) -> Iterator[None]:
    """Nobody may write below the folder; root, who may everywhere, is somebody else for this block."""
    above = [home.parent, home.parent.parent, home.parent.parent.parent]
    below = [home, *home.rglob("*")]
    modes = {path: path.stat().st_mode for path in (*above, *below)}
    for path in above:
        path.chmod(0o755)  # pytest keeps them to its user
    for path in below:
        path.chmod(0o555 if path.is_dir() else 0o444)
    root = not os.geteuid()
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        for path, mode in modes.items():
            path.chmod(mode)


def mutations(data: bytes, others: list[bytes], chance: random.Random) -> Iterator[bytes]:
    """Endless ways in which a file can be spoilt; each differs from what it was."""
    while True:
        kind = chance.randrange(5)
        spoilt = bytearray(data)
        if kind == 0:
            spoilt[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        elif kind == 1:
            page = chance.randrange(0, len(data), PAGE)
            spoilt[page : page + PAGE] = bytes(len(spoilt[page : page + PAGE]))
        elif kind == 2:
            del spoilt[chance.randrange(len(data)) :]
        elif kind == 3:
            spoilt = bytearray()
        else:
            spoilt = bytearray(chance.choice(others))
        if spoilt != data:
            yield bytes(spoilt)


def test_a_mutated_file_is_refused_or_served_from_the_generation_before(tmp_path: Path) -> None:
    alone, two = tmp_path / "alone", tmp_path / "two"
    build(two, HashEncoder(), plan(7))
    folders = [build(home, HashEncoder(), plan(7), plan(8)).folder for home in (alone, two)]
    files = content(folders[0])
    assert len(files) > 20 and all(files.values())
    chance, times = random.Random(3), (1000 if SOAK else 200)
    for name, data in files.items():
        source = mutations(data, [other for other in files.values() if other != data], chance)
        for turn in range(times):
            spoilt = next(source)
            (folders[0] / name).write_bytes(spoilt)
            assert checked.damage(folders[0]), name
            if turn % 10 == 0:
                refused(alone)
                (folders[1] / name).write_bytes(spoilt)
                served = open_home(two)
                assert numbers(served) == ["7/KH-UBND"] and served.degraded, name
        for home, folder in zip((alone, two), folders, strict=True):
            (folder / name).write_bytes(data)
            assert open_home(home).folder == folder


def refused(home: Path) -> None:
    with pytest.raises(HomeError) as caught:
        open_home(home)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("number", NUMBERS, ids=["EIO", "ENOSPC"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_disk_that_fails_costs_neither_corpus_nor_truth(tmp_path: Path, kind: str, number: int) -> None:
    before = tmp_path / "before"
    build(before, HashEncoder(), plan(7))
    file = tmp_path / "8.txt"
    file.write_bytes(plan(8))
    calls = outcome(tmp_path, before, file, kind, 0, number)
    assert calls > 3
    step = 1 if SOAK else max(1, calls // 12)
    for last in range(1 + (number % step if step > 1 else 0), calls + 1, step):
        outcome(tmp_path, before, file, kind, last, number)


def outcome(tmp_path: Path, before: Path, file: Path, kind: str, last: int, number: int) -> int:
    """Add a file to a copy of a home while the disk fails, and look at what is there; how many calls there were."""
    home = tmp_path / "home"
    shutil.copytree(before, home)
    error: PlanqaError | None = None
    with failing(kind, last, number, home) as disk:
        try:
            homes.ingest(home, [file], HashEncoder())
        except PlanqaError as caught:
            error = caught
    at = f"{kind} number {last} of {disk.count}: {error}"
    opened = open_home(home)
    whole(opened)
    assert not verify_home(home), at
    if error is None:
        assert numbers(opened) == ["7/KH-UBND", "8/KH-UBND"], at
    else:
        assert last and (os.strerror(number) in str(error) or "damaged" in str(error)) and "\n" not in str(error), at
        assert numbers(opened) in (["7/KH-UBND"], ["7/KH-UBND", "8/KH-UBND"]), at
        homes.ingest(home, [file], HashEncoder())
        assert numbers(open_home(home)) == ["7/KH-UBND", "8/KH-UBND"], at
    del opened
    shutil.rmtree(home)
    return disk.count


def whole(generation: Generation) -> None:
    indexes = generation.indexes
    assert indexes.dense.shape[0] == indexes.late.size == len(generation.passages) == len(generation.keys)
    assert len(indexes.lexical.scores("chợ phiên")) == len(generation.passages)
