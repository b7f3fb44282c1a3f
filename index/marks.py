"""Vietnamese typed without marks, with its marks put back: "dien thoai" is "điện thoại" wherever the corpus says so.

A word's folded form may stand for several words; the likeliest sequence is chosen by how often words and pairs of
neighbours stand in the corpus (a bigram model, decoded with Viterbi's algorithm). A few everyday questions stand in for
the words that people ask with and plans never use. The encoder, which finds next to nothing for unmarked Vietnamese,
reads the restored question; words are still looked up as they were typed.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from importlib import resources
from itertools import islice

from corpus.vietnamese import fold, words

MAX_TEXTS = 20_000
"""Texts that are counted; more of them change no choice."""
_UNSEEN = 0.1  # count given to a word never seen
_BACK_OFF = 1.0  # weight of a word's own frequency where a pair was never seen


class Marks:
    """Counts of words and pairs, and the restoration they allow."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        for text in (*_everyday(), *islice(texts, MAX_TEXTS)):
            found = words(text)
            self._words.update(found)
            self._pairs.update(zip(found, found[1:], strict=False))
        self._forms: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            self._forms[fold(word)].append(word)
        self._total = sum(self._words.values()) + 1

    def restore(self, text: str) -> str:
        """The text's words in their likeliest marked form; words the corpus does not know stay as they are.

        >>> Marks(["điện thoại thông minh", "tỉnh Trà Vinh"]).restore("dien thoai cua tra vinh")
        'điện thoại của trà vinh'
        """
        found = words(text)
        best: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
        for typed in found:
            following: dict[str, tuple[float, list[str]]] = {}
            for word in self._forms.get(typed) or [typed]:
                score, path = max(
                    ((score + self._log_probability(before, word), path) for before, (score, path) in best.items()),
                    key=lambda candidate: candidate[0],
                )
                following[word] = (score, [*path, word])
            best = following
        return " ".join(max(best.values(), key=lambda candidate: candidate[0])[1])

    def _log_probability(self, before: str, word: str) -> float:
        """Log of the share of `word` among what follows `before`, backed off to its share among all words."""
        alone = (self._words[word] + _UNSEEN) / self._total
        if not before:
            return math.log(alone)
        return math.log((self._pairs[before, word] + _BACK_OFF * alone) / (self._words[before] + _BACK_OFF))


@cache
def _everyday() -> tuple[str, ...]:
    text = resources.files("index").joinpath("data/everyday.txt").read_text(encoding="utf-8")
    return tuple(text.splitlines())
