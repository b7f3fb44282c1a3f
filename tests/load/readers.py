"""Readers of the page as programs: each speaks to the service as the page's script does, and checks what it is told.

A reader opens the page, takes from it the part that answers (gradio's configuration stands in the HTML), fills it with
`start` and asks with `ask`, both through /gradio_api/component_server/; now and then it opens the tab of tasks, which
goes through gradio's queue: join, then the stream of its events. Every reader has an address and a session of its own.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import secrets
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx

DEV = Path(__file__).parents[2] / "eval" / "data" / "dev.jsonl"
NO_FILTERS: dict[str, list[str]] = {"province": [], "document": [], "year": [], "kind": []}


@dataclass(frozen=True)
class Known:
    """A question, and words that its answer must hold: the number of the plan, the agency or the value."""

    question: str
    words: tuple[str, ...]

    def is_met(self, html: str) -> bool:
        """Whether an answer holds them all."""
        return all(escape(word) in html for word in self.words)


@dataclass
class Tally:
    """What became of the requests; times in seconds."""

    answers: list[float] = field(default_factory=list)
    refusals: list[float] = field(default_factory=list)
    tabs: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    health: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def known_questions() -> list[Known]:
    """The questions of the development set that state what the answer must hold."""
    found = []
    for line in DEV.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        facts = record.get("facts") or {}
        words = [gold["document"] for gold in record.get("gold", [])][:1]
        if not record["answerable"] or not words:
            continue
        targets = facts.get("targets") or []
        words += [str(targets[0]["value"]).replace(".", ",")] if targets else list(facts.get("responsible", ()))[:1]
        if len(words) == 2:
            found.append(Known(record["question"], tuple(words)))
    return found


class Reader:
    """One reader of the page."""

    def __init__(self, url: str, number: int, tally: Tally, seed: int = 7) -> None:
        self.tally, self.random = tally, random.Random(seed * 100_003 + number)
        self.session = secrets.token_hex(6)
        address = f"198.18.{number // 250 % 250}.{number % 250 + 1}"
        headers = {"x-forwarded-for": address, "accept-encoding": "gzip", "sec-fetch-site": "same-origin"}
        self.client = httpx.AsyncClient(base_url=url, headers=headers, timeout=30)
        self.work = 0
        self.tasks_tab: dict[str, Any] = {}

    async def close(self) -> None:
        """Let go of the connections."""
        await self.client.aclose()

    async def open(self) -> None:
        """Load the page, its first script, and what it is filled with."""
        began = perf_counter()
        page = await self.client.get("/")
        page.raise_for_status()
        found = re.search(r"window\.gradio_config = (\{.*?\});</script>", page.text, re.DOTALL)
        assert found, "the page holds no configuration"
        config = json.loads(found[1])
        self.work = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "pq-work")
        self.tasks_tab = _opens_tasks(config)
        script = re.search(r'src="\./(assets/[^"]+\.js)"', page.text)
        assert script, "the page names no script"
        (await self.client.get(script[1])).raise_for_status()
        begun = await self.call("start", {"filters": NO_FILTERS})
        assert "pq-example" in begun.json()["examples"], "the page has no examples"
        self.tally.pages.append(perf_counter() - began)

    async def call(self, name: str, data: dict[str, Any]) -> httpx.Response:
        """Call a function of the page."""
        sent = {"data": {**data, "language": "vi"}, "component_id": self.work, "fn_name": name}
        return await self.client.post("/gradio_api/component_server/", json={**sent, "session_hash": self.session})

    async def ask(self, known: Known) -> float:
        """Ask, check, note; the seconds that the service wants to be left alone for, 0 when it answered."""
        data = {"question": known.question, "turn": 0, "filters": NO_FILTERS, "previous": ""}
        began = perf_counter()
        answer = await self.call("ask", data)
        took = perf_counter() - began
        if answer.status_code in (429, 503):
            self.tally.refusals.append(took)
            return float(answer.headers["retry-after"])
        answer.raise_for_status()
        html = answer.json()["html"]
        if known.is_met(html):
            self.tally.answers.append(took)
        else:
            self.tally.wrong.append(f"{known.question}: {known.words} not in {re.sub('<[^>]+>', ' ', html)[:300]}")
        return 0.0

    async def open_tasks(self) -> None:
        """Open the tab of tasks: through gradio's queue, until the stream says that it is done."""
        began = perf_counter()
        joined = await self.client.post("/gradio_api/queue/join", json={**self.tasks_tab, "session_hash": self.session})
        if joined.status_code in (429, 503):
            self.tally.refusals.append(perf_counter() - began)
            return
        joined.raise_for_status()
        async with self.client.stream("GET", f"/gradio_api/queue/data?session_hash={self.session}") as events:
            async for line in events.aiter_lines():
                event = json.loads(line[6:]) if line.startswith("data: ") else {}
                if event.get("msg") == "process_completed":
                    assert event["success"] and "pq-open" in json.dumps(event["output"]), "no table of tasks"
                if event.get("msg") == "close_stream":
                    break
        self.tally.tabs.append(perf_counter() - began)

    async def read(self, questions: list[Known], until: float, think: tuple[float, float] = (1.0, 3.0)) -> None:
        """Open the page, ask, think, ask again, until `until` on the clock of perf_counter()."""
        await asyncio.sleep(self.random.uniform(0, think[1]))
        while perf_counter() < until:
            try:
                if not self.work:
                    await self.open()
                if self.random.random() < 0.1:
                    await self.open_tasks()
                wait = await self.ask(self.random.choice(questions))
            except (httpx.HTTPError, AssertionError, ValueError) as error:
                self.tally.errors.append(f"{type(error).__name__}: {error}"[:300])
                wait = 0.0
            await asyncio.sleep(max(wait, self.random.uniform(*think)))


def _opens_tasks(config: dict[str, Any]) -> dict[str, Any]:
    """What gradio's client sends when the tab of tasks is opened."""
    tab = next(c["id"] for c in config["components"] if c["props"].get("id") == "tasks")
    event = next(d for d in config["dependencies"] if [tab, "select"] in d["targets"] and d["inputs"])
    blank = [*([""] * (len(event["inputs"]) - 1)), "vi"]
    chosen = {"value": "tasks", "index": 1}
    return {"data": blank, "event_data": chosen, "fn_index": event["id"], "trigger_id": tab}


async def answerable(url: str, questions: list[Known]) -> list[Known]:
    """Those that are answered as they must be while nobody else asks: what load must not change."""
    kept = []
    reader = Reader(url, 62_000, Tally())
    try:
        await reader.open()
        for known in questions:
            before = len(reader.tally.answers)
            while wait := await reader.ask(known):
                await asyncio.sleep(wait)
            if len(reader.tally.answers) > before:
                kept.append(known)
    finally:
        await reader.close()
    return kept


async def crowd(url: str, count: int, seconds: float, questions: list[Known], seed: int = 7) -> Tally:
    """So many readers for so long, and a look at /healthz twice a second meanwhile."""
    tally = Tally()
    readers = [Reader(url, number, tally, seed) for number in range(count)]
    until = perf_counter() + seconds

    async def watch() -> None:
        async with httpx.AsyncClient(base_url=url, timeout=30) as client:
            while perf_counter() < until:
                began = perf_counter()
                (await client.get("/healthz")).raise_for_status()
                tally.health.append(perf_counter() - began)
                await asyncio.sleep(0.5)

    try:
        await asyncio.gather(watch(), *(reader.read(questions, until) for reader in readers))
    finally:
        await asyncio.gather(*(reader.close() for reader in readers))
    return tally
