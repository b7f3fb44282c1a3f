"""Who does it, where a sentence begins with the agency and no record was read off it: "Sở Xây dựng đăng tải ..."."""

from __future__ import annotations

import re

from corpus.agencies import AGENCY_HEADS, split_agencies

_BULLET = re.compile(r"^(?:[-+•*–]|\(?[a-zđ]\)|\d+(?:\.\d+)*[.)]?|[IVX]+\.)\s*")
_HEAD = re.compile(
    r"(?!(?:Tổ chức|Ban hành|Báo cáo|Hội nghị|Hội thảo|Trường hợp|Đoàn kết|Viện trợ|Văn phòng phẩm)\b)"
    rf"(?:{AGENCY_HEADS}|[Cc]ác (?:[Tt]rung tâm|tổ chức|cơ quan)\b)"
)
_WITH = re.compile(
    rf"[Pp]hối hợp (?:chặt chẽ )?(?:(?:với|cùng với|cùng)\s+|(?={AGENCY_HEADS}|[Cc]ác (?:[Ss]ở|[Bb]an|cơ quan|đơn vị)))"
)
_PREDICATE = re.compile(
    r"\s(?:có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|phải|chủ trì|phối hợp|thực hiện theo|như sau)(?!\w)"
)
_LONGEST = 14  # words of a name; "UBND 04 xã, thị trấn triển khai thí điểm" has a verb and is one
_NEAR_FRONT = 120  # characters in which a duty says whom it is done with
_VERB = re.compile(
    r"\s+(?:(?:có trách nhiệm|có nhiệm vụ|có ý kiến|có quyền"
    r"|phải|cần|chịu trách nhiệm|chủ động|định kỳ|thường xuyên|tiếp tục|sẽ|được giao|trực tiếp"
    r"|kịp thời|nghiêm túc)\s+)*"
    r"(?:chủ trì|phối hợp|tổng hợp|báo cáo|gửi|xây dựng|tổ chức|thực hiện|triển khai|hướng dẫn|giám sát|kiểm tra"
    r"|theo dõi"
    r"|đôn đốc|đăng tải|tham mưu|chỉ đạo|ban hành|rà soát|cung cấp|hỗ trợ|bố trí|lồng ghép|tuyên truyền|vận động"
    r"|đề xuất"
    r"|chịu|quản lý|thẩm định|cập nhật|đảm bảo|bảo đảm|tham gia|giúp|căn cứ|khẩn trương|quán triệt|đẩy mạnh"
    r"|tăng cường|huy động|thúc đẩy|niêm yết|chuyển hồ sơ|yêu cầu|xem xét|phê duyệt|công bố|phân công"
    r"|tiếp nhận(?! và trả)|họp(?! báo))(?!\w)"
)


def subject(text: str) -> tuple[str, ...]:
    """The agencies that a sentence begins with, in front of its first verb; () when it begins otherwise.

    >>> subject("+ Sở Xây dựng đăng tải thông điệp trên bảng tin"), subject("Tổ chức các lớp, hướng dẫn người dân")
    (('Sở Xây dựng',), ())
    """
    bare = _BULLET.sub("", text.strip())
    head = _HEAD.match(bare)
    verb = _VERB.search(bare, head.end()) if head else None
    if verb is None or verb.start() > 200:
        return ()
    name = bare[: verb.start()].strip(" ,:;")
    return split_agencies(name) if name and ". " not in name else ()


def agencies_alone(heading: str) -> tuple[str, ...]:
    """The agencies of a heading that names them: all of it, or what stands in front of its verb; () for any other.

    >>> agencies_alone("UBND các xã"), agencies_alone("Văn phòng UBND tỉnh có trách nhiệm gửi kết quả như sau")
    (('UBND các xã',), ('Văn phòng UBND tỉnh',))
    >>> agencies_alone("Trường hợp liên quan đến nhiều sở")
    ()
    """
    if not _HEAD.match(heading):
        return ()
    is_sentence = _PREDICATE.search(heading) or (len(heading.split()) > _LONGEST and _VERB.search(heading))
    return subject(heading) if is_sentence else split_agencies(heading)


def partners(text: str) -> tuple[str, ...]:
    """Whom a duty is done with: "Phối hợp với Sở Y tế kiểm tra ..." is done with the Sở Y tế.

    >>> partners("Phối hợp với Sở Y tế kiểm tra, giám sát")
    ('Sở Y tế',)
    >>> partners("Cơ quan Kiểm lâm chủ trì, phối hợp với Cơ quan Công an tổ chức kiểm tra")
    ('Cơ quan Công an',)
    """
    found = _WITH.search(text, 0, _NEAR_FRONT)
    verb = _VERB.search(text, found.end() + 2) if found else None
    if found is None or verb is None or verb.start() - found.end() > 160:
        return ()
    return split_agencies(text[found.end() : verb.start()].strip(" ,:;"))
