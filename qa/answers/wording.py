"""The sentences of an answer, in Vietnamese and English: short, plain, the same form every time."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.agencies import Successor, successors
from corpus.citations import english_date, english_kind, vietnamese_date
from corpus.provinces import today_of
from corpus.types import Document, Metadata, Target, Task
from corpus.vietnamese import squeeze
from qa.agencies import bilingual
from qa.answers.deadline_words import explain, in_english
from qa.question import Question
from qa.types import Reason

MAX_TASK = 160

_COMPARE_VI = {">": "trên ", ">=": "tối thiểu ", "=": "", "<": "dưới ", "<=": "tối đa "}
_COMPARE_EN = {">": "more than ", ">=": "at least ", "=": "", "<": "less than ", "<=": "at most "}


def place(meta: Metadata, asked: Question) -> str:
    """The province of a document; asked for by the name of today, it says which province it belongs to now.

    Legal source: Resolution 202/2025/QH15 on the arrangement of provincial administrative units.
    """
    today = today_of(meta.province)
    named = {province.name for province in asked.provinces}
    if meta.province in named or today not in named:
        return meta.province
    return f"{meta.province} ({'now part of' if asked.language == 'en' else 'nay thuộc'} {today})"


def task(record: Task, asked: Question, meta: Metadata) -> list[str]:
    """Who leads, who coordinates, who directs and by when, as far as it is asked or the plan states it."""
    english = asked.language == "en"
    where = f"{place(meta, asked)}. " if len(asked.provinces) != 1 or place(meta, asked) != meta.province else ""
    listed = _list_en if english else _list
    labels = ("Responsible", "Directing", "Coordinating") if english else ("Chịu trách nhiệm", "Chỉ đạo", "Phối hợp")
    groups = (record.lead, record.directing, record.coordinating)
    result = [f"{label}: {listed(agencies)}." for label, agencies in zip(labels, groups, strict=True) if agencies]
    if heir := _asked_by_heir(record, asked):
        former = f"{heir.former} is now {heir.name}" if english else f"{heir.former} nay là {heir.name}"
        result.append(f"({former}.)")
    if record.deadline:
        spoken = in_english(record.deadline) if english else explain(record.deadline)
        result.append(f"Deadline: {spoken}." if english else f"Thời hạn: {spoken}.")
    elif "when" in asked.wants:
        result.append("The plan states no deadline for it." if english else "Văn bản không nêu thời hạn cho việc này.")
    result.append(_what(record, english))
    return [where + result[0], *result[1:]]


def term(year: str, stated: str, asked: Question) -> str:
    """When the plan as a whole is carried out, in its own words, where it sets no date for a task."""
    words = plain_quote(stated).rstrip(".")
    if asked.language == "en":
        return f"The plan as a whole is to be carried out in {year} (“{words}”)."
    return f"Thời gian thực hiện chung của văn bản: năm {year} (“{words}”)."


def owner(record: Task, asked: Question) -> str:
    """Who answers for what was said before."""
    if asked.language == "en":
        return f"Responsible: {_list_en(record.lead)}."
    return f"Chịu trách nhiệm: {_list(record.lead)}."


def _asked_by_heir(record: Task, asked: Question) -> Successor | None:
    """The agency of today that the question names in place of the one that the plan names."""
    for agency in (*record.lead, *record.coordinating):
        for heir in successors(agency):
            if heir.name.lower() in asked.agencies and agency.lower() not in asked.agencies:
                return heir
    return None


def plain_quote(text: str) -> str:
    """Words of a document as they stand in a sentence: on one line, without the bullet in front.

    >>> plain_quote("- Triển khai mạng 5G\\ntại khu đô thị;")
    'Triển khai mạng 5G tại khu đô thị'
    """
    return squeeze(text).lstrip("-+•* ").rstrip(" ;")


def _what(record: Task, english: bool) -> str:
    words = _short(squeeze(record.task).strip(" .;+-"))
    return f"Task: “{words}”." if english else f"Nhiệm vụ: “{words}”."


def _short(words: str) -> str:
    return words if len(words) <= MAX_TASK else f"{words[:MAX_TASK].rsplit(' ', 1)[0]} …"


def target(record: Target, meta: Metadata, asked: Question) -> str:
    """One target: where, what, how much, until when."""
    language, where = asked.language, place(meta, asked)
    value = _amount(record, language)
    compared = (_COMPARE_EN if language == "en" else _COMPARE_VI)[record.comparator]
    year = f" ({'by' if language == 'en' else 'đến năm'} {record.year})" if record.year else ""
    indicator = _short(record.indicator[:1].upper() + record.indicator[1:])
    if language == "en":
        return f"{where}: {compared}{value}{year} — “{indicator}”."
    return f"{where}: {indicator}: {compared}{value}{year}."


def _amount(record: Target, language: str) -> str:
    """A value with its unit, as the language writes numbers: "3.000 lượt" is "3,000 lượt" in English."""
    thousands, mark = (",", ".") if language == "en" else (".", ",")
    ends = []
    for end in record.value.split("-"):
        whole, _, part = end.partition(".")
        grouped = f"{int(whole):,}".replace(",", thousands) if whole.isdigit() and len(whole) > 3 else whole
        ends.append(f"{grouped}{mark}{part}" if part else grouped)
    value = "–".join(ends)
    return f"{value}{record.unit}" if record.unit.startswith("%") else f"{value} {record.unit}".rstrip()


def task_row(record: Task, meta: Metadata, asked: Question) -> str:
    """One task of a list: the plan's province, the task, who leads it and by when."""
    english = asked.language == "en"
    words = _short(squeeze(record.task).strip(" .;+-"))
    lead = _list_en(record.lead) if english else _list(record.lead)
    deadline = (in_english(record.deadline) if english else explain(record.deadline)) if record.deadline else ""
    parts = [part for part in (lead, deadline) if part]
    return f"{place(meta, asked)}: “{words}”{' — ' if parts else ''}{'; '.join(parts)}."


def more(asked: Question, command: str) -> str:
    """That a list goes on, and what prints it whole; a count of rows is no figure of a plan, and is not given."""
    if asked.language == "en":
        return f"The list goes on; `planqa {command}` prints it whole."
    return f"Danh sách còn tiếp; lệnh `planqa {command}` in đầy đủ."


def passed(asked: Question) -> str:
    """What it means that a date has passed."""
    if asked.language == "en":
        return "The dates in the plans have passed; whether the work is done, the plans do not say."
    return "Đây là việc có thời hạn ghi trong kế hoạch đã qua; văn bản không cho biết việc đã xong hay chưa."


def not_set(meta: Metadata, asked: Question) -> str:
    """That nothing of what is compared was found in a province's plan."""
    if asked.language == "en":
        return f"{place(meta, asked)}: nothing of the kind was found in {_named_en(meta)}."
    return f"{place(meta, asked)}: không tìm thấy nội dung này trong {_named(meta)}."


def signer(meta: Metadata, asked: Question) -> str:
    """Who signed a document, and in which office, in the words of its foot."""
    role = f" ({meta.signer_role})" if meta.signer_role else ""
    if asked.language == "en":
        return f"{place(meta, asked)}: {_named_en(meta)} was signed by {meta.signer}{role}."
    return f"{place(meta, asked)}: người ký {_named(meta)} là {meta.signer}{role}."


def issued(meta: Metadata, asked: Question, order: str = "") -> str:
    """When a document was issued; `order` is "first" or "last" among several."""
    if asked.language == "en":
        said = {"first": " (the earliest)", "last": " (the latest)"}.get(order, "")
        return f"{place(meta, asked)}: {_named_en(meta)} was issued on {english_date(meta.date)}{said}."
    said = {"first": " (sớm nhất)", "last": " (muộn nhất)"}.get(order, "")
    return f"{place(meta, asked)}: {_named(meta)} được ban hành ngày {vietnamese_date(meta.date)}{said}."


def subject(meta: Metadata, asked: Question) -> str:
    """What a document is about, in the words of its title."""
    if asked.language == "en":
        return f"{place(meta, asked)}: {_named_en(meta)} is about “{meta.title}”."
    return f"{place(meta, asked)}: {_named(meta)} về “{meta.title}”."


def issuer(meta: Metadata, asked: Question) -> str:
    """Which body issued a document."""
    if asked.language == "en":
        return f"{_named_en(meta)} was issued by {meta.issuer}."
    return f"{meta.issuer} ban hành {_named(meta)}."


def _named(meta: Metadata) -> str:
    return f"{meta.kind.lower() or 'văn bản'} số {meta.number}"


def _named_en(meta: Metadata) -> str:
    return f"{english_kind(meta.kind)} No. {meta.number}"


def according(meta: Metadata, asked: Question) -> str:
    """The words that introduce a quote; which document and where, its citation says."""
    if asked.language == "en":
        return f"{place(meta, asked)}, {english_kind(meta.kind).lower()}:"
    return f"{place(meta, asked)}, {meta.kind.lower() or 'văn bản'} nêu:"


def declined(reason: Reason, asked: Question, documents: Iterable[Document]) -> str:
    """Why there is no answer, in the question's language, naming what the corpus does hold."""
    held = ", ".join(dict.fromkeys(d.meta.province for d in documents if d.meta.province))
    named = ", ".join(province.name for province in asked.provinces)
    numbers, years = ", ".join(asked.documents), ", ".join(asked.years)
    vi = {
        "province_not_covered": f"Kho văn bản không có kế hoạch của {named}; hiện có: {held}.",
        "document_not_covered": f"Kho văn bản không có văn bản số {numbers}.",
        "year_not_covered": f"Các văn bản không nêu nội dung được hỏi cho năm {years}.",
        "other_language": "Hãy hỏi bằng tiếng Việt hoặc tiếng Anh.",
        "false_premise": "Văn bản không nêu như vậy.",
        "not_a_question": "Đây không phải là câu hỏi về các kế hoạch; hãy hỏi về nội dung văn bản.",
        "not_stated": "Các văn bản có nói đến chủ đề này nhưng không nêu điều được hỏi.",
    }
    en = {
        "province_not_covered": f"There is no plan of {named} in this corpus; it holds: {held}.",
        "document_not_covered": f"There is no document No. {numbers} in this corpus.",
        "year_not_covered": f"The plans do not state what you ask for {years}.",
        "other_language": "Please ask in Vietnamese or English.",
        "false_premise": "The plans do not say so.",
        "not_a_question": "This is no question about the plans; please ask about what they say.",
        "not_stated": "The plans mention this topic but do not state what you ask.",
    }
    if asked.language == "en":
        return en.get(reason, "The plans do not answer this question.")
    return vi.get(reason, "Các kế hoạch không trả lời câu hỏi này.")


def _list(agencies: tuple[str, ...]) -> str:
    return "; ".join(agencies)


def _list_en(agencies: tuple[str, ...]) -> str:
    return "; ".join(bilingual(agency) for agency in agencies)
