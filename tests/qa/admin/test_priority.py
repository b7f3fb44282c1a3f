"""Readers while documents are added: nobody's question fails, and none takes twice as long. Minutes: PLANQA_SOAK=1."""

from __future__ import annotations

import itertools
import os
import shutil
import statistics
import threading
import time
from pathlib import Path

import pytest

from index.types import Encoder
from qa import homes
from qa.admin.jobs import Job, Jobs
from qa.admin.originals import Arriving
from qa.engine import Engine
from qa.live import Live
from qa.web.turns import InTurn

QUESTIONS = (
    "Ai chịu trách nhiệm về SOC, thời hạn khi nào?",
    "den 2025 bao nhieu phan tram dan Tra Vinh co dien thoai thong minh",
    "who is responsible for SOC by when?",
    "Trà Vinh giao cơ quan nào chịu trách nhiệm về SOC, thời hạn khi nào?",
)
_NUMBERS = itertools.count()
HEAD = """ỦY BAN NHÂN DÂN
TỈNH CAO BẰNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 88/KH-UBND
Cao Bằng, ngày 05 tháng 4 năm 2024
KẾ HOẠCH
PHÁT TRIỂN CHỢ PHIÊN NĂM 2024
I. MỤC TIÊU
"""


@pytest.mark.skipif(os.environ.get("PLANQA_SOAK") != "1", reason="takes minutes; set PLANQA_SOAK=1")
def test_readers_wait_no_longer_than_twice(shipped_home: Path, encoder: Encoder, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(shipped_home, home)
    live = Live(Engine(homes.ready(home, encoder), lambda: encoder, home), home)
    live.warm_up()
    faces = InTurn(live)
    before = sorted(_ask(faces) for _ in range(100))
    file = Arriving(home, "nhiều.txt")
    goals = (f"{n}. Có {n} chợ phiên ở xã số {n} treo bảng giá và mở vào ngày {n % 28 + 1}." for n in range(1, 400))
    file.write((HEAD + "\n".join(goals)).encode())
    ended = threading.Event()
    job = Job("", add=(file.keep(),))
    jobs = Jobs(home, lambda job, state: ended.set())
    jobs.submit(job)
    meanwhile: list[float] = []
    while not ended.is_set():
        meanwhile.append(_ask(faces))
    assert [outcome for _, outcome, _ in job.told] == ["added"], job.error
    end = time.monotonic() + 30
    while len(live.documents()) == len(homes.ready(shipped_home, encoder).documents):
        assert time.monotonic() < end
        meanwhile.append(_ask(faces))
    alone, busy = (statistics.quantiles(times, n=20)[-1] for times in (before, meanwhile))
    print(f"p95 alone {alone * 1000:.0f} ms, meanwhile {busy * 1000:.0f} ms, {len(meanwhile)} questions")
    assert len(meanwhile) > 100 and busy <= 2 * alone


def _ask(faces: InTurn) -> float:
    """Seconds of one question, whose answer must be what it always is."""
    number = next(_NUMBERS)
    begun = time.perf_counter()
    answer = faces.ask(QUESTIONS[number % len(QUESTIONS)])
    seconds = time.perf_counter() - begun
    assert answer.answerable and answer.citations
    return seconds
