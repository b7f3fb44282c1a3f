"""Flattened tables put together again."""

from __future__ import annotations

from corpus.clean import Line
from corpus.tables import Table, tables_at


def tables(text: str) -> tuple[Table, ...]:
    return tables_at([Line(number, line) for number, line in enumerate(text.split("\n"), 1)], 0)


def framed(*rows: list[str]) -> str:
    """Rows as a portal prints them: a cell a line, each row between its own bars."""
    return "\n".join("|\n" + "\n|\n".join(row) + "\n|" for row in rows).replace("|\n\n|", "|\n|")


HEADER = ["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"]


def test_a_markdown_table() -> None:
    (table,) = tables("| TT | Việc | Chủ trì |\n|---|:-:|---|\n| 1 | A \\| B | Sở X |\n| 2 | C |  |\n\nVăn xuôi.")
    assert table.columns == ("TT", "Việc", "Chủ trì")
    assert [row.cells for row in table.rows] == [("1", "A | B", "Sở X"), ("2", "C", "")]
    assert table.rows[1].span == ((2, "Sở X"),)
    assert table.end == 4


def test_a_framed_table_with_empty_cells_and_groups() -> None:
    (table,) = tables(
        framed(HEADER, ["I", "NHÓM MỘT"], ["1", "Việc A", "Sở X", "", "2025"], ["2", "Việc B", "Sở Y", "Sở Z", ""])
        + "\nVăn xuôi tiếp theo."
    )
    assert [row.is_group for row in table.rows] == [True, False, False]
    assert table.rows[1].cells == ("1", "Việc A", "Sở X", "", "2025")
    assert table.rows[2].cells == ("2", "Việc B", "Sở Y", "Sở Z", "")


def test_a_header_of_two_rows_and_column_numbers() -> None:
    (table,) = tables(
        framed(
            ["TT", "Nhiệm vụ", "Cơ quan thực hiện", "Thời gian"],
            ["Chủ trì", "Phối hợp"],
            ["(1)", "(2)", "(3)", "(4)", "(5)"],
            ["1", "Việc A", "Sở X", "Sở Y", "2025"],
            ["2", "Việc B", "Sở X", "Sở Z", "2026"],
        )
    )
    assert table.columns == (
        "TT", "Nhiệm vụ", "Cơ quan thực hiện - Chủ trì", "Cơ quan thực hiện - Phối hợp", "Thời gian",
    )  # fmt: skip
    assert [row.ordinal for row in table.rows] == ["1", "2"]


def test_cells_merged_down_are_filled() -> None:
    (table,) = tables(
        framed(
            HEADER,
            ["1", "Việc A", "Sở X", "Sở Y", "2025"],
            ["2", "Việc B", "Sở X", "Sở Z"],
            ["3", "Việc C", "Sở Y", "Sở Z"],
            ["4", "Việc D", "Sở Y", "Sở Z", "2026"],
        )
    )
    assert [dict(row.span).get(4, row.cells[4]) for row in table.rows] == ["2025", "2025", "2025", "2026"]


def test_one_short_row_alone_is_not_filled() -> None:
    """It may as well be merged across: a wrong deadline is worse than none."""
    (table,) = tables(
        framed(
            HEADER,
            ["1", "Việc A", "Sở X", "Sở Y", "2025"],
            ["2", "Việc B", "Sở X", "Sở Z"],
            ["3", "Việc C", "Sở Y", "Sở Z", "2026"],
        )
    )
    assert table.rows[1].cells[4] == ""
    assert table.rows[1].span == ()


def test_a_table_ends_where_prose_begins() -> None:
    text = framed(HEADER[:3], ["1", "Việc A", "Sở X"]) + "\nĐiều 2. Hiệu lực\n" + framed(HEADER[:3], ["1", "B", "Sở Y"])
    (table,) = tables(text)
    assert len(table.rows) == 1
    assert text.split("\n")[table.end] == "Điều 2. Hiệu lực"


def test_a_header_without_a_number_column() -> None:
    (table,) = tables(
        framed(["Nội dung công việc", "Đơn vị thực hiện", "Thời gian thực hiện"], ["Nộp hồ sơ", "Sở X", "02 ngày"])
    )
    assert table.columns[1] == "Đơn vị thực hiện"
    assert table.rows[0].cells == ("Nộp hồ sơ", "Sở X", "02 ngày")


def test_the_header_printed_again_is_no_row() -> None:
    (table,) = tables(framed(HEADER[:3], ["1", "A", "Sở X"], HEADER[:3], ["2", "B", "Sở Y"]))
    assert [row.ordinal for row in table.rows] == ["1", "2"]


def test_a_letterhead_is_no_table() -> None:
    head = framed(
        ["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["Số: 1/KH-UBND", "Hà Nam, ngày 1 tháng 2"]
    )
    assert tables(head) == ()
    assert tables(framed(["Nơi nhận: - Như trên;", "TM. ỦY BAN NHÂN DÂN"])) == ()


def test_an_open_table() -> None:
    (table,) = tables("Số TT |\nNhiệm vụ |\nĐơn vị chủ trì |\n1 |\nViệc A |\nSở X |\n2 |\nViệc B |\nSở Y |")
    assert table.columns == ("Số TT", "Nhiệm vụ", "Đơn vị chủ trì")
    assert [row.cells[2] for row in table.rows] == ["Sở X", "Sở Y"]


def test_a_large_table_is_read_quickly() -> None:
    rows = [[str(number), f"Việc {number}", "Sở X", "", "2025"] for number in range(1, 4001)]
    (table,) = tables(framed(HEADER, *rows))
    assert len(table.rows) == 4000
