"""Number, kind, issuer, province, date, title and signer, from the document's own head and foot.

What the document's own lines lost is taken from what the portal says about it (`Cleaned.properties`, the portal's
title line). Form of the head and foot: Decree 30/2020/NĐ-CP, appendix I.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.blocks import Block
from corpus.clean import Cleaned, is_kind_line
from corpus.provinces import CENTRAL, find_provinces
from corpus.types import Metadata
from corpus.vietnamese import fold, squeeze

_NUMBER = r"(\d{1,5}[a-zA-Z]?(?:/\d{4})?/[A-ZĐ][A-ZĐa-z]*(?:-[A-ZĐ][A-Za-zĐ&]*)+)"
_NUMBER_LINE = re.compile(rf"Số\s*:?\s*{_NUMBER}")
_DATE_LINE = re.compile(r"(?:^|,\s*)ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_SLASH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_PORTAL_TITLE = re.compile(rf"^(\S+(?: \S+)?) {_NUMBER} (?:năm \d{{4}}|ngày [\d/]+)\s+(.*)$")
_KINDS = {
    "QĐ": "Quyết định",
    "KH": "Kế hoạch",
    "CT": "Chỉ thị",
    "NQ": "Nghị quyết",
    "CTR": "Chương trình",
    "CTHĐ": "Chương trình hành động",
    "ĐA": "Đề án",
    "TB": "Thông báo",
    "BC": "Báo cáo",
    "HD": "Hướng dẫn",
    "CĐ": "Công điện",
    "TTR": "Tờ trình",
    "CV": "Công văn",
    "QC": "Quy chế",
}
_ROLE = re.compile(r"^(TM\.|T/M|KT\.|TL\.|TUQ\.|Q\.|(PHÓ )?CHỦ TỊCH$|(PHÓ )?GIÁM ĐỐC$|(PHÓ )?THỦ TƯỚNG$|BỘ TRƯỞNG$|CHÁNH VĂN PHÒNG$)")
_PERSON = re.compile(r"^(?:[A-ZĐÀ-Ỹ][a-zđà-ỹ]*\.?\s+){1,5}[A-ZĐÀ-Ỹ][a-zđà-ỹ]*$")
HEAD_BLOCKS = 40


def read_metadata(cleaned: Cleaned, blocks: Sequence[Block]) -> Metadata:
    """Identify the document; fields that nothing states stay empty."""
    head = _head(blocks)
    text = "\n".join(block.text for block in head)
    joined = squeeze(text)
    portal = cleaned.properties
    number = _first(_NUMBER_LINE, joined) or portal.get("Số hiệu", "")
    titled = _PORTAL_TITLE.match(cleaned.portal_title)
    if not number and titled:
        number = titled.group(2)
    date = _date(text) or _slash(portal.get("Ngày ban hành", ""))
    kind = _kind(head, number) or portal.get("Loại văn bản", "")
    title = _title(head) or (_sentence(titled.group(3)) if titled else "")
    issuer, province = _issuer(head, joined, title, portal.get("Nơi ban hành", ""), number)
    signer, role = _signer(blocks)
    return Metadata(number, kind, issuer, province, date, title, signer or portal.get("Người ký", ""), role)


def _head(blocks: Sequence[Block]) -> list[Block]:
    """The blocks before the first legal basis or numbered section."""
    head: list[Block] = []
    for block in blocks[:HEAD_BLOCKS]:
        folded = fold(block.text)
        if re.match(r"^(can cu |dieu 1\b|i\.\s|1\.\s|thuc hien )", folded) or block.begins_table:
            break
        head.append(block)
    return head


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group(1) if found else ""


def _date(text: str) -> str:
    found = _DATE_LINE.search(squeeze(text))
    return _iso(*found.groups()) if found else ""


def _slash(text: str) -> str:
    found = _SLASH_DATE.search(text)
    return _iso(*found.groups()) if found else ""


def _iso(day: str, month: str, year: str) -> str:
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return ""
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _kind(head: Sequence[Block], number: str) -> str:
    for block in head:
        if is_kind_line(block.text):
            return block.text.rstrip(": ").capitalize()
    code = number.split("/")[-1].split("-")[0].upper() if number else ""
    return _KINDS.get(code, "")


def _title(head: Sequence[Block]) -> str:
    """The lines behind the kind line, before the issuing authority is named again."""
    for index, block in enumerate(head):
        if not is_kind_line(block.text):
            continue
        lines: list[str] = []
        for following in head[index + 1 :]:
            if re.match(r"^(chu tich )?(uy ban nhan dan|hoi dong nhan dan|thu tuong)", fold(following.text)):
                break
            lines.append(following.text)
            if following.text.upper() != following.text:
                break
        return _sentence(squeeze(" ".join(lines)))
    return ""


def _sentence(title: str) -> str:
    """A title in capitals as it is written in running text, names of provinces restored."""
    if title.upper() != title:
        return title[:1].upper() + title[1:]
    lowered = title.lower()
    result = lowered[:1].upper() + lowered[1:]
    for province in find_provinces(title, folded=True):
        result = re.sub(re.escape(province.name), province.name, result, flags=re.IGNORECASE)
    result = re.sub(r"(tỉnh|thành phố) ([a-zà-ỹđ])", lambda m: f"{m[1]} {m[2]}", result)
    for word in ("Việt Nam", "Chính phủ", "Nhà nước", "UBND", "Quốc hội", "CNTT", "AI", "IoT", "5G", "TTHC"):
        result = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", word, result, flags=re.IGNORECASE)
    return re.sub(r"(?<!\w)([ivx]+)(?=\.|\)|$)", lambda m: m[1].upper(), result)


def _issuer(head: Sequence[Block], joined: str, title: str, portal: str, number: str) -> tuple[str, str]:
    """Issuing authority and province: from the letterhead, the place of the date line, the portal, the title."""
    first = squeeze(head[0].text) if head else ""
    place = re.search(r"([A-ZĐÀ-Ỹ][\wà-ỹ]+(?: [A-ZĐÀ-Ỹ][\wà-ỹ-]+)*|TP\.? ?HCM),\s*ngày\s+\d", joined)
    candidates = [first, place.group(1) if place else "", portal, " ".join(b.text for b in head), title]
    province = ""
    for candidate in candidates:
        if found := find_provinces(candidate.title() if candidate.upper() == candidate else candidate):
            province = found[0].name
            break
        if found := find_provinces(candidate, folded=True):
            province = found[0].name
            break
    if re.search(r"(TTg|NĐ-CP|/CP|NQ-CP)$", number) or fold(first).startswith(("thu tuong", "chinh phu", "bo ")):
        return (("Thủ tướng Chính phủ" if number.endswith("TTg") else _sentence(first)), CENTRAL)
    body = "HĐND" if number.endswith("HĐND") or fold(first).startswith("hoi dong nhan dan") else "UBND"
    if not province:
        return "", ""
    level = "thành phố" if _is_city(province, joined) else "tỉnh"
    return f"{body} {level} {province}", province


def _is_city(province: str, joined: str) -> bool:
    folded, name = fold(joined), fold(province)
    return f"thanh pho {name}" in folded and f"tinh {name}" not in folded


def _signer(blocks: Sequence[Block]) -> tuple[str, str]:
    """Name and role of who signed, from the first signature block."""
    for index, block in enumerate(blocks):
        if block.row is not None or not _ROLE.match(block.text) or len(block.text) > 80:
            continue
        roles = [block.text]
        for following in blocks[index + 1 : index + 8]:
            if _ROLE.match(following.text) or (following.text.isupper() and len(following.text) < 40):
                roles.append(following.text)
            elif _PERSON.match(following.text):
                return following.text, ", ".join(roles)
            elif len(following.text) > 60:
                break
        return "", ", ".join(roles)
    return "", ""
