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
from corpus.titles import in_sentence_case, title_of
from corpus.types import Metadata
from corpus.vietnamese import LOWER, UPPER, fold, squeeze

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
_ATTACHED = re.compile(
    rf"\((?:Ban hành |Đính )?[Kk]èm theo [^()]*?số\s*:?\s*{_NUMBER}\s*(ngày\s[\d/]+(?: tháng \d+ năm \d+)?)?[^()]*\)"
)
_ROLE = re.compile(
    r"^(TM\.|T/M|KT\.|TL\.|TUQ\.|Q\.|(PHÓ )?CHỦ TỊCH$|(PHÓ )?GIÁM ĐỐC$|(PHÓ )?THỦ TƯỚNG$|BỘ TRƯỞNG$|CHÁNH VĂN PHÒNG$)"
)
_BROKEN = re.compile(r"(?:^|\s)(?:TM\.?|KT\.?|TL\.?|TUQ\.?|Q\.|[ỦU][YỶỲ]|BAN|NHÂN|CHỦ|PHÓ|GIÁM|BỘ|THỨ)$")
_PERSON = re.compile(rf"^(?:[{UPPER}][{LOWER}]*\.?\s+){{1,5}}[{UPPER}][{LOWER}]*$")
_AUTHORITY = re.compile(r"^(?:CHỦ TỊCH )?(?:[ỦU][YỶ] BAN|HỘI ĐỒNG) NHÂN DÂN (?:TỈNH|THÀNH PHỐ)\s")
HEAD_BLOCKS = 40


def read_metadata(cleaned: Cleaned, blocks: Sequence[Block]) -> Metadata:
    """Identify the document; fields that nothing states stay empty."""
    head = _head(blocks)
    text = "\n".join(block.text for block in head)
    joined = squeeze(text)
    portal = cleaned.properties
    attached = _ATTACHED.search(joined)
    own = joined[: attached.start()] + joined[attached.end() :] if attached else joined
    number = _first(_NUMBER_LINE, own) or portal.get("Số hiệu", "")
    titled = _PORTAL_TITLE.match(cleaned.portal_title)
    if not number and titled:
        number = titled.group(2)
    date = _date(text) or _slash(portal.get("Ngày ban hành", ""))
    if attached and not number and not date:
        # Only what the decision put in force is left of it: it goes by the decision's number and date.
        number, date = attached.group(1), _slash(attached.group(2)) or _date(f", {attached.group(2)}")
    kind = _kind([] if attached and number == attached.group(1) else head, number) or portal.get("Loại văn bản", "")
    title = title_of(head) or (in_sentence_case(titled.group(3)) if titled else "")
    issuer, province = _issuer(head, joined, title, portal.get("Nơi ban hành", ""), number)
    signer, role = _signer(blocks)
    return Metadata(number, kind, issuer, province, date, title, signer or portal.get("Người ký", ""), role)


def _head(blocks: Sequence[Block]) -> list[Block]:
    """The blocks before the first legal basis or numbered section."""
    head: list[Block] = []
    for block in blocks[:HEAD_BLOCKS]:
        folded = fold(block.text)
        running = block.text.upper() != block.text
        if (
            block.begins_table
            or re.match(r"^(dieu 1\b|i\.\s|1\.\s)", folded)
            or (running and re.match(r"^(can cu |thuc hien )", folded))
        ):
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


def _issuer(head: Sequence[Block], joined: str, title: str, portal: str, number: str) -> tuple[str, str]:
    """Issuing authority and province: from the letterhead, the place of the date line, the portal, the title."""
    first = squeeze(head[0].text) if head else ""
    place = re.search(rf"([{UPPER}]\w+(?: [{UPPER}][\w-]+)*|TP\.? ?HCM),\s*ngày\s+\d", joined)
    authority = next((b.text for b in head if _AUTHORITY.match(b.text)), "")
    candidates = [first, place.group(1) if place else "", authority, portal, " ".join(b.text for b in head), title]
    province = ""
    for candidate in candidates:
        if found := find_provinces(candidate.title() if candidate.upper() == candidate else candidate):
            province = found[0].name
            break
        if found := find_provinces(candidate, folded=True):
            province = found[0].name
            break
    if re.search(r"(TTg|NĐ-CP|/CP|NQ-CP)$", number) or fold(first).startswith(("thu tuong", "chinh phu", "bo ")):
        return (("Thủ tướng Chính phủ" if number.endswith("TTg") else in_sentence_case(first)), CENTRAL)
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
                return following.text, _office(roles)
            elif len(following.text) > 60:
                break
        return "", _office(roles)
    return "", ""


def _office(lines: Sequence[str]) -> str:
    """The lines above a signature as one: a body or an office that is broken over two lines is put together.

    >>> _office(["TM. ỦY BAN NHÂN", "DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"])
    'TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH'
    """
    said = ""
    for line in lines:
        said += (" " if _BROKEN.search(said) else ", " if said else "") + line
    return said
