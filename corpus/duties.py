"""Duties in running text: who has to do it, who works with them, and by when, as a sentence says it.

Plans close with a part on who does what: "Sở Y tế: Chủ trì, phối hợp với ...", a heading with the agency's name and its
duties as bullets under it, or "Giao Sở Tài chính ...". What the words do not say stays empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.agencies import AGENCY_HEADS, split_agencies

_VERBS = (
    r"chủ trì|chủ động|có trách nhiệm|chịu trách nhiệm|phối hợp|tham mưu|thực hiện"
    r"|tổ chức(?!\s+(?:chính trị|xã hội|đoàn thể|thành viên|có|cá nhân|khác|hội|kinh tế|quốc tế|,))"
    r"|hướng dẫn|xây dựng|rà soát|triển khai|đẩy mạnh|tăng cường"
    r"|theo dõi|kiểm tra|đôn đốc|nghiên cứu|đề xuất|trình|báo cáo|ban hành|cung cấp|đảm bảo|bảo đảm"
    r"|tuyên truyền|phổ biến|lồng ghép|căn cứ|chỉ đạo"
    r"|bố trí|cân đối|thẩm định|tổng hợp|vận động|phát triển|quản lý|giám sát|đánh giá|hoàn thiện"
    r"|lựa chọn|kết nối|giải quyết|xử lý|hỗ trợ|khuyến khích"
    r"|lập|phân bổ|mở|duy trì|nâng cao|ứng dụng|tiếp tục|khẩn trương|phát hiện|tập huấn|bồi dưỡng"
    r"|đào tạo|cụ thể|huy động|quán triệt"
    r"|tích hợp|tiếp nhận|công bố|cập nhật|niêm yết|phê duyệt|thông báo|đăng tải|quyết định|định kỳ"
    r"|thường xuyên|kịp thời|trong|khi"
    r"|để|nhằm|theo|trên cơ sở|tiến hành|bảo vệ|khảo sát|thống kê|in ấn|biên soạn|giúp|làm|gửi|cử"
    r"|tham gia|điều phối|ưu tiên|khai thác|kiểm soát|thúc đẩy"
)
_NAMES = (
    r"(?:[Cc]ác\s+(?:[Ss]ở|[Bb]an|đơn vị|cơ quan|doanh nghiệp|địa phương|tổ chức|[Hh]ội|ngân hàng|xã"
    r"|huyện|phòng)|Sở(?:,|\s+[A-ZĐ])|Sở\s+(?:và|có)"
    r"|Bộ (?:Chỉ huy|CHQS|[A-ZĐ])|Công an\s|UBND\s|HĐND\s|[ỦU][ỷyỳ]? ?[Bb]an\s+(?:nhân dân|Mặt trận"
    r"|MTTQ)|Ủy ban\s|Uỷ ban\s|Văn phòng\s|BQL\s|Ban (?:[A-ZĐ])"
    r"|Ngân hàng\s|Kho bạc\s|Bảo hiểm\s|Tỉnh đoàn|Thành đoàn|Đoàn\s(?:TN|Thanh)|Hội\s[A-ZĐ]"
    r"|Hiệp hội\s|Đài\s|Báo\s(?:và\s)?[A-ZĐ]|Cổng\s|Trung tâm\s[A-ZĐ]"
    r"|Chi cục\s|Cục\s|Thuế\s|Thanh tra\s|Thủ trưởng\s|Giám đốc\s|Chủ tịch\s|Chánh\s|Doanh nghiệp\s"
    r"|Viễn thông\s|VNPT|Viettel|Liên minh\s|Liên đoàn\s"
    r"|Liên hiệp\s|Bưu điện\s|Tòa án\s|Viện\s[A-ZĐ]|Mặt trận\s|MTTQ\s|Đại học\s|Trường\s(?:Đại|Cao"
    r"|Chính)|Tổ công nghệ|Người đứng đầu\s)"
)
_CALL = (
    r"(?:(?:Chủ tịch\s+)?(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+(?:tỉnh|thành phố)\s+(?:yêu cầu|giao"
    r"|đề nghị)\s+|[Gg]iao\s+(?:cho\s+)?|[Đđ]ề nghị\s+|[Yy]êu cầu\s+)"
)
_STARTS_AGENCY = re.compile(rf"^(?P<call>{_CALL})?(?={_NAMES})")
_STOP = re.compile(
    r"\s*(?::|\s(?=(?:chủ trì|có trách nhiệm|chịu trách nhiệm|phối hợp|tham mưu|chủ động|căn cứ"
    r"|tổ chức (?!chính trị|xã hội|đoàn|kinh tế|có|khác|cá nhân|thành viên)|triển khai|thực hiện|hướng dẫn"
    r"|theo dõi|rà soát|xây dựng|tiếp tục|tăng cường|đẩy mạnh|bố trí|cân đối|nghiên cứu|quan tâm"
    r"|chỉ đạo)\b)|\((?=chủ trì))"
)
_NO_NAME = re.compile(
    r"\b(phân cấp|phải|xem xét|yêu cầu|chấp thuận|quy định|được|khi|nếu|không|đã|sau khi|thẩm quyền"
    r"|Điều \d|quyết định|cấp phép|trường hợp|kèm|nộp|gửi|bị|là"
    r"|kiện toàn|định kỳ|kiểm tra|phân công|cung cấp|tổng hợp|có ý kiến|huy động|quản lý về|gồm"
    r"|có các|có nhiệm vụ|trực tiếp|nghiêm túc|đánh giá|để có|giao)\b"
)
_CLOSING = re.compile(
    r"^(Trên đây|Độc lập|Trong quá trình (?:thực hiện|triển khai)|Yêu cầu|Quá trình|Kế hoạch này|Quyết định này)"
)
_WITH = re.compile(
    rf"phối hợp\s+(?:chặt chẽ\s+)?(?:với|cùng(?:\s+với)?|)\s*((?:các\s+"
    rf"|{AGENCY_HEADS})[^.;:]*?)(?=\s+(?:{_VERBS})\b|\s*[.;:]|$)"
)
_BOUND = (
    r"(?:(?:ngày\s+)?\d{1,2}[/-]\d{1,2}(?:[/-]\d{4}|\s+hằng năm|\s+hàng năm)"
    r"|ngày\s+\d{1,2}(?:\s+tháng\s+\d{1,2})?(?:\s+năm\s+\d{4}|\s+h[ằà]ng (?:năm|quý|tháng))"
    r"|tháng\s+\d{1,2}(?:[/-]\d{4}|\s+năm\s+\d{4}|\s+h[ằà]ng năm)|[Qq]uý\s+[IVX\d]+(?:[/-]\d{4}"
    r"|(?:\s+năm)?\s+\d{4})|năm\s+20\d\d)"
)
_DEADLINE = re.compile(
    rf"(?:[Tt]rước(?:\s+thời điểm)?|[Cc]hậm nhất(?:\s+là)?(?:\s+(?:vào|trước|đến))?"
    rf"|[Hh]oàn thành\s+(?:trước|trong|chậm nhất)|[Tt]rong)\s+{_BOUND}"
    r"|[Đđ]ịnh kỳ\s+(?:vào\s+)?(?:[0-9]+\s+tháng|h[ằà]ng (?:tháng|quý|năm)|h[ằà]ng tuần"
    r"|6 tháng)(?:,\s*(?:h[ằà]ng\s+)?năm)?|^H[ằà]ng (?:năm|quý|tháng)\b"
)
_MARKER = re.compile(r"^(?:[-–—+•*]\s*|[a-zđ]\)\s*|\d{1,2}(?:\.\d{1,2})*[.)]\s*|(?:Điều|Mục)\s+\d+\.\s*|[IVX]+\.\s*)+")
_ENFORCEMENT = re.compile(
    r"chịu trách nhiệm (?:thi hành|thực hiện) (?:Quyết định|Chỉ thị|Nghị quyết) này|căn cứ Quyết định (?:này )?thi hành"
)
MAX_LEAD = 220


@dataclass(frozen=True, slots=True)
class Duty:
    """What is to be done, by whom, with whom, by when ("" where the sentence does not say)."""

    what: str
    lead: tuple[str, ...]
    coordinating: tuple[str, ...]
    deadline: str


def unmarked(text: str) -> str:
    """The text without the numbers and bullets that open it."""
    return _MARKER.sub("", text, count=1)


def agency_of_heading(text: str) -> tuple[str, ...]:
    """The agencies that a heading names and nothing else, as in "2. Sở Y tế" or "- Giao Công an tỉnh:".

    >>> agency_of_heading("2. Sở Khoa học và Công nghệ:")
    ('Sở Khoa học và Công nghệ',)
    >>> agency_of_heading("2. Tổ chức thực hiện")
    ()
    """
    bare = unmarked(text).rstrip(":. ")
    found = _STARTS_AGENCY.match(bare)
    if not found or len(bare) > MAX_LEAD:
        return ()
    rest = re.sub(
        r"\s+(?:chủ trì|có trách nhiệm|chủ trì,? phối hợp(?: với.*)?|thực hiện)$",
        "",
        bare[found.end("call") if found["call"] else 0 :],
    )
    if _NO_NAME.search(rest) or _STOP.search(rest + " "):
        return ()
    return split_agencies(rest)


def duty_of(text: str) -> Duty | None:
    """The duty of a paragraph that opens with the agency, None for any other paragraph.

    >>> duty_of("- Sở Y tế: Chủ trì, phối hợp với Sở Tài chính xây dựng kế hoạch trước ngày 15/6/2025.").coordinating
    ('Sở Tài chính',)
    """
    if _ENFORCEMENT.search(text):
        return None
    bare = unmarked(text)
    found = _STARTS_AGENCY.match(bare)
    if not found:
        return None
    begins = found.end("call") if found["call"] else 0
    stop = _STOP.search(bare, begins)
    if not stop or not 0 < stop.start() - begins <= MAX_LEAD or _NO_NAME.search(bare, begins, stop.start()):
        return None
    rest = bare[stop.end() :].strip(" :,")
    if len(rest.split()) < 3:
        return None
    lead = split_agencies(bare[begins : stop.start()])
    if not lead:
        return None
    return Duty(rest, lead, coordinating_in(rest), deadline_in(rest))


def duty_under(text: str, lead: tuple[str, ...]) -> Duty | None:
    """The duty of a paragraph that stands under a heading with the agency's name."""
    if _ENFORCEMENT.search(text):
        return None
    bare = unmarked(text)
    if len(bare.split()) < 4 or bare.endswith(":") or _CLOSING.match(bare):
        return None
    return Duty(bare, lead, coordinating_in(bare), deadline_in(bare))


def coordinating_in(text: str) -> tuple[str, ...]:
    """The agencies that "phối hợp với" names.

    >>> coordinating_in("Chủ trì, phối hợp với Sở Nội vụ, Công an tỉnh và các đơn vị liên quan tham mưu UBND tỉnh")
    ('Sở Nội vụ', 'Công an tỉnh', 'các đơn vị liên quan')
    """
    found = _WITH.search(text)
    if not found or len(found.group(1)) > 400:
        return ()
    return split_agencies(found.group(1))


def deadline_in(text: str) -> str:
    """The time limit that a sentence sets, in its own words, "" when it sets none.

    >>> deadline_in("gửi báo cáo về Sở Nội vụ trước ngày 15/12 hằng năm để tổng hợp")
    'trước ngày 15/12 hằng năm'
    >>> deadline_in("theo Quyết định số 1/QĐ-UBND ngày 15/6/2025")
    ''
    """
    found = _DEADLINE.search(text)
    return found.group().strip() if found else ""
