"""Data sets from files: BEIR folders, and bare TREC qrels.

A BEIR folder (Thakur et al. 2021, https://github.com/beir-cellar/beir) holds `corpus.jsonl` ({"_id", "title", "text"}
a line), `queries.jsonl` ({"_id", "text"} a line) and `qrels/test.tsv` (query-id, corpus-id, score, with a header).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from eval.errors import DataError, at
from eval.lines import read_lines
from eval.trec import add_judgement, falling, read_qrels, read_run
from eval.types import Hit, Item, Qrels, Run

CORPUS, QUERIES, QRELS = "corpus.jsonl", "queries.jsonl", "qrels/test.tsv"
HEADER = ("query-id", "corpus-id", "score")


def first_of_each(hits: Sequence[Hit], k: int) -> dict[str, float]:
    """The first k items that the hits are of, each once, where it stands best."""
    best: dict[str, float] = {}
    for hit in hits:
        best.setdefault(hit.id, hit.score)
    return falling(list(best.items())[:k])


class BeirFolder:
    """A BEIR folder; files are streamed, and only ids, queries and judgements are kept."""

    def __init__(self, folder: Path) -> None:
        for name in (CORPUS, QUERIES, QRELS):
            if not (folder / name).is_file():
                raise DataError(folder / name, "no such file", f"a BEIR folder has {CORPUS}, {QUERIES} and {QRELS}")
        self.folder = folder

    @property
    def name(self) -> str:
        """The folder's own name."""
        return self.folder.resolve().name

    def items(self) -> Iterator[Item]:
        """The corpus, one line at a time.

        Raises:
            DataError: a malformed line, a repeated id, or an item without any text; names file and line.
        """
        path = self.folder / CORPUS
        seen: set[str] = set()
        for number, record in _records(path):
            item = Item(
                _id(path, number, record, seen),
                _text(path, number, record, "title"),
                _text(path, number, record, "text"),
            )
            if not (item.title.strip() or item.text.strip()):
                raise DataError(f"{at(path, number)}: {item.id}", "expected a title or a text", "drop the line")
            yield item

    def queries(self) -> dict[str, str]:
        """The queries that the qrels judge, in the order of the file."""
        return {query: text for query, text in self._all_queries.items() if query in self._qrels}

    def qrels(self) -> Qrels:
        """The judgements.

        Raises:
            DataError: a malformed or repeated line, or one that names an id which corpus or queries lack.
        """
        return self._qrels

    def judged(self, query: str, hits: Sequence[Hit], k: int) -> dict[str, float]:
        """Each item where it stands best."""
        return first_of_each(hits, k)

    def read_run(self, path: Path) -> Run:
        """A run whose ids are all known."""
        return read_run(path, self._all_queries, self._ids)

    def sha256(self) -> str:
        """Hash of the three files."""
        digest = hashlib.sha256()
        for name in (CORPUS, QUERIES, QRELS):
            with (self.folder / name).open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
        return digest.hexdigest()

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(item.id for item in self.items())

    @cached_property
    def _all_queries(self) -> dict[str, str]:
        path = self.folder / QUERIES
        seen: set[str] = set()
        result = {}
        for number, record in _records(path):
            query, text = _id(path, number, record, seen), _text(path, number, record, "text")
            if not text.strip():
                raise DataError(f"{at(path, number)}: {query}", "expected a query, got an empty one", "drop the line")
            result[query] = text
        return result

    @cached_property
    def _qrels(self) -> Qrels:
        path = self.folder / QRELS
        qrels: Qrels = {}
        for row, (number, line) in enumerate(read_lines(path)):
            parts = tuple(part.strip() for part in line.split("\t"))
            if len(parts) != 3:
                raise DataError(
                    at(path, number), f"expected 3 columns with tabs between, got {len(parts)}", "mend the line"
                )
            if row == 0:
                if parts != HEADER:
                    raise DataError(f"{at(path, 1)}: {line}", f"expected the header {' '.join(HEADER)}", "add it")
                continue
            query, document, relevance = parts
            if query not in self._all_queries:
                raise DataError(
                    f"{at(path, number)}: {query}", f"expected an id of {QUERIES}", "drop the line, or add the query"
                )
            if document not in self._ids:
                raise DataError(
                    f"{at(path, number)}: {document}", f"expected an id of {CORPUS}", "drop the line, or add the text"
                )
            add_judgement(qrels, path, number, query, document, relevance)
        if not qrels:
            raise DataError(path, "expected judgements, got none", "add lines of query-id, corpus-id and score")
        return qrels


class QrelsFile:
    """TREC qrels alone: enough to score and compare runs, not to make one."""

    def __init__(self, path: Path) -> None:
        self._path, self._qrels = path, read_qrels(path)

    @property
    def name(self) -> str:
        """The file's own name."""
        return self._path.name

    def items(self) -> Iterator[Item]:
        """There is no collection to run over."""
        raise DataError(self._path, "expected a BEIR folder, or the word planqa", "a file of qrels can only score runs")

    def queries(self) -> dict[str, str]:
        """The ids alone; what was asked is not known."""
        return dict.fromkeys(self._qrels, "")

    def qrels(self) -> Qrels:
        """The judgements."""
        return self._qrels

    def judged(self, query: str, hits: Sequence[Hit], k: int) -> dict[str, float]:
        """Each item where it stands best."""
        return first_of_each(hits, k)

    def read_run(self, path: Path) -> Run:
        """A run; as trec_eval does, queries without judgements are left out of the figures."""
        return read_run(path)

    def sha256(self) -> str:
        """Hash of the file."""
        return hashlib.sha256(self._path.read_bytes()).hexdigest()


def _records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in read_lines(path):
        try:
            record = json.loads(line)
        except ValueError as error:
            raise DataError(at(path, number), f"expected a JSON object ({error})", "mend the line") from None
        if not isinstance(record, dict):
            raise DataError(at(path, number), "expected a JSON object", "mend the line")
        yield number, record


def _id(path: Path, number: int, record: dict[str, Any], seen: set[str]) -> str:
    value = record.get("_id")
    if not isinstance(value, str) or not value or len(value.split()) != 1:
        raise DataError(f"{at(path, number)}: {value}", 'expected "_id", a text without white space', "mend the line")
    if value in seen:
        raise DataError(f"{at(path, number)}: {value}", "expected each id once", "drop or rename one of the lines")
    seen.add(value)
    return value


def _text(path: Path, number: int, record: dict[str, Any], key: str) -> str:
    value = record.get(key, "" if key == "title" else None)
    if not isinstance(value, str):
        raise DataError(f"{at(path, number)}: {record['_id']}", f'expected "{key}", a text', "mend the line")
    return value
