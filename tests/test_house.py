"""The rules of the house: imports run one way, one file owns each heavy library, nothing loads code from data."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ["corpus", "index", "qa", "eval"]
FILES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
OWNERS = {
    "faiss": {"index/vectors.py"},
    # Two: an encoder and a cross-encoder share the library, but neither an input nor an output.
    "sentence_transformers": {"index/encoder.py", "index/reranker.py"},
    "gradio": {
        "qa/app.py",
        "qa/page/view_tasks.py",
        "qa/page/view_targets.py",
        "qa/page/view_documents.py",
    },  # the page and its tabs
    "plotly": {"qa/page/charts.py"},
    "mcp": {"qa/web/mcp.py"},
    "langchain_text_splitters": {"corpus/passages.py"},
    "openpyxl": {"qa/tables/export_xlsx.py"},
    "icalendar": {"qa/tables/export_ics.py"},
    "openai": {"qa/llm/client.py"},
    "prometheus_client": {"qa/service/metrics.py"},
    "uvicorn": {"qa/service/running.py"},
    "pymilvus": {"index/milvus.py"},
}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_run_one_way(path: Path) -> None:
    room = ROOMS.index(path.relative_to(ROOT).parts[0])
    later = [name for name in imports(path) if name.split(".")[0] in ROOMS[room + 1 :]]
    assert not later, f"{path.relative_to(ROOT)} imports {later}"


@pytest.mark.parametrize("library", OWNERS)
def test_a_heavy_library_has_one_owner(library: str) -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for path in FILES
        if any(name.split(".")[0] == library for name in imports(path)) and path.relative_to(ROOT).parts[0] != "eval"
    }
    assert users == OWNERS[library]


def test_no_code_is_loaded_from_data() -> None:
    unsafe = re.compile(
        r"\bpickle\b|trust_remote_code\s*=\s*True|allow_dangerous|yaml\.load\(|shell=True|\beval\(|\bexec\("
    )
    found = [f"{path}: {hit[0]}" for path in FILES for hit in unsafe.finditer(_code(path))]
    assert not found


def _code(path: Path) -> str:
    """Source without docstrings and comments."""
    return ast.unparse(_bare(ast.parse(path.read_text(encoding="utf-8"))))


def _bare(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
    return tree


def test_the_shipped_plans_are_those_of_the_manifest() -> None:
    import csv
    import hashlib

    folder = ROOT / "corpus" / "plans"
    with (folder / "MANIFEST.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    assert {row["file"] for row in rows} == {path.name for path in folder.glob("*.txt")}
    for row in rows:
        assert hashlib.sha256((folder / row["file"]).read_bytes()).hexdigest() == row["sha256"]
