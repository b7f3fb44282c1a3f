"""A follow-up read with the question before it: "còn Gia Lai thì sao?", "thế còn năm 2030?", "ai phối hợp?".

What the follow-up names takes the place of what the question before named; all else stays. A question that stands by
itself is left as it is.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.provinces import Province
from corpus.vietnamese import fold, squeeze, words
from qa.answers.evidence import content
from qa.answers.metadata_answers import OF_DOCUMENT
from qa.answers.stop_words import STOP_WORDS
from qa.question import Question, understand

_CUE = re.compile(
    r"^(the con|vay con|con|the thi|vay thi|the|vay|va|roi|neu la|tuong tu)\b|\b(thi sao|thi the nao|ra sao|nua)\W*$"
    r"|^(and|what about|how about|or|same (question )?for|then|also|but)\b"
)
_FILLERS = frozenset(
    "con the vay va roi thi sao nao ra tinh cua o tai trong nam den vao ho moi nua cung tuong tu giong do no day nhe a "
    "and what about how or same question for then also but in of the it that there is are province year by".split()
)
_SLOTS = frozenset(
    {"who", "when", "how_much", "coordinating", "directing", "how_often", "signer", "issued", "what_to_do"}
)


def resolve(text: str, previous: str | Question) -> Question:
    """The question that a follow-up asks, given the question before it.

    >>> resolve("còn Gia Lai thì sao?", "Bao nhiêu % dân số Trà Vinh có chữ ký số đến năm 2025?").text
    'Bao nhiêu % dân số Gia Lai có chữ ký số đến năm 2025?'
    >>> resolve("thế còn năm 2030?", "Bao nhiêu % dân số Trà Vinh có chữ ký số đến năm 2025?").years
    ('2030',)
    >>> resolve("Ai lo SOC ở Sơn La?", "Ai ký quyết định 2043?").text
    'Ai lo SOC ở Sơn La?'
    """
    asked = understand(text)
    before = understand(previous) if isinstance(previous, str) else previous
    own = _topic_words(asked)
    cued = bool(_CUE.search(asked.folded))
    if len(own) > 1 and not (cued and len(own) <= 4):
        return asked
    if (
        not cued
        and (asked.wants & OF_DOCUMENT or asked.agencies)
        and (asked.provinces or asked.documents or asked.agencies)
    ):
        return asked
    if (
        own
        and not cued
        and (asked.provinces or asked.documents or not asked.wants & _SLOTS)
        and len(words(asked.text)) > 2
    ):
        return asked
    carried = _carried(asked, before) if own else _changed(asked, before)
    merged = understand(squeeze(carried)[:MAX])
    wants = asked.wants & _SLOTS
    if wants:
        return replace(merged, wants=frozenset(asked.wants))
    return replace(merged, wants=before.wants | (asked.wants & {"provinces", "compare"}), language=before.language)


MAX = 2000  # characters of a question


def _topic_words(asked: Question) -> list[str]:
    """The words of a question that name something, apart from places, years, agencies and words that ask."""
    found = words(fold(content(asked)))
    return [word for word in found if word not in STOP_WORDS and word not in _FILLERS and len(word) > 1]


def _changed(asked: Question, before: Question) -> str:
    """The question before, with the places, years and agencies that the follow-up names in place of its own."""
    text = before.text
    if asked.provinces:
        text = _with_provinces(text, before.provinces, asked.provinces, before.language == "en")
    if asked.years:
        text = _with_years(text, before.years, asked.years, before.language == "en")
    if asked.named:
        name = asked.text[asked.named[0].start : asked.named[0].end]
        if before.named:
            mention = before.named[0]
            text = text.replace(before.text[mention.start : mention.end], name)
        else:
            text = f"{name}: {text}"
    return text


def _with_provinces(text: str, old: tuple[Province, ...], new: tuple[Province, ...], english: bool) -> str:
    names = (" and " if english else " và ").join(province.name for province in new)
    if not old:
        return f"{text.rstrip(' ?.')} {'in' if english else 'ở'} {names}?"
    for at, province in enumerate(old):
        text = _replaced(text, (province.name, *province.aliases), names if at == 0 else "")
    return squeeze(text)


def _with_years(text: str, old: tuple[str, ...], new: tuple[str, ...], english: bool) -> str:
    years = (" and " if english else " và ").join(new)
    if not old:
        return f"{text.rstrip(' ?.')} {'by' if english else 'đến năm'} {years}?"
    text = text.replace(old[0], years)
    for year in old[1:]:
        text = text.replace(year, "")
    return squeeze(text)


def _replaced(text: str, names: tuple[str, ...], by: str) -> str:
    """The text with the first of the names, however its marks are typed, replaced."""
    shown = fold(text)  # folding keeps lengths of composed letters
    for name in sorted(names, key=len, reverse=True):
        pattern = r"[\s-]+".join(re.escape(part) for part in fold(name).split())
        if found := re.search(rf"(?<!\w){pattern}(?!\w)", shown):
            return f"{text[: found.start()]}{by}{text[found.end() :]}"
    return text


def _without_cue(text: str) -> str:
    """The text without the words that tie it to the question before it."""
    shown = fold(text)  # folding keeps lengths of composed letters
    for found in reversed(list(_CUE.finditer(shown))):
        text = f"{text[: found.start()]}{text[found.end() :]}"
    return squeeze(text) or shown


def _carried(asked: Question, before: Question) -> str:
    """The follow-up with place and year of the question before, where it names none; a mere slot keeps its topic."""
    text = _without_cue(asked.text)
    if asked.wants & _SLOTS and len(_topic_words(asked)) < 2:
        text = f"{text.rstrip(' ?.')}: {before.text}"
        return _changed(asked, replace(before, text=text)) if asked.provinces or asked.years else text
    if before.provinces and not asked.provinces:
        text = _with_provinces(text, (), before.provinces, before.language == "en")
    if before.years and not asked.years:
        text = _with_years(text, (), before.years, before.language == "en")
    return text
