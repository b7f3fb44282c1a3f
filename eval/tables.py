"""Figures as Markdown tables, which read as well in a terminal, and the groups that they are broken down by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from eval.measures import mean
from eval.questions import Question
from eval.statistics import Comparison, Interval

Grouping = Callable[[Question], str]


def by_language(question: Question) -> str:
    """Language of a question, and whether it is written without marks."""
    return question.written


def by_kind(question: Question) -> str:
    """Kind of a question."""
    return question.kind


def by_reason(question: Question) -> str:
    """Why a question has no answer."""
    return question.why_not


GROUPINGS: dict[str, Grouping] = {"language": by_language, "kind": by_kind}


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, first column left, the others right, padded to equal widths.

    >>> print(table(["system", "n"], [["bm25", "10"]]))
    | system |  n |
    |:-------|---:|
    | bm25   | 10 |
    """
    widths = [max(2, *(len(row[column]) for row in [header, *rows])) for column in range(len(header))]
    rule = [":" + "-" * (widths[0] + 1), *("-" * (width + 1) + ":" for width in widths[1:])]
    lines = [_row(header, widths), "|" + "|".join(rule) + "|", *(_row(row, widths) for row in rows)]
    return "\n".join(lines)


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        cells[0].ljust(widths[0]),
        *(cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)),
    ]
    return "| " + " | ".join(padded) + " |"


def figure(value: Interval) -> str:
    """A mean with its interval.

    >>> figure(Interval(0.5, 0.4, 0.625, 10))
    '0.500 [0.400, 0.625]'
    """
    return f"{value.mean:.3f} [{value.low:.3f}, {value.high:.3f}]"


def p_value(comparison: Comparison) -> str:
    """The p value, as exact as so many swaps allow.

    >>> p_value(Comparison(0.1, 0.0002, 100, 20, 10, 70))
    '< 0.001'
    """
    return "< 0.001" if comparison.p < 0.001 else f"{comparison.p:.3f}"


def groups(questions: Sequence[Question], by: Grouping) -> dict[str, list[str]]:
    """Question ids by group, the groups in alphabetical order."""
    result: dict[str, list[str]] = {}
    for question in sorted(questions, key=by):
        result.setdefault(by(question), []).append(question.id)
    return result


def breakdown(
    columns: Mapping[str, Mapping[str, float]], questions: Sequence[Question], by: Grouping, first: str
) -> str:
    """A table of means: one row a group, one column for each name of `columns`, whose values are by question id.

    n counts the questions of the group that the first column has a value for; a group with none is left out.
    """
    rows = []
    for group, ids in groups(questions, by).items():
        counted = [id for id in ids if any(id in values for values in columns.values())]
        if counted:
            cells = [{id: values[id] for id in ids if id in values} for values in columns.values()]
            rows.append([group, str(len(counted)), *(f"{mean(cell):.3f}" if cell else "–" for cell in cells)])
    return table([first, "n", *columns], rows)
