"""What kind of thing must stand in a passage for it to answer: an amount of money, a name, an hour, a rank, a commune.

A passage may be all about what is asked and not say it: the plans name the data centre, not its price.
"""

from __future__ import annotations

import re

from corpus.vietnamese import UPPER, fold, squeeze
from qa.answers.evidence import content
from qa.question import Question

_MUCH = r"(bao nhiêu|bao nhiu|mấy|bn)(?!\s*(%|phần trăm))"
_MONEY = (
    r"(phụ cấp|lương|học phí|trợ giá|giá|tiền công|tiền thưởng|tổng mức đầu tư|mức đầu tư|tổng kinh phí|kinh phí"
    r"|chi phí|mức thu phí|phí|lệ phí)"
)
_PAID = r"(phụ cấp|lương|học phí|học bổng|giá|tiền công|tiền thưởng|phí|lệ phí)"
_COUNTED = r"(ha|hecta|héc|tấn|người|hộ|con|cây|lượt|máy|hồ sơ|dịch vụ|khách|xã|thôn|km|mét|m2)\b"
_VIETNAMESE = {
    "money": (
        rf"{_MUCH} (chục |trăm )?(tỷ|triệu|nghìn|ngàn|đồng|tiền)\b(?! {_COUNTED})"
        rf"|{_MONEY}( \w+){{0,14}} {_MUCH}( tỷ| triệu| một| 1| mỗi| trên|\s*[^\w\s]|\s*$)|giá cước"
        rf"|(phạt tiền|bị phạt|mức phạt|xử phạt)( \w+){{0,6}} (?<!gấp ){_MUCH}|phạt (bao nhiêu|bn)"
        rf"|(cho|trả|hỗ trợ|thưởng|tặng) tiền( \w+){{0,12}},? {_MUCH}|hết {_MUCH} tiền|tiền v\b"
        rf"|lương.{{0,40}} tăng( thêm)?|(hết|mất|tốn|trả) bao tiền|^\W*(mức )?{_PAID}( \w+){{1,5}}\W*$"
    ),
    "contact": (
        r"email|số điện thoại của|điện thoại liên hệ|số hotline|số đường dây nóng|địa chỉ liên hệ|số máy|mật khẩu"
    ),
    "hour": r"mấy giờ|giờ nào|mở cửa lúc|giờ (làm việc|mở cửa)",
    "person": (
        r"(giám đốc|chủ tịch|trưởng ban|trưởng đoàn|tổ trưởng|đội trưởng|lãnh đạo|trưởng phòng)( [\w/&-]+){0,14}"
        r" (tên gì|tên là gì|là ai|tên chi|là (đồng chí|ông|bà|vị) nào)|họ (và )?tên|tên tuổi"
    ),
    "company": r"(công ty|nhà thầu|(?<!ngân )hãng|nhà cung cấp) nào",
    "now": (
        r"(hiện( nay| tại| giờ)?|bây giờ|đến nay|tới nay|lúc này)( \w+){0,12} (bao nhiêu|mấy)"
        r"|(bao nhiêu|mấy)( \w+){0,12} (hiện( nay| tại| giờ)?|bây giờ|đến nay|tới nay|rồi)\W*$"
        r"|^\W*số (người|hộ|ca|vụ|giường|máy|lượng)\b( \w+){0,8}\W*$"
    ),
    "rank": r"thứ hạng|xếp (hạng|thứ) (mấy|bao nhiêu|nào)|(hạng|thứ|top|nhóm) mấy|bao nhiêu toàn quốc",
    "local": (
        r"(xã|phường|thị trấn|thôn|ấp|huyện|buôn|làng|tổ dân phố|(các|những|mấy) bản) nào"
        r"|tên (các |những |mấy )?(xã|bản|thôn|ấp)"
    ),
    "span": r"(mấy|bao nhiêu) (ngày|buổi|tiếng|tuần)\b(?! (nào|mấy))",
}
_ENGLISH = {
    "money": (
        r"how much (money|does .{1,60} cost|do .{1,60} (pay|cost)|will .{1,60} (cost|get paid)|is .{1,60} paid"
        r"|extra pay|pay|compensation)"
        r"|(billion|million) (dong|vnd)|salary|what .{0,40}\b(cost|costs|price)\b|total (cost|budget)|per hectare"
        r"|be charged|(have|need) to pay for|what (commission|fees?)"
        r"|^\W*([\w-]+ ){1,5}(fees?|prices?|costs?|charges?)\W*$"
    ),
    "contact": r"phone number|email address|contact details|password",
    "hour": r"what time\b|opening hours|close on|open on|what hours",
    "person": (
        r"names? of the (director|head|chair)|who is the (director|head|chair\w*|leader) of|name (him|her|them)\b"
    ),
    "company": (
        r"(which|what) ((software|foreign|technology|private|construction|it) )?(vendors?|contractors?|suppliers?)"
    ),
    "now": (
        r"how many .{1,80}\b(currently|so far|right now|at present|already|now|to date|today)\b"
        r"|(currently|so far|right now|at present|to date|today),? .{0,60}how many"
        r"|how many .{1,40}\bhave (been|moved|got)"
    ),
    "rank": r"what rank|which rank|how high .{0,40} rank|ranked (where|what)|what place|rank\w* nationally",
    "local": (
        r"(which|what|names? of( the)?) ([\w-]+ ){0,2}(communes?|wards?|villages?|hamlets?|districts?|townships?)\b"
    ),
    "span": r"how many ([\w-]+ )?(days|hours|weeks|sessions)",
}
_STATED = {
    "money": r"\b\d[\d.,]*\s*(dong|ty|trieu|nghin|ngan|vnd|usd)\b",
    "contact": r"@|www\.|https?:|\b0\d{2,3}[. ]?\d{3}[. ]?\d{3,4}\b|\b1900|\b1800",
    "hour": r"\b\d{1,2}\s*(gio|h)\s*\d{0,2}\b",
    "company": r"\b(cong ty|tap doan|vnpt|viettel|mobifone|fpt)\b",
    "now": r"\d(?=[\s\S]*\b(da|hien|hien co|hien nay|den nay|tinh den|dat duoc|chua)\b)"
    r"|\b(da|hien|hien nay|den nay|tinh den|dat duoc|chua)\b(?=[\s\S]*\d)",
    "rank": r"\b(hang|thu|top|nhom|dung)\b",
    "span": r"\d\s*(ngay|buoi|tuan|gio|tieng|thang|nam)\b",
}
_SHARE = re.compile(  # without its marks, "đất" (land) would be "đạt" (reaches)
    r"\b(?:đạt|tỷ lệ|tỉ lệ|tỷ trọng|chỉ tiêu|phần trăm|phai dat|ty le|ti le|ty trong|chi tieu|phan tram"
    r"|share|percent\w*|proportion)\b|%"
)
_NAME = re.compile(rf"(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Đđ]/c)[\s:]+(?:[{UPPER}]\w*\s+){{1,3}}[{UPPER}]")
_LOCAL = re.compile(rf"(?:[Xx]ã|[Pp]hường|[Tt]hị trấn|[Tt]hôn|[Bb]ản|[Ấấ]p|[Bb]uôn|[Ll]àng|[Hh]uyện),? [{UPPER}]")
_VI = {name: re.compile(rf"(?<!\w)(?:{words})") for name, words in _VIETNAMESE.items()}
_VI_FOLDED = {name: re.compile(rf"(?<!\w)(?:{fold(words)})") for name, words in _VIETNAMESE.items()}
_EN = {name: re.compile(rf"(?<!\w)(?:{words})") for name, words in _ENGLISH.items()}
_IS_STATED = {name: re.compile(pattern) for name, pattern in _STATED.items()}


def slots(asked: Question) -> frozenset[str]:
    """The kinds of things that a question can only be answered with.

    >>> from qa.question import understand
    >>> sorted(slots(understand("Tổng kinh phí của đề án là bao nhiêu tỷ đồng?")))
    ['money']
    """
    if asked.language == "en":
        patterns, shown = _EN, asked.text.lower()
    else:
        text = squeeze(content(asked))
        patterns, shown = (_VI, text.lower()) if asked.diacritics else (_VI_FOLDED, fold(text))
    found = {name for name, pattern in patterns.items() if pattern.search(shown)}
    if _SHARE.search(shown):
        found.discard("money")  # "học phí đóng không tiền mặt phải đạt bao nhiêu" asks for a share
    return frozenset(found)


def states(kinds: frozenset[str], text: str) -> bool:
    """Whether a text holds a thing of each kind.

    >>> states(frozenset({"money"}), "Tổng kinh phí 12,5 tỷ đồng"), states(frozenset({"money"}), "Trên 85% dân số")
    (True, False)
    """
    folded = fold(text)
    named = {"person": _NAME, "local": _LOCAL}
    return all(named[kind].search(text) if kind in named else _IS_STATED[kind].search(folded) for kind in kinds)
