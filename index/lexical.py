"""The lexical index: BM25 over syllables and syllable pairs, with their marks and without.

A question with marks is looked up with them; one without is looked up in the folded form, where đ is d. Syllable pairs
stand for words: most Vietnamese words are written as two syllables.

The index is a row of segments, each with the counts of its own passages (index/postings.py). How rare a term is, and
how long a passage is beside the others, is told by all of them together, when a question is asked: a corpus grows by a
segment, and the others stay as they are. The formula is Lucene's (Kamphuis et al. 2020, "Which BM25 Do You Mean?"):

    log(1 + (N - n + 0.5) / (n + 0.5)) * f / (f + k1 * (1 - b + b * length / mean length))

for a term that stands f times in a passage, and in n of N passages.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.vietnamese import fold, has_diacritics, words
from index.postings import PAIR, Integers, Postings

K1, B = 1.2, 0.75  # Robertson's usual setting
MARKED, FOLDED = "marked", "folded"
FORMS = (MARKED, FOLDED)
PARTS = ("whole", "body")
"""What is looked up: the passage with what it inherits, and its own words alone."""

_PLAIN = re.compile(r"[\x00-\u012f\u0131-\u02af\u1e00-\u1eff\u2010-\u2027\u2030-\u205e]*")
"""Characters of which folding changes no more than the letters of words; others may join words or part them."""


def terms(text: str) -> list[str]:
    """Syllables and syllable pairs of a text.

    >>> terms("chữ ký số")
    ['chữ', 'ký', 'số', 'chữ_ký', 'ký_số']
    """
    syllables = words(text)
    return syllables + [f"{a}{PAIR}{b}" for a, b in zip(syllables, syllables[1:], strict=False)]


class Segment:
    """The counts of some passages, in both forms; each is opened when it is first asked for."""

    def __init__(self, size: int, opened: Callable[[str], Postings]) -> None:
        self.size, self._opened = size, opened

    @cached_property
    def marked(self) -> Postings:
        """With marks."""
        return self._opened(MARKED)

    @cached_property
    def folded(self) -> Postings:
        """Without."""
        return self._opened(FOLDED)

    @classmethod
    def build(cls, whole: Sequence[str], body: Sequence[str]) -> Segment:
        """Count texts in their order: passages with what they inherit, and their own words."""
        known: dict[str, tuple[list[str], list[str]]] = {}  # a line comes again with every passage that inherits it
        marked: tuple[list[list[str]], ...] = [], []
        folded: tuple[list[list[str]], ...] = [], []
        for texts, with_marks, without in zip((whole, body), marked, folded, strict=True):
            for text in texts:
                for line in (lines := text.split("\n")):
                    if line not in known:
                        known[line] = (found := words(line)), _folded(line, found)
                with_marks.append([word for line in lines for word in known[line][0]])
                without.append([word for line in lines for word in known[line][1]])
        forms = {MARKED: Postings.build(*marked), FOLDED: Postings.build(*folded)}
        return cls(len(whole), forms.__getitem__)

    def save(self, folder: Path) -> None:
        """Write one folder a form."""
        for form in FORMS:
            getattr(self, form).save(folder / form)


class LexicalIndex:
    """BM25 scores of every passage for a question, and counts of terms over all passages."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self.size = sum(segment.size for segment in segments)
        self._normed: dict[str, NDArray[np.float64]] = {}
        self._asked: tuple[str, NDArray[np.float32]] | None = None

    @classmethod
    def build(cls, whole: Sequence[str], body: Sequence[str]) -> LexicalIndex:
        """Index texts in their order, as one segment."""
        return cls([Segment.build(whole, body)])

    def scores(self, question: str, part: str = "whole") -> NDArray[np.float32]:
        """BM25 of every passage, shape (passages,); all 0 for a question without a known term."""
        last = self._asked  # both parts of a question are asked for one after the other
        if last is None or last[0] != question:
            form = MARKED if has_diacritics(question) else FOLDED
            last = question, self._scores(terms(question if form == MARKED else fold(question)), form)
            self._asked = last
        return np.array(last[1][PARTS.index(part)])

    def frequencies(self, wanted: Sequence[str], form: str = MARKED) -> Integers:
        """In how many whole passages each term stands, shape (terms,)."""
        result = np.zeros(len(wanted), np.int64)
        for postings in self._forms(form):
            result += postings.held_by(postings.places(wanted))[:, 0]
        return result

    def rows(self, term: str, form: str = MARKED) -> Integers:
        """The passages that hold a term, ascending.

        >>> LexicalIndex.build(["chữ ký số", "ký số", "số"], [""] * 3).rows("ký_số").tolist()
        [0, 1]
        """
        found, first = [np.zeros(0, np.int64)], 0
        for segment, postings in zip(self._segments, self._forms(form), strict=True):
            place = postings.places([term])
            if place[0] >= 0:
                found.append(postings.held(place)["row"].astype(np.int64) + first)
            first += segment.size
        return np.concatenate(found)

    def totals(self, wanted: Sequence[str]) -> Integers:
        """How often each term stands in the whole passages, with its marks, shape (terms,)."""
        result = np.zeros(len(wanted), np.int64)
        for postings in self._forms(MARKED):
            places = postings.places(wanted)
            held = places >= 0
            result[held] += postings.totals[places[held]]
        return result

    def words(self) -> Iterable[str]:
        """The syllables of all passages, with their marks, in the order of their first appearance."""
        return dict.fromkeys(word for postings in self._forms(MARKED) for word in postings.words)

    @cached_property
    def syllables(self) -> int:
        """How many syllables the whole passages have, with their marks."""
        return sum(int(postings.totals[: len(postings.words)].sum()) for postings in self._forms(MARKED))

    def holding(self, runs: Sequence[str], form: str) -> Integers:
        """Rows of the passages that hold each of these runs of letters and digits, in words that may hold more.

        >>> LexicalIndex.build(["số 749/QĐ-TTg", "số 7490"], ["", ""]).holding(["749", "ttg"], "marked").tolist()
        [0]
        """
        found, first = [], 0
        for segment, postings in zip(self._segments, self._forms(form), strict=True):
            held = np.ones(segment.size, bool)
            for run in runs:
                held &= _rows_of(postings, run, segment.size)
            found.append(np.flatnonzero(held) + first)
            first += segment.size
        return np.concatenate(found) if found else np.zeros(0, np.int64)

    def _forms(self, form: str) -> list[Postings]:
        return [segment.marked if form == MARKED else segment.folded for segment in self._segments]

    def _scores(self, asked: list[str], form: str) -> NDArray[np.float32]:
        """Of every passage as a whole and of its own words, shape (2, passages)."""
        segments = self._forms(form)
        places = [postings.places(asked) for postings in segments]
        holding = np.zeros((len(asked), 2), np.int64)
        for postings, found in zip(segments, places, strict=True):
            holding += postings.held_by(found)
        rarity = np.array([[_rarity(int(n), self.size) if n else 0.0 for n in row] for row in holding], np.float32)
        scores, lengths, first = np.zeros((2, self.size), np.float32), self._lengths(form), 0
        for postings, found in zip(segments, places, strict=True):
            rows = slice(first, first + postings.size)
            _add(postings, found, rarity, lengths[rows], scores[:, rows])
            first += postings.size
        return scores

    def _lengths(self, form: str) -> NDArray[np.float64]:
        """`k1 * (1 - b + b * length / mean length)` of every passage, shape (passages, 2): whole, and own words."""
        if form not in self._normed:
            lengths = np.maximum(np.concatenate([postings.lengths for postings in self._forms(form)]), 1)
            self._normed[form] = np.asarray(K1 * ((1 - B) + B * lengths / lengths.mean(axis=0)), np.float64)
        return self._normed[form]


def _add(
    postings: Postings,
    places: Integers,
    rarity: NDArray[np.float32],
    lengths: NDArray[np.float64],
    scores: NDArray[np.float32],
) -> None:
    """Add to the scores of a segment, shape (2, passages), what each term gives, in the order of the terms."""
    terms = np.flatnonzero(places >= 0)
    if not len(terms):
        return
    found = places[terms]
    held = postings.held(found)
    rows = held["row"].astype(np.intp)
    often = np.empty((len(held), 2), np.float32)
    often[:, 0], often[:, 1] = held["whole"], held["body"]
    given = often / (lengths[rows] + often)
    given *= np.repeat(rarity[terms], postings.starts[found + 1] - postings.starts[found], axis=0)
    for part, total in zip(given.astype(np.float32).T, scores, strict=True):
        np.add.at(total, rows, part)


def _rarity(holding: int, size: int) -> float:
    """Inverse document frequency of a term that stands in some of so many passages."""
    return math.log(1 + (size - holding + 0.5) / (holding + 0.5))


def _rows_of(postings: Postings, run: str, size: int) -> NDArray[np.bool_]:
    """Which rows hold a word that is this run of letters and digits, or has it for a part, shape (size,)."""
    held = np.zeros(size, bool)
    held[postings.held(postings.with_part(run))["row"]] = True
    return held


def _folded(text: str, found: Sequence[str]) -> list[str]:
    """The words of the folded text, from the words of the text where folding parts and joins none.

    >>> _folded("Chữ ký số", ["chữ", "ký", "số"])
    ['chu', 'ky', 'so']
    """
    return [_fold(word) for word in found] if _PLAIN.fullmatch(text) else words(fold(text))


_fold = lru_cache(maxsize=100_000)(fold)


def matched(question: str, text: str) -> tuple[str, ...]:
    """The question's syllables that the text holds, in the question's order, marks aside when it has none."""
    plain = not has_diacritics(question)
    held = set(words(fold(text) if plain else text))
    return tuple(dict.fromkeys(word for word in words(fold(question) if plain else question) if word in held))
