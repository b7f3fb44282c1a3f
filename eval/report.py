"""The benchmark as one Markdown page, plots, and the JSON that the regression test reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.answers import LOWER_IS_BETTER
from eval.benchmark import OURS, Benchmark, Measured
from eval.lines import write_whole
from eval.machine import machine, versions
from eval.plots import PLOTS, draw
from eval.questions import load
from eval.runs import Timing
from eval.statistics import LEVEL, RESAMPLES, SEED, SWAPS, compare, interval
from eval.tables import GROUPINGS, breakdown, by_reason, figure, p_value, table

PAGE, DATA = "REPORT.md", "report.json"
SHOWN = ("nDCG@10", "MRR@10", "R@1", "R@5", "R@10", "R@100", "MAP", "hit@1", "hit@5")
HEADLINE = "nDCG@10"
BROKEN_DOWN = (
    "agency match",
    "deadline match",
    "target recall",
    "citation precision",
    "citation recall",
    "false abstention",
)

INTRODUCTION = f"""\
Made by `planqa-eval report` (`make eval`). Measures are defined in [MEASURES.md](../MEASURES.md), the questions in
[data/README.md](../data/README.md). `hybrid` is planqa as it ships; `dense` and `bm25` are one half of it over the
same passages, with the question as typed; `tutorial` is 1,000-character chunks in LangChain's FAISS store, with the
same encoder. Brackets hold {LEVEL:.0%} confidence intervals. Nothing is tuned on `test`."""


def write_report(benchmark: Benchmark, folder: Path) -> None:
    """Write page, plots and JSON into a folder, each file whole or not at all."""
    record = as_json(benchmark)
    draw(benchmark, folder)
    write_whole(folder / DATA, [json.dumps(record, ensure_ascii=False, indent=1)])
    write_whole(folder / PAGE, page(benchmark, record))


def as_json(benchmark: Benchmark) -> dict[str, Any]:
    """Means with intervals of everything, and values by query of planqa's own on `test`."""
    test = benchmark.splits["test"].scores[OURS], benchmark.answers["test"].values
    return {
        "machine": machine(),
        "versions": versions(),
        "encoder": benchmark.encoder,
        "code": benchmark.code,
        "seed": SEED,
        "sha256": {m.name: m.sha256 for m in [*benchmark.splits.values(), *(m for m, _ in benchmark.beir)]},
        "retrieval": {
            m.name: {system: _intervals(scores) for system, scores in m.scores.items()}
            for m in [*benchmark.splits.values(), *(m for m, _ in benchmark.beir)]
        },
        "answers": {split: _intervals(asked.values) for split, asked in benchmark.answers.items()},
        "timings": {
            "planqa": {name: asdict(timing) for name, timing in benchmark.timings.items()},
            **{m.name: {name: asdict(t) for name, t in timings.items()} for m, timings in benchmark.beir},
        },
        "test_by_query": {"retrieval": _rounded(test[0]), "answers": _rounded(test[1])},
    }


def page(benchmark: Benchmark, record: Mapping[str, Any]) -> Iterator[str]:
    """The lines of the page."""
    yield "# planqa: the benchmark"
    yield ""
    yield INTRODUCTION
    for split, measured in reversed(benchmark.splits.items()):
        yield from _retrieval(f"Retrieval, `{split}`", measured)
        yield from _breakdowns(split, measured)
        yield from _answers(split, benchmark)
    for measured, timings in benchmark.beir:
        yield from _retrieval(f"Retrieval, `{measured.name}` (BEIR folder)", measured)
        yield ""
        yield from _timings(timings)
    yield from _section("Speed")
    yield "Of our own set. Indexing counts reading, encoding and storing five files; `dense` and `bm25` use the index"
    yield "of `hybrid`. What a query takes depends on what else the machine does: compare figures of one report only."
    yield ""
    yield from _timings(benchmark.timings)
    asked = benchmark.answers["test"]
    yield ""
    yield f"A whole answer (`planqa ask`): {asked.p50:.0f} ms in the median, {asked.p95:.0f} ms at the 95th percentile."
    yield from _section("Plots")
    for name, title in PLOTS.items():
        yield f"![{title}]({name})"
    yield from _circumstances(record)


def _retrieval(title: str, measured: Measured) -> Iterator[str]:
    yield from _section(title)
    yield f"{measured.queries} queries; one that a system finds nothing for counts as 0."
    yield ""
    rows = [
        [
            name,
            *(
                figure(interval(values)) if m == HEADLINE else f"{interval(values).mean:.3f}"
                for m, values in _shown(scores)
            ),
        ]
        for name, scores in measured.scores.items()
    ]
    yield table(["system", *SHOWN], rows)
    yield ""
    yield f"{OURS} against the others, {HEADLINE} by query (paired permutation test, {SWAPS:,} swaps):"
    yield ""
    rows = []
    for name, scores in measured.scores.items():
        if name != OURS:
            found = compare(measured.scores[OURS][HEADLINE], scores[HEADLINE])
            rows.append(
                [
                    name,
                    f"{found.difference:+.3f}",
                    p_value(found),
                    *map(str, (found.n, found.better, found.equal, found.worse)),
                ]
            )
    yield table(["against", "difference", "p", "n", "better", "equal", "worse"], rows)


def _shown(scores: Mapping[str, dict[str, float]]) -> Iterator[tuple[str, dict[str, float]]]:
    yield from ((name, scores[name]) for name in SHOWN)


def _breakdowns(split: str, measured: Measured) -> Iterator[str]:
    questions = load(split)
    for measure in (HEADLINE, "hit@5"):
        columns = {name: scores[measure] for name, scores in measured.scores.items()}
        for title, by in GROUPINGS.items():
            yield ""
            yield f"{measure} by {title}:"
            yield ""
            yield breakdown(columns, questions, by, title)


def _answers(split: str, benchmark: Benchmark) -> Iterator[str]:
    yield from _section(f"Answers of planqa, `{split}`")
    values = benchmark.answers[split].values
    rows = []
    for name, by_question in values.items():
        found = interval(by_question)
        label = f"{name} (lower is better)" if name in LOWER_IS_BETTER else name
        rows.append([label, figure(found) if found.n else "–", str(found.n)])
    yield table(["measure", "mean", "n"], rows)
    for title, by in GROUPINGS.items():
        yield ""
        yield breakdown({name: values[name] for name in BROKEN_DOWN}, load(split), by, title)
    yield ""
    yield "Questions that no plan answers, by reason:"
    yield ""
    unanswerable = [question for question in load(split) if not question.answerable]
    yield breakdown({"abstention recall": values["abstention recall"]}, unanswerable, by_reason, "reason")


def _timings(timings: Mapping[str, Timing]) -> Iterator[str]:
    rows = [[name, f"{t.index_seconds:.1f}", f"{t.p50:.1f}", f"{t.p95:.1f}"] for name, t in timings.items()]
    yield table(["system", "index, s", "query p50, ms", "query p95, ms"], rows)


def _circumstances(record: Mapping[str, Any]) -> Iterator[str]:
    yield from _section("Circumstances")
    yield from (f"- {name}: {value}" for name, value in record["machine"].items())
    yield f"- encoder: {record['encoder']}"
    yield f"- SHA-256 of planqa's code: `{record['code']}`"
    yield f"- versions: {', '.join(f'{name} {version}' for name, version in record['versions'].items())}"
    yield f"- seed of intervals ({RESAMPLES:,} resamples) and tests: {record['seed']}"
    yield from (f"- SHA-256 of `{name}`: `{digest}`" for name, digest in record["sha256"].items())


def _section(title: str) -> Iterator[str]:
    yield from ("", f"## {title}", "")


def _intervals(values: Mapping[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    return {
        name: {key: round(value, 6) for key, value in asdict(interval(by_query)).items()}
        for name, by_query in values.items()
        if by_query
    }


def _rounded(values: Mapping[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    return {name: {query: round(value, 6) for query, value in found.items()} for name, found in values.items() if found}
