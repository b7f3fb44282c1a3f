"""Wrong passwords counted: five a minute from one address, twenty from all, then nobody is asked for a while."""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from qa.admin.errors import LockedError

MOST, MOST_OF_ALL, WINDOW = 5, 20, 60.0  # failures in so many seconds
MOST_ADDRESSES = 4096


class Attempts:
    """Logins of the last minute; one that runs counts as failed until it is known to be right."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._by_address: OrderedDict[str, deque[float]] = OrderedDict()
        self._all: deque[float] = deque()

    def begin(self, address: str) -> None:
        """Count an attempt.

        Raises:
            LockedError: too many failed; it says how many seconds to wait.
        """
        with self._lock:
            now, key = self._clock(), group(address)
            own = self._by_address.get(key, deque())
            waits = [_wait(own, MOST, now), _wait(self._all, MOST_OF_ALL, now)]
            if wait := math.ceil(max(waits)):
                expected = "too many wrong passwords"
                vietnamese = f"Sai mật khẩu quá nhiều lần; hãy thử lại sau {wait} giây."
                raise LockedError("log in", expected, f"come back in {wait} seconds", vietnamese, wait)
            own.append(now)
            self._all.append(now)
            self._by_address[key] = own
            self._by_address.move_to_end(key)
            while len(self._by_address) > MOST_ADDRESSES:
                self._by_address.popitem(last=False)

    def succeed(self, address: str) -> None:
        """Forget the failures of an address: its password was right."""
        with self._lock:
            for when in self._by_address.pop(group(address), ()):
                if when in self._all:
                    self._all.remove(when)


def group(address: str) -> str:
    """What attempts are counted by: an IPv4 address, the network of 64 bits that one user has of IPv6.

    >>> group("2001:db8:1:2:3:4:5:6"), group("::ffff:192.0.2.7"), group("nonsense")
    ('2001:db8:1:2::/64', '192.0.2.7', '')
    """
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((int(known) >> 64 << 64, 64)))


def _wait(failures: deque[float], most: int, now: float) -> float:
    """Seconds until one more attempt is allowed; drops what is older than the window."""
    while failures and failures[0] <= now - WINDOW:
        failures.popleft()
    return failures[-most] + WINDOW - now if len(failures) >= most else 0.0
