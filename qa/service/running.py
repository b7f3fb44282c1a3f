"""Running the service: a connection has so long to say what it wants, and a stop finishes what runs. Owns uvicorn."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from qa.service.settings import Limits, ServiceSettings

_STUCK = 3.0  # seconds beyond `stop_seconds` after which threads that still run are left behind


def run(app: Any, listener: socket.socket, settings: ServiceSettings, ready: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM; `ready` is called when requests are taken.

    Raises:
        KeyboardInterrupt: it was stopped, by either signal.
    """
    limits = settings.limits
    config = uvicorn.Config(
        app,
        http=protocol(limits),
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None if settings.log else uvicorn.config.LOGGING_CONFIG,
        log_level="error",
        access_log=False,
        proxy_headers=False,  # qa/service/address.py says whose word is taken
        server_header=False,
        backlog=limits.backlog,
        timeout_keep_alive=limits.idle_seconds,
        timeout_graceful_shutdown=limits.stop_seconds,
        h11_max_incomplete_event_size=limits.head_bytes,
    )
    if threading.current_thread() is threading.main_thread():
        # uvicorn puts back this handler when it is done and raises the signal anew: both ways end alike.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    server = _Server(config, ready)
    try:
        server.run([listener])
    finally:
        server.ended = True


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready, self.ended = ready, False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Python waits for its threads without end; a question that hangs must not keep the service from stopping.
        watchdog = threading.Timer((self.config.timeout_graceful_shutdown or 0) + _STUCK, self._leave)
        watchdog.daemon = True
        watchdog.start()
        await super().shutdown(sockets)

    def _leave(self) -> None:
        if not self.ended:  # else whoever called has said so
            print("planqa: stopped", flush=True)
        sys.stderr.flush()
        os._exit(0)


def protocol(limits: Limits) -> type[asyncio.Protocol]:
    """uvicorn's HTTP with an end to connections that send no request, and to more of them than there may be.

    uvicorn itself waits without end for the first byte, and for the rest of a head of which a byte came now and then.
    """

    class Bounded(H11Protocol):
        _deadline: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            if len(self.connections) > limits.connections:
                transport.abort()
                return
            self._arm()

        def data_received(self, data: bytes) -> None:
            if self._deadline is None and (self.cycle is None or self.cycle.response_complete):
                self._arm()  # the first bytes of the next request
            super().data_received(data)

        def handle_events(self) -> None:
            before = self.cycle
            super().handle_events()
            if self.cycle is not before:  # a head has come whole
                self._disarm()

        def connection_lost(self, exc: Exception | None) -> None:
            self._disarm()
            super().connection_lost(exc)

        def _arm(self) -> None:
            self._deadline = self.loop.call_later(limits.head_seconds, self._late)

        def _disarm(self) -> None:
            if self._deadline is not None:
                self._deadline.cancel()
                self._deadline = None

        def _late(self) -> None:
            self._deadline = None
            if not self.transport.is_closing():
                self.transport.abort()

    return Bounded
