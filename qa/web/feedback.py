"""What readers say of answers ("đúng", "sai", "thiếu", with a note), kept in SQLite beside the index.

home/feedback.sqlite        one row for each opinion; made with the first one, untouched by `planqa ingest`

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as home:
...     number = store(Path(home), Opinion("Ai lo SOC?", "right", note="rõ ràng"))
...     [opinion] = read(Path(home))
>>> number, opinion.verdict, opinion.note
(1, 'right', 'rõ ràng')
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal, get_args

from corpus.errors import HomeError, QuestionError
from qa.question import understand
from qa.types import NO_FILTERS, Filters

Verdict = Literal["right", "wrong", "missing"]
"""đúng, sai, thiếu."""

FILE = "feedback.sqlite"
MAX_QUESTION, MAX_NOTE, MAX_ANSWER, MAX_ID = 2_000, 2_000, 20_000, 300  # characters
MAX_LIST = 100  # passage ids, and filters of one sort
MAX_ROWS = 100_000
PATIENCE = 10.0  # seconds that a writer waits for the others
_TABLE = """
CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY,
    time TEXT NOT NULL,
    version TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong', 'missing')),
    question TEXT NOT NULL,
    answerable INTEGER NOT NULL,
    answer TEXT NOT NULL,
    note TEXT NOT NULL,
    passage_ids TEXT NOT NULL,
    filters TEXT NOT NULL
) STRICT
"""
_COLUMNS = "id, time, version, verdict, question, answerable, answer, note, passage_ids, filters"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one reader said of one answer; `passage_ids` are those that the answer cites.

    `id`, `time` (ISO 8601, UTC) and `version` (of planqa) are given when it is stored.
    """

    question: str
    verdict: Verdict
    answerable: bool = True  # whether planqa gave an answer
    answer: str = ""
    note: str = ""
    passage_ids: tuple[str, ...] = ()
    filters: Filters = NO_FILTERS
    id: int = 0
    time: str = ""
    version: str = ""


def store(home: Path, opinion: Opinion) -> int:
    """Keep an opinion; returns its number.

    Raises:
        QuestionError: an empty or over-long part, or a verdict that is none. HomeError: it cannot be written.
    """
    _check(opinion)
    values = (
        datetime.now(UTC).isoformat(timespec="seconds"),
        planqa_version(),
        opinion.verdict,
        opinion.question,
        int(opinion.answerable),
        opinion.answer,
        opinion.note,
        json.dumps(opinion.passage_ids, ensure_ascii=False),
        json.dumps([list(names) for names in _filters(opinion.filters)], ensure_ascii=False),
    )
    with _opened(home) as database, database:
        database.execute("BEGIN IMMEDIATE")
        if database.execute("SELECT coalesce(max(id), 0) FROM feedback").fetchone()[0] >= MAX_ROWS:
            raise HomeError(home / FILE, f"it holds {MAX_ROWS:,} opinions already", "export it and move it away")
        row = database.execute(
            "INSERT INTO feedback (time, version, verdict, question, answerable, answer, note, passage_ids, filters)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )
        return int(row.lastrowid or 0)


def read(home: Path) -> tuple[Opinion, ...]:
    """All opinions in the order they were given; none when nobody gave one.

    Raises:
        HomeError: the file cannot be read.
    """
    if not (home / FILE).is_file():
        return ()
    with _opened(home) as database:
        rows = database.execute(f"SELECT {_COLUMNS} FROM feedback ORDER BY id").fetchall()
    return tuple(
        Opinion(
            question=question,
            verdict=verdict,
            answerable=bool(answerable),
            answer=answer,
            note=note,
            passage_ids=tuple(json.loads(passage_ids)),
            filters=Filters(*(tuple(names) for names in json.loads(filters))),
            id=number,
            time=time,
            version=version,
        )
        for number, time, version, verdict, question, answerable, answer, note, passage_ids, filters in rows
    )


@contextmanager
def _opened(home: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the file of a home, made when it is missing.

    Raises:
        HomeError: the home is missing, or the file cannot be opened, read or written.
    """
    path = home / FILE
    if not home.is_dir():
        raise HomeError(home, "no such folder", "name the home with --home")
    try:
        database = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    except sqlite3.Error as error:
        raise HomeError(path, f"cannot be opened ({error})", "check that you may write there") from error
    try:
        _prepare(database)
        yield database
    except sqlite3.Error as error:
        raise HomeError(path, f"cannot be used ({error})", "check the disk, or move the file away") from error
    finally:
        database.close()


def _prepare(database: sqlite3.Connection) -> None:
    """Make the table and switch to a write-ahead log, so that readers never wait for writers.

    SQLite does not wait for others at that switch, whatever its timeout; hence the loop.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            if database.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                database.execute("PRAGMA journal_mode=WAL")
            database.execute(_TABLE)
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)


def _check(opinion: Opinion) -> None:
    if opinion.verdict not in get_args(Verdict):
        raise QuestionError(opinion.verdict, f"one of {', '.join(get_args(Verdict))}", "choose one of them")
    parts = [
        (opinion.question, MAX_QUESTION, "a question"),
        (opinion.note, MAX_NOTE, "a note"),
        (opinion.answer, MAX_ANSWER, "an answer"),
        *((name, MAX_ID, "a passage id") for name in opinion.passage_ids),
        *((name, MAX_ID, "a filter") for names in _filters(opinion.filters) for name in names),
    ]
    for text, most, what in parts:
        if len(text) > most:
            raise QuestionError(text, f"{what} of at most {most:,} characters, not {len(text):,}", "shorten it")
        if not _is_unicode(text):
            raise QuestionError(text.encode("ascii", "replace").decode(), "text that UTF-8 can carry", "mend it")
    for listed in (opinion.passage_ids, *_filters(opinion.filters)):
        if len(listed) > MAX_LIST:
            raise QuestionError(f"{len(listed)} values", f"at most {MAX_LIST}", "send fewer")
    understand(opinion.question)  # raises for one that is empty


def _filters(filters: Filters) -> tuple[tuple[str, ...], ...]:
    return filters.provinces, filters.documents, filters.years, filters.kinds


def _is_unicode(text: str) -> bool:
    """Whether a text has no half of a surrogate pair, which JSON can send and UTF-8 cannot write."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


@cache
def planqa_version() -> str:
    """The installed version of planqa, or "0" when it runs from a folder that was never installed."""
    try:
        return version("planqa")
    except PackageNotFoundError:
        return "0"
