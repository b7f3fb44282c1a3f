"""Run apart: processes that change a home are killed at random moments, and what they leave is opened.

    python tests/index/killing.py FOLDER ROUNDS SEED        prints "ROUNDS kills, N of them before the change, M after"

Each round forks a process that builds, adds or removes, and kills it (SIGKILL) somewhere between its start and its end.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from fakes import HashEncoder
from making import SAMPLES, building, numbers, plan

from index.home import CURRENT, is_filled, open_home
from index.verify import verify_home
from qa import homes

SECONDS = ["Có 12 chợ phiên mở vào cuối tuần.", "Chợ đêm mở thứ bảy hằng tuần."]


def main(folder: Path, rounds: int, seed: int) -> None:
    building.default_samples = lambda: SAMPLES
    chance, plans, moved = random.Random(seed), folder / "plans", 0
    plans.mkdir(parents=True)
    home, took, number = folder / "home-0", duration(folder), 0
    for turn in range(rounds):
        if turn % 10 == 0:  # also a first build is interrupted
            home = folder / f"home-{turn}"
        old = numbers(open_home(home)) if is_filled(home) else []
        switched = (home / CURRENT).is_file()  # not yet where a first build was killed right before
        if old and chance.random() < 0.4 and len(old) > 1:
            gone = chance.choice(open_home(home).documents)
            new = [known for known in old if known != gone.meta.number]
            change = partial(homes.remove, home, gone.id, HashEncoder())
        else:
            number += 1
            file = plans / f"{number}.txt"
            file.write_bytes(plan(number, chance.choice(SECONDS)))
            new = sorted([*old, f"{number}/KH-UBND"])
            change = partial(homes.ingest, home, [file], HashEncoder())
        killed(change, chance.uniform(0, took))
        moved += check(home, old, new, switched)
    print(f"{rounds} kills, {rounds - moved} of them before the change, {moved} after")


def duration(folder: Path) -> float:
    """How long one change takes, and half as much again."""
    file = folder / "first.txt"
    file.write_bytes(plan(99))
    homes.ingest(folder / "first", [file], HashEncoder())
    start = time.perf_counter()
    file.write_bytes(plan(98))
    killed(lambda: homes.ingest(folder / "first", [file], HashEncoder()), 60)
    return 1.5 * (time.perf_counter() - start)


def killed(change: Callable[[], object], after: float) -> None:
    """Fork, have the child make the change, and kill it after so many seconds."""
    child = os.fork()
    if child == 0:
        try:
            change()
        finally:
            os._exit(0)
    end = time.perf_counter() + after
    while time.perf_counter() < end:
        if os.waitpid(child, os.WNOHANG)[0]:
            return
        time.sleep(0.0005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def check(home: Path, old: list[str], new: list[str], switched: bool = True) -> bool:
    """Whether the home holds the new corpus; it must hold that or the old one, whole."""
    if not is_filled(home):
        assert not old, "the home is gone"
        return False
    opened = open_home(home)
    found = sorted(numbers(opened))
    assert found in (sorted(old), sorted(new)), f"{found} is neither {old} nor {new}"
    wrong = [line for line in verify_home(home) if switched or CURRENT not in line]
    assert not wrong, wrong
    assert opened.indexes.late.size == opened.dense.shape[0] == len(opened.passages) == len(opened.keys)
    return found == sorted(new)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
