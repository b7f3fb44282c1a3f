"""How much of what a question asks is stated in a passage: the ground on which planqa answers or declines.

Each phrase of a question that the glossary knows, and each other content word, is a topic with
a weight (how rare it is in the corpus). A passage, its headings and its document's title support the question as far
as they hold its topics: 0 for nothing, 1 for everything.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from corpus.agencies import predecessors
from corpus.districts import find_districts
from corpus.vietnamese import fold, words
from index.lexical import FOLDED, MARKED, LexicalIndex
from index.postings import PAIR
from qa.agencies import is_particular
from qa.answers.stating import Topic
from qa.answers.stop_words import ASKED_FOR, QUESTION_WORDS, STOP_EN, STOP_VI
from qa.glossary import match
from qa.question import Question, cut
from qa.synonyms import phrases

_MONTHS = frozenset("january february march april may june july august september october november december".split())


_REMEMBERED = 50_000  # phrases of which the counts are kept


class Vocabulary:
    """How many passages hold each word and each pair of neighbours, with their marks and folded."""

    def __init__(self, lexical: LexicalIndex) -> None:
        self.size = max(1, lexical.size)
        self._lexical = lexical
        self._known: dict[tuple[str, bool], list[int]] = {}

    @classmethod
    def of(cls, texts: Sequence[str]) -> Vocabulary:
        """The counts of some texts."""
        return cls(LexicalIndex.build(texts, [""] * len(texts)))

    def knows(self, word: str) -> bool:
        """Whether any passage holds the word, marks aside."""
        return bool(self._lexical.frequencies([fold(word)], FOLDED)[0])

    def holds(self, form: str, folded: bool) -> bool:
        """Whether the corpus holds all neighbours of a phrase, or its one word."""
        found = self._counts(form, folded)
        return bool(found) and min(found) > 0

    def states(self, topic: Topic) -> bool:
        """Whether the corpus holds a form of the topic anywhere."""
        return any(self.holds(form, topic.folded) for form in topic.forms if form)

    def rarity(self, form: str, folded: bool = False) -> float:
        """Inverse document frequency of a word or phrase, from the rarest of its parts; near 0 for the commonest."""
        return math.log((self.size + 1) / (min(self._counts(form, folded)) + 0.5))

    def _counts(self, form: str, folded: bool) -> list[int]:
        """In how many passages each pair of neighbours of a phrase stands, or its one word."""
        found = self._known.get((form, folded))
        if found is None:
            parts = form.split()
            pairs = [f"{a}{PAIR}{b}" for a, b in zip(parts, parts[1:], strict=False)] or parts
            found = self._lexical.frequencies(pairs, FOLDED if folded else MARKED).tolist()
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[form, folded] = found
        return found


def topics(question: Question, vocabulary: Vocabulary) -> tuple[Topic, ...]:
    """What the question asks about, apart from question words, provinces, numbers of documents and years."""
    text = content(question)
    found = _english(text, vocabulary) if question.language == "en" else _vietnamese(text, question, vocabulary)
    places = {word for district in question.districts for word in words(fold(district))}
    return tuple(
        topic
        for topic in (*_agencies(question, vocabulary), *found)
        if topic.weight > 0 and (fold(topic.name) not in places or vocabulary.states(topic))
    )


def content(question: Question) -> str:
    """The question without the names of agencies, provinces and documents, and without years."""
    text = question.text
    for mention in question.named:
        if is_particular(mention.name):
            text = f"{text[: mention.start]}{' ' * (mention.end - mention.start)}{text[mention.end :]}"
    for province in question.provinces:
        for name in (province.name, *province.aliases):
            text = cut(text, name)
    for gone in (*question.documents, *question.years):
        text = re.sub(re.escape(gone), " ", text, flags=re.IGNORECASE)
    return text


def _agencies(question: Question, vocabulary: Vocabulary) -> list[Topic]:
    """Agencies as a whole, by their own name or that of the one whose work they took over."""
    folded = question.language == "vi" and not question.diacritics
    result = []
    for agency in filter(is_particular, question.agencies):
        names = (agency, *predecessors(agency), re.sub(r" (tỉnh|thành phố)$", "", agency))
        forms = tuple(dict.fromkeys(" ".join(words(fold(name) if folded else name)) for name in names))
        result.append(Topic(agency, forms, min(vocabulary.rarity(form, folded) for form in forms), folded))
    return result


def _vietnamese(text: str, question: Question, vocabulary: Vocabulary) -> list[Topic]:
    """Phrases that stand for terms of the plans, every other word by itself; marks are held against marks."""
    foreign = foreign_names(text, vocabulary)
    folded = not question.diacritics
    tokens = words(fold(text) if folded else text)
    result: dict[str, Topic] = {}
    covered: set[int] = set()
    for start, end, terms in phrases(tokens, folded):
        said = tokens[start:end]
        if all(fold(word) in STOP_VI for word in said):
            continue
        covered.update(range(start, end))
        if _asks(terms) and any(fold(word) in QUESTION_WORDS for word in said):
            continue
        forms = tuple(dict.fromkeys((" ".join(said), *terms)))
        known = [vocabulary.rarity(form, folded) for form in forms if vocabulary.holds(form, folded)]
        weight = min(known) if known else max(vocabulary.rarity(word, folded) for word in said)
        result[" ".join(said)] = Topic(" ".join(said), forms, weight, folded)
    for at, word in enumerate(tokens):
        if at in covered or fold(word) in STOP_VI or (len(word) < 2 and not word.isdigit()):
            continue
        result.setdefault(word, Topic(word, (word,), vocabulary.rarity(word, folded), folded, word in foreign))
    return list(result.values())


def _english(text: str, vocabulary: Vocabulary) -> list[Topic]:
    """The glossary's phrases by their Vietnamese terms, words it does not know as they are written."""
    phrases, unknown = match(text)
    foreign = foreign_names(text, vocabulary)
    result = []
    for phrase in phrases:
        if phrase.phrase.lower() in STOP_EN or _asks(phrase.vietnamese):
            continue
        forms = tuple(dict.fromkeys(" ".join(words(term)) for term in phrase.vietnamese))
        weight = min((vocabulary.rarity(form) for form in forms if form), default=0.0)
        result.append(Topic(phrase.phrase, (*forms, " ".join(words(phrase.phrase))), max(weight, 0.2)))
    for word in dict.fromkeys(words(" ".join(unknown))):
        if word not in STOP_EN and len(word) > 1:
            result.append(Topic(word, (word,), vocabulary.rarity(word), is_foreign_name=word in foreign))
    return result


def _asks(terms: Sequence[str]) -> bool:
    """Whether a phrase stands for what is asked for, not for a thing: "who leads" for the agency in charge.

    >>> _asks(("thời hạn", "thời gian hoàn thành")), _asks(("chữ ký số",))
    (True, False)
    """
    return all(" ".join(words(fold(term))) in ASKED_FOR for term in terms)


def foreign_names(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Proper names, written with a capital inside the question, that no passage holds: "Paris", "Bitcoin"."""
    found = re.findall(r"(?<=[\w,;:)] )[^\W\d_]{4,}(?!\w)", text)
    places = {word for name, _ in find_districts(text) for word in words(name)}
    known = _MONTHS | places
    return frozenset(
        n.lower()
        for n in found
        if n[0].isupper() and n[1:].islower() and n.lower() not in known and not vocabulary.knows(n) and not match(n)[0]
    )
