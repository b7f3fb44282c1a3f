"""What is asked of a document as a whole: signer, date, number, issuer, recipients; which came first."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.provinces import belongs_to
from corpus.types import Document
from corpus.vietnamese import squeeze
from qa.answers import wording
from qa.answers.draft import Draft
from qa.answers.places import Place, line_stating
from qa.answers.stating import Topic, support
from qa.question import Question

OF_DOCUMENT = frozenset({"signer", "issued", "issuer", "number", "subject", "recipients", "first_or_last"})
ABOUT_IT = 0.5
"""Share of the question's topics that a document's own title must state for the question to be about it."""
SIGNED = 0.15
"""The same for the signer, where the province that is named has one document: few say it by its title, and of other
documents, which a plan cites with number and date, it does not tell who signed them."""


def documents_meant(
    asked: Question, documents: Sequence[Document], about: Sequence[Topic], nearest: Document
) -> list[Document]:
    """The documents that a question about documents means; none when it is about another one that a plan cites."""
    named = [d for d in documents if d.meta.number.upper() in asked.documents]
    if named or asked.documents:
        years = [d for d in named if not asked.years or d.meta.year in asked.years] or named
        covered = {d.meta.province for d in years}
        others = [p for p in asked.provinces if not any(belongs_to(province, p.name) for province in covered)]
        return [*years, *(d for d in documents if any(belongs_to(d.meta.province, p.name) for p in others))]
    placed = [d for d in documents if any(belongs_to(d.meta.province, p.name) for p in asked.provinces)]
    held = placed or list(documents)
    if "first_or_last" in asked.wants:
        return held
    if len(asked.provinces) > 1:
        return [d for d in held if len(held) <= 2 * len(asked.provinces) or _is_about(d, about) >= ABOUT_IT]
    best = max(held, key=lambda d: (_is_about(d, about), d is nearest))
    least = SIGNED if len(placed) == 1 and asked.wants >= {"signer"} else ABOUT_IT
    return [best] if _is_about(best, about) >= least else []


def _is_about(document: Document, about: Sequence[Topic]) -> float:
    meta = document.meta
    return support(about, [meta.title, meta.kind, meta.number, meta.province, *_OF_ANY])


_OF_ANY = (
    "kế hoạch đề án văn bản quyết định chương trình ký ban hành ngày duyệt phê duyệt phó chủ tịch thay mặt cấp phó"
    " họ tên",
    "ke hoach de an van ban quyet dinh chuong trinh ky ban hanh ngay duyet phe duyet pho chu tich thay mat cap pho"
    " ho ten",
    "plan scheme document decision himself herself deputy chairman vice name signature",
)
"""Words that questions about any document are made of."""
HEAD = 20
"""Passages in which a document's title stands."""


def say_documents(draft: Draft, asked: Question, meant: Sequence[Document]) -> None:
    """State what is asked of each document, with the line of it that says so."""
    if "first_or_last" in asked.wants:
        _say_order(draft, asked, meant)
        return
    for document in meant:
        _say_one(draft, asked, document)


def _say_one(draft: Draft, asked: Question, document: Document) -> None:
    meta = document.meta
    numbered = line_stating(document, meta.number) if meta.number else None
    if numbered is None:
        return
    if "signer" in asked.wants and meta.signer:
        signed = line_stating(document, meta.signer, ("ky", "thuoc-tinh", "dau"))
        if signed is not None:
            role = _role(document, signed)
            draft.say_of(wording.signer(meta, asked), document, [signed, *role, numbered])
    if asked.wants & {"issued", "number"} and meta.date and (dated := dated_line(document)) is not None:
        draft.say_of(wording.issued(meta, asked), document, [dated, numbered])
        in_force = line_stating(document, "hiệu lực", ("ky", "dieu", "doan", "khoan", "muc", "dau"))
        if in_force is not None and "issued" in asked.wants:
            draft.quote(document, in_force.passage, in_force.start, in_force.end)
    if "subject" in asked.wants and (titled := _titled(document)) is not None:
        draft.say_of(wording.subject(meta, asked), document, [titled, numbered])
    if "issuer" in asked.wants and meta.issuer:
        draft.say_of(wording.issuer(meta, asked), document, [numbered])
    if "recipients" in asked.wants:
        for passage in [p for p in document.passages if p.kind == "recipients"][:1]:
            draft.quote(document, passage, passage.start, passage.end)


def _titled(document: Document) -> Place | None:
    """The passage of the head that holds the document's title, which may run over several lines."""
    title = squeeze(document.meta.title).lower()
    held = (p for p in document.passages[:HEAD] if title and title in squeeze(p.text).lower())
    return next((Place(p, p.start, p.end) for p in held), None)


def _role(document: Document, signed: Place) -> list[Place]:
    """The line that says in which office it was signed, where it is not the line of the name."""
    role = document.meta.signer_role
    last = role.split(",")[-1].strip() if role else ""
    place = line_stating(document, last, ("ky",)) if last else None
    return [place] if place is not None and (place.start, place.end) != (signed.start, signed.end) else []


def _say_order(draft: Draft, asked: Question, meant: Sequence[Document]) -> None:
    """The documents by date of issue, a cited row each."""
    dated = sorted((d for d in meant if d.meta.date), key=lambda d: (d.meta.date, d.id))
    for document in dated:
        numbered = line_stating(document, document.meta.number)
        line = dated_line(document)
        if numbered is None or line is None:
            continue
        first, last = document is dated[0], document is dated[-1]
        draft.say_of(
            wording.issued(document.meta, asked, "first" if first else "last" if last else ""),
            document,
            [line, numbered],
        )


def dated_line(document: Document) -> Place | None:
    """The line that states the date of issue, as offices and portals write it."""
    year, month, day = document.meta.date.split("-")
    forms = (f"ngày {day} tháng {m} năm {year}" for m in dict.fromkeys([str(int(month)), month]))
    for form in (
        *forms,
        f"ngày {int(day)} tháng {int(month)} năm {year}",
        f"{day}/{month}/{year}",
        f"{int(day)}/{int(month)}/{year}",
    ):
        if place := line_stating(document, form, ("dau", "thuoc-tinh")):
            return place
    return None
