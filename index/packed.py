"""A document as a segment keeps it: what every command asks for apart from what only a reader of the document does.

head        what identifies the document, its editions and warnings, and how many passages and records it has
text        one line: its text and sections
records     one line: its tasks, duties and targets
passages    one line each
rows        for each passage what filters and weights ask, so that no passage is parsed for it
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.types import Document
from index.context import encoded_texts
from index.keys import SIZE, key_of

_YEAR = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")
FIRST_YEAR = 2000
YEARS = tuple(str(year) for year in range(FIRST_YEAR, 2050))
"""Years that a passage may state: one bit each."""
ROWS: Any = [("kind", "U24"), ("place", "U24"), ("years", "u8"), ("windows", "i4"), ("key", "u1", (SIZE,))]
"""Kind of the passage, kind of its section, years it states, windows it is cut into, and the key of their texts."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A document as lines and rows; `rows` is a structured array of ROWS, shape (passages,)."""

    head: dict[str, Any]
    text: bytes
    records: bytes
    passages: tuple[bytes, ...]
    rows: NDArray[Any]

    @property
    def digest(self) -> str:
        """Tells this content from any other."""
        return str(self.head["digest"])


def pack(document: Document, longest: int) -> Packed:
    """A document as it is kept for an encoder that reads so many characters at once."""
    passages = tuple(_line(asdict(passage)) for passage in document.passages)
    text = _line({"text": document.text, "sections": [asdict(section) for section in document.sections]})
    kinds = ("tasks", "duties", "targets")
    records = _line({kind: [asdict(record) for record in getattr(document, kind)] for kind in kinds})
    head: dict[str, Any] = {
        "id": document.id,
        "longest": longest,
        "meta": asdict(document.meta),
        "editions": [asdict(edition) for edition in document.editions],
        "warnings": list(document.warnings),
        "counts": asdict(document.counts),
    }
    return Packed(signed(head, (text, records, *passages)), text, records, passages, _rows(document, longest))


def signed(head: dict[str, Any], lines: Iterable[bytes]) -> dict[str, Any]:
    """The head of a document with the digest of its content, which the lines are."""
    head = {name: value for name, value in head.items() if name != "digest"}
    digest = hashlib.sha256(_line(head))
    for line in lines:
        digest.update(line)
    return head | {"digest": digest.hexdigest()}


def stated_years(text: str) -> int:
    """The years that a text states, as bits.

    >>> [YEARS[bit] for bit in range(50) if stated_years("đến năm 2025, 12025, 1999") >> bit & 1]
    ['2025']
    """
    return sum({1 << int(year) - FIRST_YEAR for year in _YEAR.findall(text)})


def _rows(document: Document, longest: int) -> NDArray[Any]:
    places = {section.id: section.kind for section in document.sections}
    rows = np.zeros(len(document.passages), ROWS)
    for row, passage in zip(rows, document.passages, strict=True):
        texts = encoded_texts(document, passage, longest)
        row["kind"], row["place"] = passage.kind, places.get(passage.section_id, "")
        row["years"] = stated_years(" ".join([passage.text, *passage.headings[-2:]]))
        row["windows"], row["key"] = len(texts), np.frombuffer(key_of(texts), np.uint8)
    return rows


def _line(record: Any) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"
