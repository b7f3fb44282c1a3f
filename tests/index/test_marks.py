"""Marks put back on Vietnamese typed without, from the words of a small corpus."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.vietnamese import fold
from index.marks import Marks

TEXTS = ["Tỷ lệ dân số có điện thoại thông minh", "Sở Nội vụ chủ trì", "chữ ký số của người dân", "đường dây nóng"]


def test_the_corpus_decides_between_forms() -> None:
    marks = Marks.of(TEXTS)
    assert marks.restore("so noi vu chu tri") == "sở nội vụ chủ trì"
    assert marks.restore("chu ky so") == "chữ ký số"


def test_words_people_ask_with_are_known() -> None:
    assert Marks.of([]).restore("bao nhieu phan tram, den bao gio") == "bao nhiêu phần trăm đến bao giờ"


def test_unknown_words_stay_as_they_are() -> None:
    assert Marks.of(TEXTS).restore("SOC xyzzy 5G 37,8") == "soc xyzzy 5g 37 8"
    assert Marks.of(TEXTS).restore("") == ""


@given(st.text(max_size=80))
def test_only_marks_change(text: str) -> None:
    marks = Marks.of(TEXTS)
    folded = fold(text)
    assert fold(marks.restore(folded)).split() == fold(Marks.of([]).restore(folded)).split()
