"""Duties handed out inside a paragraph: "..., giao Sở Y tế thành lập đoàn kiểm tra ...", or a later sentence that
opens with an agency and says what it answers for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.agencies import split_agencies
from corpus.duties import ENFORCEMENT, FORMULA, STOP, Duty, coordinating_in, name_and_rest, says_nothing
from corpus.duty_words import NAMES
from corpus.time_limits import deadline_in
from corpus.vietnamese import UPPER

_ISSUER = r"(?:Chủ tịch\s+)?(?:UBND|[ỦU][ỷyỳ]? ?[Bb]an nhân dân)\s+(?:[Tt]ỉnh|[Tt]hành phố)(?:\s+[A-ZĐ]\w+){0,4}?\s+"
_VERB = re.compile(rf"\b(?P<verb>[Gg]iao|[Pp]hân công)\s+(?:trách nhiệm\s+|nhiệm vụ\s+)?(?:cho\s+)?(?={NAMES})")
_BEFORE = re.compile(
    rf"(?:^(?:[-–+•*]\s*)?|[.;,:]\s)(?:(?P<also>[Đđ]ồng thời|[Nn]goài ra|[Rr]iêng),?\s+)?(?P<issuer>{_ISSUER})?$"
)
_LONGEST_BEFORE = 80
_ANSWERS = re.compile(
    rf"(?:^(?:[-–+•*]\s*|[a-zđ]\)\s*)?|[.:]\s+)(?:(?:[Đđ]ồng thời|[Nn]goài ra|[Rr]iêng),?\s+)?(?={NAMES})"
)
_ANSWERS_STOP = re.compile(
    r"\s+(?=(?:chủ trì|có trách nhiệm|chịu trách nhiệm|là (?:cơ quan|đơn vị) (?:thường trực|đầu mối|chủ trì)"
    r"|phối hợp (?:với|cùng))\b)"
)
_ORDER_STOP = re.compile(
    STOP.pattern + r"|\s(?=(?:thành lập|ban hành|kiểm tra|lập|xem xét"
    r"|cung cấp|quản lý|phát hiện|khảo sát|thẩm định|làm|tiếp nhận)\b)"
)
_MAY_HAND_OUT = re.compile(r"[Gg]iao |hân công |chủ trì|trách nhiệm|phối hợp |là (?:cơ quan|đơn vị)")
_SENTENCE_END = re.compile(rf"\.\s+(?=[{UPPER}])")


def handed_out(text: str) -> Iterator[tuple[int, Duty]]:
    """Each duty that words inside the text give to an agency, with the offset where its sentence begins.

    >>> [(at, d.lead, d.coordinating) for at, d in handed_out(
    ...     "Trên cơ sở kết quả, giao Sở Y tế chủ trì, phối hợp với Sở Nội vụ thành lập đoàn kiểm tra.")]
    [(20, ('Sở Y tế',), ('Sở Nội vụ',))]
    >>> list(handed_out("thực hiện nhiệm vụ được Ủy ban nhân dân tỉnh giao Sở Y tế"))
    []
    """
    if not _MAY_HAND_OUT.search(text) or ENFORCEMENT.search(text):
        return
    found = []
    for verb in _VERB.finditer(text):
        before = _BEFORE.search(text, max(0, verb.start() - _LONGEST_BEFORE), verb.start())
        if before and (verb["verb"] != "phân công" or before["also"] or before["issuer"]):
            found.append(
                (before.start() + len(before.group()) - len(before.group().lstrip(".;,: ")), verb.end(), _ORDER_STOP)
            )
    found += [(m.end(), m.end(), _ANSWERS_STOP) for m in _ANSWERS.finditer(text)]
    ends = [at for at, _, _ in sorted(found)]
    for at, begins, stops in sorted(found, key=lambda one: one[0]):
        limit = next((end for end in ends if end > begins), len(text))
        duty = _duty(text[begins:limit], stops)
        if duty:
            yield at, duty


def _duty(text: str, stops: re.Pattern[str]) -> Duty | None:
    """The duty of words that open with an agency, to the end of their sentence."""
    name, starts = name_and_rest(text, 0, stops)
    if (earlier := STOP.search(text)) and name and earlier.start() < len(name):
        if not text.startswith("trên cơ sở", earlier.end()):
            return None  # what "chủ trì" speaks of is another's
        name, starts = text[: earlier.start()], earlier.end()
    if not name or ". " in name:
        return None
    end = _SENTENCE_END.search(text, starts)
    rest = text[starts : end.start() + 1 if end else len(text)].strip(" :,;")
    lead = split_agencies(name)
    if says_nothing(rest) or FORMULA.match(rest) or not lead:
        return None
    return Duty(rest, lead, coordinating_in(rest), deadline_in(rest))
