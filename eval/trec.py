"""TREC runs and qrels, read and written.

A run line is `query Q0 document rank score tag`, a qrels line `query 0 document relevance`, separated by white space.
Scores order a run, not ranks, and of equal scores the greater document id comes first: so does trec_eval
(https://github.com/usnistgov/trec_eval), whose figures this room reports.
"""

from __future__ import annotations

import math
from collections.abc import Container
from pathlib import Path

from eval.errors import DataError, at
from eval.lines import read_lines, write_whole
from eval.types import Qrels, Run


def read_run(path: Path, queries: Container[str] | None = None, documents: Container[str] | None = None) -> Run:
    """Read a run; where `queries` or `documents` are given, an id that they lack is an error.

    Raises:
        DataError: the file cannot be read, is empty, or a line is malformed, repeated or names an unknown id.
    """
    run: Run = {}
    for number, line in read_lines(path):
        parts = line.split()
        if len(parts) != 6:
            raise DataError(
                at(path, number),
                f"expected 6 columns (query Q0 document rank score tag), got {len(parts)}",
                "mend the line",
            )
        query, _, document, _, score, _ = parts
        _known(path, number, "query", query, queries)
        _known(path, number, "document", document, documents)
        try:
            value = float(score)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise DataError(f"{at(path, number)}: {score}", "expected a finite number as score", "mend the line")
        if document in run.setdefault(query, {}):
            raise DataError(
                f"{at(path, number)}: {query} {document}", "expected each document once a query", "drop one"
            )
        run[query][document] = value
    if not run:
        raise DataError(path, "expected a TREC run, got an empty file", "run `planqa-eval run` to make one")
    return run


def write_run(path: Path, run: Run, tag: str) -> None:
    """Write a run, best first, whole or not at all."""
    write_whole(path, (line for query, found in run.items() for line in _run_lines(query, found, tag)))


def _run_lines(query: str, found: dict[str, float], tag: str) -> list[str]:
    ranked = sorted(found.items(), key=lambda pair: pair[0], reverse=True)
    ranked.sort(key=lambda pair: -pair[1])
    return [f"{query} Q0 {document} {rank} {score:.6f} {tag}" for rank, (document, score) in enumerate(ranked, 1)]


def read_qrels(path: Path) -> Qrels:
    """Read TREC qrels.

    Raises:
        DataError: the file cannot be read, is empty, or a line is malformed or repeated.
    """
    qrels: Qrels = {}
    for number, line in read_lines(path):
        parts = line.split()
        if len(parts) != 4:
            raise DataError(
                at(path, number), f"expected 4 columns (query 0 document relevance), got {len(parts)}", "mend the line"
            )
        add_judgement(qrels, path, number, parts[0], parts[2], parts[3])
    if not qrels:
        raise DataError(path, "expected TREC qrels, got an empty file", "name a file with judgements")
    return qrels


def write_qrels(path: Path, qrels: Qrels) -> None:
    """Write TREC qrels, whole or not at all."""
    write_whole(
        path, (f"{query} 0 {document} {grade}" for query, found in qrels.items() for document, grade in found.items())
    )


def add_judgement(qrels: Qrels, path: Path, number: int, query: str, document: str, relevance: str) -> None:
    """Add one judgement; graded and negative ones are whole numbers, as trec_eval has them."""
    try:
        grade = int(relevance)
    except ValueError:
        raise DataError(
            f"{at(path, number)}: {relevance}", "expected a whole number as relevance", "mend the line"
        ) from None
    if document in qrels.setdefault(query, {}):
        raise DataError(f"{at(path, number)}: {query} {document}", "expected each document once a query", "drop one")
    qrels[query][document] = grade


def _known(path: Path, number: int, what: str, value: str, known: Container[str] | None) -> None:
    if known is not None and value not in known:
        raise DataError(
            f"{at(path, number)}: {value}", f"expected a {what} id of the data set", "check that they belong together"
        )


def falling(ranked: list[tuple[str, float]]) -> dict[str, float]:
    """Ids in their order with scores that fall strictly, so that no reader of the run orders ties otherwise.

    trec_eval keeps scores in 32 bits; a step of 0.00001 survives that up to scores of 100.

    >>> falling([("a", 0.5), ("b", 0.5), ("c", 0.1)])
    {'a': 0.5, 'b': 0.49999, 'c': 0.1}
    """
    result: dict[str, float] = {}
    before = math.inf
    for document, score in ranked:
        before = min(round(score, 6), round(before - 1e-5, 6))
        result[document] = before
    return result
