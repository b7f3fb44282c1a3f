"""The column names of a table: one header row or two, and the row that numbers the columns.

A header of two rows has cells merged across ("Cơ quan thực hiện" over "Chủ trì" and "Phối hợp") and cells merged down
("STT"); a flattened one keeps neither span, so the second row is laid under the cells of the first that can have parts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.labels import column_role
from corpus.table_cells import FIRST_COLUMN, ORDINAL, Cell
from corpus.vietnamese import fold

_COLUMN_NUMBER = re.compile(r"^\(?\d{1,2}\)?\s*(=.*)?$")
_NAME = re.compile(
    r"\b(ten|noi dung|chi tieu|muc tieu|dvt|don vi|dia|so luong|so hieu|ghi chu|nam \d{4}|thoi gian"
    r"|cap|loai|muc|ma|trich yeu|linh vuc|nhiem vu"
    r"|san pham|ket qua|kinh phi|nguon|can cu|co quan|phi|le phi|trinh tu|thu tu|buoc|tong|danh muc"
    r"|giai doan|ke hoach|hang muc|chu tri|phoi hop)\b"
)
_PARTED = re.compile(
    r"\b(co quan|don vi|trach nhiem|phan cong|to chuc thuc hien|thuc hien|giai doan|ke hoach|lo trinh"
    r"|kinh phi|nguon|muc tieu)\b"
)
MAX_NAME = 160


def is_header(row: Sequence[Cell], following: Sequence[Cell]) -> bool:
    """Whether a table's first row names its columns, rather than being data."""
    texts = [cell.text for cell in row]
    if len(texts) < 2 or any(
        len(text) > MAX_NAME or text.endswith((".", ";")) for text in texts if not _is_first(text)
    ):
        return False
    if _is_first(texts[0]):
        return True
    if ORDINAL.match(texts[0]) or sum(map(bool, texts)) < max(2, len(texts) - 1):
        return False
    if any(re.fullmatch(r"[\d.,%\s]+", text) and not re.fullmatch(r"20\d\d", text) for text in texts if text):
        return False
    named = sum(bool(column_role(text) or _NAME.search(fold(text))) for text in texts if text)
    if named * 2 >= sum(map(bool, texts)) and len(texts) > 2:
        return True
    # Short words over a row that holds numbers where the words stand are names too.
    return (
        all(len(text) <= 60 for text in texts)
        and len(following) == len(texts)
        and sum(bool(re.match(r"^[\d.,%\s-]+$", cell.text)) for cell in following[1:]) * 2 >= len(texts) - 1
    )


def is_header_again(row: Sequence[Cell], width: int) -> bool:
    """Whether a row inside a table begins another header: a first column's name and as many filled cells as columns."""
    return len(row) > 2 and _is_first(row[0].text) and all(c.text for c in row) and len(row) >= width - 1


def _is_first(text: str) -> bool:
    return bool(FIRST_COLUMN.match(fold(text)))


def column_names(rows: Sequence[Sequence[Cell]], width: int) -> tuple[list[str], int]:
    """Names of the columns, and how many rows the header takes up; the column numbers belong to it.

    >>> lines = ["TT|Việc|Cơ quan thực hiện", "Chủ trì|Phối hợp", "1|A|B|C"]
    >>> column_names([[Cell(text, 0) for text in line.split("|")] for line in lines], 4)
    (['TT', 'Việc', 'Cơ quan thực hiện - Chủ trì', 'Cơ quan thực hiện - Phối hợp'], 2)
    """
    names = [cell.text for cell in rows[0]]
    taken = 1
    if len(rows) > 1 and len(names) <= width:
        second = [cell.text for cell in rows[1]]
        if merged := _under(names, second, width):
            names, taken = merged, 2
    names = (names + [""] * width)[:width]
    if len(rows) > taken and _numbers_columns([cell.text for cell in rows[taken]]):
        taken += 1
    return names, taken


def _under(names: list[str], second: list[str], width: int) -> list[str]:
    """The names with a second header row laid under them, empty when the second row is none."""
    parts = [text for text in second if text]
    if not parts or ORDINAL.match(second[0]) or _numbers_columns(second):
        return []
    if any(len(text) > 80 or text.endswith((".", ";")) or ORDINAL.match(text) for text in parts):
        return []
    if (
        len(names) == len(second) == width
        and "" in names
        and any(text and not name for name, text in zip(names, second, strict=True))
    ):
        return _printed_under(names, second)
    top = [name for name in names if name] if len(names) == width else names
    split = len(top) + len(parts) - width  # how many cells of the first row have parts
    if not 1 <= split <= len(top) or len(parts) < 2 * split:
        return []
    owners = _owners(top, parts, split)
    shares = _shares(parts, split)
    result: list[str] = []
    used = 0
    for index, name in enumerate(top):
        if index not in owners:
            result.append(name)
            continue
        share = shares[owners.index(index)]
        result.extend(f"{name} - {part}" for part in parts[used : used + share])
        used += share
    return result if len(result) == width else []


def _printed_under(names: Sequence[str], second: Sequence[str]) -> list[str]:
    """Both rows are printed in full: a cell merged across is empty behind its first place, one merged down below it."""
    result: list[str] = []
    above = ""
    for name, part in zip(names, second, strict=True):
        above = name or above
        result.append(f"{above} - {part}" if part and above else name or part)
    return result


def _owners(top: Sequence[str], parts: Sequence[str], split: int) -> list[int]:
    """Which cells of the first row have parts: those whose names say so, else the last ones."""
    able = [i for i, name in enumerate(top) if i and _PARTED.search(fold(name))]
    roles = {column_role(part) for part in parts}
    if roles <= {"lead", "coordinating", "directing"}:  # parts that are agencies stand under a cell that says so
        able = [i for i in able if column_role(top[i]) not in ("deadline", "note", "task")] or able
    return able[-split:] if len(able) >= split else list(range(len(top) - split, len(top)))


def _shares(parts: Sequence[str], split: int) -> list[int]:
    """How many parts each cell has: equal shares, or a cut wherever the first part's name comes again."""
    starts = [i for i, part in enumerate(parts) if part == parts[0]]
    if len(starts) == split:
        return [b - a for a, b in zip(starts, [*starts[1:], len(parts)], strict=True)]
    each, left = divmod(len(parts), split)
    return [each + (1 if i < left else 0) for i in range(split)]


def _numbers_columns(texts: Sequence[str]) -> bool:
    """Whether the row numbers the columns: "(1) (2) (3)" or "A B 1 2 3"."""
    held = [text for text in texts if text]
    if len(held) < 2 or len(held) < len(texts) - 1:
        return False
    numbers = [int(re.sub(r"\D", "", text.split("=")[0])) for text in held if _COLUMN_NUMBER.match(text)]
    letters = [text.strip("()") for text in held if not _COLUMN_NUMBER.match(text)]
    return (
        len(numbers) >= 2
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and numbers[0] <= 2
        and all(len(letter) == 1 and letter.isalpha() for letter in letters)
        and len(letters) <= 2
    )
