"""Whether the names in a reworded sentence stand in the passages that it cites.

A name is an agency that planqa knows, in either language, or a run of words with capitals; Vietnamese capitalises the
first syllable of a word, so the syllable behind a run is held against the passage with it ("Sở Tài chính" is not
"Sở Tài nguyên").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.agencies import AGENCY_HEADS
from corpus.provinces import provinces, today_of
from corpus.vietnamese import LOWER, UPPER, fold, squeeze
from qa.agencies import translate
from qa.glossary import match
from qa.llm.agencies import english_names, named, vietnamese_names
from qa.llm.support import joins
from qa.types import Citation, Language

_TOKEN = re.compile(rf"[{UPPER}{LOWER}\w&’']+|[^\s\w]")
_HEAD = re.compile(AGENCY_HEADS)
_CONNECTORS = frozenset({"và", ",", "-", "–", "&"})
_AFTER_NAME = frozenset(
    "tỉnh huyện xã thành và các với để phối chủ chịu là thực được giao phải có tham chỉ hướng trong sẽ theo "
    "cùng".split()
)
_OPENERS = frozenset(
    "kế mục nhiệm phối chỉ cơ văn hạn người đơn quyết cụ bên nội tỷ tỉ đối phần hai ba bốn tasks targets provincial "
    "every according coordination".split()
)
_GENERIC = frozenset({"cơ quan", "ban hành", "báo cáo", "tổ chức"})  # begin like an agency's name
_ENGLISH_OWN = frozenset(
    "decision plan directive resolution programme action scheme notice report guidance telegram submission official "
    "letter regulation provisions charter strategy master document no article clause point appendix part chapter "
    "section province city district i people's committee council of vietnam viet nam vietnamese english".split()
)


def unknown_name(sentence: str, cited: Sequence[Citation], plain: str, language: Language) -> bool:
    """Whether a sentence names somebody or something that neither its citations nor the plain answer names.

    `sentence` is without markers and figures; `plain` is what the plain answer says with the same citations.
    """
    places = dict.fromkeys(name for c in cited if c.province for name in (c.province, today_of(c.province)))
    sources = squeeze(" ; ".join([*(c.quote for c in cited), *(c.citation for c in cited), *places, plain]))
    known = frozenset(named(sources, vietnamese_names()))
    allowed = frozenset(english for english in map(translate, known) if english)
    rest = squeeze(sentence)
    for name in named(rest, vietnamese_names()):
        if name not in known and translate(name) not in allowed:
            return True
        rest = _cut(rest, name)
    for name in named(rest, english_names()):
        if name not in {english.lower() for english in allowed} and name not in plain.lower():
            return True
        rest = _cut(rest, name)
    held = " ; ".join([sources, *(c.citation_en for c in cited)])
    if language == "en":
        held = fold(held)
    if any(_elsewhere(name, rest, held) for name in _province_names()):
        return True
    return any(not _stands(run, following, held, language) for run, following in _runs(rest, held, language))


def _cut(text: str, name: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ; ", text, flags=re.IGNORECASE)


def _province_names() -> tuple[str, ...]:
    return tuple(province.name for province in provinces())


def _elsewhere(name: str, text: str, held: str) -> bool:
    """Whether the text names a province, marks aside, that is named nowhere else."""
    if name not in text and not re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w)", fold_capitals(text)):
        return False
    return fold(name) not in fold(held)


def fold_capitals(text: str) -> str:
    """The words of a text that begin with a capital, folded; others as a bar, so that no name is read across them."""
    return " ".join(fold(word) if word[:1].isupper() else "|" for word in re.findall(r"\w+", text))


def _runs(text: str, held: str, language: Language) -> list[tuple[str, str]]:
    """Runs of capitalised words, chained through "và" and commas behind an agency's head, and the word behind each."""
    tokens = _TOKEN.findall(text)
    result, at = [], 0
    while at < len(tokens):
        if not tokens[at][:1].isupper():
            at += 1
            continue
        opens = at == 0 or tokens[at - 1] in ("“", "”", '"', ":", ".", ";", "?", "!", "(")
        start = at
        is_agency = language == "vi" and _HEAD.match(" ".join(tokens[at : at + 4])) is not None
        at += 1
        while at < len(tokens):
            if tokens[at][:1].isupper():
                if is_agency and _HEAD.match(" ".join(tokens[at : at + 4])) and tokens[at - 1] in _CONNECTORS:
                    break
                at += 1
            elif is_agency and (chained := _chained(tokens, at)):
                at = chained
            else:
                break
        if opens and not is_agency and at - start > 1 and joins(tokens[start].lower()):
            start += 1  # "Theo Quyết định": the name begins behind the first word
        run = _joined(tokens[start:at])
        following = tokens[at] if at < len(tokens) and tokens[at][:1].isalpha() else ""
        if at - start == 1 and f"{run} {following}".lower() in _GENERIC:
            continue
        if opens and at - start == 1 and not is_agency and _opens_a_sentence(run, held):
            continue
        result.append((run, following))
    return result


def _chained(tokens: Sequence[str], at: int) -> int:
    """The place of the next capitalised word of an agency's name: "Truyền" behind "tin và"; 0 when there is none."""
    step = at
    if tokens[step][:1].islower() and tokens[step] not in _CONNECTORS:
        step += 1
    connected = False
    while step < len(tokens) and tokens[step] in _CONNECTORS:
        connected, step = True, step + 1
    if not connected or step >= len(tokens) or not tokens[step][:1].isupper():
        return 0
    return 0 if _HEAD.match(" ".join(tokens[step : step + 4])) else step


def _joined(tokens: Sequence[str]) -> str:
    return re.sub(r"\s+([,.;:])", r"\1", " ".join(tokens))


def _opens_a_sentence(word: str, held: str) -> bool:
    """Whether a capitalised word at the beginning of a sentence is no name."""
    small = word.lower()
    return small in _OPENERS or joins(small) or bool(match(small)[0]) or _search(small, held) is not None


def _stands(run: str, following: str, held: str, language: Language) -> bool:
    """Whether a name stands in the sources to its end."""
    if language == "en":
        words = [word for word in re.findall(r"[\w’']+", run) if word.lower() not in _ENGLISH_OWN]
        return not words or _search(fold(" ".join(words)), held) is not None
    if following.islower() and _search(f"{run} {following}", held):
        return True
    for hit in re.finditer(rf"(?<!\w){re.escape(run)}(?!\w)", held, re.IGNORECASE):
        after = re.match(r"\s*([^\W\d]+)", held[hit.end() :])
        if not following.islower() or after is None or not after[1].islower() or after[1] in _AFTER_NAME:
            return True
    return False


def _search(name: str, held: str) -> re.Match[str] | None:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", held, re.IGNORECASE)
