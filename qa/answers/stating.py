"""How far a text states the topics of a question: by one of their forms, or by most of a form's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.vietnamese import fold, words

PARTLY = 0.6
"""What a phrase counts for whose words stand in a text, but not in a row."""
MOST_WORDS = 0.7
"""Share of a phrase's words that must stand in a text for that."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A thing the question asks about; it is stated where one of its forms stands, with its marks or folded."""

    name: str
    forms: tuple[str, ...]
    weight: float
    folded: bool = False  # the forms are without marks, and so is the text they are looked up in
    is_foreign_name: bool = False  # a proper name that stands nowhere in the corpus

    @property
    def is_term(self) -> bool:
        """Whether it is a phrase, or a word that the glossary knows others for; other words stand for themselves."""
        return len(self.forms) > 1 or " " in self.name


class Stating:
    """What texts state of the topics of a question; each is read once, for candidates share titles and headings."""

    def __init__(self, found: Sequence[Topic]) -> None:
        self._weights = [topic.weight for topic in found]
        self._total = sum(self._weights)
        self._sought = [
            (topic.folded, [f" {form} " for form in topic.forms if form], [f.split() for f in topic.forms if " " in f])
            for topic in found
        ]
        self._known: dict[str, list[float]] = {}

    def share(self, texts: Sequence[str]) -> float:
        """Share of the topics' weight that the texts state, 0 to 1; 1 when there are no topics to state."""
        if not self._total:
            return 1.0
        none = [0.0] * len(self._weights)
        best = map(max, zip(none, *map(self._of, texts), strict=True))
        found: float = sum(weight * stated for weight, stated in zip(self._weights, best, strict=True))
        return found / self._total

    def _of(self, text: str) -> list[float]:
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = [_stated(text, *sought) for sought in self._sought]
        return found


def support(found: Sequence[Topic], texts: Sequence[str]) -> float:
    """`Stating.share` of one list of texts.

    >>> support([Topic("mạng", ("mạng",), 1.0), Topic("5G", ("5g",), 3.0)], ["Hệ thống mạng nội bộ"])
    0.25
    """
    return Stating(found).share(texts)


def _stated(text: str, folded: bool, forms: Sequence[str], phrases_only: Sequence[Sequence[str]]) -> float:
    """How far a text states a topic: 1 for one of its forms, less for most of a form's words anywhere in it."""
    shown = held(text, folded)
    if any(form in shown for form in forms):
        return 1.0
    if not phrases_only:
        return 0.0
    present = word_set(text, folded)
    share = max(sum(word in present for word in form) / len(form) for form in phrases_only)
    return PARTLY * share if share >= MOST_WORDS else 0.0


@lru_cache(maxsize=20_000)
def word_set(text: str, folded: bool) -> frozenset[str]:
    """The words of a text, with their marks or folded."""
    return frozenset(words(fold(text) if folded else text))


@lru_cache(maxsize=20_000)
def held(text: str, folded: bool) -> str:
    """The words of a text in a form that phrases are looked up in: " mạng 5g |".

    >>> held("Mạng 5G.", False)
    ' mạng 5g |'
    """
    return f" {' '.join(words(fold(text) if folded else text))} |"
