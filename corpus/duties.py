"""Duties in running text: who has to do it, who works with them, and by when, as a sentence says it.

Plans close with a part on who does what: "Sở Y tế: Chủ trì, phối hợp với ...", a heading with the agency's name and its
duties as bullets under it, or "Giao Sở Tài chính ...". What the words do not say stays empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.agencies import AGENCY_HEADS, split_agencies
from corpus.duty_words import NAMES, VERBS
from corpus.time_limits import deadline_in

_CALL = (
    r"(?:(?:Chủ tịch\s+)?(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+(?:[Tt]ỉnh|[Tt]hành phố)\s+(?:yêu cầu|giao"
    r"|đề nghị)\s+|(?:[Gg]iao|Phân công)\s+(?:cho\s+)?|[Đđ]ề nghị\s+|[Yy]êu cầu\s+)"
)
_STARTS_AGENCY = re.compile(rf"^(?P<call>{_CALL})?(?={NAMES})")
_PART_OF = re.compile(
    r"^(?:Trách nhiệm|Nhiệm vụ|Nghĩa vụ|Quyền hạn|Thẩm quyền|Quyền)"
    r"(?:(?:,| và)\s+(?:trách nhiệm|nhiệm vụ|nghĩa vụ|quyền hạn|quyền))*\s+(?:của|đối với)\s+",
    re.IGNORECASE,
)
"""What stands in front of the agency whose part of a regulation an article tells."""
_PARTY = re.compile(
    r"^(?:các\s+)?(?:cơ quan|đơn vị|tổ chức|cá nhân|người|trưởng|thủ trưởng|giám đốc|chủ|cán bộ|công chức|viên chức"
    r"|nhân viên|công chứng viên|doanh nghiệp|nhà đầu tư|nhà thầu|hộ|hội|ban|tổ|văn phòng|chi nhánh|trung tâm|trường"
    r"|bên|thành viên)\s",
    re.IGNORECASE,
)
"""Other parties that have such a part."""
_GROUND = re.compile(
    rf"^(?:Căn cứ|Trên cơ sở|Theo|Thực hiện)\s(?:(?!phối hợp|chủ trì|tham mưu|chỉ đạo)[^.;:]){{3,260}}?,\s+(?={NAMES})"
)
STOP = re.compile(
    r"\s*(?::|\s(?=(?:chủ trì|có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|phối hợp|tham mưu|chủ động|căn cứ"
    r"|là (?:cơ quan|đơn vị) (?:thường trực|đầu mối|chủ trì)"
    r"|(?<!, )(?<!ác )tổ chức (?!chính trị|xã hội|đoàn|kinh tế|có|khác|cá nhân|thành viên)"
    r"|triển khai|thực hiện|hướng dẫn"
    r"|theo dõi|rà soát|xây dựng|tiếp tục|tăng cường|đẩy mạnh|bố trí|cân đối|nghiên cứu|quan tâm"
    r"|kiện toàn|kịp thời|khẩn trương|lồng ghép|thường xuyên|đôn đốc|nghiêm túc|phát huy|nâng cao"
    r"|đề xuất|vận động|định kỳ|phân công|báo cáo|tổng hợp|tuyên truyền|đưa|coi|cập nhật|đăng tải|công bố|tiến hành|gửi"
    r"|bảo đảm|đảm bảo|chỉ đạo|niêm yết|thúc đẩy|chuyển hồ sơ|họp(?! báo)"
    r"|trực tiếp (?:chỉ đạo|chịu|phụ trách|tham mưu|quản lý|thực hiện|tổ chức|triển khai|hướng dẫn))\b)"
    r"|,\s(?=trên cơ sở\b)|\((?=chủ trì))"
)
_ASSIGNED = re.compile(
    r"\s+được (?:giao|phân công)\b[^.;:]*?(?=\s+(?:có trách nhiệm|chịu trách nhiệm|phải|chủ động|nghiêm túc)\b)"
)
_BY_RIGHT = re.compile(r",?\s+(?:theo|căn cứ) (?:chức năng|thẩm quyền|phạm vi|lĩnh vực)\b")
_REFERENCE = re.compile(
    r",?\s+(?:trong|tại|theo|nêu (?:trong|tại))\s+(?:các\s+)?"
    r"(?:Kế hoạch|Phụ lục|Đề án|Chương trình|Quyết định|Chỉ thị)\b"
)
NO_NAME = re.compile(
    r"\b(phân cấp|phải|xem xét|yêu cầu|chấp thuận|quy định|được|khi|nếu|không|đã|sau khi|thẩm quyền"
    r"|Điều \d|quyết định|cấp phép|trường hợp|kèm|nộp|gửi|bị|là"
    r"|kiện toàn|định kỳ|kiểm tra|phân công|cung cấp|tổng hợp|có ý kiến|huy động|quản lý về|gồm"
    r"|có các|có nhiệm vụ|trực tiếp|nghiêm túc|đánh giá|để có|giao)\b"
)
CLOSING = re.compile(
    r"^(Trên đây|Độc lập|Trong quá trình (?:thực hiện|triển khai)|Yêu cầu|Quá trình|Kế hoạch này|Quyết định này)"
)
_LISTED = r"\s+(?=(?:các (?:[Ss]ở|ngành|cơ quan|đơn vị|địa phương)|[Cc]ơ quan|đơn vị|UBND|Ủy ban|Uỷ ban|Sở)\b)"
_WITH = re.compile(
    rf"phối hợp\s+(?:chặt chẽ\s+)?(?:với|cùng(?:\s+với)?|)\s*((?:các\s+|sở,|(?:cơ quan|đơn vị)\s+(?!quản lý|chức năng)"
    rf"|{AGENCY_HEADS})(?:[^.;:]|;{_LISTED})*?)(?=\s+(?:{VERBS})\b|\s*[.:]|\s*;(?!{_LISTED})|$)"
)
_TOLD = re.compile(
    rf"^[Cc]hỉ đạo,?\s+(?:(?:đôn đốc|hướng dẫn|yêu cầu),?\s+)*(?P<who>"
    r"(?:các (?:lực lượng|phòng|đơn vị|cơ quan|cơ sở|trường|trạm|bệnh viện|ngành|địa phương|chi cục|[Tt]ổ|thành viên)"
    rf"|lực lượng|phòng|đơn vị|cơ quan|{AGENCY_HEADS})[^.;:]{{2,120}}?)(?<!cơ sở)\s+(?=(?:{VERBS})\b)"
)
FORMULA = re.compile(
    r"^(?:nghiêm túc\s+)?(?:tổ chức\s+)?(?:triển khai\s+)?thực hiện(?:\s+nghiêm túc)?"
    r"(?:\s+(?:Kế hoạch|Chỉ thị) này)?[./ ]*$"
)
_QUOTA = re.compile(r"(?:^|[:,]\s+|\bđề nghị\s+)(?:[Kk]hông quá|[Tt]ối đa)\s+\d+\s+(?:cá nhân|tập thể|trường hợp)\b")
_MARKER = re.compile(r"^(?:[-–—+•*]\s*|[a-zđ]\)\s*|\d{1,2}(?:\.\d{1,2})*[.)]\s*|(?:Điều|Mục)\s+\d+\.\s*|[IVX]+\.\s*)+")
ENFORCEMENT = re.compile(
    r"chịu trách nhiệm (?:thi hành|thực hiện) (?:[Qq]uyết định|Chỉ thị|Nghị quyết) này"
    r"|căn cứ Quyết định (?:này )?thi hành"
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


def opens_part(text: str) -> bool:
    """Whether a heading begins the part of a party, known as an agency or not: "Nhiệm vụ của ...".

    >>> opens_part("5. Nhiệm vụ của đối tượng kiểm kê"), opens_part("5. Nhiệm vụ và giải pháp")
    (True, False)
    """
    return bool(_PART_OF.match(unmarked(text)))


@lru_cache(maxsize=1024)  # a heading is asked about for every section under it
def agency_of_heading(text: str) -> tuple[str, ...]:
    """The agencies that a heading names and nothing else, as in "2. Sở Y tế" or "Trách nhiệm của Công an tỉnh".

    >>> agency_of_heading("2. Sở Khoa học và Công nghệ:")
    ('Sở Khoa học và Công nghệ',)
    >>> agency_of_heading("Trách nhiệm của Sở Tài chính")
    ('Sở Tài chính',)
    >>> agency_of_heading("2. Tổ chức thực hiện")
    ()
    """
    bare = unmarked(text).rstrip(":. ")
    if part := _PART_OF.match(bare):
        bare = bare[part.end() :][:1].upper() + bare[part.end() + 1 :]
        if not _STARTS_AGENCY.match(bare):
            return split_agencies(bare) if _PARTY.match(bare) and len(bare) <= MAX_LEAD else ()
    found = _STARTS_AGENCY.match(bare)
    if not found or len(bare) > MAX_LEAD:
        return ()
    rest = re.sub(
        r"\s+(?:chủ trì|có trách nhiệm|có nhiệm vụ|có nghĩa vụ|chủ trì,? phối hợp(?: với.*)?|thực hiện)$",
        "",
        bare[found.end("call") if found["call"] else 0 :],
    )
    if NO_NAME.search(rest) or STOP.search(rest + " "):
        return ()
    return split_agencies(rest)


def duty_of(text: str, behind_ground: bool = True) -> Duty | None:
    """The duty of a paragraph that opens with the agency, None for any other paragraph.

    The agency may stand behind the ground of the duty ("Căn cứ Kế hoạch này, các sở, ngành xây dựng ...").

    >>> duty_of("- Sở Y tế: Chủ trì, phối hợp với Sở Tài chính xây dựng kế hoạch trước ngày 15/6/2025.").coordinating
    ('Sở Tài chính',)
    """
    if ENFORCEMENT.search(text):
        return None
    bare = unmarked(text)
    ground = _GROUND.match(bare) if behind_ground else None
    found = _STARTS_AGENCY.match(bare[ground.end() :] if ground else bare)
    if not found:
        return None
    begins = (ground.end() if ground else 0) + found.end()
    name, starts = name_and_rest(bare, begins)
    if not name:
        return None
    rest = bare[starts:].strip(" :,")
    if says_nothing(rest) or (found["call"] and FORMULA.match(rest)):
        return None
    lead = split_agencies(name)
    if not lead:
        return None
    return Duty(rest, lead, coordinating_in(rest), deadline_in(rest))


def name_and_rest(text: str, begins: int, stops: re.Pattern[str] | None = None) -> tuple[str, int]:
    """The agency at the head of a sentence and where its predicate starts; "" when it is no agency's duty.

    >>> name_and_rest("Các cơ quan được giao nhiệm vụ trong Kế hoạch có trách nhiệm báo cáo", 0)
    ('Các cơ quan được giao nhiệm vụ', 45)
    """
    stop = (stops or STOP).search(text, begins)
    if not stop:
        return "", 0
    ends, starts = stop.start(), stop.end()
    if (assigned := _ASSIGNED.search(text, begins)) and assigned.start() < ends:
        if NO_NAME.search(text, begins, assigned.start()):
            return "", 0
        reference = _REFERENCE.search(text, assigned.start(), assigned.end())
        ends, starts = reference.start() if reference else assigned.end(), assigned.end()
    elif NO_NAME.search(text, begins, ends):
        return "", 0
    if by_right := _BY_RIGHT.search(text, begins, ends):
        ends = by_right.start()
    return (text[begins:ends], starts) if 3 < ends - begins <= MAX_LEAD else ("", 0)


def says_nothing(what: str) -> bool:
    """Whether words name no work, but at most partners: "chủ trì, phối hợp với các sở, ngành"."""
    partners = _WITH.search(what)
    if partners and not what[partners.end() :].strip(" .;:/"):
        what = what[: partners.start()]
    return len(what.split()) < 3


def duty_under(text: str, lead: tuple[str, ...]) -> Duty | None:
    """The duty of a paragraph that stands under a heading with the agency's name."""
    if ENFORCEMENT.search(text):
        return None
    bare = unmarked(text)
    if len(bare.split()) < 4 or bare.endswith(":") or CLOSING.match(bare) or _QUOTA.search(bare):
        return None
    return Duty(bare, lead, coordinating_in(bare), deadline_in(bare))


def told_in(text: str) -> tuple[str, ...]:
    """Whom a duty that begins with "chỉ đạo" directs.

    >>> told_in("Chỉ đạo các trường học, cơ sở đào tạo trực thuộc phối hợp với các đơn vị điện lực tổ chức")
    ('các trường học, cơ sở đào tạo trực thuộc',)
    """
    found = _TOLD.match(text)
    return split_agencies(found["who"]) if found else ()


def coordinating_in(text: str) -> tuple[str, ...]:
    """The agencies that "phối hợp với" names.

    >>> coordinating_in("Chủ trì, phối hợp với Sở Nội vụ, Công an tỉnh và các đơn vị liên quan tham mưu UBND tỉnh")
    ('Sở Nội vụ', 'Công an tỉnh', 'các đơn vị liên quan')
    """
    found = _WITH.search(text)
    if not found or len(found.group(1)) > 400:
        return ()
    return split_agencies(found.group(1))
