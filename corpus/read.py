"""A source file in, a `Document` out: read, clean, structure, passages, records."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.blocks import Block, blocks
from corpus.clean import Cleaned, clean
from corpus.errors import SourceError
from corpus.metadata import read_metadata
from corpus.passages import make_passages
from corpus.source import Source, read_source
from corpus.structure import build
from corpus.targets import read_targets
from corpus.tasks import read_tasks
from corpus.terms import term_year
from corpus.tree import Node
from corpus.types import Document, Edition, Metadata, Section
from corpus.vietnamese import slug

MIN_CHARACTERS = 200


def read_document(path: Path, origin: str = "") -> Document:
    """Read one file as an official document.

    Raises:
        SourceError: the file cannot be read, or holds no text of a document.
    """
    return parse(read_source(path), origin)


def parse(source: Source, origin: str = "") -> Document:
    """Read a decoded source as an official document; see `read_document`."""
    cleaned = clean(source.text)
    found = blocks(cleaned.lines)
    meta = read_metadata(cleaned, found)
    properties = [
        Block(line.text, line.number) for name, line in cleaned.property_lines.items() if _is_stated(line.text)
    ]
    tree = build(document_id(meta, source), found, properties)
    if len(tree.text) < MIN_CHARACTERS:
        raise SourceError(
            source.name, f"only {len(tree.text)} characters of document text", "check that the file holds the document"
        )
    if not (meta.number or meta.kind or any(node.kind in ("dieu", "muc", "khoan") for node in tree.nodes)):
        raise SourceError(
            source.name,
            "no number, kind or numbered section of an official document",
            "give a decision, plan or programme",
        )
    passages = tuple(replace(passage, page=source.page_of(passage.line)) for passage in make_passages(tree, meta))
    tasks = read_tasks(tree, passages)
    return Document(
        id=tree.root.id,
        meta=meta,
        editions=(Edition(source.name, source.sha256, source.format, len(source.text), origin),),
        text=tree.text,
        sections=tuple(_section(node) for node in tree.nodes),
        passages=passages,
        tasks=tuple(task for task in tasks if task.source != "prose"),
        targets=read_targets(passages, meta.title, term_year(passages)),
        warnings=(*_unknown(meta, cleaned), *tree.warnings),
        duties=tuple(task for task in tasks if task.source == "prose"),
    )


def document_id(meta: Metadata, source: Source) -> str:
    """ASCII id from province, year and number; from the text itself where a source lost these.

    >>> from corpus.types import Metadata
    >>> document_id(Metadata("2043/QĐ-UBND", province="Trà Vinh", date="2024-11-19"), Source("a", "txt", "0" * 64, ""))
    'tra-vinh-2024-2043-qd-ubnd'
    """
    number = slug(meta.number) if meta.number else f"{slug(meta.kind) or 'van-ban'}-{source.sha256[:8]}"
    return "-".join(part for part in (slug(meta.province), meta.year, number) if part)


def _is_stated(line: str) -> bool:
    """Whether a portal's property line says something ("Số công báo: Đang cập nhật" does not)."""
    return not line.endswith(("Đang cập nhật", "Đã biết", "Chưa xác định", ":"))


def _section(node: Node) -> Section:
    parent = node.parent.id if node.parent and node.parent.parent else ""
    heading = f"{node.heading} {node.note}".strip()
    return Section(node.id, parent, node.kind, node.label, heading, node.start, node.end, node.inferred)


def _unknown(meta: Metadata, cleaned: Cleaned) -> list[str]:
    names = {
        "number": meta.number,
        "kind": meta.kind,
        "province": meta.province,
        "date": meta.date,
        "title": meta.title,
    }
    return [f"{name} not found" for name, value in names.items() if not value]


__all__ = ["document_id", "parse", "read_document"]
