"""The words of the page around an answer, in Vietnamese and in English; official texts are never translated here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.types import Language, Reason


@dataclass(frozen=True, slots=True)
class Labels:
    """Every word that the page puts beside a document's own; one value for each language."""

    no_answer: str
    facts: str
    responsible: str
    coordinating: str
    directing: str
    deadline: str
    targets: str
    indicator: str
    value: str
    year: str
    source: str
    proof: str
    others: str
    nearest: str
    nearest_note: str
    open: str
    number: str
    kind: str
    issuer: str
    date: str
    signer: str
    editions: str
    outline: str
    about: str
    to_quote: str
    close: str
    province: str
    today: str
    successors: str
    why: str
    nearness: str
    nearness_best: str
    words_shared: str
    words_best: str
    words_none: str
    copy_answer: str
    copy_citation: str
    answered_by: str
    comparators: dict[str, str]


VI = Labels(
    no_answer="Các văn bản không có câu trả lời",
    facts="Tóm tắt",
    responsible="Chịu trách nhiệm",
    coordinating="Phối hợp",
    directing="Chỉ đạo",
    deadline="Thời hạn",
    targets="Chỉ tiêu",
    indicator="Chỉ tiêu",
    value="Mức",
    year="Năm",
    source="Văn bản",
    proof="Căn cứ",
    others="Các đoạn khác tìm thấy",
    nearest="Những đoạn gần nhất",
    nearest_note="Các đoạn này không trả lời câu hỏi; nêu ra để tham khảo.",
    open="Mở trong văn bản",
    number="Số",
    kind="Loại văn bản",
    issuer="Cơ quan ban hành",
    date="Ngày ban hành",
    signer="Người ký",
    editions="Bản nguồn",
    outline="Mục lục",
    about="Thông tin văn bản",
    to_quote="Đến đoạn trích",
    close="Đóng",
    province="Tỉnh, thành phố",
    today="nay thuộc {name}",
    successors="Cơ quan nay đã thay đổi",
    why="Vì sao khớp",
    nearness="Nghĩa gần câu hỏi thứ {place} trong {count} đoạn tìm được (độ gần {score})",
    nearness_best="Nghĩa gần câu hỏi nhất trong {count} đoạn tìm được (độ gần {score})",
    words_shared="Từ ngữ trùng nhiều thứ {place} (điểm {score}): {terms}",
    words_best="Từ ngữ trùng nhiều nhất (điểm {score}): {terms}",
    words_none="Không có từ nào của câu hỏi; tìm thấy nhờ nghĩa gần",
    copy_answer="Chép câu trả lời kèm trích dẫn",
    copy_citation="Chép trích dẫn",
    answered_by="nay: {names}",
    comparators={">": "trên", ">=": "tối thiểu", "<": "dưới", "<=": "tối đa", "=": ""},
)

EN = Labels(
    no_answer="The documents do not answer this",
    facts="Summary",
    responsible="Responsible",
    coordinating="Coordinating",
    directing="Directing",
    deadline="Deadline",
    targets="Targets",
    indicator="Indicator",
    value="Value",
    year="Year",
    source="Document",
    proof="Evidence",
    others="Other passages found",
    nearest="Nearest passages",
    nearest_note="These passages do not answer the question; they are shown for reference.",
    open="Open in the document",
    number="Number",
    kind="Kind",
    issuer="Issued by",
    date="Date",
    signer="Signed by",
    editions="Source files",
    outline="Outline",
    about="About this document",
    to_quote="To the quote",
    close="Close",
    province="Province",
    today="now part of {name}",
    successors="Agencies that have changed since",
    why="Why this matched",
    nearness="Meaning: number {place} of the {count} passages found (closeness {score})",
    nearness_best="Meaning: the closest of the {count} passages found (closeness {score})",
    words_shared="Words: number {place} by shared words (score {score}): {terms}",
    words_best="Words: shares the most words (score {score}): {terms}",
    words_none="Words: none of the question's; found by its meaning",
    copy_answer="Copy answer with citations",
    copy_citation="Copy citation",
    answered_by="now: {names}",
    comparators={">": "over", ">=": "at least", "<": "under", "<=": "at most", "=": ""},
)

REASONS: dict[Reason, tuple[str, str]] = {
    "": ("Không có câu trả lời.", "There is no answer."),
    "empty_question": ("Câu hỏi đang trống.", "The question is empty."),
    "province_not_covered": (
        "Kho không có văn bản nào của tỉnh được hỏi.",
        "No document of that province is in the collection.",
    ),
    "document_not_covered": ("Kho không có văn bản được hỏi.", "That document is not in the collection."),
    "year_not_covered": (
        "Các văn bản trong kho không nói về năm được hỏi.",
        "The documents say nothing about that year.",
    ),
    "not_stated": ("Các văn bản trong kho không nêu điều này.", "The documents do not state this."),
    "nothing_found": ("Không tìm thấy đoạn nào phù hợp với câu hỏi.", "No passage fits the question."),
    "false_premise": (
        "Các văn bản không nêu như câu hỏi đã cho là vậy.",
        "The documents do not say what is taken for granted.",
    ),
    "not_a_question": (
        "Đây không phải là câu hỏi về các kế hoạch.",
        "This is no question about the plans.",
    ),
    "other_language": (
        "Chỉ trả lời câu hỏi bằng tiếng Việt hoặc tiếng Anh.",
        "Only questions in Vietnamese or English can be answered.",
    ),
}


_MONTHS: tuple[str, ...] = ("January", "February", "March", "April", "May", "June", "July", "August")
_MONTHS += ("September", "October", "November", "December")


def labels(language: Language) -> Labels:
    """The labels of one language."""
    return EN if language == "en" else VI


def reason_text(reason: Reason, language: Language) -> str:
    """Why there is no answer, as one sentence."""
    vietnamese, english = REASONS[reason]
    return english if language == "en" else vietnamese


def shown_number(value: str, language: Language) -> str:
    """A contract number (dot as decimal mark, no separators) as it is written; other text unchanged.

    >>> shown_number("83.5", "vi"), shown_number("12500.5", "vi"), shown_number("12500.5", "en")
    ('83,5', '12.500,5', '12,500.5')
    """
    found = re.fullmatch(r"(-?\d+)(?:\.(\d+))?", value)
    if not found:
        return value
    whole = f"{int(found[1]):,}" if len(found[1].lstrip("-")) > 4 else found[1]
    shown = f"{whole}.{found[2]}" if found[2] else whole
    return shown.translate({ord(","): ".", ord("."): ","}) if language == "vi" else shown


def shown_date(date: str, language: Language) -> str:
    """An ISO date as it is written: "19/11/2024" in Vietnamese, "19 November 2024" in English; other text unchanged."""
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", date)
    if not found or not 1 <= int(found[2]) <= 12:
        return date
    if language == "vi":
        return f"{found[3]}/{found[2]}/{found[1]}"
    return f"{int(found[3])} {_MONTHS[int(found[2]) - 1]} {found[1]}"
