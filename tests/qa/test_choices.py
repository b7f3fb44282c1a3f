"""Filters of the page: what can be chosen, and nothing else gets through."""

from __future__ import annotations

from page_fakes import PLAN

from qa.page.choices import choices, chosen, filters, form_html
from qa.types import Filters

DOCUMENTS = (PLAN,)
KNOWN = choices(DOCUMENTS, "vi")


def test_what_can_be_chosen() -> None:
    assert KNOWN["province"] == {"Trà Vinh": "Trà Vinh", "Vĩnh Long": "Vĩnh Long"}  # then, and since 1 July 2025
    assert KNOWN["document"] == {PLAN.id: "Quyết định 2043/QĐ-UBND · Trà Vinh · 19/11/2024"}
    assert KNOWN["year"] == {"2024": "2024"}
    assert KNOWN["kind"] == {"target": "Chỉ tiêu", "task": "Nhiệm vụ"}


def test_values_are_known_by_other_spellings_and_by_number() -> None:
    sent = {"province": ["tra vinh"], "document": ["2043/qđ-ubnd"], "year": ["2024"], "kind": ["task"]}
    values = chosen(KNOWN, DOCUMENTS, sent)
    assert filters(values) == Filters(("Trà Vinh",), (PLAN.id,), ("2024",), ("task",))


def test_nonsense_is_left_out() -> None:
    for sent in (None, 7, [], {"province": "Trà Vinh"}, {"province": ["Atlantis", "<b>"], "year": ["x"], "kind": [{}]}):
        assert filters(chosen(KNOWN, DOCUMENTS, sent)) == Filters()


def test_the_form_escapes_what_it_shows() -> None:
    assert "&lt;b&gt;" in form_html({"province": {"<b>": "<b>"}}, "vi")
    assert "<b>" not in form_html({"province": {"<b>": "<b>"}}, "vi")
