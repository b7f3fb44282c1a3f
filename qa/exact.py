"""What a question names to the letter: quoted phrases, numbers of documents, dates, percentages.

Such things are matched as they stand, whatever is near them in meaning: a passage that states "749/QĐ-TTg" is meant
by a question about 749/QĐ-TTg, and one about 748/QĐ-TTg is not.
"""

from __future__ import annotations

import re

from corpus.vietnamese import fold, has_diacritics, squeeze

_QUOTED = re.compile(r"[\"“”«»]([^\"“”«»]{3,120})[\"“”«»]")
_NUMBER = re.compile(r"\b\d{1,5}(?:/\d{4})?/[A-Za-zĐđ]{2,5}(?:-[A-Za-zĐđ0-9]{2,8})+\b")
_DATE = re.compile(r"(?<![\d/])(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)(?!\d)")
_DATE_IN_WORDS = re.compile(r"ng[àa]y\s+(\d{1,2})\s+th[áa]ng\s+(\d{1,2})\s+n[ăa]m\s+((?:19|20)\d\d)", re.IGNORECASE)
_PERCENTAGE = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{1,2})?\s?%")


def named_exactly(question: str) -> tuple[tuple[str, ...], ...]:
    """Each thing that is named to the letter, by the forms it may stand in; see `plain` for how they are written.

    >>> named_exactly("Quyết định 749/QĐ-TTg nêu 80%?")
    (('749/qđ-ttg',), ('80%',))
    >>> named_exactly("10/10/2022")
    (('10/10/2022', '10 tháng 10 năm 2022'),)
    """
    found: list[tuple[str, ...]] = [(plain(phrase),) for phrase in _QUOTED.findall(question)]
    found += [(plain(number),) for number in _NUMBER.findall(question)]
    found += [_forms(*parts) for parts in (*_DATE.findall(question), *_DATE_IN_WORDS.findall(question))]
    for percentage in _PERCENTAGE.findall(question):
        written = plain(percentage)
        found.append(tuple(dict.fromkeys([written, written.replace(".", ","), written.replace(",", ".")])))
    return tuple(dict.fromkeys(forms for forms in found if forms[0]))


def plain(text: str) -> str:
    """A text in small letters, with single spaces, and none before a percent sign.

    >>> plain("Trên  85 % dân số")
    'trên 85% dân số'
    """
    return squeeze(text).lower().replace(" %", "%")


def states_exactly(forms: tuple[str, ...], text: str, folded: str) -> bool:
    """Whether a text (plain, and folded) states one of the forms as whole words; forms without marks match any marks.

    >>> states_exactly(("80%",), "đạt 80% dân số", ""), states_exactly(("80%",), "đạt 180%", "dat 180%")
    (True, False)
    """
    return any(_holds(form, text if has_diacritics(form) else folded or fold(text)) for form in forms)


def _holds(form: str, text: str) -> bool:
    at = text.find(form)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(form) : at + len(form) + 1]
        if not (before.isalnum() and form[0].isalnum()) and not (after.isalnum() and form[-1].isalnum()):
            return True
        at = text.find(form, at + 1)
    return False


def _forms(day: str, month: str, year: str) -> tuple[str, ...]:
    days = dict.fromkeys([str(int(day)), f"{int(day):02}"])
    months = dict.fromkeys([str(int(month)), f"{int(month):02}"])
    written = [f"{d}/{m}/{year}" for m in months for d in days]
    return (*written, *(f"{d} tháng {m} năm {year}" for m in months for d in days))
