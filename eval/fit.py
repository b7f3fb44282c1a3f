"""Refits what planqa's answers are weighed by: `python -m eval.fit [--questions FILE --home DIR]...`

Two models, both small enough to be read: a conditional logit over passages ("which of these answers?", FEATURES of
`qa.answers.candidates`; McFadden 1974) and a logistic regression over questions ("does the best passage answer?",
EVIDENCE of `qa.answers.answerable`). Without options the `dev` questions and the shipped plans are taken; each
--questions file is asked of the --home beside it. What is printed goes into the two modules.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.judge import holds, squash
from eval.questions import Question, data_file, read
from index.types import Encoder
from qa.answering import DEPTH
from qa.answers.answerable import EVIDENCE, elsewhere, judge
from qa.answers.candidates import FEATURES, Candidate, candidates
from qa.answers.comparison import provinces_compared
from qa.answers.evidence import topics
from qa.answers.metadata_answers import OF_DOCUMENT
from qa.answers.scope import out_of_corpus
from qa.engine import Engine
from qa.question import understand
from qa.types import NO_FILTERS

Matrix = NDArray[np.float64]

RANKING_PENALTY, ANSWERING_PENALTY = 1.0, 1.0


def main() -> None:
    """Fit both models and print their coefficients."""
    parser = argparse.ArgumentParser(prog="python -m eval.fit", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--questions", type=Path, action="append", default=[])
    parser.add_argument("--home", type=Path, action="append", default=[])
    given = parser.parse_args()
    from index.encoder import load_encoder

    encoder = load_encoder("")
    groups: list[tuple[Matrix, Matrix]] = []
    rows: list[tuple[float, ...]] = []
    labels: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        pairs = [(data_file("dev"), Path(folder) / "home"), *zip(given.questions, given.home, strict=True)]
        for file, home in pairs:
            _collect(_engine(home, encoder), read(file), groups, rows, labels)
    print("qa.answers.candidates WEIGHTS", _shown(conditional_logit(groups, RANKING_PENALTY), FEATURES))
    print(
        "qa.answers.answerable WEIGHTS", _shown(logistic(np.array(rows), np.array(labels), ANSWERING_PENALTY), EVIDENCE)
    )


def _engine(home: Path, encoder: Encoder) -> Engine:
    from qa import homes

    return Engine(homes.ready(home, encoder), lambda: encoder, home)


def _collect(
    engine: Engine,
    questions: Sequence[Question],
    groups: list[tuple[Matrix, Matrix]],
    rows: list[tuple[float, ...]],
    labels: list[float],
) -> None:
    """Features of the passages found for each question, and the evidence for its answer."""
    for question in questions:
        asked = engine.resolved(understand(question.question))
        if asked.wants & OF_DOCUMENT or out_of_corpus(engine.documents(), asked):
            continue
        about = topics(asked, engine.vocabulary)
        found = candidates(engine, asked, engine.hits(asked, NO_FILTERS, DEPTH), about)
        if not found:
            continue
        side_by_side = provinces_compared(asked, engine.documents())
        beyond = 0.0 if side_by_side else elsewhere(engine, asked, NO_FILTERS)
        rows.append(judge(asked, found, about, beyond).evidence)
        labels.append(float(question.answerable))
        right = np.array([_is_gold(candidate, question) for candidate in found], float)
        if question.answerable and right.any():
            groups.append((np.array([candidate.features for candidate in found]), right))


def _is_gold(candidate: Candidate, question: Question) -> bool:
    text = squash(candidate.passage.text)
    number = candidate.document.meta.number
    return any(g.document == number and (holds(text, g.quote) or text in squash(g.quote)) for g in question.gold)


def conditional_logit(groups: Sequence[tuple[Matrix, Matrix]], penalty: float, steps: int = 300) -> Matrix:
    """Coefficients that make the right ones of each group likeliest, by Newton steps; groups are (features, right).

    With one feature, right for the greater of two values, the coefficient is positive:

    >>> float(conditional_logit([(np.array([[1.0], [0.0]]), np.array([1.0, 0.0]))], 1.0)[0]) > 0
    True
    """
    weights = np.zeros(groups[0][0].shape[1])
    for _ in range(steps):
        gradient, hessian = -penalty * weights, penalty * np.eye(len(weights))
        for features, right in groups:
            scores = features @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            given = chances * right / (chances * right).sum()
            mean = features.T @ chances
            gradient = gradient + features.T @ (given - chances)
            hessian = hessian + (features.T * chances) @ features - np.outer(mean, mean)
        step = np.linalg.solve(hessian, gradient)
        size = float(np.linalg.norm(step))
        weights = weights + step * min(1.0, 2.0 / size if size else 1.0)
        if size < 1e-6:
            break
    return np.asarray(weights, np.float64)


def logistic(rows: Matrix, labels: Matrix, penalty: float, steps: int = 100) -> Matrix:
    """Coefficients of a logistic regression; the first row is the constant 1 and goes free of the penalty.

    >>> rows = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0], [1.0, 3.0]])
    >>> [bool(weight > 0) for weight in logistic(rows, np.array([0.0, 0.0, 1.0, 1.0]), 1.0)]
    [False, True]
    """
    mean, spread = rows.mean(0), rows.std(0)
    mean[0], spread[spread == 0] = 0.0, 1.0
    scaled = (rows - mean) / spread
    penalties = penalty * np.eye(rows.shape[1])
    penalties[0, 0] = 0.01
    weights = np.zeros(rows.shape[1])
    for _ in range(steps):
        chances = 1 / (1 + np.exp(-scaled @ weights))
        gradient = scaled.T @ (labels - chances) - penalties @ weights
        step = np.linalg.solve((scaled.T * (chances * (1 - chances))) @ scaled + penalties, gradient)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-8:
            break
    weights = weights / spread
    weights[0] -= float(weights @ mean)
    return np.asarray(weights, np.float64)


def _shown(weights: Matrix, names: Sequence[str]) -> str:
    values = ", ".join(f"{weight:.2f}" for weight in weights)
    return f"({values})  # {', '.join(names)}"


if __name__ == "__main__":
    main()
