"""A mask as a filter: the same passages, in a few terms."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.ranges import filter_of

NAMES = ("other", "target", "task")


def passed(expression: str, window: int, kind: str) -> bool:
    """What a vector database makes of the expression, for one window."""
    of_kinds = re.match(r"kind in \[([^\]]*)\](?: and )?", expression)
    if of_kinds:
        if f'"{kind}"' not in of_kinds[1]:
            return False
        expression = expression[of_kinds.end() :]
    for span in re.split(r"\) or \(", expression):
        bounds = re.findall(r"window (>=|<) (\d+)", span)
        if all(window >= int(bound) if sign == ">=" else window < int(bound) for sign, bound in bounds):
            return True
    return False


def windows_passed(
    expression: str, kinds: NDArray[np.int64], starts: NDArray[np.int64], total: int
) -> NDArray[np.bool_]:
    rows = np.searchsorted(starts, np.arange(total), side="right") - 1
    return np.array([passed(expression, window, NAMES[kinds[row]]) for window, row in enumerate(rows)])


@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 2), st.integers(1, 3)), min_size=1, max_size=60).filter(
        lambda rows: any(allowed for allowed, _, _ in rows)
    ),
    st.integers(1, 12),
)
def test_a_filter_lets_through_what_the_mask_does(rows: list[tuple[bool, int, int]], most: int) -> None:
    allowed, kinds, counts = (np.array(column) for column in zip(*rows, strict=True))
    starts, total = np.cumsum(counts) - counts, int(counts.sum())
    wanted = filter_of(allowed, kinds, NAMES, starts, total, most)
    found = windows_passed(wanted.expression, kinds, starts, total)
    masked = np.repeat(allowed, counts)
    assert wanted.expression.count("window >=") <= most
    if wanted.exact:
        np.testing.assert_array_equal(found, masked)
    assert found[masked].all()


def test_filters_are_as_short_as_they_can_be() -> None:
    kinds, starts = np.tile([2, 1, 2, 0], 250), np.arange(1000)
    rows = np.arange(1000)
    for mask, expression in (
        (np.ones(1000, bool), ""),
        (rows < 400, "window < 400"),
        (rows >= 400, "window >= 400"),
        ((rows >= 100) & (rows < 200), "window >= 100 and window < 200"),
        (kinds == 2, 'kind in ["task"]'),
        ((kinds == 2) & (rows >= 400), 'kind in ["task"] and window >= 400'),
        (
            (kinds != 0) & ((rows < 100) | (rows >= 900)),
            'kind in ["target", "task"] and ((window < 99) or (window >= 900))',
        ),
    ):
        assert filter_of(mask, kinds, NAMES, starts, 1000).expression == expression


def test_too_many_ranges_are_joined_where_the_gaps_are_small() -> None:
    allowed = np.zeros(100, bool)
    allowed[[0, 2, 50, 52, 54, 99]] = True
    wanted = filter_of(allowed, np.zeros(100, int), NAMES, np.arange(100), 100, most=3)
    assert wanted.expression == "(window < 3) or (window >= 50 and window < 55) or (window >= 99)"
    assert not wanted.exact
