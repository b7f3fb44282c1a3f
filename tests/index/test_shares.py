"""A corpus encoded in shares before it is ingested: the ingest has nothing left to encode, and gives the same home."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from fakes import HashEncoder
from making import few_samples, plan

from corpus.collect import collect, read_documents
from corpus.errors import HomeError
from index import shares
from index.shares import encode_share, share_out
from qa import homes

pytestmark = pytest.mark.usefixtures(few_samples.__name__)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    from making import SAMPLES

    monkeypatch.setattr(shares, "default_samples", lambda: SAMPLES)
    named = [tmp_path / f"{number}.txt" for number in (7, 8, 9)]
    for number, file in enumerate(named, 7):
        file.write_bytes(plan(number, f"Có {number * 3} chợ phiên mở vào ngày {number} hằng tháng."))
    return named


def test_shares_are_all_that_an_ingest_would_encode(tmp_path: Path, files: list[Path]) -> None:
    given = collect(files)
    documents, _ = read_documents(given.sources, given.origins)
    work = share_out(tmp_path / "home", documents, HashEncoder())
    assert len(work.texts) == len(set(work.texts)) == sum(len(d.passages) for d in documents)
    assert encode_share(work.folder, work.texts[:4], HashEncoder()) == 4
    assert share_out(tmp_path / "home", documents, HashEncoder()).texts == work.texts[4:]
    encode_share(work.folder, work.texts[3:], HashEncoder())  # one of them twice
    assert share_out(tmp_path / "home", documents, HashEncoder()).texts == ()
    encoder = HashEncoder()
    home = homes.ingest(tmp_path / "home", files, encoder).generation
    assert encoder.encoded == []
    alone = homes.ingest(tmp_path / "alone", files, HashEncoder()).generation
    for row in range(len(alone.keys)):
        np.testing.assert_array_equal(home.dense.windows(row), alone.dense.windows(row))
    assert not work.folder.exists()


def test_what_a_home_has_is_not_shared_out_again(tmp_path: Path, files: list[Path]) -> None:
    homes.ingest(tmp_path / "home", files[:2], HashEncoder())
    given = collect(files)
    documents, _ = read_documents(given.sources, given.origins)
    new = share_out(tmp_path / "home", documents, HashEncoder())
    assert 0 < len(new.texts) == len(documents[-1].passages)
    encode_share(new.folder, new.texts, HashEncoder())
    encoder = HashEncoder()
    homes.ingest(tmp_path / "home", files, encoder)
    assert encoder.encoded == []


def test_a_folder_without_work_is_told(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="no work was shared out here; call share_out first"):
        encode_share(tmp_path, [("a",)], HashEncoder())


def test_the_script_of_the_page_uses_what_there_is() -> None:
    page = (Path(__file__).parents[2] / "docs" / "milvus.md").read_text(encoding="utf-8")
    script = page.split("```python\n", 1)[1].split("```", 1)[0]
    imported = [
        (node.module, name.name)
        for node in ast.walk(ast.parse(script))
        if isinstance(node, ast.ImportFrom) and node.module
        for name in node.names
    ]
    own = [(module, name) for module, name in imported if module.split(".")[0] in ("corpus", "index", "qa")]
    assert len(own) == 5 and all(hasattr(import_module(module), name) for module, name in own)
