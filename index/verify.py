"""Every file of a home read anew and held against its hash: what `planqa verify` tells."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import HomeError
from index import checked, milvus_store
from index.damage import REBUILD
from index.home import CURRENT, current_of, in_order, is_filled
from index.sources import stored, text_of


def verify_home(home: Path) -> tuple[str, ...]:
    """Read every file of a home anew; a line for each generation and source that is damaged.

    Raises:
        HomeError: no home there, or it may not be read.
    """
    if not is_filled(home):
        raise HomeError(home, "not a planqa home", "run `planqa ingest PATH... --home DIR` to make one")
    current, wrong = current_of(home)
    lines = [f"{home / CURRENT}: {wrong}"] if wrong else []
    for other in in_order(home):
        if found := checked.damage(other, anew=True) or _of_collection(other):
            role = "the corpus built last" if other == current else "an older corpus"
            lines.append(f"{other}: {role} is damaged ({found})")
    lines = [f"{line}; {REBUILD}" for line in lines]
    try:
        for record, path in stored(home):
            if text_of(record, path) is None:
                lines.append(f"{path}: a stored source is damaged or missing; ingest {record['name']} again")
    except HomeError as error:
        lines.append(str(error))
    return tuple(lines)


def _of_collection(folder: Path) -> str:
    """What is wrong with the collection that a generation has in a Milvus, every vector compared; "" without one."""
    if not (folder / milvus_store.RECORD).is_file():
        return ""
    try:
        return milvus_store.verify(folder)
    except HomeError as error:
        return f"its collection cannot be checked: {error}"
