"""The web server: a free port or a clear error, the page at "/", one line when it is ready, a quiet end at Ctrl-C."""

from __future__ import annotations

import errno
import os
import socket
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import ServeError
from qa.app import mount
from qa.page.view import Asker
from qa.web.turns import InTurn

if TYPE_CHECKING:
    from fastapi import FastAPI

    from qa.web.programs import Library

_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",  # gradio builds its HTML parts with Function()
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
    )
)
"""Content-Security-Policy: whatever gradio or a document brings, the browser asks no other host."""
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)


def serve(
    engine: Asker, host: str = "127.0.0.1", port: int = 7860, home: Path | None = None, mcp: bool = False
) -> None:
    """Serve the page and the REST interface until Ctrl-C; port 0 takes a free one.

    Feedback is kept in `home`, or not at all; with `mcp` the tools of qa/web/mcp.py are served at /mcp.

    Raises:
        ServeError: the address cannot be listened on, or what `mcp` needs is not installed.
    """
    # A server may have ended before the interrupt that stopped it is raised anew: either way it was stopped.
    with suppress(KeyboardInterrupt), bound(host, port) as listener:
        _run(web_app(engine, home, mcp, host), host, listener)
    print("planqa: stopped", flush=True)


def _run(app: FastAPI, host: str, listener: socket.socket) -> None:
    import uvicorn

    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}
    shown = everywhere.get(host, host)
    url = f"http://{f'[{shown}]' if ':' in shown else shown}:{listener.getsockname()[1]}/"
    note = "every address of this machine; Ctrl-C stops it" if host in everywhere else "Ctrl-C stops it"

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            print(f"planqa: {url} ({note})", flush=True)

    config = uvicorn.Config(app, log_level="error", access_log=False, timeout_graceful_shutdown=1, lifespan="on")
    Server(config).run([listener])


def web_app(engine: Asker, home: Path | None = None, mcp: bool = False, host: str = "127.0.0.1") -> FastAPI:
    """The application: the page at "/", and what `service` serves."""
    engine = InTurn(engine)
    app = service(engine, home, mcp, host)
    mount(engine, app)
    return app


def service(engine: Library, home: Path | None = None, mcp: bool = False, host: str = "127.0.0.1") -> FastAPI:
    """What programs use, "/api" and "/mcp", under headers that keep a browser on this host.

    `host` is the address it is served on: on a loopback address, "/mcp" answers only requests to such a name.
    """
    from fastapi import FastAPI
    from starlette.routing import Route

    from qa.web.api import api_app
    from qa.web.api_errors import handle_errors
    from qa.web.programs import Api

    api = Api(engine, home)
    tools = None
    if mcp:
        from qa.web.mcp import Tools

        tools = Tools(api, host)
    lifespan = tools.lifespan() if tools else None
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False, lifespan=lifespan)
    app.add_middleware(_Headers)
    handle_errors(app)
    app.mount("/api", api_app(api))
    if tools:
        app.router.routes.append(Route("/mcp", endpoint=tools, include_in_schema=False))
    return app


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens on host:port, taken before anything slow starts.

    Raises:
        ServeError: the port is in use or not allowed, or the host is not an address of this machine.
    """
    place = f"{host}:{port}"
    other = "choose another one with --port"
    if not 0 <= port <= 65535:
        raise ServeError(place, "expected a port from 0 to 65535", other)
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        raise ServeError(place, "no such host", "use --host 127.0.0.1, or 0.0.0.0 for the whole network") from None
    listener = None
    try:
        listener = socket.socket(family, kind, protocol)
        if os.name == "posix":  # elsewhere the option would let two programs share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError as error:
        if listener:
            listener.close()
        if error.errno == errno.EADDRINUSE:
            raise ServeError(place, "the port is in use", f"stop the program that uses it, or {other}") from None
        if error.errno == errno.EADDRNOTAVAIL:
            raise ServeError(place, "not an address of this machine", "use --host 127.0.0.1") from None
        raise ServeError(place, f"cannot be listened on ({error.strerror})", other) from None
    return listener


class _Headers:
    """ASGI middleware that adds `_HEADERS` to every answer; it leaves streams alone."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def sent(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_HEADERS]
            await send(message)

        await self.app(scope, receive, sent)
