"""What a question asks for, read off its words: who leads, by when, how much, which tasks, a comparison, ...

Each want is a set of phrases, in Vietnamese with marks and in English. A question with marks is held against the marks
("hạn" is a deadline, "hẳn" is not), one typed without against the folded phrases.
"""

from __future__ import annotations

import re

from corpus.vietnamese import fold, squeeze
from qa.want_words import ENGLISH, VIETNAMESE

_VI = {name: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for name, words in VIETNAMESE.items()}
_VI_FOLDED = {name: re.compile(rf"(?<!\w)(?:{fold(words)})(?!\w)") for name, words in VIETNAMESE.items()}
_EN = {name: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for name, words in ENGLISH.items()}
_PERCENT = re.compile(r"\d*\s*%")


_FROM_WHERE = re.compile(r"\b(từ|tu) (đâu|dau)\b")  # where money comes from, not when


_HOW_MUCH = re.compile(
    r"(?<!\w)(bao nhiêu|bao nhiu|bao nhieu|mấy|may|phần trăm|phan tram|con số|con so|số lượng|so luong|bn"
    r"|mức nào|muc nao|từ đâu lên|tu dau len|how (much|many|far)|percentages?|percent|ranks?|figures?|number of"
    r"|(what|which) (share|proportion|rate|portion|fraction|part(?! of the (year|month|day))|level|turnout|quota"
    r"|ceiling|threshold|targets?))(?!\w)"
)
"""Words that ask for a figure, where others ("mục tiêu", "tỷ lệ", "80%") may only name one."""


def wanted(text: str, language: str, marked: bool) -> frozenset[str]:
    """The wants of a question.

    >>> sorted(wanted("Ai lo SOC, chừng nào xong?", "vi", True))
    ['when', 'who']
    """
    if language == "en":
        shown, patterns = squeeze(text.lower()), _EN
    else:
        shown, patterns = squeeze(text.lower() if marked else fold(text)), _VI if marked else _VI_FOLDED
    found = {name for name, pattern in patterns.items() if pattern.search(shown)}
    if _PERCENT.search(shown):
        found.add("how_much")
    if "budget" in found and not patterns["when"].search(_FROM_WHERE.sub(" ", shown)):
        found.discard("when")
    if "how_often" in found:
        found.add("when")
    if found & {"who", "when"} and not found & {"compare"} and not _HOW_MUCH.search(shown):
        found.discard("how_much")  # "who is to raise the share ... to 80%?" asks for no figure
    if "subject" in found:
        found -= {"definition", "what_to_do", "list_tasks"}
    if found & {"signer", "issued"}:
        found -= {"who", "when", "legal_basis"}
    return frozenset(found)
