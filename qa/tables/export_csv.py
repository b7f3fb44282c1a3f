"""A table as CSV (RFC 4180) that Excel opens with its Vietnamese letters, and without running anything in it."""

from __future__ import annotations

import csv
import io
import re
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


_WITHIN = re.compile(r"(?<=[;\r\n])(?=[=@＝＠]|[+－＋-](?!\s))")
"""Where a formula begins within a text, for a spreadsheet that parts cells at semicolons, as some countries' do."""


def guarded(text: str) -> str:
    """The text, with an apostrophe before what begins as a formula does; spreadsheets show such a cell as text.

    >>> guarded('=HYPERLINK("http://x")'), guarded("Sở Nội vụ"), guarded("Sở A;=1+1")
    ('\\'=HYPERLINK("http://x")', 'Sở Nội vụ', "Sở A;'=1+1")
    """
    safe = _WITHIN.sub("'", text)
    return f"'{safe}" if text.startswith(FORMULA) else safe


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return guarded(cell) if isinstance(cell, str) else str(cell)
