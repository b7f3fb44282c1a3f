"""Cold starts: what one command takes from a fresh process to its end, planqa's own commands among them.

The yardstick is a process that imports sentence_transformers and loads the weights, and does nothing with them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from typing import Any

from eval.bench.process import Once, Worker, run_once
from eval.bench.sides import Say, in_turn, ratio
from eval.bench.texts import make_texts
from eval.bench.types import write_texts
from index.encoder import DTYPE_SETTING

YARDSTICK = "import sentence_transformers, load the weights"
QUESTION = "Ai chủ trì xây dựng Trung tâm giám sát an toàn thông tin mạng của tỉnh Trà Vinh?"
_LOAD = (
    "import sys; from sentence_transformers import SentenceTransformer as Model;"
    " Model(sys.argv[1], local_files_only=sys.argv[2] == '1', model_kwargs={'dtype': sys.argv[3]})"
)
_PLANQA = "from qa.cli import main; main()"  # what the installed command runs
OTHERS = {"bare": "bare calls", "langchain": "LangChain", "txtai": "txtai"}


def run_cold(model: str, dtype: str, rounds: int, work: Path, say: Say) -> dict[str, Any]:
    """Seconds and memory of each command, `rounds` times in turns; everything stands on disk before.

    Raises:
        DataError: a command fails.
    """
    work.mkdir(parents=True)
    texts, home = work / "texts.json", work / "home"
    write_texts(make_texts("passages"), texts)
    for name in OTHERS:
        say(f"build for cold starts: {name}")
        with Worker("eval.bench.worker", [name, model, dtype], {}, work / "log") as worker:
            worker.do({"do": "load"})
            worker.do({"do": "build", "texts": str(texts), "folder": str(work / name)})
    commands = {
        YARDSTICK: [sys.executable, "-c", _LOAD, model, str(int(Path(model).is_dir())), dtype],
        **{
            f"{title}: open, one question": [
                *(sys.executable, "-m", "eval.bench.once"), name, model, dtype, str(work / name), str(texts), QUESTION
            ]
            for name, title in OTHERS.items()
        },
        "planqa search": _planqa("search", QUESTION, "--home", str(home)),
        "planqa documents": _planqa("documents", "--home", str(home)),
        "planqa tasks": _planqa("tasks", "--home", str(home)),
    }  # fmt: skip
    say("build for cold starts: planqa")
    environment = {DTYPE_SETTING: dtype}
    run_once(commands["planqa documents"], environment, work / "log")
    found: dict[str, list[Once]] = {name: [] for name in commands}
    for turn in range(rounds + 1):  # the first fills the disk's cache, and is not counted
        say(f"cold starts: round {turn} of {rounds}")
        for name in in_turn(list(commands), turn):
            once = run_once(commands[name], environment, work / "log")
            if turn:
                found[name].append(once)
    return {"rounds": rounds, "dtype": dtype, "commands": {name: told(found[name], found[YARDSTICK]) for name in found}}


def told(own: list[Once], yardstick: list[Once]) -> dict[str, Any]:
    """Median seconds, how many times the yardstick's they are, and the most memory."""
    return {
        "seconds": median(once.seconds for once in own),
        "ratio": ratio([once.seconds for once in own], [once.seconds for once in yardstick]),
        "peak": max(once.peak for once in own),
    }


def _planqa(*arguments: str) -> list[str]:
    return [sys.executable, "-c", _PLANQA, *arguments]
