"""Citations as a lawyer would write them, smallest unit first, in Vietnamese and in English.

Order of units: Decree 34/2016/NĐ-CP, article 62 (điểm, khoản, Điều, ...), followed by kind, number, date and issuer of
the document (Decree 30/2020/NĐ-CP, appendix I, on citing legal bases).
"""

from __future__ import annotations

import re

from corpus.tree import Node
from corpus.types import Metadata

_ENGLISH_KINDS = {
    "Quyết định": "Decision",
    "Kế hoạch": "Plan",
    "Chỉ thị": "Directive",
    "Nghị quyết": "Resolution",
    "Chương trình": "Programme",
    "Chương trình hành động": "Action Programme",
    "Đề án": "Scheme",
    "Thông báo": "Notice",
    "Báo cáo": "Report",
    "Hướng dẫn": "Guidance",
    "Công điện": "Telegram",
    "Tờ trình": "Submission",
    "Công văn": "Official Letter",
    "Quy chế": "Regulation",
    "Quy định": "Provisions",
    "Điều lệ": "Charter",
    "Chiến lược": "Strategy",
    "Quy hoạch": "Master Plan",
}
_ENGLISH_LABELS = (
    (re.compile(r"^Phụ lục\b"), "Appendix"),
    (re.compile(r"^Mẫu số\b"), "Form No."),
    (re.compile(rf"^({'|'.join(_ENGLISH_KINDS)})$"), ""),
    (re.compile(r"^Phần\b"), "Part"),
    (re.compile(r"^Chương\b"), "Chapter"),
    (re.compile(r"^Mục\b"), "Section"),
    (re.compile(r"^Điều\b"), "Article"),
    (re.compile(r"^khoản\b"), "clause"),
    (re.compile(r"^điểm\b"), "point"),
    (re.compile(r"^gạch đầu dòng thứ\b"), "dash"),
    (re.compile(r"^dấu cộng thứ\b"), "plus item"),
    (re.compile(r"^dòng\b"), "row"),
    (re.compile(r"^đoạn\b"), "paragraph"),
    (re.compile(r"^bảng\b"), "table"),
    (re.compile(r"^căn cứ thứ\b"), "legal basis"),
    (re.compile(r"^phần đầu$"), "heading"),
    (re.compile(r"^phần ký$"), "signature"),
    (re.compile(r"^phần sau chữ ký$"), "text behind the signature"),
    (re.compile(r"^Nơi nhận$"), "recipients"),
    (re.compile(r"^thuộc tính do cổng thông tin ghi$"), "properties as recorded by the portal"),
)


def document_citation(meta: Metadata) -> str:
    """Kind, number, date and issuer of a document.

    >>> document_citation(Metadata("55/KH-UBND", "Kế hoạch", "UBND tỉnh Vĩnh Phúc", "Vĩnh Phúc", "2022-03-03"))
    'Kế hoạch số 55/KH-UBND ngày 03/3/2022 của UBND tỉnh Vĩnh Phúc'
    """
    parts = [meta.kind or "Văn bản"]
    if meta.number:
        parts.append(f"số {meta.number}")
    if meta.date:
        parts.append(f"ngày {vietnamese_date(meta.date)}")
    if meta.issuer:
        parts.append(f"của {meta.issuer}")
    return " ".join(parts)


def english_kind(kind: str) -> str:
    """The English name of a kind of document.

    >>> english_kind("Kế hoạch")
    'Plan'
    """
    return _ENGLISH_KINDS.get(kind, "Document")


def document_citation_en(meta: Metadata) -> str:
    """The same in English; number and name stay as they are."""
    parts = [english_kind(meta.kind)]
    if meta.number:
        parts.append(f"No. {meta.number}")
    if meta.date:
        parts.append(f"of {english_date(meta.date)}")
    if meta.issuer:
        parts.append(f"of the {english_issuer(meta)}")
    return " ".join(parts)


def english_issuer(meta: Metadata) -> str:
    """The issuing authority in English.

    >>> english_issuer(Metadata(issuer="UBND tỉnh Gia Lai", province="Gia Lai"))
    "People's Committee of Gia Lai Province"
    """
    if meta.issuer == "Thủ tướng Chính phủ":
        return "Prime Minister"
    level = "City" if " thành phố " in meta.issuer else "Province"
    body = "People's Council" if meta.issuer.startswith("HĐND") else "People's Committee"
    return f"{body} of {meta.province} {level}"


def vietnamese_date(iso: str) -> str:
    """Day with two digits, month with two only where it could be tampered with (1 and 2), as offices write dates.

    >>> vietnamese_date("2022-03-03"), vietnamese_date("2024-11-19")
    ('03/3/2022', '19/11/2024')
    """
    year, month, day = iso.split("-")
    return f"{day}/{month if month in ('01', '02') else str(int(month))}/{year}"


def english_date(iso: str) -> str:
    """
    >>> english_date("2024-11-19")
    '19 November 2024'
    """
    months = "January February March April May June July August September October November December".split()
    year, month, day = iso.split("-")
    return f"{int(day)} {months[int(month) - 1]} {year}"


def section_units(node: Node) -> list[str]:
    """Labels of a section and of those above it, smallest first; a title stands in for a label that is missing."""
    units: list[str] = []
    for above in [node, *node.ancestors()]:
        if above.kind == "nhom":
            if above.heading:
                units.append(f"mục “{above.heading}”")
        elif above.kind == "nhom-bang":
            if above.label and not (units and _is_prefix(above, units[-1])):
                units.append(above.label)
            elif not above.label and above.heading:
                units.append(f"nhóm “{_shorten(above.heading)}”")
        elif above.kind in ("chuong", "muc", "phan") and any(unit.startswith("Điều ") for unit in units):
            continue  # articles are numbered through the whole text: chapter and part are not cited with them
        elif above.label:
            units.append(above.label)
    return units


def _is_prefix(group: Node, unit: str) -> bool:
    """Row 1.1 names its group 1 already."""
    return unit.startswith("dòng ") and unit.split()[-1].startswith(group.label.split()[-1] + ".")


def _shorten(text: str, limit: int = 90) -> str:
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


def citation(node: Node, meta: Metadata) -> str:
    """The Vietnamese citation of a section."""
    units = section_units(node)
    joined = " ".join(units) if not any("“" in unit for unit in units) else ", ".join(_grouped(units))
    return f"{joined}{_attached(node)} {document_citation(meta)}".strip()


def _attached(node: Node) -> str:
    """How what stands behind the signatures hangs on the document: a text put in force by it, or an appendix."""
    top = next((above for above in [node, *node.ancestors()] if above.kind == "phu-luc"), None)
    if top is None:
        return ""
    return " ban hành kèm theo" if top.label in _ENGLISH_KINDS else " kèm theo"


def _grouped(units: list[str]) -> list[str]:
    """Numbered units in a row read as one; quoted titles stand between commas."""
    groups: list[str] = []
    for unit in units:
        if groups and "“" not in unit and "“" not in groups[-1]:
            groups[-1] += f" {unit}"
        else:
            groups.append(unit)
    return groups


def english_unit(unit: str) -> str:
    """One unit of a citation in English.

    >>> english_unit("điểm b"), english_unit("Điều 1")
    ('point b', 'Article 1')
    """
    shown = unit.replace("mục “", "under “").replace("nhóm “", "group “")
    for pattern, english in _ENGLISH_LABELS:
        if pattern.match(shown):
            return pattern.sub(english, shown) if english else _ENGLISH_KINDS[shown]
    return shown


def citation_en(node: Node, meta: Metadata) -> str:
    """The English citation of a section; numbers and letters stay as in the original."""
    units = [english_unit(unit) for unit in section_units(node)]
    attached = "attached to " if any(above.kind == "phu-luc" for above in [node, *node.ancestors()]) else ""
    return ", ".join([*units, attached + document_citation_en(meta)])
