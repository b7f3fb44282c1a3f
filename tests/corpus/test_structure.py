"""Zones, numbering and quotations of made-up texts."""

from __future__ import annotations

from corpus.blocks import Block
from corpus.clean import Line
from corpus.paragraphs import measure, paragraphs
from corpus.quotes import quoted_blocks
from corpus.structure import build
from corpus.tree import Tree


def tree(*lines: str) -> Tree:
    return build("d", [Block(line, number) for number, line in enumerate(lines, 1)])


def ids(built: Tree) -> list[str]:
    return [node.id[2:] for node in built.nodes]


def test_articles_run_on_through_chapters() -> None:
    built = tree("Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi", "Chương II", "TRÁCH NHIỆM", "Điều 2. Sở Y tế")
    assert ids(built) == ["chuong-i", "chuong-i.dieu-1", "chuong-ii", "chuong-ii.dieu-2"]
    assert built.nodes[0].heading == "QUY ĐỊNH CHUNG"
    assert built.warnings == ()


def test_a_gap_is_reported() -> None:
    assert tree("Điều 1. A", "Điều 3. B").warnings == ("the document: expected 2, found 3",)
    assert tree("Điều 1. A", "1. A", "a) x", "c) y").warnings == ("khoản 1: expected b, found c",)


def test_a_text_that_never_uses_dd_skips_it() -> None:
    assert tree("1. A", "a) x", "b) x", "c) x", "d) x", "e) x").warnings == ()
    assert tree("1. A", "đ) x", "2. B", "a) x", "b) x", "c) x", "d) x", "e) x").warnings != ()


def test_a_lost_heading_is_inferred() -> None:
    built = tree("I. MỤC TIÊU", "1. Một", "2. Hai", "1. Sở Y tế", "2. Sở Nội vụ")
    assert ids(built) == ["muc-i", "muc-i.khoan-1", "muc-i.khoan-2", "muc-ii", "muc-ii.khoan-1", "muc-ii.khoan-2"]
    assert [node.inferred for node in built.nodes if node.kind == "muc"] == [False, True]
    assert "heading of Mục II is missing" in built.warnings[0]


def test_an_attached_text_has_its_own_articles() -> None:
    built = tree(
        "Điều 1. Ban hành Quy chế.", "Nơi nhận:", "- Lưu: VT.", "KT. CHỦ TỊCH", "QUY CHẾ", "QUẢN LÝ DỮ LIỆU",
        "(Kèm theo Quyết định số 1/QĐ-UBND)", "Điều 1. Phạm vi", "Nơi nhận:", "- Như trên;", "PHỤ LỤC I", "Điều 1. Mẫu",
    )  # fmt: skip
    assert ids(built) == [
        "dieu-1", "noi-nhan", "ky", "quy-che", "quy-che.dieu-1", "quy-che.ky", "phu-luc-i", "phu-luc-i.dieu-1",
    ]  # fmt: skip
    assert built.warnings == ()


def test_several_appendices_with_and_without_numbers() -> None:
    built = tree("Nơi nhận:", "PHỤ LỤC", "1. Một", "PHỤ LỤC", "1. Hai", "PHỤ LỤC 03", "1. Ba", "Mẫu số 01", "1. Tên")
    assert [node.id[2:] for node in built.nodes if node.kind == "phu-luc"] == [
        "phu-luc", "phu-luc-2", "phu-luc-03", "mau-01",
    ]  # fmt: skip


def test_words_quoted_from_another_text_do_not_break_the_numbering() -> None:
    lines = ["Điều 1. Sửa đổi Điều 5 như sau:", "“2. Sở Y tế:", "a) báo cáo;", "3. Sở Nội vụ.”", "Điều 2. Hiệu lực"]
    assert quoted_blocks([Block(line, 1) for line in lines]) == {2, 3}
    assert ids(tree(*lines)) == ["dieu-1", "dieu-1.doan-1", "dieu-1.doan-2", "dieu-1.doan-3", "dieu-2"]


def test_a_quotation_that_never_ends_is_none() -> None:
    assert quoted_blocks([Block("“2. Sở Y tế:", 1), Block("3. Sở Nội vụ.", 2)]) == frozenset()


def joined(text: str) -> list[str]:
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    return [paragraph.text for paragraph in paragraphs(lines, measure(lines))]


def test_hard_wraps_and_split_bullets_are_joined() -> None:
    assert joined("Điều\n1. Phê duyệt Đề án.\n+ Cơ\nquan thực hiện: Sở Y tế.\n-\nRà soát.") == [
        "Điều 1. Phê duyệt Đề án.",
        "+ Cơ quan thực hiện: Sở Y tế.",
        "- Rà soát.",
    ]
    assert joined("3.2.\nCông nghiệp") == ["3.2. Công nghiệp"]


def test_a_reference_at_the_start_of_a_line_is_no_heading() -> None:
    text = "1. Thực hiện nhiệm vụ được giao tại\nkhoản 5 Mục III Nghị quyết và\nĐiều 7 Luật này.\n2. Báo cáo."
    assert len(joined(text)) == 2
