"""Bodies of requests: of bounded size, come in bounded time, read whole before a place in the line is taken."""

from __future__ import annotations

import asyncio

from qa.service.refusals import Refusal
from qa.service.seen import Message, Receive, Scope, header


class Refused(Exception):
    """A request that is not served, for a cause."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.cause)
        self.refusal = refusal


class Gone(Exception):
    """Whoever asked has gone."""


def too_large(most: int) -> Refusal:
    """The refusal of a body of more than `most` bytes."""
    return Refusal(413, "body_too_large", f"at most {most} bytes", "send less", close=True)


async def read_body(scope: Scope, receive: Receive, most: int, seconds: float) -> bytes:
    """The whole body.

    Raises:
        Refused: it is larger than `most` bytes, or has not come within `seconds`. Gone: the connection was lost.
    """
    check_length(scope, most)
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Gone
                body += message.get("body", b"")
                if len(body) > most:
                    raise Refused(too_large(most))
                if not message.get("more_body"):
                    return bytes(body)
    except TimeoutError:
        expected = f"a whole request within {seconds:g} s"
        raise Refused(Refusal(408, "slow_body", expected, "try again over a better line", close=True)) from None


def check_length(scope: Scope, most: int) -> None:
    """Raise Refused for a body that says itself that it is too large."""
    said = header(scope, b"content-length")
    if said.isdecimal() and int(said[:20]) > most:
        raise Refused(too_large(most))


class Replay:
    """ASGI's `receive` for a body that has been read: gives it once, then waits with everybody else for the end."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive
        self._end: asyncio.Task[Message] | None = None

    async def __call__(self) -> Message:
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        return await asyncio.shield(self.end())

    def end(self) -> asyncio.Task[Message]:
        """Done when the connection is lost, or the answer was sent."""
        if self._end is None:
            self._end = asyncio.ensure_future(self._receive())
        return self._end

    def close(self) -> None:
        """Wait no longer."""
        if self._end is not None:
            self._end.cancel()


class Counted:
    """ASGI's `receive` for a large body that passes as a stream, counted and timed."""

    def __init__(self, receive: Receive, most: int, seconds: float) -> None:
        self._receive, self._most, self._seconds = receive, most, seconds
        self._size, self._done = 0, False
        self.refused: Refusal | None = None  # what the application was told by an exception, which it may have eaten

    async def __call__(self) -> Message:
        if self._done:
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), self._seconds)
        except TimeoutError:
            expected = f"the next part of a request within {self._seconds:g} s"
            self.refused = Refusal(408, "slow_body", expected, "try again over a better line", close=True)
            raise Refused(self.refused) from None
        self._size += len(message.get("body", b""))
        self._done = not message.get("more_body")
        if self._size > self._most:
            self.refused = too_large(self._most)
            raise Refused(self.refused)
        return message
