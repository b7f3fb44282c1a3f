"""A whole home at a size: the shipped plans over and over under other numbers, ingested, opened, searched, added to.

    python -m eval.bench.grow_home ingest FOLDER SIZE        -> JSON
    python -m eval.bench.grow_home open FOLDER SIZE          -> JSON
    python -m eval.bench.grow_home add FOLDER SIZE           -> JSON

The encoder is made up (`eval.bench.made`), so what is timed is everything but encoding.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from corpus.collect import shipped_plans
from corpus.source import read_source
from eval.bench.made import READINGS, MadeEncoder
from eval.bench.memory import folder_bytes, peak_bytes
from eval.bench.types import K
from eval.plans import numbers_by_file
from eval.ranking import rank
from index.home import open_home
from qa import homes
from qa.engine import Engine
from qa.query import make_query
from qa.question import understand

_HOME, _SOURCES, _ADDED = "home", "sources", "added"
_FIRST = 1000  # numbers have up to four digits


def plans() -> dict[str, tuple[str, str]]:
    """Number and text of the shipped plans by file, one edition each."""
    texts, seen = {}, set[str]()
    for file, number in sorted(numbers_by_file().items()):
        if number not in seen:
            seen.add(number)
            texts[file] = number, read_source(shipped_plans() / file).text
    return texts


def renumbered(text: str, number: str, copy: int) -> str:
    """A plan under a number that no other plan of its province has.

    >>> renumbered("Kế hoạch số 292/KH-UBND", "292/KH-UBND", 12)
    'Kế hoạch số 1012/KH-UBND'
    """
    digits, _, rest = number.partition("/")
    return re.sub(rf"(?<!\d){digits}(?=\s*/\s*{re.escape(rest)})", str(_FIRST + copy), text)


def ingest(folder: Path, size: int) -> dict[str, Any]:
    """Write source files until they hold as many passages, and ingest the folder."""
    encoder = MadeEncoder(folder.parent / READINGS)
    texts = plans()
    for place in (_SOURCES, _ADDED):
        (folder / place).mkdir(parents=True)
    once = homes.ingest(folder / "one", [_written(folder / "first", file, 0, texts[file]) for file in texts], encoder)
    copies = max(1, round(size / once.generation.about.passages))
    for copy in range(copies):
        for file in texts:
            _written(folder / _SOURCES, file, copy, texts[file])
    file = next(iter(texts))
    _written(folder / _ADDED, file, copies, texts[file])
    begun = perf_counter()
    about = homes.ingest(folder / _HOME, [folder / _SOURCES], encoder).generation.about
    return {
        "ingest_seconds": perf_counter() - begun,
        "documents": about.documents,
        "passages": about.passages,
        "peak_ingest": peak_bytes(),
        "disk": folder_bytes(folder / _HOME),
    }


def open(folder: Path, size: int) -> dict[str, Any]:
    """Open the home, search it: the index alone, and the engine with all that it weighs."""
    encoder = MadeEncoder(folder.parent / READINGS)
    queries = [(question, make_query(understand(question))) for question in _questions()]
    begun = perf_counter()
    generation = open_home(folder / _HOME)
    indexes = generation.indexes
    rank(queries[0][1], encoder, indexes, K)
    opened = perf_counter() - begun
    times, peak = [], 0
    for _, query in queries:
        begun = perf_counter()
        rank(query, encoder, indexes, K)
        times.append(1000 * (perf_counter() - begun))
    peak = peak_bytes()
    engine = Engine(generation, lambda: encoder, folder / _HOME)
    begun = perf_counter()
    engine.search(queries[0][0])
    first = perf_counter() - begun
    whole = []
    for question, _ in queries:
        begun = perf_counter()
        engine.search(question)
        whole.append(1000 * (perf_counter() - begun))
    index, all_of_it = np.percentile(times, [50, 95]), np.percentile(whole, [50, 95])
    return {
        "open_seconds": opened,
        "p50": float(index[0]),
        "p95": float(index[1]),
        "peak_index": peak,
        "first_search_seconds": first,
        "engine_p50": float(all_of_it[0]),
        "engine_p95": float(all_of_it[1]),
        "peak": peak_bytes(),
    }


def add(folder: Path, size: int) -> dict[str, Any]:
    """Ingest one more document."""
    encoder = MadeEncoder(folder.parent / READINGS)
    begun = perf_counter()
    done = homes.ingest(folder / _HOME, [folder / _ADDED], encoder)
    return {"add_seconds": perf_counter() - begun, "added": done.new, "peak_add": peak_bytes()}


def _written(folder: Path, file: str, copy: int, plan: tuple[str, str]) -> Path:
    """One source file of a copy."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{copy:04}-{file}"
    path.write_text(renumbered(plan[1], plan[0], copy), encoding="utf-8")
    return path


def _questions() -> list[str]:
    from eval.bench.texts import questions

    return questions()


def main() -> None:
    """One step, its figures as JSON on stdout."""
    step, folder, size = sys.argv[1:4]
    print(json.dumps({"ingest": ingest, "open": open, "add": add}[step](Path(folder), int(size))))


if __name__ == "__main__":
    main()
