"""The values that the corpus room hands on: documents, sections, passages, records.

All are frozen and hold plain strings, numbers and tuples, so that they can be compared, hashed and written as JSON.
Offsets count Unicode code points in `Document.text`, the reading text of the document (NFC, hard wraps joined,
boilerplate left out); `document.text[passage.start:passage.end] == passage.text` always holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Metadata:
    """What identifies a document: key = (issuer, kind, number, date). Unknown fields are empty strings."""

    number: str = ""  # "2043/QĐ-UBND"
    kind: str = ""  # "Quyết định", "Kế hoạch", ...
    issuer: str = ""  # "UBND tỉnh Trà Vinh"
    province: str = ""  # "Trà Vinh"; "Trung ương" for central bodies
    date: str = ""  # ISO 8601, "2024-11-19"
    title: str = ""  # "Phê duyệt Đề án Chuyển đổi số tỉnh Trà Vinh đến năm 2025, ..."
    signer: str = ""  # "Nguyễn Quỳnh Thiện"
    signer_role: str = ""  # "KT. CHỦ TỊCH, PHÓ CHỦ TỊCH"

    @property
    def year(self) -> str:
        """Year of issue as four digits, or "" when the date is unknown."""
        return self.date[:4]


@dataclass(frozen=True, slots=True)
class Edition:
    """One source file of a document."""

    source: str  # file name as ingested
    sha256: str  # of the file's bytes, hexadecimal
    format: str  # "txt", "md", ...
    characters: int  # of the decoded file
    origin: str = ""  # where the file comes from, from the manifest beside it, if any


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the legal structure; `parent` is the id of the section above it, "" at the top."""

    id: str
    parent: str
    kind: str  # phu-luc, phan, chuong, muc, dieu, khoan, diem, gach, cong, dong, doan, nhom
    label: str  # "Điều 1", "khoản 3", "điểm a", "gạch đầu dòng thứ 12", "dòng 1.1", or "" for plain text
    heading: str  # heading text without its label, or ""
    start: int
    end: int
    inferred: bool = False  # the source lost this heading; it was inferred from the numbering


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest citable section that stands alone; `text` stands in the document to the letter."""

    id: str  # "tra-vinh-2024-2043-qd-ubnd.dieu-1.khoan-3.diem-a.12"
    document_id: str
    section_id: str  # the section it renders; several passages share it when an over-long section was split
    kind: str  # target, task, assignment, result, legal-basis, recipients, budget, other
    text: str
    start: int
    end: int
    headings: tuple[str, ...]  # heading path, outermost first: context, never quoted
    columns: tuple[str, ...]  # for a table row, one column name per cell
    citation: str  # Vietnamese legal form, smallest unit first
    citation_en: str
    line: int  # first line in the source file of the edition that was used, from 1
    page: int = 0  # page of that line, from 1; 0 where a source has no pages


@dataclass(frozen=True, slots=True)
class Task:
    """Who does what by when, as a passage states it; agencies as the document lists them."""

    document_id: str
    section_id: str
    passage_id: str
    task: str
    lead: tuple[str, ...]
    coordinating: tuple[str, ...]
    directing: tuple[str, ...]
    deadline: str  # as written, "" when not stated
    deadline_start: str  # ISO date or ""
    deadline_end: str
    recurrence: str  # "", "continuous", "yearly", "quarterly", "monthly"
    section: str  # nearest heading
    start: int
    end: int
    source: str = "lines"  # "table": a row; "lines": labelled lines under it; "prose": a duty in running text


@dataclass(frozen=True, slots=True)
class Target:
    """A measurable aim: indicator, comparator, value, unit, year."""

    document_id: str
    section_id: str
    passage_id: str
    indicator: str
    comparator: str  # ">", ">=", "=", "<", "<="
    value: str  # dot as decimal mark, no thousands separator
    unit: str
    year: str
    quote: str
    start: int
    end: int
    population: str = ""  # "hộ nghèo", when the clause says "đối với ..."
    area: str = ""  # "vùng sâu, vùng xa", when the clause says "ở ..." or "tại ..."


@dataclass(frozen=True, slots=True)
class Counts:
    """How long a document is, and how many passages and records it has."""

    characters: int
    passages: int
    tasks: int
    duties: int
    targets: int


@dataclass(frozen=True, slots=True)
class Document:
    """One official text with everything that was read off it."""

    id: str
    meta: Metadata
    editions: tuple[Edition, ...]
    text: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    tasks: tuple[Task, ...] = ()  # as the document lists them: table rows, and bullets with labelled lines
    targets: tuple[Target, ...] = ()
    warnings: tuple[str, ...] = field(default=())
    duties: tuple[Task, ...] = ()  # tasks that running text gives an agency ("Sở Y tế: Chủ trì ..."), source "prose"

    @property
    def counts(self) -> Counts:
        """How many there are of each; known without reading the document where it is stored."""
        return Counts(len(self.text), len(self.passages), len(self.tasks), len(self.duties), len(self.targets))

    def with_editions(self, editions: tuple[Edition, ...]) -> Document:
        """The same document, known to be saved in these files."""
        return replace(self, editions=editions)

    @property
    def all_tasks(self) -> tuple[Task, ...]:
        """Listed tasks and duties in prose, in reading order."""
        return tuple(sorted((*self.tasks, *self.duties), key=lambda task: (task.start, task.end)))
