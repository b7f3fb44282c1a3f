"""Intervals and tests against values that can be counted by hand."""

from __future__ import annotations

import pytest

from eval.statistics import Interval, compare, interval


def by_query(*values: float) -> dict[str, float]:
    return {f"q{n}": value for n, value in enumerate(values)}


def test_an_interval_holds_the_mean_and_is_the_same_every_time() -> None:
    values = by_query(*[0.0] * 40, *[1.0] * 60)
    found = interval(values)
    assert found == interval(values)
    assert found.mean == 0.6 and found.n == 100
    # normal approximation: 0.6 +- 1.96 * sqrt(0.6 * 0.4 / 100) = 0.504 to 0.696
    assert found.low == pytest.approx(0.504, abs=0.02) and found.high == pytest.approx(0.696, abs=0.02)


def test_nothing_to_draw_from() -> None:
    assert interval({}) == Interval(0.0, 0.0, 0.0, 0)
    assert interval(by_query(0.5, 0.5, 0.5)) == Interval(0.5, 0.5, 0.5, 3)


def test_three_equal_differences() -> None:
    # 2^3 = 8 ways to swap; mean differences of 1 and -1 come from one way each: p = 2/8
    found = compare(by_query(1, 1, 1), by_query(0, 0, 0))
    assert (found.difference, found.p, found.n) == (1.0, 0.25, 3)
    assert (found.better, found.equal, found.worse) == (3, 0, 0)


def test_no_difference_at_all() -> None:
    found = compare(by_query(0.5, 1), by_query(0.5, 1))
    assert (found.difference, found.p, found.n, found.equal) == (0.0, 1.0, 2, 2)


def test_a_clear_difference_over_many_queries() -> None:
    first, second = by_query(*[1.0] * 60, *[0.0] * 40), by_query(*[0.0] * 90, *[1.0] * 10)
    found = compare(first, second)
    assert found.difference == pytest.approx(0.5)
    assert found.p < 0.001
    assert (found.better, found.equal, found.worse) == (60, 30, 10)
