"""The lexical index: BM25 (bm25s) over syllables and syllable pairs, with their marks and without.

A question with marks is looked up with them; one without is looked up in the folded form, where đ is d. Syllable pairs
stand for words: most Vietnamese words are written as two syllables.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.vietnamese import fold, has_diacritics, words

K1, B = 1.2, 0.75  # Robertson's usual setting
_FORMS = ("marked", "folded")
PARTS = ("whole", "body")
"""What is looked up: the passage with what it inherits, and its own words alone."""


def terms(text: str) -> list[str]:
    """Syllables and syllable pairs of a text.

    >>> terms("chữ ký số")
    ['chữ', 'ký', 'số', 'chữ_ký', 'ký_số']
    """
    syllables = words(text)
    return syllables + [f"{a}_{b}" for a, b in zip(syllables, syllables[1:], strict=False)]


class LexicalIndex:
    """BM25 scores of every passage for a question."""

    def __init__(self, fields: dict[tuple[str, str], Any], size: int) -> None:
        self._fields, self._size = fields, size

    @classmethod
    def build(cls, whole: Sequence[str], body: Sequence[str]) -> LexicalIndex:
        """Index the texts in their order: passages with what they inherit, and their own words."""
        import bm25s

        fields = {}
        for part, texts in zip(PARTS, (whole, body), strict=True):
            for form in _FORMS:
                index = bm25s.BM25(k1=K1, b=B, auto_compile=False)
                tokens = [terms(fold(text) if form == "folded" else text) for text in texts]
                # bm25s cannot index texts that hold no term at all; a term that no question can hold stands in.
                index.index([found or ["\0"] for found in tokens], show_progress=False)
                fields[part, form] = index
        return cls(fields, len(whole))

    def save(self, folder: Path) -> None:
        """Write one folder a field: NumPy arrays and JSON, no pickle."""
        for (part, form), index in self._fields.items():
            index.save(str(folder / f"{part}-{form}"), show_progress=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> LexicalIndex:
        """Read what `save` wrote."""
        import bm25s

        return cls(
            {
                (part, form): bm25s.BM25.load(str(folder / f"{part}-{form}"), show_progress=False)
                for part in PARTS
                for form in _FORMS
            },
            size,
        )

    def scores(self, question: str, part: str = "whole") -> NDArray[np.float32]:
        """BM25 of every passage, shape (passages,); all 0 for a question without a known term."""
        form = "marked" if has_diacritics(question) else "folded"
        index = self._fields[part, form]
        known = [term for term in terms(question if form == "marked" else fold(question)) if term in index.vocab_dict]
        if not known:
            return np.zeros(self._size, np.float32)
        return np.asarray(index.get_scores(known), np.float32)


def matched(question: str, text: str) -> tuple[str, ...]:
    """The question's syllables that the text holds, in the question's order, marks aside when it has none."""
    plain = not has_diacritics(question)
    held = set(words(fold(text) if plain else text))
    return tuple(dict.fromkeys(word for word in words(fold(question) if plain else question) if word in held))
