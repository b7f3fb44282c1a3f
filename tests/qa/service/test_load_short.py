"""Three readers at once for a while, through the page's own protocol, over the shipped plans; `make load` asks more."""

from __future__ import annotations

import asyncio
import sys
from ipaddress import ip_network
from pathlib import Path

import pytest

from qa.engine import Engine
from qa.service.settings import ServiceSettings

sys.path[:0] = [str(Path(__file__).parents[2] / folder) for folder in ("load", "browser")]
SECONDS = 12.0


# gradio leaves a loop of this thread open, in whose place asyncio.run puts another
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_three_readers_are_told_what_one_is_told(engine: Engine) -> None:
    from page_steps import serving
    from readers import answerable, crowd, known_questions

    engine.warm_up()
    settings = ServiceSettings(proxies=(ip_network("127.0.0.0/8"),))
    with serving(engine, settings=settings) as page:
        questions = asyncio.run(answerable(page.url, known_questions()[:12]))
        assert len(questions) >= 6, "the plans answer fewer of their questions than before"
        tally = asyncio.run(crowd(page.url, 3, SECONDS, questions))
    assert tally.wrong == tally.errors == []
    assert len(tally.answers) >= 3
    assert len(tally.pages) == 3
    assert tally.health
