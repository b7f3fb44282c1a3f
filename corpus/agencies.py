"""A cell or line that lists agencies, split as the document lists them.

"sở, ban, ngành" is one body of agencies, "Sở Văn hóa, Thể thao và Du lịch" one agency: a comma parts two agencies only
where a word that heads an agency's name follows.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus.vietnamese import fold, squeeze

AGENCY_HEADS = (
    r"(?:[Cc]ác\s+(?:[Ss]ở|đơn vị|cơ quan|doanh nghiệp|địa phương|tổ chức|[Hh]ội|phòng|ngân hàng|xã|huyện|trường|ban)"
    r"|Sở\b|Bộ\b|UBND\b|Ủy ban\b|Uỷ ban\b|Ban\s|BQL\b|Cục\b|Chi cục\b|Tổng cục\b|Văn phòng\b"
    r"|Công an\b|Bộ Chỉ huy\b|Đài\b|Báo\b"
    r"|Cổng\b|Hội\b|Hiệp hội\b|Liên minh\b|Liên đoàn\b|Trung tâm\b|Trường\b|Đại học\b|Bưu điện\b|Ngân hàng\b|Kho bạc\b"
    r"|Bảo hiểm\b|Tỉnh đoàn\b|Thành đoàn\b|Đoàn\s|Thanh tra\b|Viện\b|Tòa án\b|Chủ tịch\b|Giám đốc\b"
    r"|Thủ trưởng\b|Tổ\s|Mặt trận\b"
    r"|MTTQ\b|Viễn thông\b|Công ty\b|Tổng công ty\b|Tập đoàn\b|Phòng\b|VNPT\b|Viettel\b|Điện lực\b"
    r"|Thuế\b|Cơ quan\b|HĐND\b|Tỉnh ủy\b"
    r"|Doanh nghiệp\b|[Cc]ơ quan,? đơn vị|doanh nghiệp\s)"
)
_OTHERS = r"(?:các\s+)?(?:đơn vị|cơ quan)(?:,\s*(?:đơn vị|địa phương))*\s+(?:có\s+)?liên quan"
_SEPARATOR = re.compile(
    rf"\s*;\s*|\s*,\s*(?:và\s+)?(?={AGENCY_HEADS})|(?<!cơ quan),\s*(?:và\s+)?(?={_OTHERS})"
    rf"|\s+và\s+(?={AGENCY_HEADS}|{_OTHERS})"
    r"|\s+-\s+(?=[Cc]ơ quan phối hợp)|\n+"
    r"|(?<!quan báo)(?<!tác báo),\s*(?=(?:báo|đài)(?:\s*,|\s+và\b|\s*;|$))"  # press and broadcasters
)
_INNER_BULLET = re.compile(rf"\s+[-+]\s+(?={AGENCY_HEADS})")
_BULLET = re.compile(r"^[-+•*]\s*")
_TAIL = re.compile(
    r"\s+(?:(?:trong (?:việc|công tác|quá trình|phạm vi)|để|nhằm)\b.*|thuộc phạm vi"
    r"|-\s+(?:[Cc]ơ quan|[Đđ]ơn vị) (?:thường trực|đầu mối)\b.*)$"
)
"""What it is done for, how far it reaches, what the agency is besides."""
_UNCLOSED = re.compile(r"\s*\([^()]*$")  # a remark that was cut off: "Sở Y tế (lồng ghép trong"


def split_agencies(text: str) -> tuple[str, ...]:
    """The agencies of a list, in its order and words.

    >>> split_agencies("Cục Thuế tỉnh, các sở, ban, ngành tỉnh, UBND các cấp.")
    ('Cục Thuế tỉnh', 'các sở, ban, ngành tỉnh', 'UBND các cấp')
    >>> split_agencies("Sở Thông tin và Truyền thông và các cơ quan, đơn vị có liên quan")
    ('Sở Thông tin và Truyền thông', 'các cơ quan, đơn vị có liên quan')
    """
    joined = squeeze(text).rstrip(".;, ")
    if joined.startswith(("- ", "+ ")):  # a bulleted list whose lines were joined
        joined = _INNER_BULLET.sub("; ", joined)
    parts = _SEPARATOR.split(joined)
    cleaned = (_BULLET.sub("", _TAIL.sub("", _UNCLOSED.sub("", part))).strip(" .,;") for part in parts)
    return tuple(dict.fromkeys(part for part in cleaned if part))


@dataclass(frozen=True, slots=True)
class Successor:
    """An agency that took over from a former one; `matters` says which part, "" for the main part."""

    former: str
    name: str
    matters: str
    since: str  # ISO date
    source: str  # the legal source, as `data/agencies.json` gives it


@cache
def _successors() -> tuple[tuple[re.Pattern[str], tuple[Successor, ...]], ...]:
    data = json.loads(resources.files("corpus").joinpath("data/agencies.json").read_text(encoding="utf-8"))
    result = []
    for entry in data["successors"]:
        names = "|".join(
            re.escape(fold(name)) for name in sorted([entry["former"], *entry["aliases"]], key=len, reverse=True)
        )
        heirs = tuple(
            Successor(entry["former"], heir["name"], heir["matters"], entry["since"], entry["source"])
            for heir in entry["to"]
        )
        result.append((re.compile(rf"^(?:{names})(?!\w)"), heirs))
    return tuple(result)


def successors(name: str) -> tuple[Successor, ...]:
    """The agencies that took over in 2025 from the one that a plan names, () when it goes on.

    Legal sources stand in `data/agencies.json`; names are found with or without diacritics.

    >>> [heir.name for heir in successors("Sở Kế hoạch và Đầu tư tỉnh Gia Lai")]
    ['Sở Tài chính']
    >>> successors("Sở Y tế")
    ()
    """
    folded = fold(squeeze(name)).replace("uy ban nhan dan", "ubnd")
    for pattern, heirs in _successors():
        if pattern.match(folded):
            return heirs
    return ()


def predecessors(name: str) -> tuple[str, ...]:
    """The agencies whose main work one of today's took over in 2025, as older plans name them.

    >>> predecessors("Sở Khoa học và Công nghệ")
    ('Sở Thông tin và Truyền thông',)
    """
    folded = fold(squeeze(name))
    return tuple(
        heir.former for _, heirs in _successors() for heir in heirs if fold(heir.name) == folded and not heir.matters
    )


@cache
def agency_names() -> tuple[str, ...]:
    """Names of agencies and bodies as they are written in running text, longest first."""
    data = json.loads(resources.files("corpus").joinpath("data/agencies.json").read_text(encoding="utf-8"))
    return tuple(sorted(data["names"], key=len, reverse=True))
