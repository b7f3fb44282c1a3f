"""Load on a real service: `make load`, or python tests/load/run.py [--full] [--only 20,60,sessions] [--home DIR].

Prints a table and writes eval/results/load.json. The readers' addresses come in X-Forwarded-For, since one address may
not ask so often; so the path behind a reverse proxy is the one that is measured.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "eval" / "results" / "load.json"
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from readers import Known, Reader, Tally, answerable, crowd, known_questions  # noqa: E402

QUESTIONS = 60  # of those that are answered as they must be


@contextmanager
def service(home: str) -> Iterator[str]:
    """`planqa serve` on a free port; its address."""
    command = [sys.executable, "-m", "qa.cli", "serve", "--port", "0", "--trusted-proxy", "127.0.0.1"]
    command += ["--home", home] if home else []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            line = process.stdout.readline()
            ready = re.match(r"planqa: (http://\S+/) ", line)
            assert ready, line
            yield ready[1]
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)
            assert process.returncode == 0, f"the service ended with {process.returncode}"


def percentile(values: list[float], share: float) -> float | None:
    """The value that so large a share does not exceed; None for none."""
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 3) if ordered else None


def figures(tally: Tally) -> dict[str, Any]:
    """A tally in numbers."""
    asked = len(tally.answers) + len(tally.wrong) + len(tally.refusals) + len(tally.errors)
    result: dict[str, Any] = {
        "answers": len(tally.answers),
        "wrong": len(tally.wrong),
        "refusals": len(tally.refusals),
        "errors": len(tally.errors),
        "error_share": round(len(tally.errors) / max(1, asked), 4),
    }
    for name in ("answers", "refusals", "tabs", "pages", "health"):
        values = getattr(tally, name)
        result[f"{name}_p50"], result[f"{name}_p95"] = percentile(values, 0.5), percentile(values, 0.95)
    return result | {"examples": [*tally.wrong[:3], *tally.errors[:3]]}


async def recovery(url: str, questions: list[Known], most: float = 90.0) -> float | None:
    """Seconds after which five questions in a row were answered within 1.5 s each; None if that never was so."""
    tally = Tally()
    reader = Reader(url, 61_000, tally)
    began, good = perf_counter(), 0
    try:
        while perf_counter() - began < most:
            if not reader.work:
                await reader.open()
            before = len(tally.answers)
            wait = await reader.ask(questions[good % len(questions)])
            good = good + 1 if len(tally.answers) > before and tally.answers[-1] <= 1.5 else 0
            if good == 5:
                return round(perf_counter() - began, 1)
            await asyncio.sleep(max(wait, 0.2))
    finally:
        await reader.close()
    return None


async def state(url: str) -> dict[str, float]:
    """Memory and open files of the service, from its own figures."""
    async with httpx.AsyncClient(base_url=url) as client:
        text = (await client.get("/metrics")).text
    wanted = {"memory": "process_resident_memory_bytes", "files": "process_open_fds"}
    lines = dict(line.rsplit(" ", 1) for line in text.splitlines() if line and line[0] != "#")
    return {name: float(lines[key]) for name, key in wanted.items()}


async def sessions(url: str, questions: list[Known], count: int, settled: int) -> dict[str, Any]:
    """Memory and open files after `settled` sessions and after all; each opens the page, every tenth asks."""
    tally, taken = Tally(), iter(range(count))
    marks: dict[int, dict[str, float]] = {}

    async def work() -> None:
        for number in taken:
            reader = Reader(url, number, tally)
            try:
                await reader.open()
                if number % 10 == 0:
                    while wait := await reader.ask(reader.random.choice(questions)):
                        await asyncio.sleep(wait)
                if number % 10 == 5:
                    await reader.open_tasks()
            except (httpx.HTTPError, AssertionError, ValueError) as error:
                tally.errors.append(f"{type(error).__name__}: {error}"[:300])
            finally:
                await reader.close()
            if number % 1_000 == 0 or number == settled:
                marks[number] = await state(url)

    await asyncio.gather(*(work() for _ in range(6)))
    await asyncio.sleep(5)
    marks[count] = await state(url)
    growth = marks[count]["memory"] / marks[settled]["memory"] - 1
    files = [mark["files"] for mark in marks.values()]
    return figures(tally) | {
        "sessions": count,
        "memory_mb": {number: round(mark["memory"] / 1e6, 1) for number, mark in sorted(marks.items())},
        "growth": round(growth, 4),
        "open_files": [min(files), marks[count]["files"]],
    }


async def scenarios(url: str, only: set[str], full: bool) -> dict[str, Any]:
    """The scenarios that are wanted, one after the other."""
    questions = (await answerable(url, known_questions()))[:QUESTIONS]
    print(f"{len(questions)} questions, each answered as it must be while nobody else asks", flush=True)
    result: dict[str, Any] = {}
    if "20" in only:
        result["20 readers"] = figures(await crowd(url, 20, 300 if full else 60, questions))
    if "60" in only:
        result["60 readers"] = figures(await crowd(url, 60, 120 if full else 60, questions, 11))
        result["60 readers"]["normal_after_s"] = await recovery(url, questions)
    if "sessions" in only:
        count, settled = (12_000, 2_000) if full else (1_500, 500)
        result["sessions"] = await sessions(url, questions, count, settled)
    return result


def verdicts(found: dict[str, Any], full: bool) -> list[tuple[str, Any, str, bool]]:
    """What was measured beside what it must be; growth counts only where it had time to show."""
    rows: list[tuple[str, Any, str, bool]] = []

    def row(name: str, value: Any, bound: str, met: bool) -> None:
        rows.append((name, value, bound, met))

    for name, most in (("20 readers", 1.5), ("60 readers", 5.0)):
        if name in found:
            one = found[name]
            row(f"{name}: answers", one["answers"], "some", one["answers"] > 0)
            row(f"{name}: wrong", one["wrong"], "0", one["wrong"] == 0)
            row(f"{name}: errors", one["error_share"], "< 0.005", one["error_share"] < 0.005)
            row(f"{name}: p95, s", one["answers_p95"], f"<= {most}", (one["answers_p95"] or 99) <= most)
            row(f"{name}: /healthz p95, s", one["health_p95"], "< 0.2", (one["health_p95"] or 0) < 0.2)
            row(f"{name}: refusals", one["refusals"], "", True)
            if one["refusals"]:
                row(f"{name}: refusals p95, s", one["refusals_p95"], "< 1", one["refusals_p95"] < 1)
            if "normal_after_s" in one:
                after = one["normal_after_s"]
                row(f"{name}: normal after, s", after, "<= 30", after is not None and after <= 30)
    if "sessions" in found:
        one = found["sessions"]
        row("sessions: memory growth", one["growth"], "< 0.05" if full else "", one["growth"] < 0.05 or not full)
        row("sessions: open files", one["open_files"], "flat", one["open_files"][1] <= one["open_files"][0] + 10)
        row("sessions: errors", one["errors"], "0", not one["errors"])
    return rows


def main() -> int:
    """Run; 0 when every bound is met."""
    parser = argparse.ArgumentParser(description="Load on planqa through the page's own protocol.")
    parser.add_argument("--full", action="store_true", help="20 readers for 5 minutes, 12,000 sessions")
    parser.add_argument("--only", default="20,60,sessions", help="which of 20, 60, sessions")
    parser.add_argument("--home", default="", help="folder of the corpus; the shipped plans if none is given")
    parser.add_argument("--output", type=Path, default=RESULTS)
    given = parser.parse_args()
    with service(given.home) as url:
        found = asyncio.run(scenarios(url, set(given.only.split(",")), given.full))
    rows = verdicts(found, given.full)
    width = max((len(row[0]) for row in rows), default=0)
    for name, value, bound, met in rows:
        print(f"{name:<{width}}  {value!s:<16}  {bound:<10}{'' if met else '  NOT MET'}")
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "full": given.full}
    given.output.parent.mkdir(parents=True, exist_ok=True)
    given.output.write_text(json.dumps({"machine": machine, **found}, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0 if all(row[3] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
