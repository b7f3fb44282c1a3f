"""Sample texts that the space is fitted to: passages of the shipped plans, and questions as people ask them.

They are the same for every home, so that vectors of two homes, and of a home before and after it grew, compare.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from corpus import version
from corpus.collect import collect, read_documents, shipped_plans
from index import context
from index.context import embedded_text
from index.space import Space
from index.types import Encoder, Progress

_EVERY = 3  # of the shipped passages, one in so many is a sample


@dataclass(frozen=True, slots=True)
class Samples:
    """Passages as they are embedded, and questions by language."""

    passages: tuple[str, ...]
    questions: Mapping[str, tuple[str, ...]]

    def fingerprint(self, encoder: str) -> str:
        """Tells spaces of other passages or of another encoder apart."""
        digest = hashlib.sha256(encoder.encode())
        for text in self.passages:
            digest.update(b"\0" + text.encode())
        return digest.hexdigest()[:16]


@cache
def default_samples() -> Samples:
    """The samples that come with planqa.

    `data/questions.json` holds questions by language, written as they reach the encoder: an English one has the
    Vietnamese terms behind it that stand for its words.
    """
    plans = collect([shipped_plans()])
    documents, _ = read_documents(plans.sources, plans.origins)
    texts = [embedded_text(document, passage) for document in documents for passage in document.passages]
    questions = json.loads(resources.files("index").joinpath("data/questions.json").read_text(encoding="utf-8"))
    return Samples(tuple(texts[::_EVERY]), {language: tuple(asked) for language, asked in questions.items()})


@cache
def samples_version() -> str:
    """Tells samples apart without reading the plans: a hash of their files and of all code that makes samples of them.

    As long as it is the same, so is the fingerprint that a home was given.
    """
    digest = hashlib.sha256(f"{version.parser_version()}\0{_EVERY}\0".encode())
    digest.update(Path(context.__file__).read_bytes())
    for path in sorted(path for path in shipped_plans().rglob("*") if path.is_file()):
        digest.update(f"\0{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def fit_space(encoder: Encoder, samples: Samples, progress: Progress | None = None) -> Space:
    """The space of an encoder; `progress` hears of the samples as they are read."""
    passages = []
    for text in samples.passages:
        passages.append(encoder.read_sample(text, is_passage=True))
        if progress:
            progress("fit the space", len(passages), len(samples.passages))
    return Space.fit(
        passages,
        {language: [encoder.read_sample(text) for text in asked] for language, asked in samples.questions.items()},
    )
