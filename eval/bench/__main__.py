"""The benchmark as one command, `make bench`: every part, or the parts that are named.

    python -m eval.bench                                       everything
    python -m eval.bench --only scale --sizes 1000,10000
    python -m eval.bench --only side-by-side --texts passages --dtype bfloat16 --rounds 1

Figures are written as they come; what is not measured again stays as it was.
"""

from __future__ import annotations

import os
import sys
import tempfile
from importlib import resources
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from eval.bench import results
from eval.bench.cold import run_cold
from eval.bench.model import DTYPES
from eval.bench.page import PAGE, busy, show
from eval.bench.scale import SIZES, run_scale
from eval.bench.sides import run_sides
from eval.bench.texts import SETS
from index.model_source import find
from index.processor import computes_bfloat16
from qa.command import run_command

_BEGUN = perf_counter()
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


def _listed(given: str, known: tuple[str, ...], option: str) -> list[str]:
    """Comma-separated values, each of them known."""
    wanted = [value.strip() for value in given.split(",")] if given else list(known)
    if unknown := [value for value in wanted if value not in known]:
        raise typer.BadParameter(f"{option} {unknown[0]}: expected {', '.join(known)}.")
    return wanted


def _sizes(given: str) -> list[int]:
    try:
        sizes = [int(size) for size in given.split(",")] if given else list(SIZES)
    except ValueError:
        sizes = [0]
    if min(sizes) < 1:
        raise typer.BadParameter(f"--sizes {given}: expected numbers of passages, such as 1000,10000.")
    return sorted(sizes)


@app.command()
def bench(
    only: Annotated[str, typer.Option("--only", help="Parts: side-by-side, cold, scale [default: all]")] = "",
    sizes: Annotated[str, typer.Option("--sizes", help="Passages of scale [default: 1000 to 1000000]")] = "",
    texts: Annotated[str, typer.Option("--texts", help="Texts of side-by-side: passages, chunks")] = "",
    dtype: Annotated[str, typer.Option("--dtype", help="Types of side-by-side: float32, bfloat16")] = "",
    rounds: Annotated[
        int, typer.Option("--rounds", min=1, help="Builds of each system, one less in the other type")
    ] = 3,
    starts: Annotated[int, typer.Option("--starts", min=1, help="Cold starts of each command")] = 5,
    questions: Annotated[int, typer.Option("--questions", min=1, help="How many are asked, at most 200")] = 200,
    output: Annotated[Path | None, typer.Option("--output", help="Folder of the figures")] = None,
    work: Annotated[Path | None, typer.Option("--work", help="Where indexes are built; 10 GB at a time")] = None,
) -> None:
    """Measure planqa's speed and size beside other systems, at cold start, and as it grows."""
    parts = _listed(only, results.PARTS, "--only")
    sets, dtypes = _listed(texts, tuple(SETS), "--texts"), _listed(dtype, DTYPES, "--dtype")
    wanted = _sizes(sizes)
    own = "bfloat16" if computes_bfloat16() else "float32"  # what planqa takes on this machine
    now = results.circumstances()
    if busy(now):
        _say(f"the machine is busy (load {now['machine']['load']}): figures will be worse than they need be")
    folder = output or Path(str(resources.files("eval").joinpath("results")))
    kept = results.Results(folder, now, show)
    model = find(os.environ.get("PLANQA_MODEL", "")).path
    with tempfile.TemporaryDirectory(dir=work, ignore_cleanup_errors=True) as name:
        place = Path(name)
        if results.SIDES in parts:
            for set_of_texts in sets:
                for numbers in dtypes:
                    builds = (rounds if numbers == own else max(1, rounds - 1)) if set_of_texts == "passages" else 1
                    at = place / f"{set_of_texts}-{numbers}"
                    found = run_sides(set_of_texts, model, numbers, builds, questions, at, _say)
                    kept.put((results.SIDES, set_of_texts, numbers), found)
        if results.COLD in parts:
            kept.put((results.COLD, own), run_cold(model, own, starts, place / "cold", _say))
        if results.SCALE in parts:
            run_scale(wanted, place / "scale", _say, lambda size, found: kept.put((results.SCALE, str(size)), found))
    print(f"{PAGE} and {results.DATA} are written")


def _say(what: str) -> None:
    minutes, seconds = divmod(int(perf_counter() - _BEGUN), 60)
    print(f"bench {minutes:2}:{seconds:02} {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    run_command(app, "bench")
