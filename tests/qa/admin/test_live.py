"""An engine that follows its home: new corpora are served without a restart, and no question fails meanwhile."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import time
import weakref
from pathlib import Path

import pytest
from fakes import HashEncoder
from making import build, plan

from corpus.errors import QuestionError
from index.home import CURRENT, GENERATIONS, open_home
from qa import homes
from qa.engine import Engine
from qa.live import Live, steady
from qa.types import Filters
from qa.web.calls import page_calls
from qa.web.programs import Api
from qa.web.turns import InTurn

pytestmark = pytest.mark.usefixtures("few_samples")
QUESTION = "Bao nhiêu phần trăm chợ phiên treo bảng giá?"
ROOT = Path(__file__).parents[3]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    build(tmp_path / "home", HashEncoder(), plan(7))
    return tmp_path / "home"


@pytest.fixture
def live(home: Path) -> Live:
    """Looks at its home only when it is told to."""
    encoder = HashEncoder()
    return Live(Engine(open_home(home), lambda: encoder, home), home, every=0)


def numbers(engine: Live) -> list[str]:
    return [document.meta.number for document in engine.documents()]


def add(home: Path, folder: Path, number: int, second: str = "Có 12 chợ phiên mở vào cuối tuần.") -> None:
    file = folder / f"{number}.txt"
    file.write_bytes(plan(number, second))
    homes.ingest(home, [file], HashEncoder())


def test_what_is_ingested_is_served_by_every_face(home: Path, live: Live, tmp_path: Path) -> None:
    faces = InTurn(live)
    assert not live.refresh() and numbers(live) == ["7/KH-UBND"]
    before = live.steady()
    add(home, tmp_path, 8)
    assert numbers(live) == ["7/KH-UBND"], "nobody has looked yet"
    assert live.refresh()
    assert numbers(live) == ["7/KH-UBND", "8/KH-UBND"]
    assert [record["document"] for record in Api(faces).documents(_all())] == ["7/KH-UBND", "8/KH-UBND"]
    start = page_calls(faces)[0]
    assert "8/KH-UBND" in _run(start({}))["library"]
    assert [document.meta.number for document in before.documents()] == ["7/KH-UBND"], "a question that runs"
    assert not live.refresh(), "nothing has changed since"


def test_one_call_of_the_page_sees_one_corpus(home: Path, live: Live, tmp_path: Path) -> None:
    add(home, tmp_path, 8)
    faces = InTurn(live)
    pinned = steady(faces)
    assert live.refresh()
    assert len(pinned.documents()) == 1 and len(faces.documents()) == 2
    with pytest.raises(QuestionError):
        pinned.ask(QUESTION, Filters(documents=("8/KH-UBND",)))
    found = faces.ask(QUESTION, Filters(documents=("8/KH-UBND",))).passages
    assert {passage.document for passage in found} == {"8/KH-UBND"} and any("90%" in p.text for p in found)


def test_the_engine_before_is_let_go_of(home: Path, live: Live, tmp_path: Path) -> None:
    live.ask(QUESTION)
    before = weakref.ref(live.steady())
    add(home, tmp_path, 8)
    assert live.refresh()
    gc.collect()
    assert before() is None


def test_a_damaged_corpus_is_not_served_and_said(home: Path, live: Live, tmp_path: Path) -> None:
    good = (home / CURRENT).read_bytes()
    add(home, tmp_path, 8)
    name = (home / CURRENT).read_text().strip()
    about = home / GENERATIONS / name / "about.json"
    whole = about.read_bytes()
    about.write_bytes(b"{}")
    assert not live.refresh()
    assert numbers(live) == ["7/KH-UBND"] and "90%" in live.ask(QUESTION).answer
    assert "the corpus built last is damaged" in live.degraded and "\n" not in live.degraded
    about.write_bytes(whole)
    assert not live.refresh(), "it is tried again after a while, not at once"
    live._again = 0.0
    assert live.refresh()
    assert numbers(live) == ["7/KH-UBND", "8/KH-UBND"] and live.degraded == ""
    (home / CURRENT).write_bytes(good)
    assert live.refresh() and numbers(live) == ["7/KH-UBND"], "an operator may go back"


def test_a_corpus_of_another_encoder_is_not_served(home: Path, live: Live) -> None:
    build(home, HashEncoder("other@1"), plan(8))
    assert not live.refresh()
    assert numbers(live) == ["7/KH-UBND"]
    assert "built with the encoder other@1, not with hash@1" in live.degraded


def test_a_thread_follows_and_ends_with_the_engine(home: Path, tmp_path: Path) -> None:
    def followed() -> list[threading.Thread]:
        before = set(threading.enumerate())
        encoder = HashEncoder()
        live = Live(Engine(open_home(home), lambda: encoder, home), home, every=0.02)
        add(home, tmp_path, 8)
        _until(lambda: len(live.documents()) == 2)
        return [t for t in threading.enumerate() if t.name == "planqa-live" and t not in before]

    [thread] = followed()
    thread.join(5)
    assert not thread.is_alive()


def test_no_question_fails_while_another_process_ingests(home: Path, tmp_path: Path) -> None:
    """Ten readers ask all along; every answer must be right for the corpus before or the one after."""
    encoder = HashEncoder()
    live = Live(Engine(open_home(home), lambda: encoder, home), home, every=0.02)
    faces = InTurn(live)
    wrong: list[str] = []
    asked = [0] * 10
    stop = threading.Event()

    def read(reader: int) -> None:
        while not stop.is_set():
            try:
                answer = steady(faces).ask(QUESTION, Filters(provinces=("Hà Giang",)))
                quotes = [citation.quote for citation in answer.citations]
                if "90%" not in answer.answer or "Có 90% chợ phiên treo bảng giá." not in " ".join(quotes):
                    wrong.append(answer.answer)
                known = {document.id for document in live.documents()}
                if not 1 <= len(known) <= 4:
                    wrong.append(str(known))
            except Exception as error:
                wrong.append(repr(error))
            asked[reader] += 1
            time.sleep(0.01)  # a reader reads; else the first one takes every turn

    readers = [threading.Thread(target=read, args=(reader,)) for reader in range(10)]
    for thread in readers:
        thread.start()
    files = [tmp_path / f"{number}.txt" for number in (8, 9, 10)]
    for number, file in zip((8, 9, 10), files, strict=True):
        file.write_bytes(plan(number))
    try:
        script = Path(__file__).with_name("ingesting.py")
        command = [sys.executable, str(script), str(home), *map(str, files)]
        subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, timeout=120)
        _until(lambda: len(live.documents()) == 4)
    finally:
        stop.set()
        for thread in readers:
            thread.join(20)
    assert wrong == []
    assert min(asked) >= 1 and sum(asked) > 50, asked


def _until(reached, seconds: float = 60.0) -> None:  # type: ignore[no-untyped-def]
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def _all():  # type: ignore[no-untyped-def]
    from qa.web.api_requests import DocumentFilters

    return DocumentFilters()


def _run(call):  # type: ignore[no-untyped-def]
    import asyncio

    return asyncio.run(call)
