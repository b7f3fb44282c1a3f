"""From a question to what is searched for: the text the encoder reads, the terms that are looked up, and why.

An English question gets the Vietnamese terms of its phrases behind it: the encoder reads both at once, and the terms
are looked up. A Vietnamese one gets the terms of the plans for short forms and everyday words. Vietnamese typed
without marks is read with its marks put back, since the encoder finds next to nothing for it as it is typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.agencies import predecessors
from corpus.vietnamese import fold, words
from index.marks import Marks
from index.types import Query, Weights
from qa.glossary import match
from qa.question import Question, cut
from qa.synonyms import phrases

HYBRID = Weights(dense=0.18, late=0.43, lexical=0.135, body=0.11)
"""Shares of the kinds of evidence, fitted to the `dev` questions of eval/."""
LESS_BY_WORDS = Weights(dense=0.33, late=0.68, lexical=0.16, body=0.13)
"""The same for a question whose words are not those of plans as they are written: in English, or without marks."""
QUESTION_WORDS = re.compile(
    r"(?<!\w)(ai|gì|gi|nào|nao|bao nhiêu|bao nhieu|mấy|may|khi nào|khi nao|bao giờ|bao gio|như thế nào|nhu the nao"
    r"|ra sao|thế nào|the nao|là|la|thì|thi|và|va|của|cua|có|co|cho|được|duoc|hỏi|hoi|xin|vậy|vay|không|khong|ko|ở|o"
    r"|bị|bi)(?!\w)",
    re.IGNORECASE,
)
"""Words that ask rather than name: they stand in every plan and say nothing about which passage is meant."""
_FUNCTION_WORDS = frozenset(
    "who whom whose what when which where why how the a an is are was were be been being of by for to and or in on at "
    "with must should will shall can could would may might does do did has have had many much there this that these "
    "those it its their them they he she we you i me my our your from under between any about into as than then so if "
    "not no yes please tell each every all some also only get done make take give".split()
)
_PER_PHRASE = 2  # terms of one phrase that are searched for; the glossary names the commonest first


@dataclass(frozen=True, slots=True)
class Expansion:
    """A phrase of the question, and the terms of plans that are searched for because of it."""

    phrase: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordedQuery:
    """How a question is searched for."""

    query: Query
    expansions: tuple[Expansion, ...] = ()


def word_query(asked: Question, marks: Marks | None = None) -> WordedQuery:
    """The query for a question, with what was added to its own words."""
    if asked.language == "en":
        return _english(asked)
    return _vietnamese(asked, marks)


def make_query(asked: Question, marks: Marks | None = None) -> Query:
    """The query alone."""
    return word_query(asked, marks).query


def _english(asked: Question) -> WordedQuery:
    text = without_provinces(asked)
    found, unknown = match(text)
    added = [Expansion(phrase.phrase, (*phrase.vietnamese[:_PER_PHRASE], *phrase.short[:1])) for phrase in found]
    content = [word for word in unknown if word.lower() not in _FUNCTION_WORDS]
    names = [word for word in content if word[1:2].isupper() or any(c.isdigit() for c in word)]
    terms = list(dict.fromkeys(term for expansion in added for term in expansion.terms))
    known = sum(len(phrase.phrase.split()) for phrase in found) + len(names)
    trust = known / max(1, known + len(content) - len(names))
    dense = " ".join([asked.text, *terms])
    return WordedQuery(Query(dense, " ".join([*terms, *names]), LESS_BY_WORDS, "en", trust, asked.text), tuple(added))


def _vietnamese(asked: Question, marks: Marks | None) -> WordedQuery:
    text = without_provinces(asked)
    folded = not asked.diacritics
    tokens = words(fold(text) if folded else text)
    added = []
    for start, end, terms in phrases(tokens, folded):
        said = " ".join(tokens[start:end])
        wanted = tuple(term for term in terms if term != said)[:_PER_PHRASE]
        if wanted and said not in terms and QUESTION_WORDS.sub("", said).strip():
            added.append(Expansion(said, wanted))
    terms_added = list(dict.fromkeys(term for expansion in added for term in expansion.terms))
    former = [name for agency in asked.agencies for name in predecessors(agency)]
    if folded:
        former = [fold(name) for name in former]
    short = {expansion.phrase for expansion in added if " " not in expansion.phrase}  # "soc" is SOC, and no "sóc"
    dense = asked.text if asked.diacritics or marks is None else marks.restore(asked.text, short)
    lexical = " ".join([QUESTION_WORDS.sub(" ", text), *former, *terms_added])
    if folded and marks is not None:
        terms_added = [marks.restore(term) for term in terms_added]
    weights = LESS_BY_WORDS if folded else HYBRID
    return WordedQuery(Query(" ".join([dense, *terms_added]), lexical, weights, "vi", asked=asked.text), tuple(added))


def without_provinces(asked: Question) -> str:
    """The question without the provinces it names: they choose documents, and stand in every passage of those."""
    text = asked.text
    for province in asked.provinces:
        for name in (province.name, *province.aliases):
            text = cut(text, name)
    return text
