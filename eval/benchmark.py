"""The whole benchmark measured: every system over our own set and any BEIR folders, and the answers of planqa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eval.answering import Asked, ask_all
from eval.datasets import BeirFolder
from eval.machine import code_sha256
from eval.measures import PerQuery, per_query
from eval.plan_system import PlanSystem
from eval.plans import PlanQuestions
from eval.questions import SPLITS
from eval.runs import Timing, search_all
from eval.systems import NAMES, make_system
from index.types import Encoder, Progress

OURS = "hybrid"


@dataclass(frozen=True, slots=True)
class Measured:
    """One data set: what each system scored for each query."""

    name: str
    sha256: str
    queries: int
    scores: dict[str, PerQuery]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Everything the report tells; splits of our own set by name, answers by split, timings by system."""

    encoder: str
    code: str  # hash of planqa's code when the measuring began
    splits: dict[str, Measured]
    answers: dict[str, Asked]
    timings: dict[str, Timing]
    beir: list[tuple[Measured, dict[str, Timing]]] = field(default_factory=list)


def measure(encoder: Encoder, folder: Path, beir: Sequence[Path], progress: Progress | None = None) -> Benchmark:
    """Run everything; `folder` holds the home that is built for it.

    Raises:
        DataError: a BEIR folder cannot be used; told before anything is run.
    """
    folders = [BeirFolder(path) for path in beir]
    for checked in folders:
        checked.qrels()
    code = code_sha256()
    every = PlanQuestions("all")
    splits = {split: PlanQuestions(split) for split in SPLITS}
    measured = {split: Measured(data.name, data.sha256(), len(data.queries()), {}) for split, data in splits.items()}
    timings: dict[str, Timing] = {}
    answers: dict[str, Asked] = {}
    for name in NAMES:
        system = make_system(name, every, encoder, folder)
        run, timings[name] = search_all(every, system, progress)
        for split, data in splits.items():
            measured[split].scores[name] = per_query(data.qrels(), run)
        if name == OURS and isinstance(system, PlanSystem):
            answers = {split: ask_all(system.engine, data.questions, progress) for split, data in splits.items()}
    return Benchmark(
        encoder.name, code, measured, answers, timings, [_beir(data, encoder, folder, progress) for data in folders]
    )


def _beir(
    data: BeirFolder, encoder: Encoder, folder: Path, progress: Progress | None
) -> tuple[Measured, dict[str, Timing]]:
    measured = Measured(data.name, data.sha256(), len(data.queries()), {})
    timings = {}
    for name in NAMES:
        run, timings[name] = search_all(data, make_system(name, data, encoder, folder), progress)
        measured.scores[name] = per_query(data.qrels(), run)
    return measured, timings
