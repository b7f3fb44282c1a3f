"""How large the corpus is that is served, and whether it is the one that was built last."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class CorpusState:
    """What is served; `degraded` says why it is not the corpus built last, "" when it is."""

    documents: int
    passages: int
    bytes: int
    degraded: str
    generation: str  # its name


def corpus_state(engine: Any) -> CorpusState:
    """The state of an engine's corpus; nothing is loaded for it. An engine without a home counts its documents."""
    generation = getattr(engine, "generation", None)
    if generation is None:
        documents = engine.documents()
        return CorpusState(len(documents), sum(len(document.passages) for document in documents), 0, "", "")
    degraded = getattr(engine, "degraded", None)  # an engine that follows its home has a word of its own on this
    about, folder = generation.about, Path(generation.folder)
    why = generation.degraded if degraded is None else degraded
    return CorpusState(about.documents, about.passages, _size(folder), str(why), folder.name)


@lru_cache(maxsize=4)
def _size(folder: Path) -> int:
    """Bytes under a generation's folder, which is never written to once it is served."""
    try:
        return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    except OSError:
        return 0
