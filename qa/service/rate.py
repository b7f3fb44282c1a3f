"""How often an address may ask: a bucket of tokens an address, refilled steadily, in a table that never grows past its
bound."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic


class Rates:
    """Token buckets by name; the one that was not used for longest is forgotten when the table is full.

    >>> now = [0.0]
    >>> rates = Rates(a_minute=60, burst=2, most=100, clock=lambda: now[0])
    >>> [rates.refused("a") for _ in range(3)]
    [0, 0, 1]
    >>> now[0] = 1.0
    >>> rates.refused("a")
    0
    """

    def __init__(self, a_minute: float, burst: float, most: int, clock: Callable[[], float] = monotonic) -> None:
        self._second, self._burst, self._most, self._clock = a_minute / 60, burst, most, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens, and when they were counted

    def refused(self, name: str) -> int:
        """0 when this one may ask now, which uses up a token; else after how many whole seconds it may."""
        now = self._clock()
        tokens, counted = self._buckets.pop(name, (self._burst, now))
        tokens = min(self._burst, tokens + (now - counted) * self._second)
        allowed = tokens >= 1
        self._buckets[name] = (tokens - 1 if allowed else tokens, now)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return 0 if allowed else max(1, math.ceil((1 - tokens) / self._second))

    def __len__(self) -> int:
        return len(self._buckets)
