"""The date or period that a sentence states, as it writes it: where a deadline stands in prose and in no record."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.vietnamese import fold
from qa.answers.stating import Topic, support

_DAY = r"(?:ngày )?\d{1,2}\s*/\s*\d{1,2}\s*/\s*20\d\d|ngày \d{1,2} tháng \d{1,2} năm 20\d\d"
_MONTH = r"tháng \d{1,2}\s*(?:/|năm )\s*20\d\d"
_QUARTER = r"quý (?:[IVX]+|\d)\s*(?:/|,|năm)?\s*(?:năm )?20\d\d"
_YEAR = r"năm 20\d\d"
_POINT = rf"(?:{_DAY}|{_MONTH}|{_QUARTER}|{_YEAR})"
_SPAN = re.compile(
    rf"(?:giai đoạn (?:từ )?(?:năm )?20\d\d\s*[-–]\s*20\d\d"
    rf"|từ ngày \d{{1,2}} (?:đến|tới) (?:hết )?{_POINT}|từ {_POINT}(?:\s+(?:đến|tới)(?: hết)? {_POINT})?(?: trở đi)?"
    rf"|(?:chậm nhất (?:là )?(?:trước |đến |vào )?|trước |đến hết |đến |trong |hoàn thành trong |vào "
    rf"|xong trước ){_POINT}"
    r"|(?:chậm nhất (?:là |trong )?|trong (?:vòng )?|(?:trong )?(?:thời hạn )?không (?:để )?quá )"
    r"\d+\s*(?:[-–]\s*\d+\s*)?(?:giờ|ngày|tháng|năm)(?: làm việc)?(?:,? (?:kể từ|sau|trước)[^,.;]{1,60})?"
    r"|từ tháng \d{1,2}(?: của)? năm trước đến (?:hết )?tháng \d{1,2}(?: của)? năm sau"
    r"|(?:trước|chậm nhất (?:là )?(?:trước )?|đến) \d{1,2} giờ(?: \d{1,2} phút)?(?: sáng| chiều| tối)?"
    r"(?: ngày[^,.;]{1,40})?"
    rf"|{_POINT})",
    re.IGNORECASE,
)
_BOUNDED = re.compile(r"(truoc|den|tu|trong|cham|hoan|giai|xong|vao|khong|thoi)\b")
_CITED = re.compile(r"/[A-ZĐ]{2,}[\w-]*\s*$|số [\w./-]+\s*$|(?:Luật|Bộ luật|Pháp lệnh|Hiến pháp)(?:,? \w+){0,9}\s*$")


def stated_date(text: str) -> str:
    """The deadline that a text states: its first bounded date, else a number of days, else any date, else "".

    The date of a cited text ("Quyết định số 5/QĐ-TTg ngày 3/6/2020") is none.

    >>> stated_date("gửi về Sở Nội vụ trước ngày 31/3/2026 để tổng hợp")
    'trước ngày 31/3/2026'
    """
    found = [hit for hit in _SPAN.finditer(text) if not _CITED.search(text[: hit.start()])]
    bounded = [
        hit for hit in found if re.match(r"(truoc|den|tu|trong|cham|hoan|giai|xong|vao|khong|thoi)\b", fold(hit[0]))
    ]
    named = [hit for hit in bounded if re.search(r"20\d\d", hit[0])]
    chosen = (named or bounded or found)[:1]
    return chosen[0][0].strip() if chosen else ""


def date_about(about: Sequence[Topic], text: str) -> str:
    """The date of the clause that states most of what is asked, among those that state a date.

    >>> date_about((), "cấp tỉnh từ ngày 01/6/2022; cấp huyện từ ngày 01/12/2022")
    'từ ngày 01/6/2022'
    """
    clauses = [clause for clause in re.split(r"[;\n]|\.\s|,\s", text) if stated_date(clause)]
    if len(clauses) < 2 or not about:
        return stated_date(text)
    return stated_date(max(clauses, key=lambda clause: support(about, [clause])))


def part_about(about: Sequence[Topic], deadline: str) -> str:
    """The part of a deadline that states what is asked, where one alone does: "A: năm 2025; B: năm 2028" has two.

    >>> part_about([Topic("Đảng", ("đảng",), 1.0)], "từ năm 2025 ở cơ quan nhà nước; từ năm 2028 ở cơ quan Đảng")
    'từ năm 2028 ở cơ quan Đảng'
    """
    parts = [part.strip() for part in deadline.split(";")]
    if not about or len(parts) < 2:
        return deadline
    ranked = sorted(((support(about, [part]), part) for part in parts), key=lambda pair: -pair[0])
    (most, first), (next_most, _) = ranked[:2]
    return first if most > 2 * next_most else deadline
