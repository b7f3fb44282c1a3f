"""Made-up documents of each grammar and table form, held beside what a clerk would have written down."""

from __future__ import annotations

from pathlib import Path

import pytest
from outline import outline

GOLDEN = Path(__file__).parent / "golden"
DOCUMENTS = sorted(path for path in GOLDEN.iterdir() if path.suffix in (".txt", ".md"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_reads_as_written_down(path: Path) -> None:
    expected = path.with_suffix(".expected").read_text(encoding="utf-8")
    assert outline(path).splitlines() == expected.splitlines()


def test_every_form_is_there() -> None:
    assert {path.stem for path in DOCUMENTS} >= {"decision", "plan", "table_framed", "table_lined", "table_open"}
