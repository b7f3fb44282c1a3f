"""How often, how many at a time, how long in line: with a clock of our own where time matters."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as some

from qa.service.line import Line, LineFull
from qa.service.rate import Rates


class Clock:
    """Time that passes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_then_the_rate() -> None:
    clock = Clock()
    rates = Rates(a_minute=30, burst=3, most=10, clock=clock)
    assert [rates.refused("a") for _ in range(5)] == [0, 0, 0, 2, 2]  # 30 a minute: one every 2 s
    assert rates.refused("b") == 0
    clock.now = 2.0
    assert [rates.refused("a") for _ in range(2)] == [0, 2]
    clock.now = 1000.0
    assert [rates.refused("a") for _ in range(4)] == [0, 0, 0, 2]


def test_the_table_of_addresses_is_bounded() -> None:
    rates = Rates(a_minute=1, burst=1, most=100)
    for number in range(10_000):
        rates.refused(str(number))
    assert len(rates) == 100


@given(some.lists(some.tuples(some.floats(0, 5), some.sampled_from("ab")), max_size=60))
def test_nobody_gets_more_than_burst_and_rate(asked: list[tuple[float, str]]) -> None:
    clock = Clock()
    rates = Rates(a_minute=60, burst=4, most=10, clock=clock)
    served = {"a": 0, "b": 0}
    for pause, name in asked:
        clock.now += pause
        served[name] += rates.refused(name) == 0
    assert max(served.values()) <= 4 + clock.now


def test_a_line_serves_in_order_and_says_when_it_is_full() -> None:
    async def run() -> list[str]:
        line = Line(at_once=1, waiting=2, seconds=60)
        told: list[str] = []

        async def one(name: str) -> None:
            try:
                await line.enter()
            except LineFull as full:
                told.append(f"{name} refused {full.seconds > 0}")
                return
            told.append(name)
            await asyncio.sleep(0)
            line.leave(0.1)

        await asyncio.gather(*(one(name) for name in "abcd"))
        assert (line.running, line.waiting) == (0, 0)
        return told

    assert asyncio.run(run()) == ["a", "d refused True", "b", "c"]


def test_who_would_wait_too_long_is_refused_at_once() -> None:
    async def run() -> None:
        line = Line(at_once=2, waiting=100, seconds=3.0, pace=1.0)
        assert await line.enter() == await line.enter() == 0.0
        waiting = [asyncio.ensure_future(line.enter()) for _ in range(6)]
        await asyncio.sleep(0)
        assert line.waiting == 6  # (5 + 1) * 1 s / 2 at once = 3 s for the last of them
        with pytest.raises(LineFull) as full:
            await line.enter()  # 3.5 s
        assert 4 <= full.value.seconds <= 6
        for _ in range(8):
            line.leave(1.0)
        await asyncio.gather(*waiting)
        assert (line.running, line.waiting) == (0, 0)

    asyncio.run(run())


def test_who_goes_while_waiting_leaves_no_gap() -> None:
    async def run() -> None:
        line = Line(at_once=1, waiting=5, seconds=60)
        await line.enter()
        first, second, third = (asyncio.ensure_future(line.enter()) for _ in range(3))
        await asyncio.sleep(0)
        first.cancel()
        line.leave(0.1)
        second.cancel()  # in the same moment as its turn comes
        await asyncio.sleep(0.01)
        assert third.done() and line.running == 1
        line.leave(0.1)
        assert (line.running, line.waiting) == (0, 0)

    asyncio.run(run())


def test_a_line_that_stands_still_refuses_in_the_end() -> None:
    async def run() -> None:
        line = Line(at_once=1, waiting=5, seconds=0.05, pace=0.01)
        await line.enter()
        with pytest.raises(LineFull):
            await line.enter()
        assert (line.running, line.waiting) == (1, 0)

    asyncio.run(run())


@given(some.lists(some.integers(0, 3), min_size=1, max_size=40), some.integers(1, 3))
def test_never_more_at_once_and_none_is_lost(work: list[int], width: int) -> None:
    async def run() -> None:
        line = Line(at_once=width, waiting=1000, seconds=1000)
        running, most, served = 0, 0, 0

        async def one(turns: int) -> None:
            nonlocal running, most, served
            await line.enter()
            running += 1
            most = max(most, running)
            for _ in range(turns):
                await asyncio.sleep(0)
            running -= 1
            served += 1
            line.leave(0.0)

        await asyncio.gather(*(one(turns) for turns in work))
        assert (served, line.running, line.waiting) == (len(work), 0, 0)
        assert 1 <= most <= width

    asyncio.run(run())
