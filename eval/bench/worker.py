"""One system in a process of its own, told over stdin what to do next: `python -m eval.bench.worker NAME MODEL DTYPE`.

A process each, so that memory is the system's own; all stand at once, so that they can take turns.

    {"do": "load"}                                          -> {"peak": bytes}
    {"do": "build", "texts": FILE, "folder": FOLDER}        -> {"seconds": {step: ...}, "peak": bytes}
    {"do": "ask", "questions": [...], "way": "search"}      -> {"milliseconds": [...], "places": [[...]], "peak": bytes}
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from eval.bench.memory import peak_bytes
from eval.bench.types import Side, read_texts

SIDES = ("bare", "langchain", "txtai", "planqa")


def make_side(name: str, path: str, dtype: str) -> Side:
    """The system of this name; its libraries are imported when it loads."""
    if name == "bare":
        from eval.bench.bare import Bare

        return Bare(path, dtype)
    if name == "langchain":
        from eval.bench.langchain_side import LangChain

        return LangChain(path, dtype)
    if name == "txtai":
        from eval.bench.txtai_side import Txtai

        return Txtai(path, dtype)
    from eval.bench.planqa_side import Planqa
    from index.encoder import load_encoder

    return Planqa(load_encoder(os.environ.get("PLANQA_MODEL", "")))


def obey(side: Side, order: dict[str, Any]) -> dict[str, Any]:
    """Do one thing, and tell how long it took."""
    answer: dict[str, Any] = {}
    if order["do"] == "load":
        side.load()
    elif order["do"] == "build":
        folder = Path(order["folder"])
        folder.mkdir(parents=True)
        answer["seconds"] = side.build(read_texts(Path(order["texts"])), folder)
    else:
        answer = {"milliseconds": [], "places": []}
        for question in order["questions"]:
            begun = perf_counter()
            places = side.ask(question, order["way"])
            answer["milliseconds"].append(1000 * (perf_counter() - begun))
            answer["places"].append(places)
    return {**answer, "peak": peak_bytes()}


def main() -> None:
    """Obey until stdin ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints does not get between the answers
    side = make_side(*sys.argv[1:4])
    for line in sys.stdin:
        print(json.dumps(obey(side, json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main()
