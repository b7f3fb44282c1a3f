"""Why a passage was found, in words."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from qa.page.why import shared_phrases, why_html
from qa.types import Found

FIRST = Found(
    1, "d.1", "1/KH", "d", "Trà Vinh", "Điều 1", "Article 1", "Cơ quan thực hiện SOC", 0.9, 0, 21, "task", (),
    dense=0.842, lexical=6.79, terms=("cơ", "quan", "soc"),
)  # fmt: skip
SECOND = replace(FIRST, rank=2, passage_id="d.2", text="Việc <khác>", dense=0.9, lexical=0.0, terms=())


def reasons(found: Found, language: str) -> list[str]:
    html = why_html(found, (FIRST, SECOND), "en" if language == "en" else "vi")
    return [unescape(item) for item in re.findall("<li>(.*?)</li>", html)]


def test_places_among_those_found_and_the_words_shared() -> None:
    assert reasons(FIRST, "vi") == [
        "Nghĩa gần câu hỏi thứ 2 trong 2 đoạn tìm được (độ gần 0,84)",
        "Từ ngữ trùng nhiều nhất (điểm 6,8): “Cơ quan”, “SOC”",
    ]
    assert reasons(SECOND, "en") == [
        "Meaning: the closest of the 2 passages found (closeness 0.90)",
        "Words: none of the question's; found by its meaning",
    ]


def test_a_passage_without_scores_gives_no_reasons() -> None:
    assert why_html(replace(FIRST, dense=0.0, lexical=0.0), (FIRST,), "vi") == ""


def test_terms_without_marks_are_found_in_text_with_them() -> None:
    assert shared_phrases("Trên 85% có điện thoại thông minh", ("dien", "thoai", "co")) == ["có điện thoại"]
    assert shared_phrases("Sở Y tế, y tế xã", ("y", "tế")) == ["Y tế"]
    assert shared_phrases("không có gì", ()) == []
