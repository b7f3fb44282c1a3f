"""Every line of a source file gets a role: document, boilerplate (named) or layout.

Portals wrap an official text in their own lines: property tables, login notices, template placeholders, lists of
related documents. They are set apart by name here, never silently lost: `Cleaned.roles` accounts for every line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.vietnamese import fold, squeeze

DOCUMENT, LAYOUT = "document", "layout"
PORTAL, PROPERTIES, LOGIN, PLACEHOLDER, RELATED, PAGE_NUMBER = (
    "portal",
    "properties",
    "login-notice",
    "placeholder",
    "related-documents",
    "page-number",
)

_MARKED = re.compile(r"[*#]|__")
_LAYOUT = re.compile(r"^[\s|*_=~.#-]*$")
_PLACEHOLDER = re.compile(r"\{\{.*\}\}")
_LOGIN = re.compile(r"^\(?(vi chua dang nhap|neu chua co tai khoan|khong co noi dung\)|dang tai van ban|click vao)")
# A list item of a portal's related documents: the running number is glued to the kind, "- 12Nghị định 73/2019/NĐ-CP".
_RELATED = re.compile(
    r"^[-*•]?\s*\d{1,3}(?=Luật|Bộ luật|Hiến pháp|Pháp lệnh|Nghị|Quyết|Kế hoạch|Chỉ thị|Công văn|Thông"
    r"|Chương trình|Văn bản|Hướng dẫn)"
)
_PROPERTY = re.compile(
    r"^[-*•]?\s*(Số hiệu|Loại văn bản|Nơi ban hành|Người ký|Ngày ban hành|Ngày hiệu lực|Ngày công báo|Số công báo"
    r"|Tình trạng(?: hiệu lực)?|Cơ quan ban hành|Lĩnh vực)\s*:\s*[|*\s]*(.*)$"
)
# The first of these after the last piece of the document's own structure begins the portal's tail.
_TAIL = re.compile(
    r"^(file duoc dinh kem theo van ban|van ban lien quan|vi chua dang nhap|\(khong co noi dung\)|luoc do van ban"
    r"|van ban nay chua cap nhat noi dung tieng anh|ban hanh: \{\{|noi dung van ban tieng anh)"
)
_NATIONAL = re.compile(
    r"^(uy ban( nhan)?|hoi dong( nhan)?|thu tuong|chinh phu|quoc hoi|bo [a-z]|van phong|so [a-z]"
    r"|cong hoa( xa)?|tinh uy|thanh uy|ban chi dao|ban thuong vu)"
)
_KIND_LINE = re.compile(
    r"^(quyet dinh|ke hoach|chi thi|nghi quyet|chuong trinh|de an|thong bao|cong van|bao cao|huong dan|quy che|quy dinh"
    r"|cong dien|to trinh|chien luoc|quy hoach)\s*:?$"
)
_OWN_STRUCTURE = re.compile(r"^(dieu \d+[a-z]?\s*[.:]|phu luc|[ivxlc]+\.\s|noi nhan\s*:|tm\.|kt\.)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the document proper; `number` counts lines of the source file from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The document's own lines, the role of every source line, and what the portal says about the document."""

    lines: tuple[Line, ...]
    roles: tuple[str, ...]
    properties: dict[str, str]
    property_lines: dict[str, Line]
    portal_title: str


def is_kind_line(text: str) -> bool:
    """Whether the line is a document kind alone, as in a decision's title block ("QUYẾT ĐỊNH:")."""
    return len(text) < 60 and text.upper() == text and bool(_KIND_LINE.match(fold(text)))


def plain(text: str) -> str:
    """A line without Markdown emphasis and heading marks; cell bars stay."""
    if not _MARKED.search(text):
        return text.strip()
    text = re.sub(r"^\s*#{1,6}\s+", "", text)
    text = text.replace("**", "").replace("__", "")
    text = re.sub(r"(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])", "", text)
    return text.strip()


def clean(text: str) -> Cleaned:
    """Tell the document from what the portal put around it.

    >>> clean("ỦY BAN NHÂN DÂN\\nCỘNG HÒA XÃ HỘI\\nSố: 1/KH-UBND\\n1. A.\\nVì chưa Đăng Nhập nên").roles
    ('document', 'document', 'document', 'document', 'login-notice')
    """
    raw = [plain(line) for line in text.split("\n")]
    folded = [fold(line) for line in raw]
    start = _start(raw, folded)
    end = _tail(folded, start)
    roles: list[str] = []
    properties: dict[str, str] = {}
    property_lines: dict[str, Line] = {}
    for index, line in enumerate(raw):
        role = _role(raw, folded, index, inside=start <= index < end)
        roles.append(role)
        if role == PROPERTIES and _PROPERTY.match(line):
            for name, value in _pairs(raw, index):
                properties.setdefault(name, value)
                property_lines.setdefault(name, Line(index + 1, _as_printed(raw[index], name, value)))
    lines = tuple(
        Line(i + 1, raw[i]) for i, role in enumerate(roles) if role in (DOCUMENT, LAYOUT) and start <= i < end
    )
    return Cleaned(lines, tuple(roles), properties, property_lines, _portal_title(raw, start, end))


def _start(raw: list[str], folded: list[str]) -> int:
    """Index of the first line of the national header, or of the title, or 0."""
    for index, line in enumerate(folded):
        if _NATIONAL.match(line.strip("| ")) and raw[index].upper() == raw[index]:
            window = " ".join(folded[index : index + 16])
            if "cong hoa" in window or "doc lap" in window or re.search(r"\bso\s*:", window):
                return index
    for index, line in enumerate(raw):
        if is_kind_line(line):
            return index
    return 0


def _tail(folded: list[str], start: int) -> int:
    """Index of the first line of the portal's tail, or the number of lines."""
    last_own = start
    for index in range(start, len(folded)):
        if _OWN_STRUCTURE.match(folded[index].strip("| ")):
            last_own = index
    for index in range(last_own + 1, len(folded)):
        line = folded[index].strip("| ")
        following = folded[index + 1].strip("| ") if index + 1 < len(folded) else ""
        if _TAIL.match(line) or _TAIL.match(f"{line} {following}") or _PLACEHOLDER.search(line):
            return index
    return len(folded)


def _role(raw: list[str], folded: list[str], index: int, inside: bool) -> str:
    line = raw[index]
    if _LAYOUT.match(line):
        return LAYOUT
    if _PLACEHOLDER.search(line):
        return PLACEHOLDER
    if _LOGIN.match(folded[index].strip("| ")):
        return LOGIN
    if _RELATED.match(line):
        return RELATED
    if _PROPERTY.match(line) and _looks_like_property(line):
        return PROPERTIES
    if not inside:
        return PORTAL
    if _portal_heading(line):
        return PORTAL
    if line.isdigit() and len(line) <= 3 and _alone(raw, index):
        return PAGE_NUMBER
    return DOCUMENT


def _looks_like_property(line: str) -> bool:
    found = _PROPERTY.match(line)
    return (bool(found) and len(line) < 140 and not line.startswith("Số hiệu: ")) or "|" in line or line.startswith("-")


def _portal_heading(line: str) -> bool:
    """A portal's own title for the document, "Kế hoạch 292/KH-UBND năm 2022 về ...", never found in the text itself."""
    return bool(
        re.match(r"^(Quyết định|Kế hoạch|Chỉ thị|Nghị quyết|Chương trình) \d+\S*/\S+ (năm \d{4}|ngày \S+) ", line)
    ) and (not line.endswith((".", ";", ",")))


def _alone(raw: list[str], index: int) -> bool:
    """Between blank lines or at an end of the file, and not a table cell."""
    before = raw[index - 1] if index else ""
    after = raw[index + 1] if index + 1 < len(raw) else ""
    return before == "" and after == ""


def _as_printed(line: str, name: str, value: str) -> str:
    """Name and value as the line prints them: side by side, or in two cells."""
    plain_form = f"{name}: {value}"
    return plain_form if plain_form in squeeze(line) or "|" not in line else f"{name}: | {value}"


def _pairs(raw: list[str], index: int) -> list[tuple[str, str]]:
    """Names and values of one line of a property table: "Số hiệu: | 1/KH | Loại văn bản: | Kế hoạch |"."""
    parts = [squeeze(part) for part in raw[index].lstrip("-*• ").split("|")]
    pairs: list[tuple[str, str]] = []
    name = ""
    for part in parts:
        if found := _PROPERTY.match(part):
            name = found.group(1)
            if found.group(2):
                pairs.append((name, found.group(2)))
                name = ""
        elif name and part:
            pairs.append((name, part))
            name = ""
    if name:  # the value stands in one of the next lines
        for line in raw[index + 1 : index + 4]:
            value = line.strip("| ")
            if value and not _PROPERTY.match(value):
                pairs.append((name, value))
                break
    return pairs


def _portal_title(raw: list[str], start: int, end: int) -> str:
    for line in [*raw[:start], *raw[end:], *raw]:
        if _portal_heading(line):
            return line
    return ""
