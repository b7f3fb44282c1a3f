"""Which kind of agency a question asks for, and of how many things: "sở nào" is answered by a Sở alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from corpus.vietnamese import fold
from qa.question import Question

_COMPANY = r"doanh nghiệp|VNPT|Viettel|MobiFone|FPT|công ty|tổng công ty|tập đoàn|bưu điện|viễn thông|điện lực"
_MASS = r"hội|đoàn|tỉnh đoàn|thành đoàn|huyện đoàn|liên minh|liên đoàn|liên hiệp|hiệp hội|mặt trận|MTTQ|ủy ban MTTQ"
_LOCAL = r"UBND|ủy ban nhân dân|chủ tịch (?:UBND|ủy ban nhân dân)|HĐND"
_KINDS = {  # what is asked for, and how names of its kind begin
    "sở": r"(?:các )?sở",
    "bộ": r"bộ(?! chỉ huy| CHQS)",
    "hội|hội đoàn|đoàn thể": _MASS,
    "công ty|doanh nghiệp|nhà mạng": _COMPANY,
    "ngân hàng": r"ngân hàng|các ngân hàng",
    "văn phòng": "văn phòng",
    "trung tâm": "trung tâm",
    "cấp|địa phương|xã|huyện|phường": _LOCAL,
    "trường": "trường|các trường|đại học|học viện",
    "viện": "viện",
    "tổ": "tổ|các tổ",
    "cục": "cục|chi cục|tổng cục",
    "phòng": "phòng|các phòng",
}
_ENGLISH = {
    "department": r"(?:các )?sở|phòng|cục|chi cục",
    "ministry": r"bộ(?! chỉ huy| CHQS)",
    "union|association|society": _MASS,
    "company|firm|business|operator|carrier": _COMPANY,
    "bank": r"ngân hàng|các ngân hàng",
    "school|university": "trường|các trường|đại học|học viện",
}
_VI = [
    (re.compile(rf"(?<!\w)(?:{asked}) (?:nào|gì)(?!\w)"), re.compile(rf"(?:{fold(names)})(?!\w)"))
    for asked, names in _KINDS.items()
]
_VI_FOLDED = [
    (re.compile(rf"(?<!\w)(?:{fold(asked)}) (?:nao|gi)(?!\w)"), re.compile(rf"(?:{fold(names)})(?!\w)"))
    for asked, names in _KINDS.items()
]
_EN = [
    (re.compile(rf"\b(?:which|what) (?:\w+ )?(?:{asked})\b"), re.compile(rf"(?:{fold(names)})(?!\w)"))
    for asked, names in _ENGLISH.items()
]


def of_other_kind(asked: Question, agencies: Iterable[str]) -> bool:
    """Whether a question asks for agencies of a kind, and none of these is of it.

    >>> from qa.question import understand
    >>> of_other_kind(understand("Sở nào chủ trì?"), ["UBND tỉnh"])
    True
    """
    kinds = _kinds(asked.text if asked.diacritics else asked.folded, asked.language, asked.diacritics)
    names = [fold(agency) for agency in agencies]
    return bool(kinds) and not any(kind.match(name) for kind in kinds for name in names)


@lru_cache(maxsize=500)
def _kinds(text: str, language: str, marked: bool) -> tuple[re.Pattern[str], ...]:
    patterns = _EN if language == "en" else _VI if marked else _VI_FOLDED
    shown = text.lower()
    return tuple(names for question, names in patterns if question.search(shown))


_WHO = re.compile(
    r"\b(?<!cung )(?<!voi )(?<!keo )"
    r"(?:ai|(?:so|co quan|don vi|ben|cap|noi|van phong|nganh|to chuc|luc luong) nao"
    r"|who|which (?:\w+ )?(?:agency|department|office|body|unit|authority))\b"
    r"(?! (?:cung|phu|giup|ho tro|phoi hop|di|ra lenh|helps?|backs?|supports?|assists?))"
)
_EACH = re.compile(
    r"\b(?:moi|tung) (?:khoan|viec|phan|loai|khau|mang|nguon)\b"
    r"|\b(?:khoan|viec|phan|loai|mang) nao\b|\beach\b(?! (?:day|week|month|quarter|year))"
)


def asks_several(asked: Question) -> bool:
    """Whether it is asked who does each of two things; who helps with one is none of them.

    >>> from qa.question import understand
    >>> asks_several(understand("Vốn đầu tư và vốn sự nghiệp: sở nào lo khoản nào?"))
    True
    >>> asks_several(understand("Sở nào chủ trì, làm cùng ai?"))
    False
    """
    text = fold(re.sub(r"\bAI\b", " ", asked.text))  # artificial intelligence, and no "ai"
    found = len(_WHO.findall(text))
    return found > 1 or bool(found and _EACH.search(text))
