"""The question set asked and judged: `planqa ask` for every question, each measure for each answer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.collect import shipped_plans
from corpus.source import read_source
from eval.answers import MEASURES, Judged, Sources, judge
from eval.judge import squash
from eval.measures import PerQuery
from eval.plans import numbers_by_file
from eval.questions import Question
from index.types import Progress
from qa.engine import Engine


@dataclass(frozen=True, slots=True)
class Asked:
    """Measures by name and question id, and milliseconds of the median answer and of the 95th percentile."""

    values: PerQuery
    p50: float
    p95: float


def ask_all(engine: Engine, questions: Sequence[Question], progress: Progress | None = None) -> Asked:
    """Ask every question and judge the answers."""
    sources = shipped_sources()
    values: PerQuery = {name: {} for name in MEASURES}
    times = []
    engine.warm_up()
    for done, question in enumerate(questions, 1):
        before = time.perf_counter()
        answer = engine.ask(question.question, id=question.id)
        times.append(1000 * (time.perf_counter() - before))
        for name, value in judge(Judged(question, answer, sources)).items():
            values[name][question.id] = value
        if progress:
            progress("ask questions", done, len(questions))
    p50, p95 = np.percentile(times or [0.0], [50, 95])
    return Asked(values, float(p50), float(p95))


def shipped_sources() -> Sources:
    """The shipped files as quotes are looked up in them."""
    texts: dict[str, list[str]] = {}
    for file, number in numbers_by_file().items():
        texts.setdefault(number, []).append(squash(read_source(shipped_plans() / file).text).replace("|", ""))
    return texts
