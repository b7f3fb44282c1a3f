"""Side by side: every system indexes the same texts and answers the same questions with the same encoder.

All systems stand at once, each in a process of its own, and take turns, in another order every time, so that whatever
else the machine does hits them alike. Ratios are those of one turn, and the median of them is told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

import numpy as np

from eval.bench.memory import folder_bytes
from eval.bench.process import Worker
from eval.bench.texts import make_texts, quality, questions
from eval.bench.types import write_texts
from eval.bench.worker import SIDES
from index.encoder import DTYPE_SETTING

BLOCK = 20
"""Questions that one system answers before it is the next one's turn."""
BARE = "bare"
WAYS = {"bare": ("search",), "langchain": ("search",), "txtai": ("search",), "planqa": ("search", "dense")}
BEFORE = "fit the space"  # a step that is taken once for an encoder, not once for a corpus

T = TypeVar("T")
Say = Callable[[str], None]


@dataclass(slots=True)
class Turns:
    """What one system was seen to do, turn by turn."""

    seconds: list[dict[str, float]] = field(default_factory=list)
    milliseconds: dict[str, list[float]] = field(default_factory=dict)
    places: dict[str, list[list[int]]] = field(default_factory=dict)
    peak_build: int = 0
    peak: int = 0
    disk: int = 0


def run_sides(texts: str, model: str, dtype: str, rounds: int, asked: int, work: Path, say: Say) -> dict[str, Any]:
    """Measure all systems on a set of texts; `rounds` builds and the first `asked` questions each.

    Raises:
        DataError: a system fails.
    """
    every, wanted = make_texts(texts), questions()[:asked]
    work.mkdir(parents=True)
    file = work / "texts.json"
    write_texts(every, file)
    turns = {name: Turns() for name in SIDES}
    with ExitStack() as stack:
        workers = {}
        for name in SIDES:
            worker = Worker("eval.bench.worker", [name, model, dtype], {DTYPE_SETTING: dtype}, work / f"{name}.log")
            workers[name] = stack.enter_context(worker)
            worker.do({"do": "load"})
        for turn in range(rounds):
            for name in in_turn(SIDES, turn):
                say(f"{texts}, {dtype}: build {turn + 1} of {rounds}: {name}")
                folder = work / f"{name}-{turn}"
                answer = workers[name].do({"do": "build", "texts": str(file), "folder": str(folder)})
                turns[name].seconds.append(answer["seconds"])
                turns[name].peak_build, turns[name].disk = answer["peak"], folder_bytes(folder)
        ways = [(name, way) for name in SIDES for way in WAYS[name]]
        for name, way in ways:  # what is loaded with the first question is not timed
            workers[name].do({"do": "ask", "questions": wanted[:1], "way": way})
        for turn, start in enumerate(range(0, len(wanted), BLOCK)):
            say(f"{texts}, {dtype}: questions {start + 1} to {min(start + BLOCK, len(wanted))} of {len(wanted)}")
            for name, way in in_turn(ways, turn):
                answer = workers[name].do({"do": "ask", "questions": wanted[start : start + BLOCK], "way": way})
                turns[name].milliseconds.setdefault(way, []).extend(answer["milliseconds"])
                turns[name].places.setdefault(way, []).extend(answer["places"])
                turns[name].peak = answer["peak"]
    judged = asked >= len(questions())
    return {
        "texts": len(every),
        "characters": round(sum(len(text.whole) for text in every) / len(every)),
        "questions": len(wanted),
        "rounds": rounds,
        "systems": {
            name: row(turns[name], turns[BARE], len(every))
            | {
                "ways": {
                    way: asking(turns[name].milliseconds[way], turns[BARE].milliseconds[WAYS[BARE][0]])
                    | (quality(every, dict(zip(wanted, turns[name].places[way], strict=True))) if judged else {})
                    for way in WAYS[name]
                }
            }
            for name in SIDES
        },
    }


def in_turn(items: Sequence[T], turn: int) -> list[T]:
    """The items, each turn beginning with the next one, and every other time backwards.

    >>> [in_turn("abc", turn) for turn in range(4)]
    [['a', 'b', 'c'], ['a', 'c', 'b'], ['c', 'a', 'b'], ['c', 'b', 'a']]
    """
    at = turn % len(items)
    turned = [*items[at:], *items[:at]]
    return turned[::-1] if turn % 2 else turned


def row(own: Turns, bare: Turns, texts: int) -> dict[str, Any]:
    """How one system built: against the bare calls' build, and planqa also without what it does once for an encoder."""
    whole = [sum(steps.values()) for steps in own.seconds]
    again = [sum(steps.values()) - steps.get(BEFORE, 0.0) for steps in own.seconds]
    limit = [sum(steps.values()) for steps in bare.seconds]
    result: dict[str, Any] = {
        "texts_per_second": texts / median(whole),
        "ratio": ratio(limit, whole),
        "seconds": {step: median(steps[step] for steps in own.seconds) for step in own.seconds[0]},
        "peak_build": own.peak_build,
        "peak": own.peak,
        "disk": own.disk,
    }
    if whole != again:
        result |= {"texts_per_second_again": texts / median(again), "ratio_again": ratio(limit, again)}
    return result


def ratio(above: Sequence[float], below: Sequence[float]) -> dict[str, float]:
    """Median, least and greatest of the ratios turn by turn.

    >>> ratio([2.0, 3.0, 8.0], [1.0, 2.0, 2.0])
    {'median': 2.0, 'low': 1.5, 'high': 4.0}
    """
    found = [a / b for a, b in zip(above, below, strict=True)]
    return {"median": median(found), "low": min(found), "high": max(found)}


def asking(own: Sequence[float], bare: Sequence[float]) -> dict[str, Any]:
    """Milliseconds a question, and how many times those of the bare calls they are, question by question."""
    p50, p95 = (float(value) for value in np.percentile(own, [50, 95]))
    return {"p50": p50, "p95": p95, "ratio_p50": median(a / b for a, b in zip(own, bare, strict=True))}
