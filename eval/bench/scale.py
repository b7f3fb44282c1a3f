"""Growth: planqa alone at 1,000 to 1,000,000 passages, each step in a process of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from eval.bench.process import run_json
from eval.bench.sides import Say

SIZES = (1_000, 10_000, 100_000, 1_000_000)
HOMES_UP_TO = 100_000
"""Above it the dense store is measured alone: a home keeps the vectors of all tokens, some 20 KB a passage, and would
take 20 GB and the better part of an hour."""


def run_scale(sizes: Sequence[int], work: Path, say: Say, keep: Callable[[int, dict[str, Any]], None]) -> None:
    """Measure size by size; `keep` is given the figures of each as soon as they stand.

    Raises:
        DataError: a step fails.
    """
    say("read the shipped passages")
    run_json("eval.bench.grow_read", [str(work)], work)
    for size in sizes:
        found: dict[str, Any] = {}
        folder = work / f"vectors-{size}"
        for step in ("write", "search"):
            say(f"{size:,} vectors: {step}")
            found |= {step: run_json("eval.bench.grow_vectors", [step, str(folder), str(size)], work)}
        shutil.rmtree(folder)
        keep(size, found)
        if size <= HOMES_UP_TO:
            folder = work / f"home-{size}"
            for step in ("ingest", "open", "add"):
                say(f"a home of {size:,} passages: {step}")
                found |= {step: run_json("eval.bench.grow_home", [step, str(folder), str(size)], work)}
            shutil.rmtree(folder)
            keep(size, found)
