"""What must hold for every document: exact quotes, stable ids, no word lost, every passage within reach."""

from __future__ import annotations

import json
import re
import textwrap
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.blocks import blocks
from corpus.clean import DOCUMENT, LAYOUT, clean
from corpus.collect import shipped_plans
from corpus.editions import rename
from corpus.passages import MAX_CHARACTERS
from corpus.read import parse, read_document
from corpus.serial import from_json, to_json
from corpus.source import read_source
from corpus.types import Document
from corpus.vietnamese import fold, normalise, words

GOLDEN = Path(__file__).parent / "golden"
PATHS = [
    *sorted(path for path in shipped_plans().iterdir() if path.suffix == ".txt"),
    *sorted(path for path in GOLDEN.iterdir() if path.suffix in (".txt", ".md")),
]
NAMED_ROLES = {
    "document", "layout", "portal", "properties", "login-notice", "placeholder", "related-documents", "page-number",
}  # fmt: skip

each_document = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)


@cache
def read(path: Path) -> Document:
    return read_document(path)


@each_document
def test_offsets_and_quotes_are_exact(path: Path) -> None:
    document = read(path)
    for passage in document.passages:
        assert document.text[passage.start : passage.end] == passage.text
        assert 0 < len(passage.text) <= MAX_CHARACTERS
    for target in document.targets:
        assert document.text[target.start : target.end].strip() == target.quote.strip()


@each_document
def test_ids_are_unique_and_every_passage_is_reachable(path: Path) -> None:
    document = read(path)
    sections = {section.id: section for section in document.sections}
    assert len(sections) == len(document.sections)
    assert len({passage.id for passage in document.passages}) == len(document.passages)
    for passage in document.passages:
        section = sections[passage.section_id]
        assert section.start <= passage.start and passage.end <= section.end
        while section.parent:
            section = sections[section.parent]
        assert re.fullmatch(r"[a-z0-9.-]+", passage.id)
    passages = {passage.id for passage in document.passages}
    assert all(task.passage_id in passages and task.section_id in sections for task in document.all_tasks)
    assert all(target.passage_id in passages for target in document.targets)


@each_document
def test_joined_passages_and_headings_lose_no_word(path: Path) -> None:
    """Every word of the document's own lines stands in a passage, or in a heading or column name over one."""
    document = read(path)
    kept: set[str] = set()
    for section in document.sections:
        kept.update(words(f"{section.label} {section.heading}"))
    for passage in document.passages:
        kept.update(words(" ".join([passage.text, *passage.headings, *passage.columns])))
    source = clean(read_source(path).text)
    own = Counter(word for block in blocks(source.lines) for word in words(block.text))
    lost = {word for word in own if word not in kept and not re.fullmatch(r"[\d.]+|[ivxlc]+", word)}
    assert not lost


@each_document
def test_a_document_survives_the_disk(path: Path) -> None:
    document = read(path)
    assert from_json(json.loads(json.dumps(to_json(document)))) == document
    moved = rename(document, "other-id")
    assert all(task.passage_id.startswith("other-id.") for task in moved.all_tasks)
    assert rename(moved, document.id) == document


@each_document
def test_every_line_has_a_role(path: Path) -> None:
    """A line belongs to the document, to the page's layout, or to what the portal put around it, by name."""
    text = read_source(path).text
    cleaned = clean(text)
    assert len(cleaned.roles) == len(text.split("\n"))
    assert set(cleaned.roles) <= NAMED_ROLES
    own = {index for index, role in enumerate(cleaned.roles, 1) if role in (DOCUMENT, LAYOUT)}
    assert {line.number for line in cleaned.lines} <= own
    silent = [index for index in own if index not in {line.number for line in cleaned.lines}]
    assert all(cleaned.roles[index - 1] == LAYOUT for index in silent)


@each_document
def test_documents_own_words_are_not_set_apart(path: Path) -> None:
    """What is set apart as the portal's says nothing that a plan orders."""
    text = read_source(path).text
    for line, role in zip(text.split("\n"), clean(text).roles, strict=True):
        if role not in (DOCUMENT, LAYOUT):
            assert not re.match(r"^(Điều \d+\.|[IVX]+\. |- (Xây dựng|Triển khai|Tổ chức))", line), line


@each_document
def test_ids_are_the_same_in_decomposed_form(path: Path) -> None:
    document = read(path)
    source = read_source(path)
    decomposed = unicodedata.normalize("NFD", source.text)
    again = parse(type(source)(source.name, source.format, source.sha256, normalise(decomposed)))
    assert [passage.id for passage in again.passages] == [passage.id for passage in document.passages]
    assert again.text == document.text


@settings(max_examples=12, deadline=None)
@given(width=st.integers(min_value=70, max_value=180))
@pytest.mark.parametrize("name", ["decision.txt", "plan.txt"])
def test_ids_are_the_same_however_the_lines_are_wrapped(name: str, width: int) -> None:
    source = read_source(GOLDEN / name)
    lines = source.text.split("\n")
    wrapped = "\n".join(
        part
        for line in lines
        for part in (
            textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) if "|" not in line else [line]
        )
        or [""]
    )
    document = read(GOLDEN / name)
    again = parse(type(source)(source.name, source.format, source.sha256, wrapped))
    assert [passage.id for passage in again.passages] == [passage.id for passage in document.passages]
    assert fold(" ".join(again.text.split())) == fold(" ".join(document.text.split()))


LINES = """I. MỤC TIÊU
1. Mục tiêu chung
a) Nội dung
đ) Nội dung
- Sở Y tế: Chủ trì thực hiện nhiệm vụ.
|
STT
Điều 1. Phạm vi
PHỤ LỤC I
Nơi nhận:
KT. CHỦ TỊCH
| a | b | c |

100% số xã đạt chuẩn
“2. Trích dẫn
QUY CHẾ
Mẫu số 01
Chương II
(1)
…………
Tổng cộng""".split("\n")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(LINES),
            st.text(alphabet="aăâbcđeêghiklmnoôơpqrstuưvxy |.:;-0123456789IVX\n", max_size=60),
        ),
        max_size=60,
    )
)  # fmt: skip
def test_no_text_crashes_the_reader(lines: list[str]) -> None:
    head = (
        "ỦY BAN NHÂN DÂN TỈNH HÀ NAM\nSố: 1/KH-UBND\nHà Nam, ngày 02 tháng 5 năm 2024\nKẾ HOẠCH\n" + "Nội dung. " * 30
    )
    source = read_source(GOLDEN / "plan.txt")
    document = parse(type(source)("made-up.txt", "txt", "0" * 64, "\n".join([head, *lines])))
    assert len({passage.id for passage in document.passages}) == len(document.passages)
    assert all(document.text[p.start : p.end] == p.text and len(p.text) <= MAX_CHARACTERS for p in document.passages)
