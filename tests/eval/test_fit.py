"""The two small models of the answers, on data that can be checked by hand."""

from __future__ import annotations

import numpy as np

from eval.fit import conditional_logit, logistic


def test_which_of_several_two_against_one() -> None:
    """Right twice for the feature and once against it: the odds are 2 to 1, so the weight is log 2 without penalty."""
    first = (np.array([[1.0], [0.0]]), np.array([1.0, 0.0]))
    second = (np.array([[1.0], [0.0]]), np.array([0.0, 1.0]))
    weight = conditional_logit([first, first, second], 1e-9)
    assert abs(float(weight[0]) - np.log(2)) < 1e-4


def test_whether_three_of_four() -> None:
    """With the constant alone, three yes of four give log 3."""
    weights = logistic(np.ones((4, 1)), np.array([1.0, 1.0, 1.0, 0.0]), 1.0)
    assert abs(float(weights[0]) - np.log(3)) < 0.02
