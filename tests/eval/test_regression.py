"""planqa is as good on `test` as its last report says: no measure has dropped below its confidence interval.

The figures are in eval/results/report.json. A change that means to lower one writes a new report (`make eval`) and
says why; a change that raises one does the same, so that the bar rises with it.
"""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from eval.answering import ask_all
from eval.answers import LOWER_IS_BETTER
from eval.benchmark import OURS
from eval.measures import PerQuery, mean, per_query
from eval.plan_system import PlanSystem
from eval.plans import PlanQuestions
from eval.runs import search_all
from eval.types import Item
from index.types import Encoder, Progress
from qa.engine import Engine

DATA = PlanQuestions("test")


@pytest.fixture(scope="module")
def recorded() -> dict[str, Any]:
    path = Path(str(resources.files("eval").joinpath("results/report.json")))
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


class Opened(PlanSystem):
    """planqa over a home that is there already."""

    def __init__(self, engine: Engine, encoder: Encoder) -> None:
        super().__init__("hybrid", encoder, Path())
        self.engine = engine

    def index(self, items: object, progress: Progress | None = None) -> None:
        assert all(isinstance(item, Item) for item in items)  # type: ignore[attr-defined]


def dropped(now: PerQuery, before: dict[str, dict[str, float]]) -> list[str]:
    """Measures that are worse than the far end of their interval."""
    result = []
    for name, interval in before.items():
        found = mean(now[name])
        worse = found > interval["high"] + 1e-6 if name in LOWER_IS_BETTER else found < interval["low"] - 1e-6
        if worse:
            result.append(
                f"{name}: {found:.3f}, was {interval['mean']:.3f} [{interval['low']:.3f}, {interval['high']:.3f}]"
            )
    return result


def test_the_report_is_of_these_questions_and_plans(recorded: dict[str, Any]) -> None:
    assert recorded["sha256"][DATA.name] == DATA.sha256(), "the set has changed: run `make eval`"


def test_retrieval_has_not_dropped(recorded: dict[str, Any], engine: Engine, encoder: Encoder) -> None:
    run, _ = search_all(DATA, Opened(engine, encoder))
    assert dropped(per_query(DATA.qrels(), run), recorded["retrieval"][DATA.name][OURS]) == []


def test_answers_have_not_dropped(recorded: dict[str, Any], engine: Engine) -> None:
    assert dropped(ask_all(engine, DATA.questions).values, recorded["answers"]["test"]) == []


def test_a_drop_would_be_seen() -> None:
    before = {
        "hit@1": {"mean": 0.5, "low": 0.4, "high": 0.6},
        "false abstention": {"mean": 0.1, "low": 0.0, "high": 0.2},
    }
    assert dropped({"hit@1": {"q": 0.41}, "false abstention": {"q": 0.19}}, before) == []
    assert len(dropped({"hit@1": {"q": 0.39}, "false abstention": {"q": 0.21}}, before)) == 2
