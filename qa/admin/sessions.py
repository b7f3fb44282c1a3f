"""Who is logged in: random tokens, of which only the hashes are kept, in memory; a restart ends them all."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from qa.admin.errors import AccessError, LoginError

IDLE, LONGEST = 30 * 60.0, 8 * 3600.0  # seconds without a request, and altogether
MOST = 32  # sessions


@dataclass(frozen=True, slots=True)
class Session:
    """A login: which password it was made with, from where, when, and when it was last used (seconds of a clock)."""

    password: str
    address: str
    begun: float
    used: float


class Sessions:
    """The sessions of one server."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._known: OrderedDict[bytes, Session] = OrderedDict()

    def open(self, password: str, address: str) -> str:
        """The token of a new session, 256 random bits; `password` is the `key` of the one that was right."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            now = self._clock()
            self._known[_hashed(token)] = Session(password, address, now, now)
            while len(self._known) > MOST:
                self._known.popitem(last=False)
        return token

    def require(self, token: str, password: str) -> Session:
        """The session of a token; it counts as used now.

        Raises:
            LoginError: there is none, it has ended, or the password was changed since.
        """
        key = _hashed(token)
        with self._lock:
            now, session = self._clock(), self._known.get(key)
            if session and (now - session.used > IDLE or now - session.begun > LONGEST or session.password != password):
                del self._known[key]
                session = None
            if session is None:
                vietnamese = "Phiên làm việc đã hết hoặc chưa đăng nhập; hãy đăng nhập."
                raise LoginError("administration", "a session that has not ended", "log in", vietnamese)
            self._known[key] = session = replace(session, used=now)
            return session

    def close(self, token: str) -> None:
        """End a session."""
        with self._lock:
            self._known.pop(_hashed(token), None)


def form_token(token: str) -> str:
    """What the forms of a session carry, so that no other site can send them (CSRF)."""
    return hmac.new(token.encode(), b"planqa form", hashlib.sha256).hexdigest()


def check_form(token: str, sent: str) -> None:
    """Pass a form of this session.

    Raises:
        AccessError: another site may have sent it.
    """
    if not hmac.compare_digest(form_token(token).encode(), sent.encode("utf-8", "replace")):
        vietnamese = "Biểu mẫu này không thuộc phiên làm việc của bạn; hãy mở lại trang và gửi lại."
        raise AccessError("form", "one of your session", "open the page again and send it once more", vietnamese)


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
