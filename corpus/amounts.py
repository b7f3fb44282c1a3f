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
_MEASURES = r"Gb/s|Mb/s|Gbps|Mbps|MW|kWh|km|ha|m2|m3"
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_AMOUNT = re.compile(
    rf"(?<![\d.,/\-–(])(?P<value>{_NUMBER})(?:\s+(?P<unit>{_UNITS})|(?P<measure>{_MEASURES}))(?![\w/])"
)
# "2,1 con/phụ nữ", "109 bé trai/100 bé gái", "15 giường bệnh/vạn dân": so many of one thing to so many of another.
_RATIO = re.compile(
    rf"(?<![\d.,/\-–(])(?P<value>{_NUMBER})\s+(?P<unit>[^\W\d]+(?: [^\W\d]+){{0,3}}\s*/\s*(?:\d[\d.]*\s+)?"
    r"(?:vạn |nghìn |triệu )?(?:dân số|dân|phụ nữ|người|bé gái|trẻ sơ sinh gái|trẻ sơ sinh|trẻ em|trẻ|học sinh|hộ|xã"
    r"|phường|thôn|lớp|trường|năm|tháng|tuần|ngày|lần|hồ sơ))(?!\w)"
)
# "dưới 4/100.000 trẻ sinh ra còn sống": the same to a round number of another.
_RATE = re.compile(
    rf"(?<![\d.,/\-–(])(?P<value>{_NUMBER})\s*(?P<unit>/\s*1(?:\.000|0\.000|00\.000)\s+[^\W\d]+"
    r"(?: (?!(?:vào|đến|trong|năm|và|trở|so)\b)[^\W\d]+){0,5})"
)
# A time counts where a limit is set: "không quá 3 ngày làm việc".
_TIME = re.compile(
    r"(?:không quá|tối đa|dưới|không vượt quá|ít nhất|tối thiểu|còn|xuống|thành)\s+(?P<value>\d+(?:,\d+)?)\s+"
    r"(?P<unit>ngày làm việc|ngày|giờ|phút|giây)(?![\w/])"
)
# A number is written out where it is small: "ít nhất một cơ sở y tế".
_WRITTEN_OUT = {
    word: str(value) for value, word in enumerate("một hai ba bốn năm sáu bảy tám chín mười".split(), start=1)
}
_IN_WORDS = re.compile(
    rf"(?:không quá|tối đa|ít nhất|tối thiểu)\s+(?P<value>{'|'.join(_WRITTEN_OUT)})\s+(?:\(\d+\)\s+)?"
    rf"(?P<unit>{_UNITS})(?![\w/])"
)
_COUNTED = re.compile(r"(?!.*/)(?!.*(?:đồng|USD|đô la)$)(?!(?:ngày|giờ|phút|giây|km|ha|m2|m3)\b)(?![A-Z])[^\W\d]")
_RANK = re.compile(
    r"(?:(?:[Tt]op|TOP)\s+(?P<top>\d{1,3})|nhóm\s+(?P<group>\d{1,2})\s+(?=(?:tỉnh|địa phương))|(?:xếp"
    r"|đứng)\s+(?:hạng\s+|thứ\s+|vị trí\s+)(?:thứ\s+)?(?P<place>\d{1,3}))(?!\s*[\d/])"
)
# Numbers behind these words name something: a document, an article, an age, a period.
_NAMING = re.compile(
    r"(số|Điều|khoản|điểm|Mục|Phụ lục|ngày|tháng|năm|quý|từ đủ|lớp|cấp|loại|hạng|khóa|giai đoạn|thứ"
    r"|khu vực|Quyết định|Nghị quyết|Kế hoạch|Luật|bước|Bước|(?<!ở )(?<!đạt )mức|trong|sau|tuổi)\s*$"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A value as written, its unit, its place in the clause, and whether it is a rank (the smaller, the better)."""

    value: str
    unit: str
    start: int
    end: int
    is_rank: bool = False

    @property
    def is_counted(self) -> bool:
        """Whether the unit is what is counted ("80 xã"), a part of what is measured; money and ratios are none."""
        return not self.is_rank and self.unit[:1] != "%" and bool(_COUNTED.match(self.unit))


def amounts(clause: str) -> Iterator[Amount]:
    """The amounts of a clause, in its order.

    >>> [(a.value, a.unit) for a in amounts("Xây dựng ít nhất 05 mô hình tại 80 xã trong năm 2025")]
    [('05', 'mô hình'), ('80', 'xã')]
    >>> [(a.value, a.unit) for a in amounts("thuộc top 20 cả nước")]
    [('20', 'thứ hạng')]
    >>> [(a.value, a.unit) for a in amounts("tổng tỷ suất sinh đạt 2,1 con/phụ nữ; không quá 3 ngày làm việc")]
    [('2,1', 'con/phụ nữ'), ('3', 'ngày làm việc')]
    >>> [(a.value, a.unit) for a in amounts("dưới 4/100.000 trẻ sinh ra còn sống vào năm 2025")]
    [('4', '/100.000 trẻ sinh ra còn sống')]
    >>> [(a.value, a.unit) for a in amounts("Có ít nhất một cơ sở y tế cung cấp dịch vụ")]
    [('1', 'cơ sở')]
    """
    found: list[Amount] = []
    for match in _RANK.finditer(clause):
        value = match["top"] or match["group"] or match["place"]
        found.append(Amount(value, "thứ hạng", match.start(), match.end(), True))
    found += [
        Amount(_WRITTEN_OUT[match["value"]], match["unit"], match.start("value"), match.end())
        for match in _IN_WORDS.finditer(clause)
    ]
    for match in (
        *_RATIO.finditer(clause),
        *_RATE.finditer(clause),
        *_TIME.finditer(clause),
        *_AMOUNT.finditer(clause),
    ):
        begin = match.start("value")
        if any(known.start <= begin < known.end for known in found) or _NAMING.search(clause[:begin]):
            continue
        unit = match["unit"] or match["measure"]
        found.append(Amount(match["value"], unit, begin, match.end()))
    yield from sorted(found, key=lambda amount: amount.start)
