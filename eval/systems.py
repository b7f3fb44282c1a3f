"""The systems that come with the benchmark, by name; `eval/README.md` shows how to add one."""

from __future__ import annotations

from pathlib import Path

from eval.plans import PlanQuestions
from eval.ranking import Mode
from eval.types import DataSet, System
from index.types import Encoder

NAMES: tuple[str, ...] = ("hybrid", "dense", "bm25", "tutorial")


def make_system(name: str, data: DataSet, encoder: Encoder, folder: Path) -> System:
    """A system of this name for a data set: over the plans it is planqa with its parser, else over bare texts.

    `folder` is where a system may keep files while it is used.
    """
    if name == "tutorial":
        from eval.tutorial import Tutorial

        return Tutorial(encoder)
    mode: Mode = "dense" if name == "dense" else "bm25" if name == "bm25" else "hybrid"
    if isinstance(data, PlanQuestions):
        from eval.plan_system import PlanSystem

        return PlanSystem(mode, encoder, folder)
    from eval.text_system import TextSystem

    return TextSystem(mode, encoder, folder)
