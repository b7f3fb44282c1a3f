"""What kind of thing must stand in a passage for it to answer: an amount of money, a name, an hour, a company.

A passage may be all about what is asked and not say it: the plans name the data centre, not its price.
"""

from __future__ import annotations

import re

from corpus.vietnamese import fold, squeeze
from qa.answers.evidence import content
from qa.question import Question

_MUCH = r"(bao nhiêu|bao nhiu|mấy|bn)(?!\s*(%|phần trăm))"
_MONEY = (
    r"(phụ cấp|lương|học phí|trợ giá|giá|tiền công|tiền thưởng|tổng mức đầu tư|mức đầu tư|tổng kinh phí|kinh phí"
    r"|chi phí|mức thu phí|phí|lệ phí)"
)
_VIETNAMESE = {
    "money": (
        rf"{_MUCH} (chục |trăm )?(tỷ|triệu|nghìn|ngàn|đồng|tiền)\b"
        rf"|{_MONEY}( \w+){{0,14}} {_MUCH}( tỷ| triệu| một| 1| mỗi| trên|\s*[^\w\s]|\s*$)|giá cước"
        rf"|phạt( tiền)?( \w+){{0,6}} {_MUCH}"
        rf"|(cho|trả|hỗ trợ|thưởng|tặng) tiền( \w+){{0,12}},? {_MUCH}|hết {_MUCH} tiền|tiền v\b"
        rf"|lương.{{0,40}} tăng( thêm)?"
    ),
    "contact": (
        r"email|số điện thoại của|điện thoại liên hệ|số hotline|số đường dây nóng|địa chỉ liên hệ|số máy|mật khẩu"
    ),
    "hour": r"mấy giờ|giờ nào|mở cửa lúc|giờ (làm việc|mở cửa)",
    "person": (
        r"(giám đốc|chủ tịch|trưởng ban|trưởng đoàn|tổ trưởng|đội trưởng|lãnh đạo|trưởng phòng)( [\w/&-]+){0,14}"
        r" (tên gì|tên là gì|là ai|tên chi|là (đồng chí|ông|bà|vị) nào)|họ (và )?tên|tên tuổi"
    ),
    "company": r"(công ty|nhà thầu|hãng|nhà cung cấp) nào",
}
_ENGLISH = {
    "money": (
        r"how much (money|does .{1,60} cost|do .{1,60} (pay|cost)|will .{1,60} (cost|get paid)|is .{1,60} paid"
        r"|extra pay|pay|compensation)"
        r"|(billion|million) (dong|vnd)|salary|what .{0,40}\b(cost|costs|price)\b|total (cost|budget)|per hectare"
    ),
    "contact": r"phone number|email address|contact details|password",
    "hour": r"what time|opening hours|close on|open on|what hours",
    "person": (
        r"names? of the (director|head|chair)|who is the (director|head|chair\w*|leader) of|name (him|her|them)\b"
    ),
    "company": (
        r"(which|what) ((software|foreign|technology|private|construction|it) )?(vendors?|contractors?|suppliers?)"
    ),
}
_STATED = {
    "money": r"\b\d[\d.,]*\s*(dong|ty|trieu|nghin|ngan|vnd|usd)\b",
    "contact": r"@|www\.|https?:|\b0\d{2,3}[. ]?\d{3}[. ]?\d{3,4}\b|\b1900|\b1800",
    "hour": r"\b\d{1,2}\s*(gio|h)\s*\d{0,2}\b",
    "company": r"\b(cong ty|tap doan|vnpt|viettel|mobifone|fpt)\b",
}
_NAME = re.compile(r"(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Đđ]/c)[\s:]+(?:[A-ZĐÀ-Ỹ][\wà-ỹ]*\s+){1,3}[A-ZĐÀ-Ỹ]")
_VI = {name: re.compile(rf"(?<!\w)(?:{words})") for name, words in _VIETNAMESE.items()}
_VI_FOLDED = {name: re.compile(rf"(?<!\w)(?:{fold(words)})") for name, words in _VIETNAMESE.items()}
_EN = {name: re.compile(rf"(?<!\w)(?:{words})") for name, words in _ENGLISH.items()}
_IS_STATED = {name: re.compile(pattern) for name, pattern in _STATED.items()}


def slots(asked: Question) -> frozenset[str]:
    """The kinds of things that a question can only be answered with.

    >>> from qa.question import understand
    >>> sorted(slots(understand("Tổng kinh phí của đề án là bao nhiêu tỷ đồng?")))
    ['money']
    """
    if asked.language == "en":
        patterns, shown = _EN, asked.text.lower()
    else:
        text = squeeze(content(asked))
        patterns, shown = (_VI, text.lower()) if asked.diacritics else (_VI_FOLDED, fold(text))
    return frozenset(name for name, pattern in patterns.items() if pattern.search(shown))


def states(kinds: frozenset[str], text: str) -> bool:
    """Whether a text holds a thing of each kind.

    >>> states(frozenset({"money"}), "Tổng kinh phí 12,5 tỷ đồng"), states(frozenset({"money"}), "Trên 85% dân số")
    (True, False)
    """
    folded = fold(text)
    return all(_NAME.search(text) if kind == "person" else _IS_STATED[kind].search(folded) for kind in kinds)
