"""The benchmark's figures as one Markdown page, ratios first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eval.bench.aims import aims, verdict
from eval.bench.cold import YARDSTICK
from eval.bench.plots import PLOTS, draw
from eval.bench.results import BUSY, COLD, SCALE, SIDES, Record
from eval.bench.scale import HOMES_UP_TO
from eval.bench.texts import SETS
from eval.lines import write_whole
from eval.tables import table

PAGE = "bench.md"
NAMES = {
    ("bare", "search"): "bare calls",
    ("langchain", "search"): "LangChain, FAISS store",
    ("txtai", "search"): "txtai",
    ("planqa", "dense"): "planqa, dense evidence alone",
    ("planqa", "search"): "planqa",
}
INTRODUCTION = """\
Made by `make bench`; `bench.json` beside this page holds all figures. Ratios come first, because they carry over to
other machines better than seconds do. The bare calls, SentenceTransformer's `encode` and a flat FAISS index, are the
limit that the others are held against."""
SIDE_BY_SIDE = """\
Every system gets the same texts, the same questions (`dev`), the same weights in the same type of number, and is asked
for ten hits. Each runs in a process of its own; all take turns, in another order every time. A build ends when the
index is written. Build ratios are of throughput, so more is better; query ratios are of time, so less is better.

**planqa does more for a question than the others:** it reads the question's language, words and names, looks words up
in two lexical indexes, and compares the 48 best passages token by token; asked for its dense evidence alone, it does
what the others do. Its index holds a vector for every token, which is why it takes more room. txtai runs without its
text database, which is its leanest setting. LangChain's store keeps the texts in memory. `hit@k`: share of the
answerable questions with a gold quote among the first k."""
AGAIN = """\
The first build with an encoder also fits the space that vectors are compared in, on sample texts; a home that grows has
it. planqa without that step: {rate:.1f} texts/s, **{ratio}** of the bare calls."""
COLD_STARTS = """\
One command from a fresh process to its end, files in the disk's cache. LangChain's store is opened from its FAISS file
and the texts, since its own `load_local` unpickles, which nothing here does."""
GROWTH = f"""\
planqa alone. Vectors are made: a real passage's, moved by noise that is spread as real vectors are, at length 1;
questions are the real ones of `dev`; times are without encoding. Up to {HOMES_UP_TO:,} passages a whole home is
ingested, too: the shipped plans over and over, under other numbers. Above that the dense store alone is measured,
without texts: the token vectors of a home of a million passages would take 20 GB. Memory is all that a process holds,
Python and libraries too; for homes, 60 MB of it are the kept readings that stand for the model."""


def show(record: Record, folder: Path) -> None:
    """Write page and plots of what was measured so far."""
    draw(record, folder)
    write_whole(folder / PAGE, page(record))


def page(record: Record) -> Iterator[str]:
    """The lines of the page."""
    yield from ("# planqa: speed and size", "", INTRODUCTION)
    yield from _section("Aims")
    yield from _aims(record)
    for texts, by_dtype in record.get(SIDES, {}).items():
        for dtype, found in by_dtype.items():
            yield from _sides(texts, dtype, found)
    for dtype, found in record.get(COLD, {}).items():
        yield from _cold(dtype, found)
    if record.get(SCALE):
        yield from _scale(sizes(record))
    yield from _circumstances(record)


def sizes(record: Record) -> dict[int, Record]:
    """Figures of growth by size, the smallest first."""
    return {size: record[SCALE][str(size)] for size in sorted(map(int, record.get(SCALE, {})))}


def _aims(record: Record) -> Iterator[str]:
    measured_in = next(iter(record.get(COLD, {})), "bfloat16")
    rows = []
    for aim in aims(measured_in):
        value = aim.measured(record)
        bound = f"{'≥' if aim.least else '≤'} {aim.bound:g} {aim.unit}".strip()
        rows.append([aim.what, bound, "–" if value is None else f"{value:.3g} {aim.unit}".strip(), verdict(aim, value)])
    yield table(["figure", "aim", "measured", ""], rows)


def _sides(texts: str, dtype: str, found: Record) -> Iterator[str]:
    yield from _section(f"Side by side: {texts}, {dtype}")
    if texts == "passages":
        yield from (SIDE_BY_SIDE, "")
    yield f"{found['texts']} texts ({SETS[texts]}; {found['characters']} characters on average), {found['questions']}"
    yield f"questions; builds of each system: {found['rounds']}."
    yield ""
    rows = []
    for (name, way), title in NAMES.items():
        built = found["systems"][name]
        asked = built["ways"][way]
        rows.append(
            [
                title,
                _times(built["ratio"]),
                f"{asked['ratio_p50']:.2f}",
                f"{built['texts_per_second']:.1f}",
                f"{asked['p50']:.1f}",
                f"{asked['p95']:.1f}",
                *(f"{asked[name]:.2f}" if name in asked else "–" for name in ("hit@1", "hit@5")),
                _mb(built["peak"]),
                _mb(built["disk"]),
            ]
        )
    header = ["system", "build, of bare", "query, times bare", "texts/s", "p50, ms", "p95, ms", "hit@1", "hit@5"]
    yield table([*header, "peak, MB", "index, MB"], rows)
    own = found["systems"]["planqa"]
    if "ratio_again" in own:
        yield from ("", AGAIN.format(rate=own["texts_per_second_again"], ratio=_times(own["ratio_again"])))


def _cold(dtype: str, found: Record) -> Iterator[str]:
    yield from _section(f"Cold start, {dtype}")
    yield from (COLD_STARTS, f"Medians of {found['rounds']}; ratios to: {YARDSTICK}.", "")
    rows = [
        [
            name,
            _times(told["ratio"]),
            f"{told['seconds']:.2f}",
            _mb(told["peak"]),
        ]
        for name, told in found["commands"].items()
    ]
    yield table(["command", "ratio", "seconds", "peak, MB"], rows)


def _scale(found: dict[int, Record]) -> Iterator[str]:
    yield from _section("Growth")
    yield from (GROWTH, "", "The dense store:", "")
    rows = [
        [
            f"{size:,}",
            one["write"]["kind"],
            f"{one['search']['recall_at_10']:.3f}",
            f"{one['search']['p50']:.2f}",
            f"{one['search']['p95']:.2f}",
            f"{one['search']['filtered_p95']:.2f}",
            f"{one['search']['open_seconds']:.2f}",
            _mb(one["search"]["peak"]),
            _mb(one["write"]["disk"]),
            f"{one['write']['write_seconds']:.1f}",
        ]
        for size, one in found.items()
    ]
    times = ["p50, ms", "p95, ms", "p95 of 1% allowed, ms", "open, s", "peak, MB", "disk, MB", "write, s"]
    yield table(["vectors", "kind", "recall@10", *times], rows)
    homes = {size: one for size, one in found.items() if "add" in one}
    if homes:
        yield from ("", "Whole homes (search: four kinds of evidence; engine: filters and priors as well):", "")
        yield table(*_homes(homes))
    yield from ("", *(f"![{title}]({name})" for name, title in PLOTS.items()))


def _homes(found: dict[int, Record]) -> tuple[list[str], list[list[str]]]:
    header = ["passages", "documents", "search p50, ms", "p95, ms", "engine p50, ms", "p95, ms", "open, s"]
    rows = [
        [
            f"{one['ingest']['passages']:,}",
            f"{one['ingest']['documents']:,}",
            f"{one['open']['p50']:.1f}",
            f"{one['open']['p95']:.1f}",
            f"{one['open']['engine_p50']:.1f}",
            f"{one['open']['engine_p95']:.1f}",
            f"{one['open']['open_seconds']:.2f}",
            f"{one['open']['first_search_seconds']:.2f}",
            f"{one['add']['add_seconds']:.1f}",
            f"{one['ingest']['ingest_seconds']:.0f}",
            _mb(one["open"]["peak"]),
            _mb(one["ingest"]["disk"]),
        ]
        for one in found.values()
    ]
    return [*header, "first engine search, s", "add one, s", "ingest all, s", "peak, MB", "disk, MB"], rows


def _circumstances(record: Record) -> Iterator[str]:
    parts = dict(_parts(record))
    if not parts:
        return
    yield from _section("Circumstances")
    rows = [
        [
            name,
            told["machine"]["load"] + (" (busy)" if busy(told) else ""),
            told["machine"]["processor"],
            told["machine"]["cores"],
            told["machine"]["memory"],
            f"`{told['code'][:12]}`",
        ]
        for name, told in parts.items()
    ]
    yield table(["part", "load before", "processor", "cores", "memory", "code"], rows)
    every = [told["versions"] for told in parts.values()]
    names = dict.fromkeys(name for versions in every for name in versions)
    shown = (f"{name} {' / '.join(dict.fromkeys(v[name] for v in every if name in v))}" for name in names)
    yield from ("", f"Versions: {', '.join(shown)}.")
    machine = next(iter(parts.values()))["machine"]
    yield f"bfloat16: {machine['bfloat16']}; threads of a process: {machine['threads']}."


def _parts(record: Record) -> Iterator[tuple[str, Any]]:
    for texts, by_dtype in record.get(SIDES, {}).items():
        yield from ((f"{texts}, {dtype}", found["circumstances"]) for dtype, found in by_dtype.items())
    yield from ((f"cold start, {dtype}", found["circumstances"]) for dtype, found in record.get(COLD, {}).items())
    yield from ((f"{size:,} passages", found["circumstances"]) for size, found in sizes(record).items())


def busy(told: Record) -> bool:
    """Whether the machine was doing something else before the benchmark began."""
    try:
        return float(told["machine"]["load"]) > BUSY
    except ValueError:  # a system that does not tell
        return False


def _section(title: str) -> Iterator[str]:
    yield from ("", f"## {title}", "")


def _times(ratio: dict[str, float]) -> str:
    """The median of ratios, and the range of them where there are several."""
    if ratio["low"] == ratio["high"]:
        return f"{ratio['median']:.2f}"
    return f"{ratio['median']:.2f} [{ratio['low']:.2f}, {ratio['high']:.2f}]"


def _mb(number: float) -> str:
    return f"{number / 1e6:,.1f}" if number < 1e8 else f"{number / 1e6:,.0f}"
