"""What the commands print: tables for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from eval.answering import Asked
from eval.answers import LOWER_IS_BETTER
from eval.measures import MEASURES, PerQuery
from eval.questions import Question
from eval.runs import Timing
from eval.statistics import SWAPS, compare, interval
from eval.tables import GROUPINGS, breakdown, figure, p_value, table

FURTHEST = 5
"""Queries shown that two runs differ most on, either way."""


def run(name: str, output: str, timing: Timing, as_json: bool) -> None:
    """That a run was written, and how fast it was made."""
    if as_json:
        print_json({"system": name, "output": output, **asdict(timing)})
        return
    print(
        f"{timing.queries} queries in {output}; median {timing.p50:.1f} ms, 95th percentile {timing.p95:.1f} ms a query"
    )


def scores(by_run: Mapping[str, PerQuery], questions: Sequence[Question], as_json: bool) -> None:
    """Means with intervals of each run; by language and kind for our own questions."""
    found = {name: {measure: interval(values) for measure, values in run.items()} for name, run in by_run.items()}
    if as_json:
        print_json(
            {name: {measure: asdict(value) for measure, value in means.items()} for name, means in found.items()}
        )
        return
    names = list(found)
    rows = [
        [measure, str(found[names[0]][measure].n), *(figure(found[name][measure]) for name in names)]
        for measure in MEASURES
    ]
    print(table(["measure", "n", *names], rows))
    if questions:
        for title, by in GROUPINGS.items():
            print(f"\nnDCG@10 by {title}:\n")
            print(breakdown({name: by_run[name]["nDCG@10"] for name in names}, questions, by, title))


def comparison(first: PerQuery, second: PerQuery, as_json: bool) -> None:
    """Where and how surely the first run differs from the second."""
    found = {measure: compare(first[measure], second[measure]) for measure in MEASURES}
    if as_json:
        differences = {m: {query: first[m][query] - second[m][query] for query in first[m]} for m in MEASURES}
        print_json({m: {**asdict(one), "by_query": differences[m]} for m, one in found.items()})
        return
    print(f"First run minus second; paired permutation test, {SWAPS:,} swaps.\n")
    rows = [
        [measure, f"{one.difference:+.4f}", p_value(one), *map(str, (one.n, one.better, one.equal, one.worse))]
        for measure, one in found.items()
    ]
    print(table(["measure", "difference", "p", "n", "better", "equal", "worse"], rows))
    ndcg = {query: first["nDCG@10"][query] - second["nDCG@10"][query] for query in first["nDCG@10"]}
    ranked = sorted((pair for pair in ndcg.items() if pair[1]), key=lambda pair: pair[1])
    for verb, part in (("gains", ranked[::-1]), ("loses", ranked)):
        furthest = [[query, f"{value:+.3f}"] for query, value in part[:FURTHEST] if (value > 0) == (verb == "gains")]
        if furthest:
            print(f"\nThe first run {verb} most on:\n")
            print(table(["query", "nDCG@10"], furthest))


def answers(asked: Asked, questions: Sequence[Question], as_json: bool) -> None:
    """Every measure of the answers; by language and kind."""
    if as_json:
        means = {name: asdict(interval(values)) for name, values in asked.values.items()}
        print_json({"measures": means, "by_question": asked.values, "p50": asked.p50, "p95": asked.p95})
        return
    rows = []
    for name, values in asked.values.items():
        one = interval(values)
        label = f"{name} (lower is better)" if name in LOWER_IS_BETTER else name
        rows.append([label, figure(one) if one.n else "–", str(one.n)])
    print(table(["measure", "mean", "n"], rows))
    for title, by in GROUPINGS.items():
        print()
        print(breakdown(asked.values, questions, by, title))
    print(f"\nmedian {asked.p50:.0f} ms, 95th percentile {asked.p95:.0f} ms an answer")


def print_json(value: Any) -> None:
    """One JSON value on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=2))
