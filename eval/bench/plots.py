"""Search time and memory against size, both axes logarithmic, as SVG.

Lines differ in shade, dash and mark, so that they are told apart in grey, too.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from eval.bench.results import SCALE, Record
from eval.lines import write_whole

TIME, MEMORY = "bench-search-time.svg", "bench-memory.svg"
PLOTS = {TIME: "Search time against size, without encoding", MEMORY: "Memory to search, against size"}
_STYLES = (("#000000", "-", "o"), ("#D55E00", "--", "s"), ("#56B4E9", ":", "^"))

Line = tuple[str, Callable[[Record], float]]
LINES: dict[str, tuple[str, tuple[Line, ...]]] = {
    TIME: (
        "95th percentile, ms",
        (
            ("dense store alone", lambda one: one["search"]["p95"]),
            ("search, all evidence", lambda one: one["open"]["p95"]),
            ("engine, with filters and priors", lambda one: one["open"]["engine_p95"]),
        ),
    ),
    MEMORY: (
        "peak resident memory, MB",
        (
            ("dense store alone", lambda one: one["search"]["peak"] / 1e6),
            ("search, all evidence", lambda one: one["open"]["peak_index"] / 1e6),
            ("engine, with filters and priors", lambda one: one["open"]["peak"] / 1e6),
        ),
    ),
}


def draw(record: Record, folder: Path) -> None:
    """Write the plots into a folder; none when no size was measured.

    Raises:
        DataError: the folder cannot be written.
    """
    found = record.get(SCALE, {})
    if not found:
        return
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "planqa"
    from matplotlib.figure import Figure

    sizes = sorted(map(int, found))
    for name, (unit, lines) in LINES.items():
        figure = Figure(figsize=(7, 4), layout="constrained")
        axes = figure.add_subplot()
        for (label, value), (colour, dash, mark) in zip(lines, _STYLES, strict=True):
            step = "search" if label.startswith("dense") else "open"
            points = [(size, value(found[str(size)])) for size in sizes if step in found[str(size)]]
            if points:
                axes.plot(*zip(*points, strict=True), label=label, color=colour, linestyle=dash, marker=mark)
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlabel("passages")
        axes.set_ylabel(unit)
        axes.set_title(PLOTS[name])
        axes.grid(True, which="major", linewidth=0.4, color="#BBBBBB")
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False, fontsize=8, ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.16))
        drawn = io.StringIO()
        figure.savefig(drawn, format="svg", metadata={"Date": None})
        write_whole(folder / name, [line.rstrip() for line in drawn.getvalue().splitlines()])
