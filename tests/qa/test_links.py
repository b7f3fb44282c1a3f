"""Addresses of places in documents: round trips, and what nonsense opens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Document, Metadata, Passage
from qa.page.links import Place, address, located

TEXT = "Điều 1. Mục tiêu\n- Trên 85% dân số có điện thoại.\n- Trên 90% hộ có Internet.\nHết."


def passage(identity: str, words: str) -> Passage:
    start = TEXT.index(words)
    return Passage(identity, "d", "", "target", words, start, start + len(words), (), (), "", "", 1)


PHONE, NET = passage("d.1", "- Trên 85% dân số có điện thoại."), passage("d.2", "- Trên 90% hộ có Internet.")
DOCUMENT = Document("d", Metadata("1/KH"), (), TEXT, (), (passage("d.0", TEXT[:-4]), PHONE, NET))


def find(document_id: str) -> Document:
    assert document_id == "d"
    return DOCUMENT


def test_a_quote_is_counted_from_the_smallest_passage_that_holds_it() -> None:
    start = TEXT.index("90%")
    assert address(Place(DOCUMENT, start, start + 3)) == ("d.2", "7,3")
    assert located(find, "d.2", "7,3") == Place(DOCUMENT, start, start + 3)


def test_what_stands_in_no_passage_is_counted_from_the_document() -> None:
    start = TEXT.index("Hết.")
    assert address(Place(DOCUMENT, start, start + 4)) == ("d", f"{start},4")
    assert address(Place(DOCUMENT)) == ("d", "")


@given(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT)))
def test_an_address_leads_back_to_its_place(start: int, length: int) -> None:
    place = Place(DOCUMENT, start, min(start + length, len(TEXT)))
    assert located(find, *address(place)) == place


@pytest.mark.parametrize(
    ("opened", "mark", "shown"),
    [
        ("d", "", ""),
        ("d", "x", ""),
        ("d.1", "", PHONE.text),  # without a mark, the passage is marked
        ("d.1", "1;2", PHONE.text),
        ("d.gone", "3,4", ""),  # a passage that is no longer there
        ("d", "0,99999999", TEXT),
        ("d", "-5,7", TEXT[:2]),
    ],
)
def test_nonsense_marks_nothing_that_is_not_there(opened: str, mark: str, shown: str) -> None:
    place = located(find, opened, mark)
    assert TEXT[place.start : place.end] == shown
