"""Target records: indicator, comparator, value, unit and year, read off the sentences and rows of target passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.amounts import Amount, amounts
from corpus.labels import column_role
from corpus.target_rows import CELL, plain_number, row_targets
from corpus.types import Passage, Target
from corpus.vietnamese import UPPER, fold, squeeze

_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d+(?:[.,]\d+)?)"
_VALUE = re.compile(
    rf"(?<![\d.,])(?P<value>{_NUMBER}(?:\s*%?\s*(?:[-–]|đến)\s*{_NUMBER})?)\s*(?:%|phần trăm)(?P<each>\s*/\s*năm)?"
)
_RANGE = re.compile(rf"({_NUMBER})\s*%?\s*(?:[-–]|đến)\s*({_NUMBER})")
_CHANGE = re.compile(r"(?:giảm|tăng)(?:\s+(?:thêm|ít nhất|tối thiểu|trên|bình quân))*$", re.IGNORECASE)
_COMPARATORS = (  # with their marks: "từ" (from) is not the "tử" of "điện tử"
    ("<=", re.compile(r"(?<!\w)(tối đa|không quá|không vượt quá|không cao hơn)$")),
    ("<", re.compile(r"(?<!\w)(dưới|thấp hơn|ít hơn)$")),
    (">=", re.compile(r"(?<!\w)(tối thiểu|ít nhất|từ|không thấp hơn|không dưới|từ trên)$")),
    (">", re.compile(r"(?<!\w)(tối thiểu trên|trên|hơn|vượt)$")),
)
_YEAR = re.compile(r"năm\s+(20\d\d)(?!\s*[-–]\s*20)", re.IGNORECASE)
_SENTENCE_END = re.compile(rf"(?<=[^\d\W]{{2}})\.\s+(?=[{UPPER}])")
_MULTIPLE = re.compile(r"^(nghìn|triệu|tỷ|tỉ) (?!đồng|USD)")
_AIMED = re.compile(r"\b(chi tieu|muc tieu|ket qua can dat|gia tri)\b")
_CITED = re.compile(r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+20\d\d", re.IGNORECASE)  # of a text that a title names
_CITED_BY_NUMBER = re.compile(rf"\d/[\w-]+,?\s+{_CITED.pattern}", re.IGNORECASE)
_PERIOD = re.compile(r"(?<!nhiệm kỳ )20\d\d\s*[-–]\s*(20\d\d)")  # a council's term of office dates no aim
_POPULATION = re.compile(
    r"đối với\s+([^,;.:()]{3,60}?)(?=\s+(?:đạt|là|chiếm|có|được|trên|tối thiểu|từ|ít nhất|để|trong)\b|[,;.:()]|$)"
)
_AREA = re.compile(
    r"(?:ở|tại)\s+((?:các\s+)?(?:khu vực|vùng|xã|thôn|bản|đô thị|nông thôn|thành phố|huyện|trung tâm"
    r"|địa bàn|khu)[^;.:()]{0,60}?)"
    r"(?=\s+(?:đạt|là|chiếm|có|được|trên|tối thiểu|từ|ít nhất|để|trong|sử dụng|tham gia)\b|[;.:()]|,\s|$)"
)
_CLAUSE = re.compile(
    r"(?:;\s+|,?\s*trong đó\s*:?\s+|,\s+(?=(?:tốc độ )?tăng (?:trưởng )?bình quân\b)"
    r"|,\s+(?=(?:(?:giảm|tăng)\s+)?(?:trên|tối thiểu|ít nhất|\d+(?:[.,]\d+)?\s*%)))"
)
# "tương ứng 70%, 60%, 55%": one value for each of several.
_EACH = re.compile(r"(?:tương ứng|lần lượt)(?:\s+(?:là|đạt|ở mức))?(?:[\s,]|và|\d|%)*$")
_GROWTH = re.compile(r"(?:tốc độ )?tăng (?:trưởng )?bình quân\b", re.IGNORECASE)
_LEADING = re.compile(r"^(?:[-+•*]\s*|(?:Chỉ tiêu|Mục tiêu)\s+\d+\s*:\s*|[a-zđ]\)\s*|\d+[.)]\s*)+")
_FILLER = re.compile(
    r"^(?:phấn đấu|đảm bảo|bảo đảm|duy trì|có)(?:\s+|$)|\s+(?-i:phấn đấu|dự kiến|đến năm 20\d\d)$"
    r"|\s*(?:đạt|chiếm|là|tối thiểu|trên|ít nhất|từ|khoảng|thấp hơn|ít hơn"
    r"|hơn|không quá|không vượt quá|không cao hơn|không dưới|không thấp hơn|tối đa|dưới|vượt)\s*$",
    re.IGNORECASE,
)


def read_targets(passages: Sequence[Passage], title: str = "", term: str = "") -> tuple[Target, ...]:
    """Every value that a target passage sets, in reading order.

    The title dates what nothing nearer does, and else the year of the plan's `term` (`corpus.terms`).
    """
    return tuple(target for passage in passages if passage.kind == "target" for target in _of(passage, title, term))


def _of(passage: Passage, title: str, term: str) -> Iterator[Target]:
    by_year = list(row_targets(passage)) if passage.columns else []
    if by_year:
        yield from by_year
        return
    last = ""
    for left, right in _stretches(passage):
        clause = passage.text[left:right]
        values = _percentages(clause) or _counts(clause)
        opening = clause[: values[0].start].rstrip() if values else ""
        value_first = bool(values) and len(_strip(opening).split()) < 2 and not _CHANGE.search(opening)
        near = [_CITED_BY_NUMBER.sub(" ", text) for text in (clause, *reversed(passage.headings))]
        year = _year((*near, _CITED.sub(" ", title))) or term if values else ""
        population, area = _whom(clause)
        for index, found in enumerate(values):
            begin = values[index - 1].end if index else 0
            finish = values[index + 1].start if index + 1 < len(values) else len(clause)
            before, after = _last_sentence(clause[begin : found.start]), clause[found.end : finish]
            if index and before.strip() in (",", "và") and (found.is_counted or _EACH.search(opening)):
                before = clause[: values[0].start]  # "tối đa 15 tập thể và 30 cá nhân", "tương ứng 70%, 60%, 55%"
            if found.is_counted:
                after = f"{_MULTIPLE.sub('', found.unit)}{after}"  # "80 xã có ..." counts the xã that have
            indicator = _behind(after) if value_first else _indicator(before, after)
            if "/" in found.unit and "%" not in found.unit:
                front = _strip(before)
                indicator = front if len(front.split()) > 1 else found.unit  # "15 giường bệnh/vạn dân"
            if not indicator:
                continue
            if _GROWTH.match(indicator) and last:
                indicator = f"{last}: {indicator}"  # "xuất khẩu đạt 400 triệu USD, tăng bình quân 10%/năm"
            elif not _GROWTH.match(indicator):
                last = indicator
            yield Target(
                document_id=passage.document_id,
                section_id=passage.section_id,
                passage_id=passage.id,
                indicator=indicator,
                comparator="<=" if found.is_rank else _comparator(before, after),
                value=_plain(found.value),
                unit=found.unit,
                year=year,
                quote=clause.strip(),
                start=passage.start + left,
                end=passage.start + right,
                population=population,
                area=area,
            )


def _last_sentence(text: str) -> str:
    """What stands behind the last full stop: the sentence that the value belongs to."""
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    return text[ends[-1] :] if ends and text[ends[-1] :].strip() else text


def _stretches(passage: Passage) -> Iterator[tuple[int, int]]:
    """The clauses of a passage; of a row, those of the cells that say what is to be reached."""
    if not passage.columns:
        yield from _clauses(passage.text)
        return
    at = 0
    for index, cell in enumerate(passage.text.split(CELL)):
        name = passage.columns[index] if index < len(passage.columns) else ""
        if column_role(name) in (None, "task") or _AIMED.search(fold(name)):
            yield from ((at + left, at + right) for left, right in _clauses(cell))
        at += len(cell) + len(CELL)


def _percentages(clause: str) -> list[Amount]:
    return [
        Amount(found["value"], "%/năm" if found["each"] else "%", found.start(), found.end())
        for found in _VALUE.finditer(clause)
        if not _is_aside(clause, found.start(), found.end())
    ]


def _plain(written: str) -> str:
    """A number, or the two of a range, with a dot as decimal mark.

    >>> _plain("37,8"), _plain("40 đến 50")
    ('37.8', '40-50')
    """
    ends = _RANGE.fullmatch(written)
    return f"{plain_number(ends[1])}-{plain_number(ends[2])}" if ends else plain_number(written)


def _counts(clause: str) -> list[Amount]:
    """Amounts of a clause without a percentage; beside one they only say of what or with what."""
    found = [amount for amount in amounts(clause) if not _is_aside(clause, amount.start, amount.end)]
    return [
        amount
        for index, amount in enumerate(found)
        if index == 0
        or amount.is_rank
        or re.search(
            r"(?:[,;]|\bvà)\s*(?:(?:\w+\s+){0,3}|(?:nâng |đưa )?tổng (?:số )?[^,;()]{1,40})$",
            clause[found[index - 1].end : amount.start],
        )
    ]


def _whom(clause: str) -> tuple[str, str]:
    """Population ("đối với hộ nghèo") and area ("tại vùng sâu, vùng xa") that a clause names, "" where it does not."""
    population = _POPULATION.search(clause)
    area = _AREA.search(clause)
    return (population.group(1).strip() if population else ""), (area.group(1).strip() if area else "")


def _is_aside(clause: str, start: int, end: int) -> bool:
    """Whether a value only explains another one: "206.742/295.693 (đạt 69,92%)", "04/100%", "từ 23% xuống 18%"."""
    before = clause[:start].rstrip()
    if before.endswith("(") or re.search(r"\d\s*/$", before):
        return True
    return bool(re.search(r"(?<!\w)từ$", before) and re.match(r"\s*(?:năm 20\d\d )?(?:xuống|lên)(?!\w)", clause[end:]))


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of a passage that set one target each, parted by semicolons and by "trong đó"."""
    depth = 0
    start = 0
    for found in _CLAUSE.finditer(text):
        depth = text.count("(", 0, found.start()) - text.count(")", 0, found.start())
        if depth > 0 or _EACH.search(text[start : found.start()]):
            continue
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def _indicator(before: str, after: str) -> str:
    """What is measured, when words stand in front of the value.

    "Tỷ lệ X đạt trên 80%" measures X; in "bảo đảm 100% cán bộ sử dụng máy tính" both sides are needed.
    """
    front, behind = _strip(before), _behind(after)
    if _CHANGE.search(before.rstrip()) and behind and not behind.startswith("so với"):
        return f"{front} {behind}".strip()
    if re.fullmatch(r"(?:(?:đến|từ|trong|vào|hết)\s+)?năm\s+20\d\d(?:\s+trở đi)?", front, re.IGNORECASE):
        return behind
    if re.search(
        r"(đạt|chiếm|là)(\s+(trên|tối thiểu|ít nhất|từ|khoảng|hơn|dưới|tối thiểu trên))*\s*$", before.rstrip().lower()
    ):
        return front
    if re.search(r"\b(tỷ lệ|tỷ trọng|tỉ lệ|tỉ trọng)\b", front.lower()) or not behind:
        return front
    return f"{front} {behind}".strip()


def _behind(after: str) -> str:
    text = _strip(re.split(r"(?<=[^\d])[.;](?:\s|$)", after.strip(), maxsplit=1)[0])
    return re.sub(r"\s+(và|hoặc)$", "", text)


def _strip(text: str) -> str:
    text = squeeze(_LEADING.sub("", text.strip())).strip(" ,;:.–-")
    previous = None
    while previous != text:
        previous, text = text, _FILLER.sub("", text).strip(" ,;:.")
    return text


def _comparator(before: str, after: str = "") -> str:
    """How the value binds: "trên 80%" is more than, "80% trở lên" at least, a bare one exactly."""
    if after.lstrip().startswith("trở lên"):
        return ">="
    if after.lstrip().startswith("trở xuống"):
        return "<="
    words = re.sub(r"\s*(?<!\w)(đạt|là|chiếm|khoảng|tương ứng|lần lượt)$", "", before.lower().rstrip())
    return next((comparator for comparator, pattern in _COMPARATORS if pattern.search(words)), "=")


def _year(texts: Sequence[str]) -> str:
    """The first year that one of the texts names, nearest text first; a period ends in its last year."""
    for text in texts:
        if found := _YEAR.search(text):
            return found.group(1)
    for text in texts:
        if found := _PERIOD.search(text):
            return found.group(1)
    return ""
