"""The error that the eval room adds to planqa's tree: a data set, run or question file that cannot be used."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import PlanqaError


class DataError(PlanqaError):
    """A data set, a run, or a set of judgements that cannot be read, or that contradicts itself."""


def at(path: Path, line: int) -> str:
    """Where a mistake stands, as shown in messages.

    >>> at(Path("qrels/test.tsv"), 7)
    'qrels/test.tsv line 7'
    """
    return f"{path} line {line}"
