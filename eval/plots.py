"""The report's plots as SVG: with eval/bench/plots.py the only files that import matplotlib.

Colours are those of Okabe & Ito (2008), told apart with any colour vision; files are the same for the same figures.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from eval.benchmark import Benchmark
from eval.lines import write_whole
from eval.questions import load
from eval.statistics import interval
from eval.tables import Grouping, by_kind, by_language, groups

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SPLIT, MEASURE = "test", "nDCG@10"
LANGUAGE, KINDS, LATENCY = "quality-by-language.svg", "quality-by-kind.svg", "quality-against-latency.svg"
PLOTS = {
    LANGUAGE: "Retrieval quality by language of the question",
    KINDS: "Retrieval quality by kind of question",
    LATENCY: "Retrieval quality against latency",
}
_COLOURS = {"hybrid": "#0072B2", "dense": "#E69F00", "bm25": "#009E73", "tutorial": "#CC79A7"}


def draw(benchmark: Benchmark, folder: Path) -> None:
    """Write the three plots into a folder.

    Raises:
        DataError: the folder cannot be written.
    """
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "planqa"
    from matplotlib.figure import Figure

    for name, size in ((LANGUAGE, (7, 4)), (KINDS, (11, 4)), (LATENCY, (7, 4))):
        figure = Figure(figsize=size, layout="constrained")
        axes = figure.add_subplot()
        if name == LATENCY:
            _latency(axes, benchmark)
        else:
            _bars(axes, benchmark, by_language if name == LANGUAGE else by_kind)
        axes.set_title(f"{PLOTS[name]} ({SPLIT})")
        axes.spines[["top", "right"]].set_visible(False)
        drawn = io.StringIO()
        figure.savefig(drawn, format="svg", metadata={"Date": None})
        write_whole(folder / name, [line.rstrip() for line in drawn.getvalue().splitlines()])


def _bars(axes: Axes, benchmark: Benchmark, by: Grouping) -> None:
    """Groups of bars, one bar a system, with confidence intervals."""
    scores = benchmark.splits[SPLIT].scores
    by_group = groups([q for q in load(SPLIT) if q.answerable], by)
    width = 0.8 / len(scores)
    for place, (name, measures) in enumerate(scores.items()):
        found = [interval({id: measures[MEASURE][id] for id in ids}) for ids in by_group.values()]
        axes.bar(
            [group + (place - (len(scores) - 1) / 2) * width for group in range(len(by_group))],
            [one.mean for one in found],
            width,
            yerr=[[one.mean - one.low for one in found], [one.high - one.mean for one in found]],
            label=name,
            color=_COLOURS.get(name),
            error_kw={"elinewidth": 0.8, "ecolor": "#444444"},
        )
    labels = [f"{group.replace('_', ' ')}\nn={len(ids)}" for group, ids in by_group.items()]
    axes.set_xticks(range(len(by_group)), labels, fontsize=8)
    axes.set_ylim(0, 1.02)
    axes.set_ylabel(MEASURE)
    axes.legend(frameon=False, ncols=len(scores), fontsize=8, loc="upper center", bbox_to_anchor=(0.5, -0.16))


def _latency(axes: Axes, benchmark: Benchmark) -> None:
    """One point a system: median milliseconds a query, and quality with its confidence interval."""
    for name, measures in benchmark.splits[SPLIT].scores.items():
        one, x = interval(measures[MEASURE]), max(benchmark.timings[name].p50, 0.01)
        axes.errorbar(
            x, one.mean, [[one.mean - one.low], [one.high - one.mean]], fmt="o", color=_COLOURS.get(name), capsize=3
        )
        axes.annotate(name, (x, one.mean), xytext=(8, 4), textcoords="offset points", fontsize=9)
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter("{x:g}")
    axes.margins(x=0.2)
    axes.set_ylim(0, 1.02)
    axes.set_xlabel("median query, ms (logarithmic)")
    axes.set_ylabel(MEASURE)
