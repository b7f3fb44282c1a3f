"""A table as CSV (RFC 4180) that Excel opens with its Vietnamese letters, and without running anything in it."""

from __future__ import annotations

import csv
import io
from datetime import date

from qa.tables.export_table import Cell, Table

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters by which spreadsheets take a cell for a formula, or which they skip before one."""


def to_csv(table: Table) -> bytes:
    """The table in UTF-8 with a byte order mark, lines ended by CR LF, dates as 2025-05-31.

    A text that a spreadsheet would take for a formula gets an apostrophe in front, see `guarded`.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(table.heading)
    writer.writerows([_written(cell) for cell in row] for row in table.rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8", "replace")


def guarded(text: str) -> str:
    """The text, behind an apostrophe when it begins as a formula does; spreadsheets show such a cell as text.

    >>> guarded('=HYPERLINK("http://x")'), guarded("Sở Nội vụ")
    ('\\'=HYPERLINK("http://x")', 'Sở Nội vụ')
    """
    return f"'{text}" if text.startswith(FORMULA) else text


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return guarded(cell) if isinstance(cell, str) else str(cell)
