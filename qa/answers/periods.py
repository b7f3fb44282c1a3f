"""How often a report is due, as a sentence says it: "định kỳ hàng quý, 6 tháng, năm hoặc đột xuất theo yêu cầu"."""

from __future__ import annotations

import re

_EACH = r"(?:hàng|hằng|mỗi) (?:ngày|tuần|tháng|quý|năm)"
_MORE = r"(?:(?:,| và| hoặc)\s*(?:(?:hàng|hằng) )?(?:ngày|tuần|tháng|quý|năm|\d+ tháng)(?!\s*\d))*"
_PERIOD = re.compile(
    rf"(?:(?:liên tục |thường xuyên )(?={_EACH}))?"
    rf"(?:theo định kỳ|định kỳ (?:{_EACH}|\d+ tháng|quý|tháng|năm)|{_EACH}){_MORE}"
    r"(?:,? (?:hoặc|và) (?:báo cáo )?đột xuất(?:\s*\([^)]{1,40}\)|\s+theo yêu cầu|\s+khi có yêu cầu)?)?",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:(?:chậm nhất (?:là )?)?trước ngày \d{1,2}(?:/\d{1,2}| (?:hàng|hằng) (?:tháng|quý)| tháng (?:\d{1,2}|cuối quý"
    r"|cuối))"
    r"|từ ngày \d{1,2}(?:/\d{1,2}| tháng \d{1,2})? (?:đến|tới) (?:hết )?ngày \d{1,2}(?:/\d{1,2}| tháng \d{1,2}))"
    r"(?![\d/])(?!\s*(?:năm )?20\d\d)"
    r"(?:[^\w]*(?:(?:hàng|hằng) năm|năm (?:sau|tiếp theo|kế tiếp)))?",
    re.IGNORECASE,
)


_ASKED = (  # a period by the words of a question without marks, and by those around a day
    (re.compile(r"\b(?:6|sau) thang\b|\bnua nam\b|half[- ]?year"), re.compile(r"6 tháng", re.IGNORECASE)),
    (
        re.compile(r"\b(?:hang|moi|tung|theo|bao cao|cuoi) quy\b(?! (?:dinh|trinh|mo|hoach))|quarter"),
        re.compile(r"quý", re.IGNORECASE),
    ),
    (re.compile(r"\b(?:hang|moi|tung) thang\b|month"), re.compile(r"(?:hàng|hằng|mỗi) tháng", re.IGNORECASE)),
    (re.compile(r"\b(?:hang|moi|ca|tong ket|cuoi) nam\b|year|annual"), re.compile(r"năm", re.IGNORECASE)),
)
_PERIODIC = re.compile(
    r"\b(?:hang|moi|tung|ca|cuoi|giua) (?:thang|quy|nam)\b(?! (?:dinh|trinh|mo|hoach|20))|\b(?:6|sau) thang\b|nua nam"
    r"|year-end|annual|yearly|quarterly|monthly|half-year|\b(?:each|every) (?:month|quarter|year)\b"
)
_AROUND = 30  # characters in front of a day that name its period


def names_period(asked: str) -> bool:
    """Whether the words of a question, without marks, name a period.

    >>> names_period("the year-end report"), names_period("bao cao cuoi quy"), names_period("theo quy dinh nao")
    (True, True, False)
    """
    return bool(_PERIODIC.search(asked))


def period(text: str) -> str:
    """The first words of a text that say how often something recurs, "" when none do.

    >>> period("Báo cáo UBND tỉnh định kỳ hàng tháng, quý kết quả triển khai")
    'định kỳ hàng tháng, quý'
    """
    found = _PERIOD.search(text)
    return found[0].strip() if found else ""


def day_of_period(text: str, asked: str = "") -> str:
    """The day by which a recurring report is due, "" when none is stated; of several, that of the period asked for.

    >>> day_of_period("Định kỳ hàng quý (trước ngày 15 tháng cuối quý)")
    'trước ngày 15 tháng cuối quý'
    >>> day_of_period("6 tháng (trước ngày 16/6), tổng kết năm (trước ngày 20/11 hàng năm)", "bao cao ca nam")
    'trước ngày 20/11 hàng năm'
    """
    found = list(_DATE.finditer(text))
    for said, stated in _ASKED:
        if said.search(asked):
            ends = [0, *(one.end() for one in found)]
            near = [
                one
                for one, end in zip(found, ends, strict=False)
                if stated.search(text[max(end, one.start() - _AROUND) : one.end()])
            ]
            found = near or found
            break
    return found[0][0].strip() if found else ""
