"""Documents of the generation before that need not be read again: their sources and the parser are the same."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import HomeError
from corpus.read import document_id
from corpus.source import Source
from corpus.types import Document
from corpus.version import parser_version
from index.home import open_home
from index.sources import SOURCE_FIELDS, TEXT_HASH


def read_before(home: Path, sources: Sequence[Source], origins: Mapping[str, str]) -> dict[str, Document]:
    """By the hash of its source, each document just as reading that source now would give it.

    A document of several editions was read from the first of them. One that got another id than its own, because
    another document had that, is read again: it may get its own now.
    """
    try:
        generation = open_home(home)
        if generation.about.parser != parser_version():
            return {}
        documents = {document.editions[0].sha256: document for document in generation.documents}
    except HomeError:
        return {}
    records = {record["sha256"]: record for record in generation.about.sources}
    result = {}
    for source in sources:
        document, record = documents.get(source.sha256), records.get(source.sha256)
        if document is None or record is None or not _is_read_from(document, source, record, origins):
            continue
        alone = document.editions[:1]
        result[source.sha256] = document if document.editions == alone else document.with_editions(alone)
    return result


def _is_read_from(document: Document, source: Source, record: dict[str, Any], origins: Mapping[str, str]) -> bool:
    """Whether a stored document is what the source says, and has the id that it would get by itself."""
    edition = document.editions[0]
    same = all(_plain(getattr(source, name)) == _plain(record[name]) for name in SOURCE_FIELDS if name != "path")
    return (
        same
        and record[TEXT_HASH] == hashlib.sha256(source.text.encode()).hexdigest()
        and edition.origin == origins.get(source.sha256, "")
        and document.id == document_id(document.meta, source)
    )


def _plain(value: Any) -> Any:
    """A value as it comes back from JSON."""
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
