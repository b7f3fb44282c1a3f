"""One job of `qa.admin.jobs` in a process of its own: files read apart and ingested, or a document removed.

It is run as `python -m qa.admin.worker < JOB.json` and tells in lines of JSON how it goes: {"progress": [what, done,
total]}, {"told": [file name, outcome, SHA-256]}, {"error": "..."}, and {"end": true} when the corpus has been written.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TypeVar

from corpus.errors import HomeError, PlanqaError, SourceError
from corpus.sandbox import read_apart
from corpus.source import Source
from index.home import is_filled, open_home
from index.types import Encoder
from index.writer import holder
from qa import homes
from qa.options import load_encoder

T = TypeVar("T")
_LOWEST = 19  # of os.nice; files are read with 10 (corpus/sandbox_confine.py)


def main(load: Callable[[], Encoder] = load_encoder) -> None:
    """Do the job on standard input."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what is being written is cleaned up
    asked = json.loads(sys.stdin.buffer.read())
    home = Path(asked["home"])
    try:
        if asked["remove"]:
            _lower()
            _in_turn(home, lambda: homes.remove(home, asked["remove"], load()))
        else:
            _add(home, asked["add"], load)
    except PlanqaError as error:
        _tell("error", str(error))
    else:
        _tell("end", True)


def _add(home: Path, given: list[list[str]], load: Callable[[], Encoder]) -> None:
    sources: dict[Path, Source] = {}
    for number, (name, path, sha256) in enumerate(given, 1):
        _tell("progress", ["read files", number - 1, len(given)])
        try:
            source = read_apart(Path(path), name)
            if source.sha256 != sha256:
                raise SourceError(name, "not what was uploaded", "upload it again")
            sources[Path(path)] = source
        except SourceError as error:
            _tell("told", [name, f"refused: {error.expected}; {error.remedy}", sha256])
    if not sources:
        return
    _lower()
    known = {record["sha256"] for record in open_home(home).about.sources} if is_filled(home) else set()
    done = _in_turn(home, lambda: homes.ingest(home, list(sources), load(), _progress, sources.__getitem__))
    unread = {error.value: f"refused: {error.expected}; {error.remedy}" for error in done.left_out}
    for source in sources.values():
        outcome = unread.get(source.name, "known" if source.sha256 in known else "added")
        _tell("told", [source.name, outcome, source.sha256])


def _in_turn(home: Path, do: Callable[[], T]) -> T:
    """What `do` gives, once no other command writes to the home.

    Raises:
        HomeError: another one still does after `homes.PATIENCE` seconds, or it cannot be written at all.
    """
    until = monotonic() + homes.PATIENCE
    while True:
        try:
            return do()
        except HomeError:
            if not holder(home) or monotonic() > until:
                raise
            _tell("progress", ["wait", 0, 1])
            sleep(0.5)


def _progress(what: str, done: int, total: int) -> None:
    _tell("progress", [what, done, total])


def _lower() -> None:
    """Let everybody else go first from now on."""
    if hasattr(os, "nice"):
        os.nice(_LOWEST)


def _tell(kind: str, value: Any) -> None:
    print(json.dumps({kind: value}, ensure_ascii=True), flush=True)


if __name__ == "__main__":
    main()
