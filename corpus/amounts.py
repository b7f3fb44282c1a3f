"""Amounts that an aim sets beside percentages: counts, money, measures and ranks, with their unit and comparator.

A number counts only with a unit that is counted or measured ("80 xã", "2,5 triệu", "500 tỷ đồng"): years, dates,
document numbers and ages are no amounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_UNITS = (
    r"(?:nghìn |triệu |tỷ |tỉ )?(?:đồng|USD|đô la)(?:/\w+(?: \w+)?)?|triệu (?:người|lượt|tấn|thuê bao"
    r"|tài khoản)|triệu|tỷ|nghìn (?:người|lượt|tấn)"
    r"|mô hình|bộ dữ liệu|cơ sở dữ liệu|bộ chỉ số|xã|phường|thị trấn|huyện|thôn"
    r"|tổ công nghệ số(?: cộng đồng)?|tổ|doanh nghiệp|hợp tác xã|người|hộ|cơ sở|sản phẩm"
    r"|trường học|trường|lớp|cuộc thi|cuộc|đề án|dự án|nhiệm vụ|chương trình|nền tảng|hệ thống"
    r"|dịch vụ|thủ tục|điểm|lượt|học sinh|sinh viên|cán bộ|công chức"
    r"|kỹ sư|chuyên gia|trạm|vị trí|km|ha|tấn|con|thiết bị|máy|chỉ tiêu|chỉ số|buổi|hội nghị|hội thảo"
    r"|tin bài|tin, bài|bài|phóng sự|đơn vị|cơ quan|lao động|khu|trung tâm"
    r"|thuê bao|tài khoản|ứng dụng|giải pháp|nhóm|câu lạc bộ|tập thể|cá nhân|bệnh viện|phòng|bậc|lần"
    r"|Gb/s|Mb/s|Gbps|Mbps|MW|kWh|m2|m3"
)
_AMOUNT = re.compile(
    rf"(?<![\d.,/\-–(])(?P<value>\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?|\d+(?:,\d+)?)\s+(?P<unit>{_UNITS})(?![\w/])"
)
_RANK = re.compile(
    r"(?:(?:[Tt]op|TOP)\s+(?P<top>\d{1,3})|nhóm\s+(?P<group>\d{1,2})\s+(?=(?:tỉnh|địa phương))|(?:xếp"
    r"|đứng)\s+(?:hạng\s+|thứ\s+|vị trí\s+)(?:thứ\s+)?(?P<place>\d{1,3}))(?!\s*[\d/])"
)
# Numbers behind these words name something: a document, an article, an age, a period.
_NAMING = re.compile(
    r"(số|Điều|khoản|điểm|Mục|Phụ lục|ngày|tháng|năm|quý|từ đủ|lớp|cấp|loại|hạng|khóa|giai đoạn|thứ"
    r"|khu vực|Quyết định|Nghị quyết|Kế hoạch|Luật|bước|Bước|mức|trong|sau|tuổi)\s*$"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A value as written, its unit, its place in the clause, and whether it is a rank (the smaller, the better)."""

    value: str
    unit: str
    start: int
    end: int
    is_rank: bool = False


def amounts(clause: str) -> Iterator[Amount]:
    """The amounts of a clause, in its order.

    >>> [(a.value, a.unit) for a in amounts("Xây dựng ít nhất 05 mô hình tại 80 xã trong năm 2025")]
    [('05', 'mô hình'), ('80', 'xã')]
    >>> [(a.value, a.unit) for a in amounts("thuộc top 20 cả nước")]
    [('20', 'thứ hạng')]
    """
    found: list[Amount] = []
    for match in _RANK.finditer(clause):
        value = match["top"] or match["group"] or match["place"]
        found.append(Amount(value, "thứ hạng", match.start(), match.end(), True))
    for match in _AMOUNT.finditer(clause):
        if any(rank.start <= match.start() < rank.end for rank in found) or _NAMING.search(clause[: match.start()]):
            continue
        found.append(Amount(match["value"], match["unit"], match.start(), match.end()))
    yield from sorted(found, key=lambda amount: amount.start)
