"""Identity of a document from its own lines."""

from __future__ import annotations

import pytest

from corpus.blocks import blocks
from corpus.citations import document_citation, document_citation_en
from corpus.clean import clean
from corpus.metadata import read_metadata
from corpus.titles import in_sentence_case
from corpus.types import Metadata


def meta(text: str) -> Metadata:
    cleaned = clean(text)
    return read_metadata(cleaned, blocks(cleaned.lines))


HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH BẮC NINH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 5/QĐ-UBND\n"
    "Bắc Ninh, ngày 07 tháng 3 năm 2025\n"
)


def test_the_letterhead_outweighs_a_province_in_the_title() -> None:
    found = meta(HEAD + "QUYẾT ĐỊNH\nBÃI BỎ QUY ĐỊNH CỦA TỈNH BẮC GIANG\nỦY BAN NHÂN DÂN TỈNH BẮC NINH\nCăn cứ Luật A;")
    assert (found.number, found.province, found.date) == ("5/QĐ-UBND", "Bắc Ninh", "2025-03-07")
    assert found.title == "Bãi bỏ quy định của tỉnh Bắc Giang"


def test_the_authority_line_when_the_letterhead_is_lost() -> None:
    found = meta("QUYẾT ĐỊNH\nBÃI BỎ QUY ĐỊNH CỦA TỈNH BẮC GIANG\nỦY BAN NHÂN DÂN TỈNH BẮC NINH\nCăn cứ Luật A;")
    assert found.province == "Bắc Ninh"


def test_a_title_ends_where_running_text_begins() -> None:
    found = meta(HEAD + "CHỈ THỊ\nVỀ TĂNG CƯỜNG QUẢN LÝ ĐẤT ĐAI\n\nThời gian qua, công tác quản lý đã có kết quả.")
    assert found.title == "Về tăng cường quản lý đất đai"


def test_what_a_decision_put_in_force_goes_by_its_number() -> None:
    found = meta(
        "QUY ĐỊNH\nVỀ PHÒNG CHÁY TỈNH HÀ NAM\n(Ban hành kèm theo Quyết định số: 9/2025/QĐ-UBND ngày 19/11/2025)"
    )
    assert (found.number, found.date, found.kind) == ("9/2025/QĐ-UBND", "2025-11-19", "Quyết định")


@pytest.mark.parametrize(
    ("capitals", "written"),
    [
        ("KẾ HOẠCH CỦA SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Kế hoạch của Sở Văn hóa, Thể thao và Du lịch"),
        ("THEO QUYẾT ĐỊNH SỐ 55/2014/QĐ-UBND", "Theo quyết định số 55/2014/QĐ-UBND"),
        ("TRÊN PHẠM VI TỈNH THỪA THIÊN HUẾ", "Trên phạm vi tỉnh Thừa Thiên Huế"),
        ("ĐẠI HỘI LẦN THỨ XIV", "Đại hội lần thứ XIV"),
    ],
)
def test_titles_in_running_text(capitals: str, written: str) -> None:
    assert in_sentence_case(capitals) == written


def test_citations_of_documents() -> None:
    known = Metadata("5/QĐ-UBND", "Quyết định", "UBND tỉnh Bắc Ninh", "Bắc Ninh", "2025-03-07")
    assert document_citation(known) == "Quyết định số 5/QĐ-UBND ngày 07/3/2025 của UBND tỉnh Bắc Ninh"
    assert (
        document_citation_en(known)
        == "Decision No. 5/QĐ-UBND of 7 March 2025 of the People's Committee of Bắc Ninh Province"
    )
