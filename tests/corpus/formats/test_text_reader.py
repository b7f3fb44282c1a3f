"""Text in every encoding that Vietnamese offices have used."""

from __future__ import annotations

import unicodedata

import made_up_plan as plan
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SourceError
from corpus.formats import legacy
from corpus.formats.draft import Refused
from corpus.formats.language import vietnamese_share
from corpus.source import decode

PARAGRAPH = (
    "Cộng hòa xã hội chủ nghĩa Việt Nam. Ủy ban nhân dân tỉnh quyết định phê duyệt kế hoạch chuyển đổi số, gồm những"
    " nhiệm vụ trọng tâm: đẩy mạnh ứng dụng công nghệ thông tin, bảo đảm an toàn dữ liệu, hỗ trợ người dân và doanh"
    " nghiệp tiếp cận dịch vụ công trực tuyến; xử lý kỹ những vướng mắc, đề xuất giải pháp cụ thể cho từng lĩnh vực."
)
LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"


@pytest.mark.parametrize(
    ("name", "written", "meant"),
    [
        # Hand-checked against texts of the time, not against our own tables.
        ("TCVN3", "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("TCVN3", "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("TCVN3", "quyÕt ®Þnh vÒ viÖc phª duyÖt", "quyết định về việc phê duyệt"),
        ("VNI", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("VNI", "Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
        ("VNI", "UÛY BAN NHAÂN DAÂN TÆNH ÑOÀNG NAI", "ỦY BAN NHÂN DÂN TỈNH ĐỒNG NAI"),
        (
            "VNI",
            "ngöôøi söû duïng ñòa phöông, kyõ thuaät, vò trí, lyù",
            "người sử dụng địa phương, kỹ thuật, vị trí, lý",
        ),
    ],
)
def test_known_words(name: str, written: str, meant: str) -> None:
    assert legacy.decode(written, name) == meant


@pytest.mark.parametrize("name", legacy.NAMES)
def test_every_letter_goes_both_ways(name: str) -> None:
    for letter in LETTERS + LETTERS.upper():
        # A following consonant: alone, VNI's signs for ị and for hook and dot cannot be told apart.
        assert legacy.decode(legacy.encode(letter + "b", name), name) == letter + "b"


@given(st.text(LETTERS + " .,0123456789"))
def test_tcvn3_goes_both_ways(text: str) -> None:
    assert legacy.decode(legacy.encode(text, "TCVN3"), "TCVN3") == text


def test_windows_1258_is_what_python_knows() -> None:
    text = legacy.encode(PARAGRAPH, "Windows-1258").encode("cp1252").decode("cp1258")
    assert unicodedata.normalize("NFC", text) == PARAGRAPH


@pytest.mark.parametrize("name", legacy.NAMES)
@pytest.mark.parametrize("as_utf8", [False, True])
def test_a_file_is_recognised_and_converted(name: str, as_utf8: bool) -> None:
    written = legacy.encode(PARAGRAPH, name)
    data = written.encode("utf-8") if as_utf8 else bytes(written, "cp1252", "ignore")
    source = decode("old.txt", "txt", data)
    assert source.encoding == name
    assert source.text == PARAGRAPH


def test_a_whole_plan_in_each_old_encoding_is_the_plan() -> None:
    text = plan.as_text()
    for name in legacy.NAMES:
        assert decode("old.txt", "txt", legacy.encode(text, name).encode("cp1252", "ignore")).text == text


def test_in_doubt_the_encoding_is_refused_by_name() -> None:
    half = legacy.encode(PARAGRAPH, "VNI").split()
    noise = [f"{word}xøßq" for word in half[: len(half) // 4]]
    with pytest.raises(Refused, match="looks like VNI"):
        legacy.repair(" ".join(half + noise))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_with_any_mark_and_form(encoding: str, form: str) -> None:
    data = unicodedata.normalize(form, PARAGRAPH).encode(encoding)  # type: ignore[arg-type]
    source = decode("a.txt", "txt", data)
    assert (source.text, source.encoding) == (PARAGRAPH, "")


def test_form_feeds_begin_pages() -> None:
    source = decode("a.txt", "txt", f"{PARAGRAPH}\r\n\f{PARAGRAPH}\r\n{PARAGRAPH}\f\r\n{PARAGRAPH}".encode())
    assert source.pages == ((1, 1), (2, 2), (3, 3))
    assert [source.page_of(line) for line in (1, 2, 4)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (PARAGRAPH.encode()[:-2] + b"\xe1\xbb", "truncated"),
        (b"k\xff\xfe" * 400, "not UTF-8"),
        (PARAGRAPH.encode() + b"\x00\x01" * 300, "control characters"),
        (("| a " * 300_000).encode(), "1?,?200,00|300,000 cells"),
        (("a" * 10_000_001).encode(), "characters"),
    ],
)
def test_text_that_is_none(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        decode("a.txt", "txt", data)


@pytest.mark.parametrize(
    "text",
    [
        "The Provincial People's Committee hereby approves the digital transformation plan of the province. " * 5,
        "Le comité populaire de la province a décidé d'approuver le plan de développement numérique à l'été. " * 5,
        "Народный комитет провинции утверждает план цифровой трансформации на период до 2030 года. " * 5,
        "省人民委员会批准了到二零三零年的数字化转型计划并责成各有关部门组织实施。" * 20,
        "Provinční lidový výbor schválil plán digitální transformace, která má být dokončena příští rok. " * 5,
        "Uy ban nhan dan tinh ban hanh ke hoach chuyen doi so cua tinh den nam 2025, dinh huong 2030. " * 5,
    ],
)
def test_another_language_is_refused(text: str) -> None:
    assert vietnamese_share(text) < 0.02
    with pytest.raises(SourceError, match="not Vietnamese"):
        decode("a.txt", "txt", text.encode())
