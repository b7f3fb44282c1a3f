"""A data set run through a system: index the collection, search every query, keep what was found and how fast."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.machine import code_sha256
from eval.resume import KeptEncoder, Work
from eval.systems import make_system
from eval.trec import write_run
from eval.types import DataSet, Run, System
from index.types import Encoder, Progress

DEPTH = 100
"""Hits a query: as deep as R@100 looks."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds to index the collection, items in it, and milliseconds of the queries' median and 95th percentile."""

    index_seconds: float
    items: int
    queries: int
    p50: float
    p95: float


def search_all(
    data: DataSet, system: System, progress: Progress | None = None, work: Work | None = None
) -> tuple[Run, Timing]:
    """Run every query of the data set; what `work` holds already is not searched again."""
    queries = data.queries()
    kept = work.found() if work else {}
    left = [query for query in queries if query not in kept]
    start = time.perf_counter()
    count = 0
    if left:
        items = list(data.items())
        count = len(items)
        system.index(items, progress)
        system.search(queries[left[0]], DEPTH)  # what is loaded with the first query is not timed
    index_seconds = time.perf_counter() - start
    for query in left:
        before = time.perf_counter()
        hits = system.search(queries[query], DEPTH)
        milliseconds = 1000 * (time.perf_counter() - before)
        kept[query] = data.judged(query, hits, DEPTH), milliseconds
        if work:
            work.add(query, *kept[query])
        if progress:
            progress(f"search with {system.name}", len(kept), len(queries))
    times = [kept[query][1] for query in queries] or [0.0]
    p50, p95 = np.percentile(times, [50, 95])
    return (
        {query: kept[query][0] for query in queries},
        Timing(index_seconds, count, len(queries), float(p50), float(p95)),
    )


def run_to_file(
    data: DataSet, name: str, encoder: Encoder, output: Path, progress: Progress | None = None
) -> tuple[Run, Timing]:
    """Make a run and write it as a TREC file, whole or not at all.

    An interrupted run goes on where it stopped, unless data set, encoder or planqa's code have changed since.

    Raises:
        DataError: the data set or the output cannot be used.
    """
    data.qrels()  # mistakes in the data set are told before any work
    about = {"data": data.sha256(), "system": name, "encoder": encoder.name, "depth": DEPTH, "code": code_sha256()}
    work = Work(output, about)
    system = make_system(name, data, KeptEncoder(encoder, work.folder), work.folder / "home")
    run, timing = search_all(data, system, progress, work)
    write_run(output, run, f"planqa-{name}")
    work.drop()
    return run, timing
