"""Damaged files of four formats: each ends as a document or as a typed error, in time, and the parent lives.

`make test` reads sixty in this process; `make soak` (PLANQA_SOAK=1) two thousand, each behind the walls of
corpus/sandbox, as an upload is.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from made_files import FORMATS, damaged, whole

from corpus.errors import PlanqaError, SourceError
from corpus.read import parse
from corpus.sandbox import Limits, read_apart
from corpus.source import decode

SOAK = bool(os.environ.get("PLANQA_SOAK"))
COUNT = int(os.environ.get("PLANQA_SOAK_FILES", "2000"))
LIMITS = Limits(seconds=30)
SLACK = 5.0  # seconds to start and end a process on a busy machine


@pytest.mark.parametrize("format", FORMATS)
def test_the_file_itself_is_read(format: str) -> None:
    assert parse(decode(f"plan.{format}", format, whole(format))).meta.number.endswith("KH-UBND")


@pytest.mark.parametrize("format", FORMATS)
def test_a_damaged_file_is_a_document_or_an_error(format: str) -> None:
    for number in range(6 if format == "pdf" else 18):  # each PDF starts a process
        data = damaged(format, random.Random(f"{format} {number}"))
        begun = time.monotonic()
        try:
            document = parse(decode(f"plan.{format}", format, data))
        except SourceError as error:
            assert "\n" not in str(error)
        else:
            assert all(document.text[p.start : p.end] == p.text for p in document.passages)
        assert time.monotonic() - begun < LIMITS.seconds


@pytest.mark.skipif(not SOAK, reason="a quarter of an hour; PLANQA_SOAK=1 runs it")
def test_two_thousand_damaged_files_apart(tmp_path: Path) -> None:
    def read(number: int) -> tuple[str, float]:
        format = FORMATS[number % len(FORMATS)]
        file = tmp_path / f"{number}.{format}"
        file.write_bytes(damaged(format, random.Random(f"soak {number}")))
        begun = time.monotonic()
        try:
            read_apart(file, limits=LIMITS)
        except PlanqaError as error:
            ended = f"{format}: {error.expected[:40]}"
        else:
            ended = f"{format}: read"
        finally:
            file.unlink()
        return ended, time.monotonic() - begun

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(read, range(COUNT)))
    assert len(done) == COUNT
    slowest = max(seconds for _, seconds in done)
    print(f"{COUNT} files, the slowest {slowest:.1f} s: {Counter(ended for ended, _ in done).most_common(30)}")
    assert slowest < LIMITS.seconds + SLACK
    assert not [ended for ended, _ in done if "its reader failed" in ended], "a reader ended without an answer"
