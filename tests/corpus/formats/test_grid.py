"""Merged cells, whatever format they come from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.formats.draft import Draft, Refused
from corpus.formats.grid import Cell, fill, is_layout, place, write

HEADER = [Cell("STT"), Cell("Nhiệm vụ"), Cell("Chủ trì"), Cell("Thời gian")]


def test_a_merged_column_stands_in_every_row() -> None:
    rows = [HEADER, [Cell("1"), Cell("A"), Cell("Sở X", 3), Cell("2025")], [Cell("2"), Cell("B"), Cell("2026")]]
    rows.append([Cell("3"), Cell("C"), Cell("2027")])
    assert [row[2:] for row in fill(rows)[1:]] == [["Sở X", "2025"], ["Sở X", "2026"], ["Sở X", "2027"]]


def test_a_cell_over_two_of_five_columns_stands_in_both() -> None:
    rows = [[*HEADER, Cell("Ghi chú"), Cell("Vốn")], [Cell("1"), Cell("A"), Cell("Các sở", 1, 2), Cell("x"), Cell("y")]]
    assert fill(rows)[1] == ["1", "A", "Các sở", "Các sở", "x", "y"]


@pytest.mark.parametrize("row", [[Cell("I. HẠ TẦNG", 1, 4)], [Cell("I"), Cell("HẠ TẦNG", 1, 3)]])
def test_a_group_title_stands_once(row: list[Cell]) -> None:
    assert [text for text in fill([HEADER, row])[1] if text] == [cell.text for cell in row]


def test_a_header_in_two_rows_is_one() -> None:
    rows = [
        [Cell("STT", 2), Cell("Nhiệm vụ", 2), Cell("Thời gian", 1, 2)],
        [Cell("Bắt đầu"), Cell("Kết thúc")],
        [Cell("1"), Cell("A"), Cell("2024"), Cell("2025")],
    ]
    assert fill(rows) == [
        ["STT", "Nhiệm vụ", "Thời gian - Bắt đầu", "Thời gian - Kết thúc"],
        ["1", "A", "2024", "2025"],
    ]


def test_bars_in_cells_part_no_cells() -> None:
    draft = Draft()
    write(draft, [HEADER, [Cell("1"), Cell("a | b\n｜c"), Cell("d"), Cell("e")]])
    assert draft.reading().text.split("\n")[1] == "| 1 | a ¦ b ¦c | d | e |"


@pytest.mark.parametrize(
    "rows",
    [
        [[Cell("ỦY BAN NHÂN DÂN\nTỈNH X"), Cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")]],
        [
            [Cell("Nơi nhận:\n- Như trên"), Cell(""), Cell("TM. ỦY BAN NHÂN DÂN")],
            [Cell(""), Cell("x"), Cell("Nguyễn A")],
        ],
        [[Cell("một ô")], [Cell("hai ô")]],
        [],
    ],
)
def test_what_only_lays_out_the_page(rows: list[list[Cell]]) -> None:
    assert is_layout(rows)
    draft = Draft()
    write(draft, rows)
    assert "|" not in draft.reading().text


def test_a_small_table_with_ordinals_is_a_table() -> None:
    assert not is_layout([[Cell("TT"), Cell("Nội dung")], [Cell("1"), Cell("A")]])


@given(
    st.lists(
        st.lists(st.builds(Cell, st.text("ab", max_size=3), st.integers(-1, 70000), st.integers(-1, 190)), max_size=6),
        max_size=12,
    )
)
def test_any_spans_make_rows_of_one_length_and_lose_no_text(rows: list[list[Cell]]) -> None:
    try:
        slots, filled = place(rows), fill(rows)
    except Refused:
        return
    assert len({len(row) for row in slots}) <= 1 and len({len(row) for row in filled}) <= 1
    shown = {cell for row in filled for text in row for cell in text.split(" - ")}
    assert {cell.text for row in rows for cell in row if cell.text} <= shown


def test_a_table_of_a_million_cells_is_refused() -> None:
    with pytest.raises(Refused, match="200,000 cells"):
        place([[Cell("x")] * 100] * 10_000)
    with pytest.raises(Refused, match="columns"):
        place([[Cell("x", 1, 1000)]])


def test_a_long_text_over_many_rows_is_refused() -> None:
    rows = [[Cell("x" * 100_000, 65_000), Cell("y")], *[[Cell("y")]] * 900]
    with pytest.raises(Refused, match="characters"):
        fill(rows)
