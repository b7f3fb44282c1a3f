"""A table as an Excel workbook: one sheet, dates and numbers as such, every text a text and never a formula."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

from corpus.errors import QuestionError
from qa.tables.export_csv import FORMULA
from qa.tables.export_table import Cell, Table

_MOST_ROWS = 1_048_575  # what a sheet holds below its heading
_LONGEST = 32_767  # characters of a cell
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LOOK = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # "_x0041_" stands for "A" in a sheet
_WIDEST, _NARROWEST = 45, 8  # characters


def to_xlsx(table: Table) -> bytes:
    """The table as the bytes of a workbook, its heading bold and frozen, each column with a filter.

    Raises:
        QuestionError: more rows than a sheet holds.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    if len(table.rows) > _MOST_ROWS:
        raise QuestionError(f"{len(table.rows):,} rows", f"at most {_MOST_ROWS:,} in a sheet", "use --csv, or filters")
    book = Workbook()
    sheet = book.active
    sheet.title = table.title
    for column, name in enumerate(table.heading, 1):
        _fill(sheet.cell(1, column), name)
        sheet.cell(1, column).font = Font(bold=True)
        sheet.cell(1, column).alignment = Alignment(vertical="top", wrap_text=True)
        cells = [row[column - 1] for row in table.rows]
        sheet.column_dimensions[get_column_letter(column)].width = _width(name, cells)
    for at, row in enumerate(table.rows, 2):
        for column, value in enumerate(row, 1):
            if value not in (None, ""):
                _fill(sheet.cell(at, column), value)
                sheet.cell(at, column).alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.heading))}{len(table.rows) + 1}"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(cell: Any, value: Cell) -> None:
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "dd/mm/yyyy"
        return
    text = _ESCAPE_LOOK.sub("_x005F_", _NOT_IN_XML.sub("", value))
    cell.value = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    cell.data_type = "s"  # set after the value, which would make a formula of "=1+1" and an error of "#N/A"
    cell.quotePrefix = text.startswith(FORMULA)  # and it stays a text when somebody edits the cell


def _width(name: str, cells: list[Cell]) -> float:
    """Wide enough for most cells: texts beyond the widest wrap."""
    longest = max((10 if isinstance(cell, date) else len(str(cell)) for cell in cells if cell is not None), default=0)
    return float(min(max(longest, len(name) // 2, _NARROWEST), _WIDEST) + 3)
