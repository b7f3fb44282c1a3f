"""How sure a figure is, and whether two systems differ: bootstrap and permutation, both seeded, both by SciPy.

- Interval: the percentile bootstrap over queries (Efron & Tibshirani 1993, chapter 13): 2,000 times as many queries
  as there are are drawn with replacement; 95% of their means lie in the interval.
- Difference: the paired permutation (sign-flip) test (Fisher; Smucker, Allan & Carterette 2007 recommend it for
  retrieval): how often would swapping the two systems' scores at random, query by query, give a mean difference as
  large as the one seen?

Worked example: with differences 1, 1, 1 over three queries there are 2^3 = 8 ways to swap, of which two (none, all)
give a mean of 1 or -1: p = 2/8 = 0.25.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

SEED = 20241119
LEVEL = 0.95
RESAMPLES, SWAPS = 2000, 9999


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over n queries with its confidence interval."""

    mean: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two systems over the same n queries: mean difference (first minus second), its p value, and who won how often."""

    difference: float
    p: float
    n: int
    better: int
    worse: int
    equal: int


def interval(values: Mapping[str, float], seed: int = SEED) -> Interval:
    """The mean of these values by query, with its 95% interval; (0, 0, 0) for none.

    >>> interval({"a": 1.0, "b": 1.0})
    Interval(mean=1.0, low=1.0, high=1.0, n=2)
    """
    from scipy.stats import bootstrap

    sample = np.fromiter(values.values(), np.float64, len(values))
    if not sample.size:
        return Interval(0.0, 0.0, 0.0, 0)
    mean = float(sample.mean())
    if np.ptp(sample) == 0:  # nothing to draw from; SciPy would warn
        return Interval(mean, mean, mean, sample.size)
    found = bootstrap(
        (sample,),
        np.mean,
        n_resamples=RESAMPLES,
        confidence_level=LEVEL,
        method="percentile",
        rng=np.random.default_rng(seed),
    ).confidence_interval
    return Interval(mean, float(found.low), float(found.high), sample.size)


def compare(first: Mapping[str, float], second: Mapping[str, float], seed: int = SEED) -> Comparison:
    """How the first differs from the second over the queries of the first; the second must have all of them."""
    from scipy.stats import permutation_test

    a = np.array([first[query] for query in first], np.float64)
    b = np.array([second[query] for query in first], np.float64)
    differences = a - b
    better, worse = int((differences > 1e-12).sum()), int((differences < -1e-12).sum())
    p = 1.0
    if better or worse:
        p = float(
            permutation_test(
                (a, b),
                _mean_difference,
                permutation_type="samples",
                vectorized=True,
                n_resamples=SWAPS,
                rng=np.random.default_rng(seed),
            ).pvalue
        )
    return Comparison(float(differences.mean()) if a.size else 0.0, p, a.size, better, worse, a.size - better - worse)


def _mean_difference(a: np.ndarray, b: np.ndarray, axis: int = -1) -> np.ndarray:
    return np.asarray(np.mean(a - b, axis=axis))
