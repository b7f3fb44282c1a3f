"""An engine without model or index: four hand-made documents and one answer for each thing the page must show."""

from __future__ import annotations

import time
from dataclasses import replace

from corpus.errors import QuestionError
from corpus.types import Document, Edition, Metadata, Passage, Section, Target, Task
from qa.types import Answer, Citation, Facts, Filters, Found, TargetFact

PAYLOAD = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script> **b** ${window.pwned=1} {{1}} `${1}`'
"""Hostile text: HTML, script, Markdown, and both template languages of gr.HTML."""

SOC = (
    "- Nâng cấp, phát triển Trung tâm điều hành an ninh mạng (SOC) bảo đảm năng lực phục vụ công tác giám sát, điều "
    "hành, bảo đảm an toàn, an ninh mạng trên phạm vi toàn tỉnh, kết nối thông suốt đến Trung tâm Giám sát an toàn "
    "không gian mạng quốc gia.\n"
    "+ Cơ quan thực hiện: Sở Thông tin và Truyền thông.\n+ Thời hạn hoàn thành: thường xuyên."
)
SOC_QUOTE = "Cơ quan thực hiện: Sở Thông tin và Truyền thông.\n+ Thời hạn hoàn thành: thường xuyên."
PHONE = "+ Trên 85% dân số trưởng thành có điện thoại thông minh."
ROW = "2 | Triển khai nền tảng thanh toán điện tử, ví điện tử | Các doanh nghiệp | Các sở, ban, ngành; UBND các huyện |"
FILLER = "phát triển chính quyền số, kinh tế số, xã hội số. "
COLUMNS = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp")


Given = tuple[str, str, str, str]  # a section: kind, label, heading, line


def long_text() -> tuple[str, tuple[Given, ...]]:
    """About 60,000 characters in the shape of a decision, and its sections."""
    parts = ["QUYẾT ĐỊNH", "Phê duyệt Đề án Chuyển đổi số tỉnh Trà Vinh đến năm 2025, tầm nhìn đến năm 2030"]
    sections: list[Given] = []
    for article in range(1, 13):
        line = f"Điều {article}. Nhiệm vụ thứ {article} của Đề án"
        sections.append(("dieu", f"Điều {article}", f"Nhiệm vụ thứ {article} của Đề án", line))
        parts.append(line)
        for clause in range(1, 7):
            line = f"{clause}. Nhóm giải pháp {article}.{clause}"
            sections.append(("khoan", f"khoản {clause}", f"Nhóm giải pháp {article}.{clause}", line))
            parts.append(line)
            parts += [
                f"- Nội dung {article}.{clause}.{n}: " + "phát triển chính quyền số, kinh tế số. " * 4 for n in "abcd"
            ]
            if (article, clause) == (9, 4):
                parts += [PHONE, SOC]
    parts += [
        "Phụ lục",
        "TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp |",
        ROW,
        "3 | Phủ sóng 4G | UBND xã | VNPT |",
    ]
    return "\n".join(part.strip() for part in parts), tuple(sections)


def _document(document_id: str, meta: Metadata, text: str, given: tuple[Given, ...] = ()) -> Document:
    sections, above, place = [], "", 0
    for n, (kind, label, heading, line) in enumerate(given):
        place = text.index(line, place)
        parent = above if kind == "khoan" else ""
        sections.append(Section(f"{document_id}.{n}", parent, kind, label, heading, place, place + len(line)))
        above = f"{document_id}.{n}" if kind == "dieu" else above
    edition = Edition(f"{document_id}.txt", "0" * 64, "txt", len(text), "https://example.gov.vn/van-ban")
    return Document(document_id, meta, (edition,), text, tuple(sections), _passages(document_id, text))


def _passages(document_id: str, text: str) -> tuple[Passage, ...]:
    """Those that answers are made of, as far as they stand in the text."""
    passages = []
    for words, columns, kind in ((PHONE, (), "target"), (SOC, (), "task"), (ROW, COLUMNS, "task")):
        at = text.find(words)
        if at >= 0:
            identity = f"{document_id}.dong.2" if columns else f"{document_id}.{at}"
            place = (at, at + len(words), (), columns, f"đoạn {at}", f"passage {at}", 1)
            passages.append(Passage(identity, document_id, "", kind, words, *place))
    return tuple(passages)


def _records(document: Document) -> Document:
    """The document with the task and the target that its passages state."""
    phone, soc, _ = document.passages
    agency, named = "Sở Thông tin và Truyền thông", "Nâng cấp, phát triển Trung tâm điều hành an ninh mạng (SOC)"
    task = Task(
        document.id, "", soc.id, named, (agency,), (), (), "thường xuyên", "", "", "continuous", "", soc.start, soc.end
    )
    said = ("dân số trưởng thành có điện thoại thông minh", ">", "85", "%", "2025", PHONE)
    target = Target(document.id, "", phone.id, *said, phone.start, phone.end)
    return replace(document, tasks=(task,), targets=(target,))


def _plan() -> Document:
    text, sections = long_text()
    title = "Phê duyệt Đề án Chuyển đổi số tỉnh Trà Vinh đến năm 2025, tầm nhìn đến năm 2030"
    meta = Metadata(
        "2043/QĐ-UBND", "Quyết định", "UBND tỉnh Trà Vinh", "Trà Vinh", "2024-11-19", title, "Nguyễn Quỳnh Thiện"
    )
    return _records(_document("tra-vinh-2024-2043-qd-ubnd", meta, text, sections))


PLAN = _plan()
HOSTILE = replace(
    _document("x", Metadata(PAYLOAD, "Kế hoạch", PAYLOAD, title=PAYLOAD, date="2022-03-03"), f"Mở\n{PAYLOAD}\nKết"),
    editions=(Edition(f"{PAYLOAD}.txt", "0" * 64, "txt", 1, f"javascript:{PAYLOAD}"),),
)


def _found(document: Document, text: str, rank: int, place: str, headings: tuple[str, ...] = ()) -> Found:
    start = document.text.index(text)
    name = f"{place} {document.meta.kind} số {document.meta.number} ngày 19/11/2024 của {document.meta.issuer}"
    english = f"{document.meta.kind} No. {document.meta.number} of 19 November 2024, {place}"
    identity = f"{document.id}.dong.2" if text == ROW else f"{document.id}.{start}"
    where = (identity, document.meta.number, document.id, document.meta.province, name, english)
    scores = {"dense": 0.95 - rank / 10, "lexical": 9.0 - rank, "terms": ("soc", "điện", "thoại")}
    return Found(rank, *where, text, 1 - rank / 10, start, start + len(text), "task", headings, **scores)


def _cite(found: Found, quote: str, n: int = 1) -> Citation:
    start = found.start + found.text.index(quote)
    sources = (f"{found.document_id}.txt",)
    place = (found.citation, found.citation_en, found.passage_id)
    return Citation(
        n, found.document, found.document_id, found.province, *place, quote, start, start + len(quote), sources
    )


_PATH = ("Điều 9. Nhiệm vụ thứ 9 của Đề án", "Bảo đảm an toàn thông tin mạng")
SOC_FOUND = _found(PLAN, SOC, 1, "gạch đầu dòng thứ 8 khoản 4 Điều 9", _PATH)
PHONE_FOUND = _found(PLAN, PHONE, 2, "cộng thứ 2 khoản 4 Điều 9", ("Về xã hội số",))
ROW_FOUND = _found(PLAN, ROW, 3, "dòng 2 Phụ lục")


class FakeEngine:
    """Answers by what the question holds; counts what it was asked."""

    def __init__(self, delay: float = 0.0) -> None:
        self.asked: list[str] = []
        self.filters: list[Filters] = []
        self.delay = delay

    def documents(self) -> tuple[Document, ...]:
        """The plan and the hostile document."""
        return (PLAN, HOSTILE)

    def document(self, document_id: str) -> Document:
        """One of them, or the error that the engine has for the others."""
        for document in self.documents():
            if document.id == document_id:
                return document
        raise QuestionError(document_id, "no such document", "see planqa documents")

    def selected(self, filters: Filters) -> tuple[Document, ...]:
        """The documents that pass the filters."""
        return tuple(
            document
            for document in self.documents()
            if (not filters.provinces or document.meta.province in filters.provinces)
            and (not filters.documents or document.id in filters.documents)
            and (not filters.years or document.meta.year in filters.years)
        )

    def ask(self, question: str, filters: Filters = Filters()) -> Answer:  # noqa: B008
        """SOC, smartphones, the table row, hostile text, an error, a crash, or no answer."""
        self.asked.append(question)
        self.filters.append(filters)
        time.sleep(self.delay + (1.0 if "slow" in question else 0.0))
        if "onerror" in question:
            found = _found(HOSTILE, PAYLOAD, 1, PAYLOAD)
            facts = Facts((PAYLOAD,), deadline=PAYLOAD)
            return Answer(question, "en", True, 0.9, "", f"{PAYLOAD} [1]", facts, (_cite(found, PAYLOAD),), (found,))
        if "boom" in question:
            raise RuntimeError("a secret path /secret/x")
        if "<b>" in question:
            raise QuestionError(question, "expected a question without tags", "write <i>words</i>")
        if "SOC" in question:
            return self._soc(question)
        if "dien thoai" in question or "điện thoại" in question:
            return self._phones(question)
        if "ví điện tử" in question:
            text = "Các doanh nghiệp chủ trì, các sở, ban, ngành và UBND các huyện phối hợp [1]."
            facts = Facts(("Các doanh nghiệp",), ("Các sở, ban, ngành", "UBND các huyện"))
            cited = (_cite(ROW_FOUND, "Các doanh nghiệp"),)
            return Answer(question, "vi", True, 0.8, "", text, facts, cited, (ROW_FOUND, SOC_FOUND))
        return Answer(question, "vi", False, 0.1, "not_stated", "", passages=(SOC_FOUND, PHONE_FOUND))

    def _soc(self, question: str) -> Answer:
        facts = Facts(("Sở Thông tin và Truyền thông",), deadline="thường xuyên")
        cited, passages = (_cite(SOC_FOUND, SOC_QUOTE),), (SOC_FOUND, PHONE_FOUND, ROW_FOUND)
        if "who" in question:
            text = (
                "The Department of Information and Communications (Sở Thông tin và Truyền thông) is responsible [1]. "
                "The deadline is “thường xuyên” (continuous) [1]."
            )
            return Answer(question, "en", True, 0.93, "", text, facts, cited, passages)
        text = "Cơ quan thực hiện: Sở Thông tin và Truyền thông [1]. Thời hạn hoàn thành: thường xuyên [1]."
        return Answer(question, "vi", True, 0.93, "", text, facts, cited, passages)

    def _phones(self, question: str) -> Answer:
        citation = PHONE_FOUND.citation
        target = TargetFact(
            "2043/QĐ-UBND", "Trà Vinh", "dân số trưởng thành có điện thoại thông minh", ">", "85", "%", "2025", citation
        )
        text = "Đến năm 2025, trên 85% dân số trưởng thành ở Trà Vinh có điện thoại thông minh [1]."
        cited = (_cite(PHONE_FOUND, "Trên 85% dân số trưởng thành có điện thoại thông minh."),)
        return Answer(question, "vi", True, 0.9, "", text, Facts(targets=(target,)), cited, (PHONE_FOUND, SOC_FOUND))
