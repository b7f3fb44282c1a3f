"""What a labelled line or a column of a table says about a task: who leads, who coordinates, who directs, by when."""

from __future__ import annotations

import re
from typing import Literal

from corpus.vietnamese import fold

Role = Literal["task", "lead", "coordinating", "directing", "deadline", "note", "ordinal"]

_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("ordinal", re.compile(r"^(stt|tt|so tt|so thu tu|thu tu( cong viec)?|cac buoc|buoc( thuc hien)?)$")),
    (
        "note",
        re.compile(
            r"^(ma so|ma tthc|ma thu tuc|ma ho so|phi|le phi|dia diem|dia chi|cach thuc|can cu"
            r"|co so phap ly|san pham|ket qua|kinh phi|nguon|linh vuc)\b"
        ),
    ),
    ("deadline", re.compile(r"\b(thoi gian|thoi han|tien do|han hoan thanh|ky han|moc hoan thanh|lo trinh)\b")),
    ("directing", re.compile(r"\b(chi dao|lanh dao phu trach|theo doi chi dao)\b")),
    ("coordinating", re.compile(r"^(?!.*\bchu tri\b).*\bphoi hop\b")),
    (
        "lead",
        re.compile(
            r"\b(chu tri|don vi thuc hien|co quan thuc hien|nguoi thuc hien|trach nhiem thuc hien"
            r"|to chuc thuc hien|chiu trach nhiem"
            r"|dau moi|phan cong thuc hien|don vi phu trach|don vi giai quyet|trach nhiem xu ly"
            r"|co quan,? (don vi|bo phan))\b"
            r"|^(trach nhiem|bo phan|phan cong|phu trach)$"
        ),
    ),
    (
        "task",
        re.compile(
            r"\b(nhiem vu|noi dung|cong viec|hoat dong|de an|giai phap|ten du an|hang muc|chi tieu"
            r"|trinh tu|ten (thu tuc|tthc|quy trinh|mo hinh|san pham))\b"
        ),
    ),
    ("note", re.compile(r"\b(ghi chu)\b")),
)
_LINE = re.compile(r"^(?:[-+*•]\s*)?([^:]{3,60}?)\s*:\s*(\S.*)$", re.DOTALL)
_LONGEST_LABEL = 70  # with its bullet and the spaces around it
_LINE_LABELS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        "deadline",
        re.compile(r"^(thoi gian|thoi han|tien do|han hoan thanh)(?: (?:thuc hien|hoan thanh|trien khai|xong))*$"),
    ),
    (
        "coordinating",
        re.compile(r"^(?:co quan|don vi|cac don vi|cac co quan)?(?:,? don vi)? ?(?:phoi hop)(?: thuc hien)?$"),
    ),
    ("directing", re.compile(r"^(?:co quan|don vi|lanh dao)?(?:,? don vi)? ?(?:chi dao)(?: thuc hien)?$")),
    (
        "lead",
        re.compile(
            r"^(?:(?:co quan|don vi|cac don vi|cac co quan)(?:,? don vi)? ?(?:chu tri|thuc hien"
            r"|phu trach|chu tri(?: tham muu)? thuc hien|dau moi)|chu tri(?: thuc hien)?"
            r"|trach nhiem thuc hien)$"
        ),
    ),
)


def column_role(name: str) -> Role | None:
    """What a column of a task table holds, judged by its name.

    >>> column_role("Đơn vị chủ trì thực hiện"), column_role("Thời gian thực hiện")
    ('lead', 'deadline')
    """
    folded = fold(name)
    for role, pattern in _ROLES:
        if pattern.search(folded):
            return role
    return None


def attribute(line: str) -> tuple[Role, str, int] | None:
    """Role, value and the value's offset in a labelled line of a task, None for any other line.

    >>> attribute("+ Cơ quan thực hiện: Sở Nội vụ.")
    ('lead', 'Sở Nội vụ.', 21)
    """
    if ":" not in line[:_LONGEST_LABEL]:
        return None
    found = _LINE.match(line)
    if not found:
        return None
    role = _line_role(found.group(1))
    return (role, found.group(2), found.start(2)) if role else None


def label_alone(line: str) -> Role | None:
    """Role of a label whose values stand in the lines under it.

    >>> label_alone("- Cơ quan thực hiện:"), label_alone("- Nội dung:")
    ('lead', None)
    """
    if not line.endswith(":") or len(line) > _LONGEST_LABEL:
        return None
    return _line_role(line.lstrip("-+*• ").rstrip(": "))


def _line_role(label: str) -> Role | None:
    folded = fold(label).strip(" .")
    return next((role for role, pattern in _LINE_LABELS if pattern.match(folded)), None)


def is_note(line: str) -> bool:
    """Whether a labelled line says something of a task beside who and when ("- Sản phẩm: Báo cáo").

    >>> is_note("+ Kinh phí thực hiện: 200 triệu đồng"), is_note("- Kết quả đạt được khả quan")
    (True, False)
    """
    found = _LINE.match(line)
    return found is not None and column_role(found.group(1)) == "note"


_INSIDE = re.compile(
    r"(?:^|(?<=[\s;.,(+-]))(?:(?:cơ quan|đơn vị)\s+)?(chủ trì|phối hợp|thực hiện"
    r"|chỉ đạo)(?:\s+thực hiện|\s+tham mưu)?\s*:\s*",
    re.IGNORECASE,
)
_INSIDE_ROLES: dict[str, Role] = {
    "chủ trì": "lead",
    "thực hiện": "lead",
    "phối hợp": "coordinating",
    "chỉ đạo": "directing",
}


def roles_inside(cell: str) -> dict[Role, str]:
    """The roles that labels inside one cell tell apart, empty when there are none.

    >>> roles_inside("Chủ trì: Sở Y tế; Phối hợp: Sở Nội vụ")
    {'lead': 'Sở Y tế', 'coordinating': 'Sở Nội vụ'}
    """
    found = list(_INSIDE.finditer(cell))
    if not found or cell[: found[0].start()].strip(" -+"):
        return {}
    result: dict[Role, str] = {}
    for match, following in zip(found, [*found[1:], None], strict=True):
        end = following.start() if following else len(cell)
        result.setdefault(_INSIDE_ROLES[match.group(1).lower()], cell[match.end() : end].strip(" ;.,-+"))
    return result
