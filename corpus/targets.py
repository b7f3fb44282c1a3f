"""Target records: indicator, comparator, value, unit and year, read off the sentences of target passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.types import Passage, Target
from corpus.vietnamese import squeeze

_VALUE = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+(?:[.,]\d+)?)\s*(%)")
_COMPARATORS = (  # with their marks: "từ" (from) is not the "tử" of "điện tử"
    (">", re.compile(r"(?<!\w)(tối thiểu trên|trên|hơn|vượt)$")),
    (">=", re.compile(r"(?<!\w)(tối thiểu|ít nhất|từ|không thấp hơn|không dưới|từ trên)$")),
    ("<=", re.compile(r"(?<!\w)(tối đa|không quá|không vượt quá)$")),
    ("<", re.compile(r"(?<!\w)(dưới|thấp hơn)$")),
)
_YEAR = re.compile(r"năm\s+(20\d\d)(?!\s*[-–]\s*20)", re.IGNORECASE)
_CLAUSE = re.compile(r"(?:;\s+|,?\s*trong đó\s*:?\s+|,\s+(?=(?:trên|tối thiểu|ít nhất|\d+(?:[.,]\d+)?\s*%)))")
_LEADING = re.compile(r"^(?:[-+•*]\s*|[a-zđ]\)\s*|\d+[.)]\s*)+")
_FILLER = re.compile(
    r"^(?:phấn đấu|đảm bảo|bảo đảm|duy trì|có)\s+|\s*(?:đạt|chiếm|là|tối thiểu|trên|ít nhất|từ|khoảng|hơn)\s*$", re.IGNORECASE
)


def read_targets(passages: Sequence[Passage], title: str = "") -> tuple[Target, ...]:
    """Every percentage that a target passage sets, in reading order; the title dates what nothing nearer does."""
    return tuple(target for passage in passages if passage.kind == "target" for target in _of(passage, title))


def _of(passage: Passage, title: str) -> Iterator[Target]:
    for left, right in _clauses(passage.text):
        clause = passage.text[left:right]
        values = [found for found in _VALUE.finditer(clause) if not _is_aside(clause[: found.start()])]
        value_first = bool(values) and len(_strip(clause[: values[0].start()]).split()) < 2
        for index, found in enumerate(values):
            begin = values[index - 1].end() if index else 0
            finish = values[index + 1].start() if index + 1 < len(values) else len(clause)
            before, after = clause[begin : found.start()], clause[found.end() : finish]
            indicator = _behind(after) if value_first else _indicator(before, after)
            if not indicator:
                continue
            yield Target(
                document_id=passage.document_id,
                section_id=passage.section_id,
                passage_id=passage.id,
                indicator=indicator,
                comparator=_comparator(before),
                value=_number(found.group(1)),
                unit="%",
                year=_year((clause, *reversed(passage.headings), title)),
                quote=clause.strip(),
                start=passage.start + left,
                end=passage.start + right,
            )


def _is_aside(before: str) -> bool:
    """Whether a value only explains another one: "206.742/295.693 (đạt 69,92%)", "04/100%"."""
    return before.rstrip().endswith("(") or bool(re.search(r"\d\s*/\s*$", before))


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of a passage that set one target each, parted by semicolons and by "trong đó"."""
    depth = 0
    start = 0
    for found in _CLAUSE.finditer(text):
        depth = text.count("(", 0, found.start()) - text.count(")", 0, found.start())
        if depth > 0:
            continue
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def _indicator(before: str, after: str) -> str:
    """What is measured, when words stand in front of the value.

    "Tỷ lệ X đạt trên 80%" measures X; in "bảo đảm 100% cán bộ sử dụng máy tính" both sides are needed.
    """
    front, behind = _strip(before), _behind(after)
    if re.search(r"(đạt|chiếm|là)(\s+(trên|tối thiểu|ít nhất|từ|khoảng|hơn|dưới|tối thiểu trên))*\s*$", before.rstrip().lower()):
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


def _comparator(before: str) -> str:
    words = re.sub(r"\s*(?<!\w)(đạt|là|chiếm|khoảng)$", "", before.lower().rstrip())
    return next((comparator for comparator, pattern in _COMPARATORS if pattern.search(words)), "=")


def _number(written: str) -> str:
    """
    >>> _number("37,8"), _number("1.459")
    ('37.8', '1459')
    """
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", written):
        return written.replace(".", "")
    return written.replace(",", ".")


def _year(texts: Sequence[str]) -> str:
    """The first year that one of the texts names, nearest text first."""
    for text in texts:
        if found := _YEAR.search(text):
            return found.group(1)
    return ""
