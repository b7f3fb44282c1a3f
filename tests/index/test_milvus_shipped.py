"""The shipped plans, searched with questions as people ask them: Milvus finds what a flat FAISS index finds."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from milvus_files import database, hurried
from numpy.typing import NDArray

from index.milvus_fill import write
from index.milvus_store import SCAN, Label, MilvusIndex
from index.remote import remote
from index.starts import best_of
from index.types import Vectors
from qa.engine import Engine

pytestmark = pytest.mark.usefixtures(hurried.__name__)
__all__ = ["database"]
DEV = Path(__file__).parents[2] / "eval" / "data" / "dev.jsonl"
QUESTIONS = 40


def asked(engine: Engine) -> list[Vectors]:
    """Vectors of some dev questions in the space of the home."""
    lines = [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines()]
    space, chosen = engine.generation.space, lines[:: max(1, len(lines) // QUESTIONS)][:QUESTIONS]
    vectors = engine.encoder.encode_questions([line["question"] for line in chosen])
    return [space.question(vector, line["language"]) for vector, line in zip(vectors, chosen, strict=True)]


@pytest.fixture
def in_milvus(engine: Engine, tmp_path: Path, database: str, request: pytest.FixtureRequest) -> MilvusIndex:
    """The vectors of the shipped plans in a Milvus, with the index that the test is given."""
    passages, flat = engine.generation.passages, engine.generation.vectors
    windows = [flat.windows(row) for row in range(len(passages))]
    counts = np.array([len(vectors) for vectors in windows])
    metas = {document.id: document.meta for document in engine.documents()}
    labels = [Label(p.document_id, p.kind, metas[p.document_id].province, metas[p.document_id].year) for p in passages]
    where = remote(database, request.param)
    return write(tmp_path, np.concatenate(windows), np.cumsum(counts) - counts, labels, where, "planqa_shipped_1")


@pytest.mark.parametrize("in_milvus", ["flat", "hnsw"], indirect=True)
def test_milvus_agrees_with_faiss_on_the_shipped_plans(engine: Engine, in_milvus: MilvusIndex) -> None:
    flat, questions = engine.generation.dense, asked(engine)
    assert in_milvus.shape == flat.shape and len(questions) == QUESTIONS
    of = {document.id: document.meta.province for document in engine.documents()}
    province = np.array([of[passage.document_id] for passage in engine.generation.passages])
    kind = np.array([passage.kind for passage in engine.generation.passages])
    masks: dict[str, NDArray[np.bool_] | None] = {
        "all": None,
        "province": province == "Trà Vinh",
        "kind": kind == "task",
        "both": (province == "Gia Lai") & (kind == "target"),
    }
    assert flat.shape[0] > SCAN and all(mask is None or mask.sum() > 10 for mask in masks.values())
    for name, mask in masks.items():
        found = [in_milvus.nearest(question, 10, mask)[0] for question in questions]
        every = np.arange(flat.shape[0]) if mask is None else np.flatnonzero(mask)
        wanted = [best_of(every, flat.cosines(question, every), 10)[0] for question in questions]
        recall = np.mean([np.isin(rows, best).mean() for rows, best in zip(found, wanted, strict=True)])
        assert recall >= 0.99, f"{name}: {recall}"
        assert mask is None or all(mask[rows].all() for rows in found)
        if in_milvus.record.index == "flat":
            assert [rows.tolist() for rows in found] == [rows.tolist() for rows in wanted]
