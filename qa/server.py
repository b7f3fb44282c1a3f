"""The web server: a free port or a clear error, the page at "/", one line when it is ready, a quiet end at Ctrl-C."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import ServeError
from qa.app import mount, own_head_part
from qa.page.view import Asker
from qa.service.metrics import Figures
from qa.service.request_log import log_as_json
from qa.service.routes import Mount
from qa.service.settings import DEFAULTS, ServiceSettings
from qa.web.turns import InTurn

if TYPE_CHECKING:
    from fastapi import FastAPI

    from qa.service.stack import Around
    from qa.web.programs import Library


def serve(
    engine: Asker,
    host: str = "127.0.0.1",
    port: int = 7860,
    home: Path | None = None,
    mcp: bool = False,
    settings: ServiceSettings = DEFAULTS,
    mounts: Sequence[Mount] = (),
) -> None:
    """Serve the page and the REST interface until Ctrl-C or SIGTERM; port 0 takes a free one.

    Feedback is kept in `home`, or not at all; with `mcp` the tools of qa/web/mcp.py are served at /mcp; what else is
    served is in `mounts`.

    Raises:
        ServeError: the address cannot be listened on, or what `mcp` needs is not installed.
    """
    settings = settings.on(host)
    # A server may have ended before the interrupt that stopped it is raised anew: either way it was stopped.
    with suppress(KeyboardInterrupt), bound(host, port) as listener:
        from qa.service.running import run

        if settings.log:
            log_as_json()
        run(web_app(engine, home, mcp, host, settings, mounts), listener, settings, lambda: _say_ready(host, listener))
    print("planqa: stopped", flush=True)


def _say_ready(host: str, listener: socket.socket) -> None:
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}
    shown = everywhere.get(host, host)
    url = f"http://{f'[{shown}]' if ':' in shown else shown}:{listener.getsockname()[1]}/"
    note = "every address of this machine; Ctrl-C stops it" if host in everywhere else "Ctrl-C stops it"
    print(f"planqa: {url} ({note})", flush=True)


def web_app(
    engine: Asker,
    home: Path | None = None,
    mcp: bool = False,
    host: str = "127.0.0.1",
    settings: ServiceSettings = DEFAULTS,
    mounts: Sequence[Mount] = (),
) -> FastAPI:
    """The application: the page at "/", and what `service` serves."""
    from qa.service.headers import script_hashes
    from qa.service.stack import Around

    figures = Figures()
    shared = InTurn(engine, settings.limits.questions_running, figures.answered)  # what every face asks
    around = Around(settings, mounts, mcp, figures, script_hashes(own_head_part().encode()))
    app = service(shared, home, mcp, host, around)
    mount(shared, app)
    return app


def service(
    engine: Library,
    home: Path | None = None,
    mcp: bool = False,
    host: str = "127.0.0.1",
    around: Around | None = None,
) -> FastAPI:
    """What programs use, "/api", "/mcp", health and figures, inside the layers of qa/service.

    `host` is the address it is served on: on a loopback address, "/mcp" answers only requests to such a name.
    """
    from starlette.routing import Route

    from qa.service.stack import Around, Service
    from qa.web.api import api_app
    from qa.web.api_errors import handle_errors
    from qa.web.programs import Api

    around = around or Around(tools=mcp)
    api = Api(engine, home)
    tools = None
    if mcp:
        from qa.web.mcp import Tools

        tools = Tools(api, host)
    app = Service(
        engine,
        around,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        lifespan=tools.lifespan() if tools else None,
    )
    handle_errors(app)
    app.mount("/api", api_app(api))
    if tools:
        app.router.routes.append(Route("/mcp", endpoint=tools, include_in_schema=False))
    for more in around.mounts:
        more.add(app, engine)
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
