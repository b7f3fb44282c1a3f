"""The title of a document, out of the capitals it is printed in and into running text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.agencies import agency_names
from corpus.blocks import Block
from corpus.clean import is_kind_line
from corpus.provinces import provinces
from corpus.vietnamese import UPPER, fold, squeeze

_ACRONYMS = (
    "UBND HĐND CNTT AI IoT 5G TTHC ODA PPP FDI OCOP VNeID BHYT BHXH GRDP GDP KH&CN TT&TT QPPL TW CCHC HTX PCCC ICT"
    " ĐBSCL MTTQ TP.HCM ASEAN WTO USD STEM"
).split()
_AUTHORITY = re.compile(r"^(chu tich )?(uy ban nhan dan|hoi dong nhan dan|thu tuong)")
# The issuing authority printed under the title and joined to it; not the end of "... thuộc thẩm quyền của UBND tỉnh".
_TRAILING = re.compile(
    rf"\s+(?:CHỦ TỊCH\s+)?(?:ỦY|UỶ) BAN NHÂN DÂN (?:TỈNH|THÀNH PHỐ)(?:\s+[{UPPER}-]+){{1,5}}$"
    rf"|\s+HỘI ĐỒNG NHÂN DÂN (?:TỈNH|THÀNH PHỐ)(?:\s+[{UPPER}-]+){{1,5}}$"
)
_HANGING = ("CỦA", "CHO", "QUYẾT", "BỞI", "DO", "VÀ", "SỞ", "THUỘC", "VỚI", "ĐỐC", "-", "PHÒNG", "TỈNH,", "LÝ")


def title_of(head: Sequence[Block]) -> str:
    """The lines behind the kind line, before the issuing authority is named again or running text begins."""
    for index, block in enumerate(head):
        if not is_kind_line(block.text):
            continue
        lines: list[str] = []
        for following in head[index + 1 :]:
            is_upper = following.text.upper() == following.text
            if _AUTHORITY.match(fold(following.text)) or (lines and not is_upper) or following.text.startswith("("):
                break
            lines.append(following.text)
            if not is_upper:
                break
        return in_sentence_case(_without_authority(squeeze(" ".join(lines))))
    return ""


def _without_authority(title: str) -> str:
    found = _TRAILING.search(title)
    if found and not title[: found.start()].rstrip().endswith(_HANGING):
        return title[: found.start()].rstrip()
    return title


def in_sentence_case(title: str) -> str:
    """A title in capitals as it is written in running text; names, numbers and acronyms keep their letters.

    >>> in_sentence_case("PHÊ DUYỆT ĐỀ ÁN CHUYỂN ĐỔI SỐ TỈNH TRÀ VINH THEO QUYẾT ĐỊNH SỐ 411/QĐ-TTG CỦA SỞ Y TẾ")
    'Phê duyệt đề án chuyển đổi số tỉnh Trà Vinh theo quyết định số 411/QĐ-TTg của Sở Y tế'
    """
    if title.upper() != title:
        return title[:1].upper() + title[1:]
    lowered = title.lower()
    result = lowered[:1].upper() + lowered[1:]
    for name in (*agency_names(), *_province_names(), *_ACRONYMS):
        result = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", name, result, flags=re.IGNORECASE)
    result = re.sub(r"\S*\d\S*/\S+", lambda found: _number(title, found), result)
    return re.sub(
        r"(?<![\w/])(?!(?:vi|xi)\b)([ivx]{2,}|[iv](?=\.|\)|$))(?![\w/])", lambda found: found[1].upper(), result
    )


def _number(title: str, found: re.Match[str]) -> str:
    """A document number in capitals, as the original has it; TTG is the Prime Minister's "TTg"."""
    written = title[found.start() : found.end()]
    return re.sub(r"TTG\b", "TTg", written) if len(written) == len(found[0]) else found[0]


def _province_names() -> tuple[str, ...]:
    return tuple(sorted({province.name for province in provinces()}, key=len, reverse=False))
