"""A library of three hand-made documents without model or index, for tests of the faces that programs and tabs use."""

from __future__ import annotations

from corpus.errors import QuestionError
from corpus.provinces import belongs_to
from corpus.types import Document, Edition, Metadata, Passage, Section, Target, Task
from qa.types import NO_FILTERS, Answer, Citation, Facts, Filters, Found

HOSTILE = '<img src=x onerror="window.pwned=1"><script>alert(1)</script>&amp; =HYPERLINK("http://x") {{7*7}}'

Line = tuple[str, Task | Target | None]


def _task(
    task: str, lead: str, deadline: str = "", end: str = "", coordinating: str = "", recurrence: str = ""
) -> Task:
    helpers = (coordinating,) if coordinating else ()
    return Task("", "", "", task, (lead,), helpers, (), deadline, "", end, recurrence, "Nhiệm vụ", 0, 0, "table")


def _target(indicator: str, comparator: str, value: str, year: str, unit: str = "%") -> Target:
    return Target("", "", "", indicator, comparator, value, unit, year, "", 0, 0)


def _document(document_id: str, meta: Metadata, lines: list[Line], warnings: tuple[str, ...] = ()) -> Document:
    """A document of one section a line; records get the ids and offsets of their lines."""
    text = "\n".join(line for line, _ in lines)
    sections, passages, tasks, targets, start = [], [], [], [], 0
    for number, (line, record) in enumerate(lines, 1):
        name, end = f"{document_id}.dong-{number}", start + len(line)
        sections.append(Section(name, "", "muc", f"Mục {number}", line if record is None else "", start, end))
        kind = "task" if isinstance(record, Task) else "target" if isinstance(record, Target) else "other"
        citation = f"mục {number} {meta.kind} số {meta.number}"
        passages.append(
            Passage(name, document_id, name, kind, line, start, end, (), (), citation, f"item {number}", number)
        )
        place = {"document_id": document_id, "section_id": name, "passage_id": name, "start": start, "end": end}
        if isinstance(record, Task):
            tasks.append(Task(**{**{f: getattr(record, f) for f in Task.__slots__}, **place}))
        if isinstance(record, Target):
            fields = {f: getattr(record, f) for f in Target.__slots__}
            targets.append(Target(**{**fields, **place, "quote": line}))
        start = end + 1
    edition = Edition(f"{document_id}.txt", "0" * 64, "txt", len(text))
    return Document(
        document_id, meta, (edition,), text, tuple(sections), tuple(passages), tuple(tasks), tuple(targets), warnings
    )


SON_LA = _document(
    "son-la-2022-7-kh-ubnd",
    Metadata("7/KH-UBND", "Kế hoạch", "UBND tỉnh Sơn La", "Sơn La", "2022-03-05", "Chuyển đổi số năm 2022"),
    [
        ("Mục tiêu", None),
        ("Trên 60% hộ gia đình dùng Internet năm 2025", _target("hộ gia đình dùng Internet", ">", "60", "2025")),
        ("80% hộ gia đình dùng Internet năm 2030", _target("Tỷ lệ hộ gia đình dùng Internet", "=", "80", "2030")),
        ("Tối thiểu 12,5% kinh tế số năm 2025", _target("kinh tế số", ">=", "12.5", "2025")),
        (
            "Phủ sóng 4G: Sở Thông tin và Truyền thông, xong trước tháng 6/2025",
            _task("Phủ sóng 4G", "Sở Thông tin và Truyền thông", "trước tháng 6/2025", "2025-05-31", "UBND xã"),
        ),
        (
            "Trực SOC: Công an tỉnh, thường xuyên",
            _task("Trực SOC", "Công an tỉnh", "thường xuyên", "", "", "continuous"),
        ),
    ],
    ("Mục III: expected 9, found 10",),
)
CAO_BANG = _document(
    "cao-bang-2023-9-qd-ubnd",
    Metadata("9/QĐ-UBND", "Quyết định", "UBND tỉnh Cao Bằng", "Cao Bằng", "2023-01-20", "Đề án chuyển đổi số"),
    [
        ("Số hóa hồ sơ: Sở Nội vụ, 2024", _task("Số hóa hồ sơ", "Sở Nội vụ", "năm 2024", "2024-12-31")),
        ("70% hộ gia đình sử dụng Internet năm 2025", _target("hộ gia đình sử dụng Internet", "=", "70", "2025")),
    ],
)
BAD = _document(
    "x-2022-1-kh",
    Metadata(HOSTILE, "Kế hoạch", HOSTILE, HOSTILE, "2022-01-01", HOSTILE),
    [(HOSTILE, _task(HOSTILE, HOSTILE, HOSTILE, "2025-06-30")), ("5 x", _target(HOSTILE, ">", "5", "2025", "<i>"))],
    (HOSTILE,),
)


class Library:
    """Answers every question with one passage of Sơn La; remembers what it was asked."""

    def __init__(self, *documents: Document) -> None:
        self.held = documents or (SON_LA, CAO_BANG)
        self.asked: list[tuple[str, Filters]] = []

    def documents(self) -> tuple[Document, ...]:
        """All of them."""
        return self.held

    def document(self, document_id: str) -> Document:
        """One of them, or the error of the engine."""
        for document in self.held:
            if document.id == document_id:
                return document
        raise QuestionError(document_id, "no document of this id", "see `planqa documents` for the ids")

    def selected(self, filters: Filters) -> tuple[Document, ...]:
        """Those that pass the filters."""
        return tuple(
            document
            for document in self.held
            if (not filters.provinces or any(belongs_to(document.meta.province, name) for name in filters.provinces))
            and (not filters.documents or document.meta.number in filters.documents)
            and (not filters.years or document.meta.year in filters.years)
        )

    def search(self, question: str, filters: Filters = NO_FILTERS, k: int = 10) -> tuple[Found, ...]:
        """The first passages of the selected documents."""
        self.asked.append((question, filters))
        if filters.provinces and not self.selected(filters):
            raise QuestionError(filters.provinces[0], "no document of the corpus passes these filters", "change them")
        return tuple(
            Found(
                rank,
                passage.id,
                document.meta.number,
                document.id,
                document.meta.province,
                passage.citation,
                passage.citation_en,
                passage.text,
                1 / rank,
                passage.start,
                passage.end,
                passage.kind,
                (),
            )
            for rank, (document, passage) in enumerate(
                ((document, passage) for document in self.selected(filters) for passage in document.passages), 1
            )
        )[:k]

    def ask(self, question: str, filters: Filters = NO_FILTERS, **more: object) -> Answer:
        """That 4G is to be done before June 2025; a crash for "boom"."""
        self.asked.append((question, filters))
        if "boom" in question:
            raise RuntimeError("a secret path /secret/x")
        passage = SON_LA.passages[4]
        quote = "xong trước tháng 6/2025"
        start = SON_LA.text.index(quote)
        place = (passage.citation, passage.citation_en, passage.id)
        cited = Citation(
            1, "7/KH-UBND", SON_LA.id, "Sơn La", *place, quote, start, start + len(quote), (f"{SON_LA.id}.txt",)
        )
        facts = Facts(("Sở Thông tin và Truyền thông",), ("UBND xã",), deadline="trước tháng 6/2025")
        return Answer(question, "vi", True, 0.9, "", "Trước tháng 6/2025 [1].", facts, (cited,))
