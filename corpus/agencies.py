"""A cell or line that lists agencies, split as the document lists them.

"sở, ban, ngành" is one body of agencies, "Sở Văn hóa, Thể thao và Du lịch" one agency: a comma parts two agencies only
where a word that heads an agency's name follows.
"""

from __future__ import annotations

import re

from corpus.vietnamese import squeeze

_HEADS = (
    r"(?:[Cc]ác\s+(?:[Ss]ở|đơn vị|cơ quan|doanh nghiệp|địa phương|tổ chức|[Hh]ội|phòng|ngân hàng|xã|huyện|trường|ban)"
    r"|Sở\b|Bộ\b|UBND\b|Ủy ban\b|Uỷ ban\b|Ban\s|BQL\b|Cục\b|Chi cục\b|Tổng cục\b|Văn phòng\b|Công an\b|Bộ Chỉ huy\b|Đài\b|Báo\b"
    r"|Cổng\b|Hội\b|Hiệp hội\b|Liên minh\b|Liên đoàn\b|Trung tâm\b|Trường\b|Đại học\b|Bưu điện\b|Ngân hàng\b|Kho bạc\b"
    r"|Bảo hiểm\b|Tỉnh đoàn\b|Thành đoàn\b|Đoàn\s|Thanh tra\b|Viện\b|Tòa án\b|Chủ tịch\b|Giám đốc\b|Thủ trưởng\b|Tổ\s|Mặt trận\b"
    r"|MTTQ\b|Viễn thông\b|Công ty\b|Tổng công ty\b|Tập đoàn\b|Phòng\b|VNPT\b|Viettel\b|Điện lực\b|Thuế\b|Cơ quan\b|HĐND\b|Tỉnh ủy\b"
    r"|Doanh nghiệp\b|[Cc]ơ quan,? đơn vị|doanh nghiệp\s)"
)
_SEPARATOR = re.compile(rf"\s*;\s*|\s*,\s*(?:và\s+)?(?={_HEADS})|\s+và\s+(?={_HEADS}|(?:các\s+)?đơn vị\s+(?:có\s+)?liên quan)|\s+-\s+(?=[Cc]ơ quan phối hợp)|\n+")
_BULLET = re.compile(r"^[-+•*]\s*")


def split_agencies(text: str) -> tuple[str, ...]:
    """The agencies of a list, in its order and words.

    >>> split_agencies("Cục Thuế tỉnh, các sở, ban, ngành tỉnh, UBND các cấp.")
    ('Cục Thuế tỉnh', 'các sở, ban, ngành tỉnh', 'UBND các cấp')
    >>> split_agencies("Sở Thông tin và Truyền thông và các cơ quan, đơn vị có liên quan")
    ('Sở Thông tin và Truyền thông', 'các cơ quan, đơn vị có liên quan')
    """
    parts = _SEPARATOR.split(squeeze(text).rstrip(".;, "))
    cleaned = (_BULLET.sub("", part).strip(" .,;") for part in parts)
    return tuple(dict.fromkeys(part for part in cleaned if part))
