"""What planqa aims for in speed and size, beside what was measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from eval.bench.results import COLD, SCALE, SIDES, Record

GIGABYTE = 1e9


@dataclass(frozen=True, slots=True)
class Aim:
    """A figure, its bound, and where it stands in the record."""

    what: str
    bound: float
    unit: str
    least: bool  # the bound is the least value that will do, else the greatest
    keys: tuple[str, ...]
    scale: float = 1.0  # what the recorded value is divided by

    def measured(self, record: Record) -> float | None:
        """The figure, in the aim's unit; None where it was not measured."""
        at: Any = record
        for key in self.keys:
            at = at.get(key) if isinstance(at, dict) else None
        return at / self.scale if isinstance(at, int | float) else None


def aims(dtype: str) -> Iterator[Aim]:
    """All aims, for a machine where planqa computes in `dtype`."""
    planqa = (SIDES, "passages", dtype, "systems", "planqa")
    commands = (COLD, dtype, "commands")
    million, home = (SCALE, "1000000", "search"), (SCALE, "100000")
    yield Aim("build, of the bare calls", 0.9, "", True, (*planqa, "ratio_again", "median"))
    yield Aim(
        "cold `planqa search`, of loading the weights", 1.3, "", False, (*commands, "planqa search", "ratio", "median")
    )
    yield Aim("cold `planqa documents`", 1.0, "s", False, (*commands, "planqa documents", "seconds"))
    yield Aim("cold `planqa tasks`", 1.0, "s", False, (*commands, "planqa tasks", "seconds"))
    yield Aim("reopen a home of 100,000 passages", 2.0, "s", False, (*home, "open", "open_seconds"))
    yield Aim("add a document to a home of 100,000 passages", 5.0, "s", False, (*home, "add", "add_seconds"))
    yield Aim("search of 1,000,000 vectors, 95th percentile", 50.0, "ms", False, (*million, "p95"))
    yield Aim("recall@10 of 1,000,000 vectors", 0.97, "", True, (*million, "recall_at_10"))
    yield Aim("memory to search 1,000,000 vectors", 3.0, "GB", False, (*million, "peak"), GIGABYTE)


def verdict(aim: Aim, value: float | None) -> str:
    """Whether an aim is met.

    >>> verdict(Aim("open", 2.0, "s", False, ()), 1.5), verdict(Aim("open", 2.0, "s", False, ()), None)
    ('met', 'not measured')
    """
    if value is None:
        return "not measured"
    return "met" if (value >= aim.bound if aim.least else value <= aim.bound) else "missed"
