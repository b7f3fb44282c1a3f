"""What was measured so far, in one JSON file: every part is kept until it is measured again.

    {"side-by-side": {"passages": {"bfloat16": {...}, ...}, ...}, "cold": {"bfloat16": {...}}, "scale": {"1000": {...}}}

Each of them tells under which circumstances it was measured.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

from eval.errors import DataError
from eval.lines import write_whole
from eval.machine import code_sha256, machine, versions
from index.processor import computes_bfloat16

SIDES, COLD, SCALE = "side-by-side", "cold", "scale"
PARTS = (SIDES, COLD, SCALE)
DATA = "bench.json"
BUSY = 0.5
"""A load above it, before anything was started, spoils figures."""

Record = dict[str, Any]


def circumstances() -> Record:
    """Machine, load, versions and code; to be asked for before anything is started."""
    own = {
        "bfloat16": "computed by the processor" if computes_bfloat16() else "not computed by the processor",
        "threads": os.environ.get("OMP_NUM_THREADS") or "one a core",
    }
    try:
        own_versions = {"txtai": metadata.version("txtai")}
    except metadata.PackageNotFoundError:
        own_versions = {}
    return {"machine": machine() | own, "versions": versions() | own_versions, "code": code_sha256()}


class Results:
    """The file in a folder, and what is made of it; `show` is called after every change."""

    def __init__(self, folder: Path, circumstances: Record, show: Callable[[Record, Path], None]) -> None:
        self._folder, self._circumstances, self._show = folder, circumstances, show
        self.record = read(folder / DATA)

    def put(self, keys: tuple[str, ...], found: Record) -> None:
        """Keep figures under their keys, in the place of older ones, and write everything."""
        at = self.record
        for key in keys[:-1]:
            at = at.setdefault(key, {})
        at[keys[-1]] = found | {"circumstances": self._circumstances}
        write_whole(self._folder / DATA, [json.dumps(rounded(self.record), ensure_ascii=False, indent=1)])
        self._show(self.record, self._folder)


def read(path: Path) -> Record:
    """What the file holds; nothing where there is none.

    Raises:
        DataError: it is not what `put` wrote.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise DataError(path, f"cannot be read ({error})", "delete it and run: make bench") from None
    if not isinstance(record, dict) or not set(record) <= set(PARTS):
        raise DataError(path, f"expected {', '.join(PARTS)}", "delete it and run: make bench")
    return record


def rounded(value: Any) -> Any:
    """Figures with six digits, however deep.

    >>> rounded({"p50": [0.123456789, 12]})
    {'p50': [0.123457, 12]}
    """
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [rounded(inner) for inner in value]
    return float(f"{value:.6g}") if isinstance(value, float) else value
