"""A deadline as a plan writes it, in words for the reader: explained in Vietnamese, translated for English."""

from __future__ import annotations

import re

from corpus.vietnamese import fold, squeeze

_MONTHS = "January February March April May June July August September October November December".split()
_EXPLAIN_VI = "làm liên tục, không ấn định ngày kết thúc"


def explain(deadline: str) -> str:
    """The deadline as written, with what an office word means to everybody.

    >>> explain("thường xuyên")
    'thường xuyên (làm liên tục, không ấn định ngày kết thúc)'
    """
    if re.fullmatch(r"(thuc hien )?thuong xuyen", fold(deadline)):
        return f"{deadline} ({_EXPLAIN_VI})"
    return deadline


def in_english(deadline: str) -> str:
    """The deadline in English, the written words beside it; the written words alone when they cannot be read.

    >>> in_english("trước tháng 6/2025 và thực hiện thường xuyên")
    'before June 2025, then continuously (“trước tháng 6/2025 và thực hiện thường xuyên”)'
    """
    english = _translate(deadline)
    return f"{english} (“{deadline}”)" if english else f"“{deadline}”"


def _translate(deadline: str) -> str:
    folded = squeeze(fold(deadline)).strip(" .;")
    if re.fullmatch(r"(thuc hien )?thuong xuyen", folded):
        return "continuous, no end date"
    folded, then = re.subn(r"\s*(va|,)\s*(thuc hien )?thuong xuyen$", "", folded)
    base = _period(folded)
    return f"{base}, then continuously" if base and then else base


def _period(folded: str) -> str:
    before = "before " if folded.startswith("truoc ") else ""
    rest = re.sub(r"^(truoc|trong|den|den het|het|hoan thanh trong)\s+", "", folded)
    until = "by the end of " if re.match(r"^(den het|het)\b", folded) else "by " if folded.startswith("den ") else ""
    lead = before or until
    if found := re.fullmatch(r"(?:ngay )?(\d{1,2})\s*/\s*(\d{1,2})\s*/\s*(20\d\d)", rest):
        return f"{lead}{int(found[1])} {_month(found[2])} {found[3]}".strip()
    if found := re.fullmatch(r"thang (\d{1,2})\s*(?:/|nam)\s*(20\d\d)", rest):
        return f"{lead}{_month(found[1])} {found[2]}".strip()
    if found := re.fullmatch(r"thang (\d{1,2}) h[aă]ng nam", rest):
        return f"{_month(found[1])} every year"
    if found := re.fullmatch(r"(?:tu )?(?:nam )?(20\d\d)\s*(?:-|–|den)\s*(?:nam )?(20\d\d)", rest):
        return f"from {found[1]} to {found[2]}"
    if found := re.fullmatch(r"quy ([ivx]+|\d)\s*(?:/|nam)\s*(20\d\d)", rest):
        return f"{lead}quarter {found[1].upper()} of {found[2]}".strip()
    if found := re.fullmatch(r"(?:nam )?(20\d\d)", rest):
        return f"{lead or 'in '}{found[1]}"
    if re.fullmatch(r"h[aă]ng nam", rest):
        return "every year"
    return ""


def _month(number: str) -> str:
    return _MONTHS[int(number) - 1] if 1 <= int(number) <= 12 else number
