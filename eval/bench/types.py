"""The values of the speed benchmark: a text that every system gets, and a system at work on such texts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

K = 10
"""Hits that are asked for."""


@dataclass(frozen=True, slots=True)
class Text:
    """What is indexed: its own words, and in front of them what they inherit ("" for a chunk)."""

    id: str
    document: str  # number of the document that it stands in, "2043/QĐ-UBND"
    front: str
    own: str

    @property
    def whole(self) -> str:
        """The words that every system embeds."""
        return self.front + self.own


class Side(Protocol):
    """One system, with the encoder that all share."""

    def load(self) -> None:
        """Load the weights and use them once; what follows is timed."""
        ...

    def build(self, texts: Sequence[Text], folder: Path) -> dict[str, float]:
        """Index the texts and write the index into an empty folder; seconds by step, which add up to all of it."""
        ...

    def ask(self, question: str, way: str) -> list[int]:
        """Places of the nearest texts, best first; `way` matters where a system has several."""
        ...


class Reopened(Protocol):
    """A system that another process opens."""

    def open(self, folder: Path, texts: Path) -> None:
        """Open what `build` wrote, and the weights; `texts` is the file of `write_texts`."""
        ...

    def ask(self, question: str, way: str) -> list[int]:
        """As a `Side` does."""
        ...


def write_texts(texts: Sequence[Text], path: Path) -> None:
    """Write texts for another process."""
    path.write_text(json.dumps([asdict(text) for text in texts], ensure_ascii=False), encoding="utf-8")


def read_texts(path: Path) -> list[Text]:
    """Read what `write_texts` wrote."""
    return [Text(**record) for record in json.loads(path.read_text(encoding="utf-8"))]
