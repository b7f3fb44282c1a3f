"""Which passages of a segment hold which terms, and how often: what BM25 is worked out from, kept as it was counted.

A term is a syllable or a pair of neighbouring syllables. Scores depend on how rare a term is in the whole corpus, so
they change with every document that is added; counts never do. A segment is written once and read by every corpus
that its documents are part of.

    words.json      the syllables, in the order in which they first appear
    terms.npz       pairs, shape (pairs,): numbers of their two syllables as one number, ascending
                    starts, shape (terms + 1,): where the postings of each term begin; syllables first, then pairs
                    holding, shape (terms, 2): how many passages hold each term, as a whole and in their own words
                    totals, shape (terms,): how often it stands in the whole passages
                    lengths, shape (passages, 2): terms of each passage as a whole, and of its own words
    postings.npy    a passage's row, and how often the term stands in it as a whole and in its own words
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

WORDS, TERMS, POSTINGS = "words.json", "terms.npz", "postings.npy"
PAIR = "_"  # between the syllables of a pair; no syllable holds it
_SHIFT = 32  # bits that the second syllable of a pair takes
Integers = NDArray[np.int64]


class Postings:
    """The postings of one segment, in one form (with marks or folded)."""

    def __init__(self, words: list[str], arrays: dict[str, NDArray[Any]], postings: NDArray[Any]) -> None:
        self.words, self.postings = words, postings
        self.starts, self.totals = arrays["starts"], arrays["totals"]
        self.holding = arrays["holding"]
        self.lengths, self._pairs = arrays["lengths"], arrays["pairs"]
        if len(self.starts) != len(words) + len(self._pairs) + 1 or len(postings) != self.starts[-1]:
            raise ValueError(f"{len(words)} words, {len(self._pairs)} pairs, {len(postings)} postings")

    @property
    def size(self) -> int:
        """How many passages there are."""
        return len(self.lengths)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each syllable."""
        return {word: number for number, word in enumerate(self.words)}

    @cached_property
    def _joined(self) -> tuple[str, Integers]:
        """All syllables in one text, and where each begins."""
        lengths = np.array([len(word) + 1 for word in self.words], np.int64)
        return "\n".join(self.words), np.cumsum(lengths) - lengths

    def with_part(self, run: str) -> Integers:
        """The numbers of the syllables that are a run of letters and digits, or have it between full stops and dashes.

        >>> Postings.build([["12", "749/qđ-ttg", "7490"]], [[]]).with_part("749").tolist()
        [1]
        """
        text, begins = self._joined
        found, at = [], text.find(run)
        while at >= 0:
            end = at + len(run)
            if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
                found.append(at)
            at = text.find(run, end)
        return np.unique(np.searchsorted(begins, np.array(found, np.int64), side="right") - 1)

    def places(self, terms: Sequence[str]) -> Integers:
        """The number of each term, shape (terms,); -1 for one that no passage holds.

        >>> Postings.build([["chữ", "ký", "số"]], [["chữ"]]).places(["ký", "chữ_ký", "số_chữ", "mạng"]).tolist()
        [1, 3, -1, -1]
        """
        result = np.full(len(terms), -1, np.int64)
        keys, askers = [], []
        for at, term in enumerate(terms):
            first, joint, second = term.partition(PAIR)
            number = self.numbers.get(first, -1)
            if not joint:
                result[at] = number
            elif number >= 0 and (other := self.numbers.get(second, -1)) >= 0:
                keys.append(number << _SHIFT | other)
                askers.append(at)
        if keys and len(self._pairs):
            wanted = np.array(keys, np.uint64)
            found = np.minimum(np.searchsorted(self._pairs, wanted), len(self._pairs) - 1)
            result[askers] = np.where(self._pairs[found] == wanted, found + len(self.words), -1)
        return result

    def held_by(self, places: Integers) -> Integers:
        """How many passages hold each of these terms, as a whole and in their own words, shape (terms, 2)."""
        result = np.zeros((len(places), 2), np.int64)
        held = places >= 0
        result[held] = self.holding[places[held]]
        return result

    def held(self, places: Integers) -> NDArray[Any]:
        """The postings of these terms, one term after the other."""
        kind = self.postings.dtype
        plain = self.postings.view(f"V{kind.itemsize}")  # NumPy joins records field by field, and bytes at once
        parts = [plain[self.starts[place] : self.starts[place + 1]] for place in places.tolist()]
        return np.concatenate(parts).view(kind) if parts else self.postings[:0]

    @classmethod
    def build(cls, whole: Sequence[Sequence[str]], body: Sequence[Sequence[str]]) -> Postings:
        """Count the syllables of passages as a whole, and of their own words, each as a sequence in reading order."""
        numbers: dict[str, int] = defaultdict(count().__next__)
        parts = [_Counted.of(texts, numbers) for texts in (whole, body)]
        pairs, _ = _counted(np.concatenate([part.pairs for part in parts]))
        codes, often = zip(*(part.codes(pairs, len(numbers), len(whole)) for part in parts), strict=True)
        held, _ = _counted(np.concatenate(codes))
        shape = max(1, len(whole))
        kinds = [np.min_scalar_type(int(most)) for most in (shape, *(c.max(initial=0) for c in often))]
        postings = np.zeros(len(held), list(zip(("row", "whole", "body"), kinds, strict=True)))
        postings["row"] = held % shape
        for name, code, found in zip(("whole", "body"), codes, often, strict=True):
            postings[name][np.searchsorted(held, code)] = found
        terms = held // shape
        size = len(numbers) + len(pairs)
        held_by = [np.bincount(terms[postings[part] > 0], minlength=size) for part in ("whole", "body")]
        arrays: dict[str, NDArray[Any]] = {
            "pairs": pairs,
            "starts": np.searchsorted(terms, np.arange(size + 1)).astype(np.int64),
            "holding": np.stack(held_by, axis=1).astype(np.int32),
            "totals": np.bincount(terms, postings["whole"], size).astype(np.int64),
            "lengths": np.stack([part.lengths for part in parts], axis=1).astype(np.int32),
        }
        return cls(list(numbers), arrays, postings)

    def save(self, folder: Path) -> None:
        """Write three files; no pickle."""
        folder.mkdir(parents=True)
        (folder / WORDS).write_text(json.dumps(self.words, ensure_ascii=False), encoding="utf-8")
        arrays = {"starts": self.starts, "holding": self.holding, "totals": self.totals, "lengths": self.lengths}
        with (folder / TERMS).open("wb") as stream:
            np.savez(stream, allow_pickle=False, pairs=self._pairs, **arrays)
        with (folder / POSTINGS).open("wb") as stream:
            np.save(stream, self.postings, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> Postings:
        """Open what `save` wrote; of the postings only those of the terms that are asked for are read."""
        words: list[str] = json.loads((folder / WORDS).read_text(encoding="utf-8"))
        with (folder / TERMS).open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in ("pairs", "starts", "holding", "totals", "lengths")}
        mode: Any = "r" if arrays["starts"][-1] else None  # an empty file cannot be mapped
        postings = np.load(folder / POSTINGS, mmap_mode=mode, allow_pickle=False)
        return cls(words, arrays, np.asarray(postings))  # a plain view: slicing a memmap costs ten times as much


class _Counted:
    """The syllables of some texts as numbers, one after the other, and the row of each."""

    def __init__(self, syllables: Integers, rows: Integers, counts: Integers) -> None:
        self._syllables, self._rows = syllables, rows
        self.lengths = np.maximum(2 * counts - 1, 0)  # syllables, and pairs of neighbours
        beside = rows[1:] == rows[:-1]
        first, second = syllables[:-1][beside].astype(np.uint64), syllables[1:][beside].astype(np.uint64)
        self.pairs = first << np.uint64(_SHIFT) | second
        self._pair_rows = rows[1:][beside]

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]], numbers: dict[str, int]) -> _Counted:
        """`numbers` gives a new syllable the next free number."""
        found = [numbers[word] for text in texts for word in text]
        counts = np.array([len(text) for text in texts], np.int64)
        return cls(np.array(found, np.int64), np.repeat(np.arange(len(texts)), counts), counts)

    def codes(self, pairs: NDArray[np.uint64], syllables: int, rows: int) -> tuple[Integers, Integers]:
        """Each term of each row once, as term x rows + row, ascending; and how often it stands there."""
        terms = np.concatenate([self._syllables, np.searchsorted(pairs, self.pairs) + syllables])
        return _counted(terms * max(1, rows) + np.concatenate([self._rows, self._pair_rows]))


def _counted(values: NDArray[Any]) -> tuple[NDArray[Any], Integers]:
    """Each value once, ascending, and how often it is there; sorted, which is some five times as fast as `np.unique`.

    >>> [found.tolist() for found in _counted(np.array([3, 1, 3]))]
    [[1, 3], [1, 2]]
    """
    ordered = np.sort(values)
    firsts = np.flatnonzero(np.concatenate([np.ones(min(1, len(ordered)), bool), ordered[1:] != ordered[:-1]]))
    return ordered[firsts], np.diff(np.append(firsts, len(ordered)))
