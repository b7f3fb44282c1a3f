"""What a request must pass before it is worked on: the rate of its address, a whole body, a turn in the line.

    reader -> rate -> body -> line -> the page or the interface
                |        |       |
               429    408, 413  503, 504

Questions have a line of their own, as wide as there are cores; tables, documents and pages have another, so that a list
does not wait for questions. Files of the page wait for nothing. Whoever is refused is told when to come back.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from time import perf_counter

from qa.service.address import rate_key
from qa.service.asked import Asked, asked_of
from qa.service.body import Counted, Gone, Refused, Replay, check_length, read_body
from qa.service.gate import routed
from qa.service.line import Line, LineFull
from qa.service.metrics import Figures
from qa.service.rate import Rates
from qa.service.refusals import Refusal, refuse
from qa.service.routes import Kind, Mount
from qa.service.seen import App, Message, Receive, Scope, Send, seen
from qa.service.settings import Limits

_SLOW = Refusal(504, "slow_answer", "an answer in time", "ask for less, or try again later", 10)


class Limited:
    """ASGI middleware; what comes here has passed the gate."""

    def __init__(self, app: App, limits: Limits, figures: Figures) -> None:
        self.app, self.limits = app, limits
        width, wait = limits.questions_running, limits.wait_seconds
        self.questions = Line(width, limits.questions_waiting, wait)
        self.others = Line(limits.others_at_once, limits.others_waiting, wait)
        figures.watch("questions", self.questions)
        figures.watch("others", self.others)
        most = limits.addresses
        self._question_rate = Rates(limits.questions_a_minute, limits.questions_burst, most)
        self._other_rate = Rates(limits.others_a_minute, limits.others_burst, most)
        self._file_rate = Rates(limits.files_a_minute, limits.files_burst, most)
        self._streams: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _Answer(send)
        try:
            await self._serve(scope, receive, answer)
        except Refused as error:
            await answer.refuse(error.refusal, scope)
        except LineFull as full:
            expected = "a free place; many are asking just now"
            await answer.refuse(Refusal(503, "line_full", expected, "try again", full.seconds), scope)
        except Gone:
            seen(scope).refused = "gone"

    async def _serve(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        route, limits = routed(scope), self.limits
        address = rate_key(scope["client"][0]) if scope.get("client") else ""
        if route.kind is Kind.FILE:
            _in_rate(self._file_rate, address)
            check_length(scope, limits.body_bytes)
            await self.app(scope, receive, answer)
        elif route.kind is Kind.STREAM:
            _in_rate(self._other_rate, address)
            await self._stream(scope, receive, answer, address)
        elif route.mount:
            _in_rate(self._other_rate, address)
            await self._more(scope, receive, answer, route.mount)
        else:
            body = await read_body(scope, receive, limits.body_bytes, limits.body_seconds)
            asked = asked_of(route.kind, scope, body)
            seen(scope).question = asked.question
            _in_rate(self._question_rate if asked.is_question else self._other_rate, address)
            await self._in_line(scope, Replay(body, receive), answer, asked)

    async def _in_line(self, scope: Scope, receive: Replay, answer: _Answer, asked: Asked) -> None:
        line = self.questions if asked.is_question else self.others
        try:
            seen(scope).waited = await _turn(line, receive)
        except BaseException:
            receive.close()
            raise
        began = perf_counter()
        running = asyncio.ensure_future(self.app(scope, receive, answer))

        def over(_: object) -> None:
            # A thread cannot be stopped: who is answered too late is told so, but the turn lasts until the thread ends.
            line.leave(perf_counter() - began)
            receive.close()

        running.add_done_callback(over)
        await _finished(running, answer, scope, self.limits.answer_seconds)

    async def _stream(self, scope: Scope, receive: Receive, answer: _Answer, address: str) -> None:
        if self._streams[address] >= self.limits.streams_each or self._streams.total() >= self.limits.streams:
            raise Refused(Refusal(503, "too_many_streams", "fewer open streams", "close some", 5))
        self._streams[address] += 1
        try:
            await self.app(scope, receive, answer)
        finally:
            self._streams[address] -= 1
            if not self._streams[address]:
                del self._streams[address]

    async def _more(self, scope: Scope, receive: Receive, answer: _Answer, mount: Mount) -> None:
        check_length(scope, mount.body_bytes)
        counted = Counted(receive, mount.body_bytes, mount.body_seconds)
        answer.counted = counted
        running = asyncio.ensure_future(self.app(scope, counted, answer))
        try:
            await _finished(running, answer, scope, mount.answer_seconds)
        except Refused:
            raise
        except Exception:
            if not counted.refused:
                raise
        if counted.refused:
            raise Refused(counted.refused)


class _Answer:
    """ASGI's `send` of one answer: knows whether it has begun, and falls silent once another was given instead."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = self.silent = False
        self.counted: Counted | None = None

    async def __call__(self, message: Message) -> None:
        if self.counted and self.counted.refused and not self.begun:
            self.silent = True  # an error of the application's own about a body that was cut off here
        if self.silent:
            return
        self.begun = self.begun or message["type"] == "http.response.start"
        await self._send(message)

    async def refuse(self, refusal: Refusal, scope: Scope) -> None:
        """Refuse, unless an answer has begun."""
        if not self.begun:
            self.begun = self.silent = True
            await refuse(refusal, scope, self._send)


async def _turn(line: Line, receive: Replay) -> float:
    """Wait for a turn, unless the reader goes."""
    if line.running < line.at_once:
        return await line.enter()
    entering = asyncio.ensure_future(line.enter())
    try:
        await asyncio.wait({entering, receive.end()}, return_when=asyncio.FIRST_COMPLETED)
        if not entering.done():
            raise Gone
        return entering.result()
    finally:
        if not entering.done():
            entering.cancel()


async def _finished(running: asyncio.Future[None], answer: _Answer, scope: Scope, seconds: float) -> None:
    """Wait until the application is done, or has not begun to answer in time."""
    try:
        done, _ = await asyncio.wait({running}, timeout=seconds)
        if not done and not answer.begun:
            await answer.refuse(_SLOW, scope)
            running.add_done_callback(lambda late: late.cancelled() or late.exception())  # else asyncio complains
            return
        await running
    except asyncio.CancelledError:
        running.cancel()
        raise


def _in_rate(rates: Rates, address: str) -> None:
    """Raise Refused when the address asks too often."""
    if seconds := rates.refused(address):
        raise Refused(Refusal(429, "rate", "fewer requests from one address", "wait", seconds))
