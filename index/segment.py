"""One segment of a generation: a run of documents with their words, written once and never changed.

    heads.json        what identifies each document (index/packed.py says what stands where)
    texts.jsonl       a line a document
    records.jsonl     a line a document
    passages.jsonl    a line a passage
    rows.npz          where the lines begin, and what filters and weights ask of each passage
    marked/ folded/   the counts of their words (index/postings.py)

Its name is a hash of its content, so two generations that share documents share segments: the later one links to the
files of the earlier. Each file is hashed before its first use; of the postings, which are mapped, only some pages are
ever read, and the check at opening has to do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from corpus.serial import passage_from
from corpus.types import Document, Passage
from index import checked, lexical
from index.context import lexical_text
from index.damage import damaged
from index.packed import ROWS, Packed, signed
from index.postings import POSTINGS, Postings
from index.stored import Parts, StoredDocument

SEGMENTS = "segments"
HEADS, TEXTS, RECORDS, PASSAGES, ROWS_FILE = "heads.json", "texts.jsonl", "records.jsonl", "passages.jsonl", "rows.npz"
_STARTS = {TEXTS: "texts", RECORDS: "records", PASSAGES: "passages"}
_NAMED = ("kind", "place")
_AT_ONCE = 256  # passages that are parsed before the first is handed on
_SPOILT = (OSError, ValueError, KeyError, TypeError, IndexError, BadZipFile)


class Segment:
    """A segment of an opened generation; `holder` keeps the generation from being deleted."""

    def __init__(self, generation: Path, name: str, holder: object = None) -> None:
        self.name, self.generation, self._holder = name, generation, holder
        self.folder = generation / SEGMENTS / name
        self._hashed: set[str] = set()

    def documents(self, parts: Parts) -> list[StoredDocument]:
        """The documents, in their order."""
        try:
            heads = json.loads(self._whole(HEADS).read_text(encoding="utf-8"))
            return [StoredDocument(self, number, head, parts) for number, head in enumerate(heads)]
        except _SPOILT as error:
            raise damaged(self.folder / HEADS, error) from error

    @cached_property
    def rows(self) -> NDArray[Any]:
        """What is known of each passage, a structured array of `index.packed.ROWS`, shape (passages,)."""
        stored = self._arrays
        rows = np.zeros(len(stored["years"]), ROWS)
        for name in rows.dtype.names or ():
            rows[name] = stored[f"{name}s"][stored[name]] if name in _NAMED else stored[name]
        return rows

    @property
    def size(self) -> int:
        """How many passages there are."""
        return len(self._arrays["years"])

    def kinds(self, name: str) -> tuple[list[str], NDArray[np.uint8]]:
        """The kinds of passages ("kind"), or of their sections ("place"), and the number of each passage's."""
        return self._arrays[f"{name}s"].tolist(), self._arrays[name]

    def column(self, name: str) -> NDArray[Any]:
        """The "years", "windows" or "key" of each passage."""
        return self._arrays[name]

    def text(self, number: int) -> dict[str, Any]:
        """Text and sections of a document."""
        return dict(self._parsed(TEXTS, number, number + 1)[0])

    def records(self, number: int) -> dict[str, Any]:
        """Tasks, duties and targets of a document."""
        return dict(self._parsed(RECORDS, number, number + 1)[0])

    def passages(self, number: int) -> list[dict[str, Any]]:
        """The passages of a document."""
        firsts = self._arrays["firsts"]
        return self._parsed(PASSAGES, int(firsts[number]), int(firsts[number + 1]))

    def passage(self, row: int) -> Passage:
        """One passage."""
        try:
            return passage_from(self._parsed(PASSAGES, row, row + 1)[0])
        except TypeError as error:
            raise damaged(self.folder / PASSAGES, error) from error

    def all_passages(self) -> Iterator[Passage]:
        """Every passage, in the order of the documents."""
        for first in range(0, self.size, _AT_ONCE):
            for record in self._parsed(PASSAGES, first, min(first + _AT_ONCE, self.size)):
                yield passage_from(record)

    def packed(self, document: StoredDocument) -> Packed:
        """A document of the segment as it is kept."""
        number, firsts = document.number, self._arrays["firsts"]
        first, last = int(firsts[number]), int(firsts[number + 1])
        text, records = (self._lines(file, number, number + 1)[0] for file in (TEXTS, RECORDS))
        passages = tuple(self._lines(PASSAGES, first, last))
        head = document.head
        if document.is_changed:
            editions = [asdict(edition) for edition in document.editions]
            head = signed({**head, "editions": editions}, (text, records, *passages))
        return Packed(head, text, records, passages, self.rows[first:last])

    @property
    def words(self) -> lexical.Segment:
        """The counts of words."""
        return lexical.Segment(self.size, self._postings)

    def _postings(self, form: str) -> Postings:
        folder = self.folder / form
        try:
            at = f"{SEGMENTS}/{self.name}/{form}"
            checked.require(self.generation, [at], mapped=[f"{at}/{POSTINGS}"])
            found = Postings.load(folder)
        except _SPOILT as error:
            raise damaged(folder, error) from error
        if found.size != self.size:
            raise damaged(folder, ValueError(f"{found.size} passages"))
        return found

    @cached_property
    def _arrays(self) -> dict[str, NDArray[Any]]:
        try:
            with self._whole(ROWS_FILE).open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
                return {name: stored[name] for name in stored.files}
        except _SPOILT as error:
            raise damaged(self.folder / ROWS_FILE, error) from error

    def _parsed(self, file: str, first: int, last: int) -> list[dict[str, Any]]:
        try:
            return [json.loads(line) for line in self._lines(file, first, last)]
        except _SPOILT as error:
            raise damaged(self.folder / file, error) from error

    def _lines(self, file: str, first: int, last: int) -> list[bytes]:
        starts = self._arrays[_STARTS[file]][first : last + 1]
        try:
            with self._whole(file).open("rb") as stream:
                stream.seek(int(starts[0]))
                data = stream.read(int(starts[-1] - starts[0]))
        except _SPOILT as error:
            raise damaged(self.folder / file, error) from error
        places = (starts - starts[0]).tolist()
        return [data[begin:end] for begin, end in zip(places, places[1:], strict=False)]

    def _whole(self, file: str) -> Path:
        """A file of the segment, hashed before its first use."""
        if file not in self._hashed:
            checked.require(self.generation, [f"{SEGMENTS}/{self.name}/{file}"])
            self._hashed.add(file)
        return self.folder / file


def write_segment(folder: Path, documents: Sequence[Document], packed: Sequence[Packed]) -> None:
    """Write the files of a segment; `packed` are the documents as they are kept."""
    folder.mkdir(parents=True)
    heads = [json.dumps(part.head, ensure_ascii=False) for part in packed]
    (folder / HEADS).write_text("[\n" + ",\n".join(heads) + "\n]\n", encoding="utf-8")
    lines = {
        TEXTS: [part.text for part in packed],
        RECORDS: [part.records for part in packed],
        PASSAGES: [line for part in packed for line in part.passages],
    }
    arrays = {"firsts": _sums(len(part.passages) for part in packed)}
    for file, found in lines.items():
        with (folder / file).open("wb") as stream:
            stream.write(b"".join(found))
        arrays[_STARTS[file]] = _sums(map(len, found))
    rows = np.concatenate([part.rows for part in packed])
    for name in rows.dtype.names or ():
        if name in _NAMED:
            arrays[f"{name}s"], numbers = np.unique(rows[name], return_inverse=True)
            arrays[name] = numbers.astype(np.uint8)
        else:
            arrays[name] = np.ascontiguousarray(rows[name])
    with (folder / ROWS_FILE).open("wb") as stream:
        np.savez(stream, allow_pickle=False, **arrays)
    pairs = [(document, passage) for document in documents for passage in document.passages]
    whole = [lexical_text(document, passage) for document, passage in pairs]
    lexical.Segment.build(whole, [passage.text for _, passage in pairs]).save(folder)


def _sums(counts: Any) -> NDArray[np.int64]:
    """Where each of some runs begins, and where the last one ends.

    >>> _sums([2, 3]).tolist()
    [0, 2, 5]
    """
    return np.concatenate([[0], np.cumsum(np.fromiter(counts, np.int64))])
