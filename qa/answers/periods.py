"""How often a report is due, as a sentence says it: "định kỳ hàng quý, 6 tháng, năm hoặc đột xuất theo yêu cầu"."""

from __future__ import annotations

import re

_EACH = r"(?:hàng|hằng|mỗi) (?:ngày|tuần|tháng|quý|năm)"
_MORE = r"(?:(?:,| và| hoặc)\s*(?:(?:hàng|hằng) )?(?:ngày|tuần|tháng|quý|năm|\d+ tháng)(?!\s*\d))*"
_PERIOD = re.compile(
    rf"(?:định kỳ (?:{_EACH}|\d+ tháng|quý|tháng|năm)|{_EACH}){_MORE}"
    r"(?:,? (?:hoặc|và) (?:báo cáo )?đột xuất(?:\s*\([^)]{1,40}\)|\s+theo yêu cầu|\s+khi có yêu cầu)?)?",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:chậm nhất (?:là )?)?trước ngày \d{1,2}(?:/\d{1,2}| tháng (?:\d{1,2}|cuối quý"
    r"|cuối))(?![\d/])(?!\s*(?:năm )?20\d\d)"
    r"(?:[^\w]*(?:hàng|hằng) năm)?",
    re.IGNORECASE,
)


def period(text: str) -> str:
    """The first words of a text that say how often something recurs, "" when none do.

    >>> period("Báo cáo UBND tỉnh định kỳ hàng tháng, quý kết quả triển khai")
    'định kỳ hàng tháng, quý'
    """
    found = _PERIOD.search(text)
    return found[0].strip() if found else ""


def day_of_period(text: str) -> str:
    """The day by which a recurring report is due, "" when none is stated.

    >>> day_of_period("Định kỳ hàng quý (trước ngày 15 tháng cuối quý)")
    'trước ngày 15 tháng cuối quý'
    """
    found = _DATE.search(text)
    return found[0].strip() if found else ""
