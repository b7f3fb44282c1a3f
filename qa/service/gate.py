"""Who may ask for what from where: known addresses only, to this host only, and nothing on behalf of another site."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from qa.service.refusals import Refusal, refuse
from qa.service.routes import Kind, Mount, Route, route_of
from qa.service.seen import App, Receive, Scope, Send, header, seen

_SAFE = ("GET", "HEAD")
NOT_FOUND = Refusal(404, "unknown_route", "no such address", "see /api/openapi.json")
_ROUTE = "planqa.route"


class Gate:
    """ASGI middleware that lets through what is served here, and notes what it is for."""

    def __init__(
        self, app: App, hosts: Sequence[str] = (), headers: int = 64, mounts: Sequence[Mount] = (), tools: bool = False
    ) -> None:
        self.app, self.hosts, self.headers = app, frozenset(hosts), headers
        self.mounts, self.tools = tuple(mounts), tools

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # nothing here speaks over a websocket
            await send({"type": "websocket.close", "code": 1008})
            return
        route = route_of(scope["method"], scope["path"], self.mounts)
        if route and route.kind is Kind.TOOLS and not self.tools:
            route = None
        seen(scope).group = route.kind.value if route else "other"
        if found := self._refusal(scope, route):
            await refuse(found, scope, send)
            return
        scope[_ROUTE] = route
        await self.app(scope, receive, send)

    def _refusal(self, scope: Scope, route: Route | None) -> Refusal | None:
        if len(scope["headers"]) > self.headers:
            return Refusal(431, "too_many_headers", f"at most {self.headers} headers", "send fewer", close=True)
        health = route is not None and route.kind is Kind.HEALTH and scope["path"] != "/metrics"
        if self.hosts and not health and host_name(header(scope, b"host")) not in self.hosts:
            expected = "a request to a name of this service"
            return Refusal(421, "wrong_host", expected, "use its own address; who runs it names it with --public-host")
        if route is None:
            return NOT_FOUND
        if scope["method"] not in _SAFE and is_foreign(scope):
            expected = "a request from a page of this service"
            return Refusal(403, "cross_origin", expected, "open the page itself and ask there")
        return None


def routed(scope: Scope) -> Route:
    """What the gate noted."""
    route = scope[_ROUTE]
    assert isinstance(route, Route)
    return route


def is_foreign(scope: Scope) -> bool:
    """Whether a browser sends this request for a page of another site; programs say nothing of the kind."""
    site = header(scope, b"sec-fetch-site")
    if site:
        return site not in ("same-origin", "none")
    if not any(name == b"origin" for name, _ in scope["headers"]):
        return False
    origin, host = header(scope, b"origin"), header(scope, b"host")
    try:
        return not host or urlsplit(origin).netloc.lower() != host.lower()
    except ValueError:
        return True


def host_name(host: str) -> str:
    """The name in a Host header, without the port.

    >>> host_name("Plans.gov.vn:8080"), host_name("[::1]:7860"), host_name("127.0.0.1")
    ('plans.gov.vn', '[::1]', '127.0.0.1')
    """
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower().rstrip(".")
