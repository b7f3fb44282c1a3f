"""Vietnamese typed without marks, with its marks put back: "dien thoai" is "điện thoại" wherever the corpus says so.

A word's folded form may stand for several words; the likeliest sequence is chosen by how often words and pairs of
neighbours stand in the corpus (a bigram model, decoded with Viterbi's algorithm). Some thousand everyday sentences
(`data/everyday.txt`, which people can edit) stand in for the words that people ask with and plans never use. The
encoder, which finds next to nothing for unmarked Vietnamese, reads the restored question; words are still looked up as
they were typed.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache, cached_property
from importlib import resources

from corpus.vietnamese import fold, words
from index.lexical import LexicalIndex, terms
from index.postings import PAIR

_CAPITALS = re.compile(r"(?<!\w)[A-Z]{2,}(?!\w)")
_UNSEEN = 0.1  # count given to a word never seen
_BACK_OFF = 1.0  # weight of a word's own frequency where a pair was never seen


class Marks:
    """Counts of words and pairs, and the restoration they allow."""

    def __init__(self, lexical: LexicalIndex) -> None:
        self._lexical = lexical

    @classmethod
    def of(cls, texts: Sequence[str]) -> Marks:
        """The counts of some texts."""
        return cls(LexicalIndex.build(texts, [""] * len(texts)))

    @cached_property
    def _everyday(self) -> Counter[str]:
        """How often each word and pair stands in the everyday sentences; read for the first text without marks."""
        return _everyday()

    @cached_property
    def _forms(self) -> dict[str, list[str]]:
        """The words that a folded form stands for, in the order of their first appearance."""
        forms: dict[str, list[str]] = defaultdict(list)
        for word in dict.fromkeys((*(term for term in self._everyday if PAIR not in term), *self._lexical.words())):
            forms[fold(word)].append(word)
        return forms

    @cached_property
    def _total(self) -> int:
        """Words there are, one more, so that it is never 0."""
        return sum(count for term, count in self._everyday.items() if PAIR not in term) + self._lexical.syllables + 1

    def restore(self, text: str, kept: Collection[str] = ()) -> str:
        """The text's words in their likeliest marked form; words that nobody knows, and those `kept`, stay as they are.

        So does a word in capitals among others, which is a short form: "SOC" is no "sóc".

        >>> Marks.of(["điện thoại thông minh", "tỉnh Trà Vinh"]).restore("dien thoai cua tra vinh")
        'điện thoại của trà vinh'
        """
        found = words(text)
        capital = {word.lower() for word in _CAPITALS.findall(text)} if text != text.upper() else set()
        choices = [
            [typed] if typed in kept or typed in capital else self._forms.get(typed) or [typed] for typed in found
        ]
        counts = self._counts(choices)
        best: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
        for forms in choices:
            following: dict[str, tuple[float, list[str]]] = {}
            for word in forms:
                score, path = max(
                    (
                        (score + self._log_probability(counts, before, word), path)
                        for before, (score, path) in best.items()
                    ),
                    key=lambda candidate: candidate[0],
                )
                following[word] = (score, [*path, word])
            best = following
        return " ".join(max(best.values(), key=lambda candidate: candidate[0])[1])

    def _counts(self, choices: Sequence[Sequence[str]]) -> dict[str, int]:
        """How often each word that may be meant stands in the corpus, and each pair of them."""
        asked = dict.fromkeys(word for forms in choices for word in forms)
        for forms, following in zip(choices, choices[1:], strict=False):
            asked |= dict.fromkeys(f"{before}{PAIR}{word}" for before in forms for word in following)
        counts = self._lexical.totals(list(asked)).tolist()
        return {term: count + self._everyday[term] for term, count in zip(asked, counts, strict=True)}

    def _log_probability(self, counts: Mapping[str, int], before: str, word: str) -> float:
        """Log of the share of `word` among what follows `before`, backed off to its share among all words."""
        alone = (counts[word] + _UNSEEN) / self._total
        if not before:
            return math.log(alone)
        return math.log((counts[f"{before}{PAIR}{word}"] + _BACK_OFF * alone) / (counts[before] + _BACK_OFF))


@cache
def _everyday() -> Counter[str]:
    """How often each word and pair stands in the everyday sentences."""
    text = resources.files("index").joinpath("data/everyday.txt").read_text(encoding="utf-8")
    return Counter(term for line in text.splitlines() for term in terms(line))
