"""The time limit that a sentence sets, found in running text and told in its own words."""

from __future__ import annotations

import re

_EVERY = r"[Hh][ằàaă]ng"
_DAY = r"ngày\s+\d{1,2}(?:\s*[/-]\s*\d{1,2}(?:\s*[/-]\s*\d{4})?|\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)?"
_BOUND = (
    rf"(?:\d{{1,2}}[/-]\d{{1,2}}(?:[/-]\d{{4}}|(?=\s+{_EVERY}\s+năm))|{_DAY}"
    rf"|tháng\s+\d{{1,2}}(?:[/-]\d{{4}}|\s+năm\s+\d{{4}})?"
    r"|[Qq]uý\s+(?:[IVX]+|\d)\b(?:[/-]\d{4}|(?:\s+năm)?\s+\d{4})|năm\s+20\d\d)"
    rf"(?:,?\s+{_EVERY}\s+(?:năm|quý|tháng)|\s+(?:năm|quý|tháng)\s+(?:sau|tiếp theo|kế tiếp|liền sau|liền kề))?"
)
_PERIOD = (
    rf"(?:(?:0?[1-9]|sáu|ba)\s+tháng(?:\s+(?:một|1|01)\s+lần)?(?:\s+đầu năm)?"
    rf"|{_EVERY}\s+(?:tuần|tháng|quý|năm)|quý|năm)\b"
)
_TIME_LIMIT = re.compile(
    # "trước ngày 15/12 hằng năm", "hoàn thành trong tháng 11/2025", "xong trước Quý IV/2025"
    r"(?:(?:[Hh]oàn thành|[Xx]ong)\s+)?"
    r"(?:(?:[Tt]rước|[Cc]hậm nhất)(?:\s+(?:là|vào|trước|đến|thời điểm|hết)){0,3}"
    r"|[Tt]rong(?!\s+ngày)|[Đđ]ến hết|[Vv]ào(?!\s+năm)"
    r"|(?<=thành )(?=tháng|quý|Quý)|(?<=xong )(?=tháng|quý|Quý))"
    rf"\s*(?<!\w){_BOUND}"
    # "trong thời hạn 05 ngày làm việc kể từ ngày ban hành Quyết định"
    r"|(?:[Tt]rong (?:thời hạn|vòng|thời gian)(?:\s+(?:không quá|tối đa))?|[Cc]hậm nhất|[Kk]hông quá)"
    r"(?:\s+(?:là|sau)){0,2}"
    r"\s+\d{1,2}\s+(?:\([^()]*\)\s+)?(?:ngày|giờ|tháng)\b(?:\s+làm việc)?"
    r"(?:,?\s+(?:kể )?từ (?:ngày|khi|thời điểm)\s+[^,.;()]{3,70}(?=[,.;()]|$))?"
    # "từ ngày 20 tháng 11 năm 2025 đến ngày 03 tháng 12 năm 2025"
    rf"|[Tt]ừ\s+(?:{_DAY}|tháng\s+\d{{1,2}}(?:[/-]\d{{4}}|\s+năm\s+\d{{4}})?)\s+đến\s+(?:hết\s+)?"
    r"(?:ngày\s+\d{1,2}(?:/\d{1,2}/\d{4}|\s+tháng\s+\d{1,2}\s+năm\s+\d{4})|tháng\s+\d{1,2}(?:/\d{4}|\s+năm\s+\d{4})"
    r"|khi kết thúc\s[^,.;()]{3,60})"
    # "Định kỳ 6 tháng, hằng năm hoặc đột xuất (khi có yêu cầu)"
    rf"|[Đđ]ịnh kỳ,?\s+\(?(?:vào\s+)?{_PERIOD}(?:(?:,|\s+và|\s+hoặc)+\s+{_PERIOD})*\)?"
    r"(?:\s*\([^()]*\d[^()]*\))?(?:,?\s+(?:hoặc|và)\s+đột xuất(?:\s+\(?khi (?:có yêu cầu|cần thiết)\)?)?)?"
    r"(?:\s*\([^()]*\d[^()]*\))?"
    # "Hằng năm, tổ chức kiểm tra ..."
    rf"|(?:^|(?<=[.;:]\s)){_EVERY}\s+(?:năm|quý|tháng|tuần)\b(?:\s*\([^()]*\d[^()]*\))?"
)

_MAY_LIMIT = re.compile(r"\d|kỳ|ng (?:năm|quý|tháng|tuần)")  # a quick look before the long one


def deadline_in(text: str) -> str:
    """The time limit that a sentence sets, in its own words, "" when it sets none.

    >>> deadline_in("gửi báo cáo về Sở Nội vụ trước ngày 15/12 hằng năm để tổng hợp")
    'trước ngày 15/12 hằng năm'
    >>> deadline_in("báo cáo trước ngày 30 tháng 01 năm sau về tình hình an toàn điện")
    'trước ngày 30 tháng 01 năm sau'
    >>> deadline_in("theo Quyết định số 1/QĐ-UBND ngày 15/6/2025")
    ''
    """
    found = _TIME_LIMIT.search(text) if _MAY_LIMIT.search(text) else None
    return found.group().strip(" (") if found else ""
