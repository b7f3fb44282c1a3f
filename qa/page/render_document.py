"""A whole `Document` in, one escaped HTML string out: what it is, its outline, its text with one quote marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from html import escape

from corpus.agencies import Successor, successors
from corpus.provinces import today_of
from corpus.types import Document, Edition, Section
from qa.page.labels import Labels, labels, shown_date
from qa.page.marking import MARK_ID, Line, Marker, groups, lines, table_html
from qa.types import Language

MAX_OUTLINE = 60  # entries; deeper levels are left out once there are more
MAX_HEADING = 240  # characters; a longer line is a paragraph that happens to open a section
_DIVISIONS = {"phu-luc", "phan", "chuong", "muc", "dieu"}
_INDENTS = {"diem": 1, "gach": 1, "cong": 2}
_BULLETS = {"gach", "cong"}


def document_html(document: Document, start: int = 0, end: int = 0, language: Language = "vi") -> str:
    """The document view with text[start:end] marked (its first piece has the id `pq-mark`); no mark when empty."""
    words = labels(language)
    size = len(document.text)
    start, end = max(0, min(start, size)), max(0, min(end, size))
    found = list(lines(document.text))
    to_quote = f'<a class="pq-jump" href="#{MARK_ID}">{words.to_quote}</a>' if start < end else ""
    name = " ".join(part for part in (document.meta.kind, document.meta.number) if part) or document.id
    return (
        f'<article class="pq-document" lang="vi" aria-labelledby="pq-document-title" '
        f'data-key="{escape(document.id)}:{start}:{end}:{language}">'
        f'<header class="pq-bar"><h2 id="pq-document-title" tabindex="-1">{escape(name)}</h2>'
        f'<nav aria-label="{words.about}" lang="{language}">{to_quote}'
        f'<button type="button" class="pq-close">{words.close}</button></nav></header>'
        f"{_about(document, words, language)}{_outline(document, found, words, language)}"
        f'<div class="pq-official pq-fulltext">{_text(document, found, Marker(start, end, named=True))}</div></article>'
    )


def _about(document: Document, words: Labels, language: Language) -> str:
    meta = document.meta
    signer = ", ".join(part for part in (meta.signer, meta.signer_role) if part)
    rows = [
        (words.number, escape(meta.number)),
        (words.kind, escape(meta.kind)),
        (words.issuer, escape(meta.issuer)),
        (words.province, _province(meta.province, words, language)),
        (words.date, escape(shown_date(meta.date, language))),
        (words.signer, escape(signer)),
        (words.editions, "<br>".join(_edition(edition) for edition in document.editions)),
    ]
    body = "".join(f'<div><dt lang="{language}">{name}</dt><dd>{value}</dd></div>' for name, value in rows if value)
    return f'<p class="pq-title">{escape(meta.title)}</p><dl class="pq-about">{body}</dl>{_changed(document, language)}'


def _province(name: str, words: Labels, language: Language) -> str:
    """The document's province, and the one that it belongs to now."""
    today = today_of(name)
    said = f' <span lang="{language}">({escape(words.today.format(name=today))})</span>' if today != name else ""
    return escape(name) + said


def _changed(document: Document, language: Language) -> str:
    """The agencies that the document charges and that others have taken over from since, with the legal source."""
    words = labels(language)
    named = (document.meta.issuer, *(a for t in document.all_tasks for a in (*t.lead, *t.coordinating, *t.directing)))
    former = {heirs[0].former: heirs for name in dict.fromkeys(named) if (heirs := successors(name))}
    if not former:
        return ""
    items = "".join(
        f"<li><strong>{escape(name)}</strong> → {'; '.join(escape(_heir(heir)) for heir in heirs)}"
        f' <span lang="{language}">({escape(shown_date(heirs[0].since, language))})</span>'
        f"<small>{escape(heirs[0].source)}</small></li>"
        for name, heirs in former.items()
    )
    summary = f'<summary lang="{language}">{words.successors} ({len(former)})</summary>'
    return f'<details class="pq-changed">{summary}<ul>{items}</ul></details>'


def _heir(heir: Successor) -> str:
    return f"{heir.name} ({heir.matters})" if heir.matters else heir.name


def _edition(edition: Edition) -> str:
    origin = escape(edition.origin)
    if edition.origin.startswith(("https://", "http://")):
        origin = f'<a href="{origin}" target="_blank" rel="noopener noreferrer">{origin}</a>'
    return escape(edition.source) + (f' <small class="pq-origin">{origin}</small>' if origin else "")


def _outline(document: Document, found: Sequence[Line], words: Labels, language: Language) -> str:
    entries = outline(document.sections)
    if not entries or not found:
        return ""
    starts = [line.start for line in found]
    items = "".join(
        f'<li class="pq-level-{depth}"><a class="pq-jump" href="#{_anchor(starts, section.start)}">'
        f"{escape(_entry(document, section))}</a></li>"
        for depth, section in entries
    )
    return (
        f'<details class="pq-outline"><summary lang="{language}">{words.outline}</summary>'
        f'<nav aria-label="{words.outline}"><ol>{items}</ol></nav></details>'
    )


def outline(sections: Sequence[Section]) -> list[tuple[int, Section]]:
    """The sections to jump to with their depth (0 outermost): as many whole levels as fit `MAX_OUTLINE` entries."""
    depths = _depths(sections)
    candidates = [
        (depths[section.id], section)
        for section in sections
        if section.label and section.kind not in _BULLETS and (section.heading or section.kind in _DIVISIONS)
    ]
    chosen: list[tuple[int, Section]] = []
    for limit in sorted({depth for depth, _ in candidates}):
        kept = [(depth, section) for depth, section in candidates if depth <= limit]
        if chosen and len(kept) > MAX_OUTLINE:
            break
        chosen = kept
    return [(min(depth, 3), section) for depth, section in sorted(chosen[:MAX_OUTLINE], key=lambda e: e[1].start)]


def _depths(sections: Sequence[Section]) -> dict[str, int]:
    """How many labelled sections stand above each one; a parent comes before its children."""
    depths: dict[str, int] = {}
    labelled: dict[str, bool] = {}
    for section in sections:
        above = section.parent
        depths[section.id] = depths.get(above, 0) + (1 if labelled.get(above) else 0)
        labelled[section.id] = bool(section.label)
    return depths


def _entry(document: Document, section: Section) -> str:
    """The line of a section as far as its heading goes, with the document's own numbering: "I. MỤC TIÊU".

    A section whose heading the source lost has only its label.
    """
    if section.inferred and not section.heading:
        return section.label
    line = document.text[section.start : section.end].split("\n", 1)[0]
    place = line.find(section.heading) if section.heading else -1
    said = line[: place + len(section.heading)] if place >= 0 else line or section.label
    said = said.replace(" | ", " ")
    return said if len(said) <= 110 else said[:108].rstrip() + "…"


def _anchor(starts: Sequence[int], offset: int) -> str:
    """The id of the line that holds an offset."""
    return f"pq-l{max(bisect_right(starts, offset) - 1, 0)}"


def _text(document: Document, found: Sequence[Line], marker: Marker) -> str:
    """The reading text: headings, indented points, paragraphs and tables, each line with its anchor."""
    opening: dict[int, Section] = {}
    for section in document.sections:
        opening.setdefault(section.start, section)
    depths = _depths(document.sections)
    anchors = {line.start: f' id="pq-l{place}"' for place, line in enumerate(found)}
    columns = {passage.start: passage.columns for passage in document.passages if passage.columns}
    parts: list[str] = []
    for row, group in groups(found):
        if row:
            parts.append(table_html(group, marker, anchors, columns))
            continue
        for line in group:
            tag, style = _style(opening.get(line.start), line, depths)
            parts.append(f"<{tag}{anchors[line.start]}{style}>{marker.write(line)}</{tag}>")
    return "".join(parts)


def _style(section: Section | None, line: Line, depths: dict[str, int]) -> tuple[str, str]:
    """Tag and class of a line: a heading where a section with a heading opens, else a paragraph."""
    if section is None:
        return "p", ""
    division = section.kind in _DIVISIONS and not section.inferred and len(line.text) <= MAX_HEADING
    titled = section.label and section.kind not in _BULLETS and len(section.heading) > len(line.text) / 2
    if division or titled:
        return ("h3" if depths[section.id] < 2 else "h4"), ""
    indent = _INDENTS.get(section.kind, 0)
    return "p", f' class="pq-in-{indent}"' if indent else ""
