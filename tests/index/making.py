"""Small homes for tests: plans made of a few lines, a space fitted to a few samples, folders compared byte by byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import HashEncoder

from corpus.collect import read_documents
from corpus.source import decode
from index import build as building
from index.build import write_home
from index.generation import Generation
from index.samples import Samples

PLAN = """ỦY BAN NHÂN DÂN
TỈNH HÀ GIANG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: {number}/KH-UBND
Hà Giang, ngày 05 tháng 4 năm 2024
KẾ HOẠCH
PHÁT TRIỂN CHỢ PHIÊN NĂM 2024
I. MỤC TIÊU
1. Có 90% chợ phiên treo bảng giá.
2. {second}
II. TỔ CHỨC THỰC HIỆN
1. Sở Công Thương: Chủ trì hướng dẫn các chợ phiên lập bảng giá và báo cáo kết quả hằng quý.
"""
SAMPLES = Samples(
    tuple(f"Chợ phiên số {number} mở vào ngày {number} hằng tháng." for number in range(1, 9)),
    {"vi": ("Chợ nào mở vào cuối tuần?", "Ai lập bảng giá?")},
)


def plan(number: int, second: str = "Có 12 chợ phiên mở vào cuối tuần.") -> bytes:
    return PLAN.format(number=number, second=second).encode()


def build(home: Path, encoder: HashEncoder, *plans: bytes, shipped: bool = False) -> Generation:
    sources = [decode(f"plan-{i}.txt", "txt", data) for i, data in enumerate(plans)]
    documents, errors = read_documents(sources, {})
    assert not errors
    return write_home(home, documents, sources, encoder, shipped=shipped)


def numbers(generation: Generation) -> list[str]:
    return [document.meta.number for document in generation.documents]


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its name in it."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def few_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """A space that is fitted in milliseconds."""
    monkeypatch.setattr(building, "default_samples", lambda: SAMPLES)
