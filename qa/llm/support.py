"""Whether a reworded sentence keeps to what the plain answer says: half of its telling words at least stand there.

What a passage says beyond the plain answer is left out on purpose: a request that somebody planted in a passage would
else be as good as an answer.
"""

from __future__ import annotations

import re

from qa.glossary import canonical, match
from qa.types import Answer

LEAST = 0.5
"""Least share of a sentence's telling words that the plain answer or the question holds."""

_JOINING = frozenset(
    "là và của có cho do thì mà những các mỗi một này đó đây được bị phải sẽ đã đang cần đến tới từ trong ngoài tại ở "
    "với về theo bởi vì nên khi nếu để cũng còn trên dưới trước sau hết làm việc nhiệm vụ mục tiêu chỉ tiêu thời hạn "
    "đạt ít nhất tối đa thiểu hơn không quá mức số người dân cơ quan đơn vị chịu trách chủ trì phối hợp đạo thực hiện "
    "hoàn thành xong giao kế hoạch quyết định văn bản nêu rõ tỉnh phố năm tháng ngày quý cụ thể riêng đồng thời cùng "
    # English
    "a an the and or but of to in on at by for with from as is are was were be been being has have had it its this "
    "that these those which who whom whose there their they must should will shall may can do does done also both "
    "all each than then before after until since over under more less most least about up between within during while "
    "not no responsible responsibility lead led leading coordinate coordinating coordination direct directed directing "
    "deadline task target aim set state stated carried out carry work working together complete completed due plan "
    "decision province according end year month".split()
)


def joins(word: str) -> bool:
    """Whether a word in small letters only joins others, or is said of every plan.

    >>> joins("theo"), joins("viễn")
    (True, False)
    """
    return word in _JOINING


def keeps_to(sentence: str, answer: Answer) -> bool:
    """Whether enough of a sentence's words stand in the plain answer; the sentence is without markers and figures."""
    words = re.findall(r"[^\W\d_]+", sentence)
    if answer.language == "en":
        return _english(words, answer)
    held = set(re.findall(r"[^\W\d_]+", f"{answer.answer} {answer.question}".lower()))
    telling = [word.lower() for word in words if not joins(word.lower())]
    return sum(word in held for word in telling) >= LEAST * len(telling)


def _english(words: list[str], answer: Answer) -> bool:
    """English words also count where the glossary has a Vietnamese term for them that the plain answer holds."""
    plain = f"{answer.answer} {answer.question}"
    held = {canonical(word) for word in re.findall(r"[^\W\d_]+", plain)}
    small = " ".join(["", *re.findall(r"[^\W_]+", plain.lower()), ""])
    for phrase in match(" ".join(words))[0]:
        if any(f" {term.lower()} " in small for term in phrase.vietnamese):
            held.update(canonical(word) for word in re.findall(r"[^\W\d_]+", phrase.phrase))
    telling = [canonical(word) for word in words if not joins(word.lower()) and not joins(canonical(word))]
    return sum(word in held for word in telling) >= LEAST * len(telling)
