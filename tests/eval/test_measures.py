"""Measures against values worked by hand, in the comments."""

from __future__ import annotations

import math

import pytest

from eval.measures import MEASURES, mean, per_query

LOG = math.log2


def one(qrels: dict[str, int], ranked: str) -> dict[str, float]:
    """Every measure of one query whose run ranks these one-letter documents."""
    run = {"q": {document: 100.0 - rank for rank, document in enumerate(ranked)}}
    return {name: values["q"] for name, values in per_query({"q": qrels}, run).items()}


def test_two_relevant_documents() -> None:
    # ranks: x 1, a 2, y 3, b 4. DCG = 1/log2(3) + 1/log2(5) = 0.63093 + 0.43068
    # ideal = 1/log2(2) + 1/log2(3) = 1 + 0.63093
    found = one({"a": 1, "b": 1}, "xayb")
    assert found["nDCG@10"] == pytest.approx((1 / LOG(3) + 1 / LOG(5)) / (1 + 1 / LOG(3)), abs=1e-6)
    assert found["nDCG@10"] == pytest.approx(0.6509, abs=1e-4)
    assert found["MRR@10"] == 0.5  # a, at rank 2
    assert found["R@1"] == 0.0 and found["R@5"] == 1.0
    assert found["MAP"] == 0.5  # precision 1/2 at rank 2, 2/4 at rank 4: (0.5 + 0.5) / 2
    assert found["hit@1"] == 0.0 and found["hit@5"] == 1.0


def test_graded_relevance_is_linear_gain() -> None:
    # ranks: b (grade 1) 1, a (grade 3) 2. DCG = 1 + 3/log2(3) = 2.89279; ideal = 3 + 1/log2(3) = 3.63093; 0.79671
    assert one({"a": 3, "b": 1}, "ba")["nDCG@10"] == pytest.approx(0.79671, abs=1e-5)


def test_a_negative_grade_is_not_relevant_and_costs_nothing_else() -> None:
    # n (-2) at rank 1 counts as 0, a at rank 2: DCG = 1/log2(3); ideal = 1
    found = one({"a": 1, "n": -2}, "na")
    assert found["nDCG@10"] == pytest.approx(1 / LOG(3), abs=1e-6)
    assert (found["MRR@10"], found["hit@1"], found["R@5"]) == (0.5, 0.0, 1.0)


def test_below_the_cut_nothing_counts_but_for_recall_and_map() -> None:
    # a at rank 11
    found = one({"a": 1}, "0123456789a")
    assert (found["nDCG@10"], found["MRR@10"], found["R@10"]) == (0.0, 0.0, 0.0)
    assert found["R@100"] == 1.0
    assert found["MAP"] == pytest.approx(1 / 11)


def test_a_query_that_the_run_lacks_scores_nought_and_counts() -> None:
    # q1 is answered at rank 1, q2 and q3 not at all: the mean over three queries is 1/3, not 1
    qrels = {"q1": {"a": 1}, "q2": {"a": 1}, "q3": {"b": 1}}
    for run in ({"q1": {"a": 1.0}}, {"q1": {"a": 1.0}, "q2": {}}):
        for values in per_query(qrels, run).values():
            assert list(values) == ["q1", "q2", "q3"]
            assert mean(values) == pytest.approx(1 / 3)


def test_an_empty_run_scores_nought() -> None:
    assert {mean(values) for values in per_query({"q": {"a": 1}}, {}).values()} == {0.0}


def test_queries_that_are_not_judged_do_not_count() -> None:
    found = per_query({"q1": {"a": 1}}, {"q1": {"a": 1.0}, "q2": {"b": 1.0}})
    assert all(list(values) == ["q1"] for values in found.values())


def test_every_measure_has_a_name_of_ours() -> None:
    assert tuple(per_query({"q": {"a": 1}}, {"q": {"a": 1.0}})) == MEASURES
