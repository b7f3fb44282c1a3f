"""A line of requests: so many run at one time, so many wait, and who would wait too long is told so at once.

How long a request would wait is expected from how long the last ones took, so that what is let in is served in time
however slow the machine is just now, and a refusal takes no time at all.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Callable
from time import monotonic

_WEIGHT = 0.1  # of the newest in the mean of how long requests take


class LineFull(Exception):
    """No place in the line; `seconds` says after how many to come back."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"come back in {seconds} s")
        self.seconds = seconds


class Line:
    """A line; to be used in one event loop.

    seconds = await line.enter()      # raises LineFull
    try: ...
    finally: line.leave(took)
    """

    def __init__(
        self, at_once: int, waiting: int, seconds: float, pace: float = 0.1, clock: Callable[[], float] = monotonic
    ) -> None:
        """`seconds` is the longest expected wait; `pace`, what a request is taken to need before one was measured."""
        self.at_once, self.most, self.seconds, self.pace = at_once, waiting, seconds, pace
        self.running = 0
        self._clock = clock
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._refused = 0

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def expected(self) -> float:
        """Seconds that who came now would wait."""
        if self.running < self.at_once:
            return 0.0
        return (len(self._waiting) + 1) * self.pace / self.at_once

    async def enter(self) -> float:
        """Wait for a turn; the seconds that it took.

        Raises:
            LineFull: the line is full, or the wait would be longer, or was twice as long, as it may be.
        """
        if self.running < self.at_once and not self._waiting:
            self.running += 1
            return 0.0
        if len(self._waiting) >= self.most or self.expected() > self.seconds:
            raise self._full()
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        came = self._clock()
        try:
            await asyncio.wait_for(asyncio.shield(turn), 2 * self.seconds)
        except BaseException as error:
            if turn.done():  # the turn came in the same moment: hand it on
                self._next()
            else:
                self._waiting.remove(turn)
            if isinstance(error, TimeoutError):
                raise self._full() from None
            raise
        return self._clock() - came

    def leave(self, took: float) -> None:
        """The turn is over; it took so many seconds."""
        self.pace += _WEIGHT * (took - self.pace)
        self._next()

    def _next(self) -> None:
        """Give a turn that came free to the first who waits."""
        if self._waiting:
            self._waiting.popleft().set_result(None)
        else:
            self.running -= 1

    def _full(self) -> LineFull:
        """When to come back: after what waits now, and not all at one time."""
        self._refused += 1
        wait = math.ceil(min(self.expected(), 60.0))
        return LineFull(max(1, wait) + self._refused % 3)
