"""Who asks: the address of a reader, told by a proxy only where that proxy is trusted.

Headers with which a proxy tells of a request are taken away from what comes from anybody else, since the page's links
are built from them.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from qa.service.seen import App, Receive, Scope, Send
from qa.service.settings import Network

_TOLD = (b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-real-ip", b"x-gradio-server")
_PREFIX_6 = 64  # one household or office has so many bits of an IPv6 address


class Addresses:
    """ASGI middleware that sets `client` and `scheme` of a request from what trusted proxies say."""

    def __init__(self, app: App, proxies: Iterable[Network] = ()) -> None:
        self.app, self.proxies = app, tuple(proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = {**scope, "planqa.proxied": any(name in _TOLD for name, _ in scope["headers"])}
            told = [(name, value) for name, value in scope["headers"] if name in _TOLD]
            scope["headers"] = [pair for pair in scope["headers"] if pair[0] not in _TOLD]
            peer = scope.get("client")
            if peer and is_in(peer[0], self.proxies):
                self._believe(scope, told)
        await self.app(scope, receive, send)

    def _believe(self, scope: Scope, told: list[tuple[bytes, bytes]]) -> None:
        chain = b",".join(value for name, value in told if name == b"x-forwarded-for").decode("latin-1")
        if reader := first_unknown(chain, self.proxies):
            scope["client"] = (reader, 0)
        protocols = [value for name, value in told if name == b"x-forwarded-proto"]
        if protocols and protocols[-1].strip().lower() == b"https":
            scope["scheme"] = "https"
            scope["headers"].append((b"x-forwarded-proto", b"https"))  # gradio asks for it
        hosts = [value for name, value in told if name == b"x-forwarded-host"]
        if hosts:
            scope["headers"] = [(n, v) for n, v in scope["headers"] if n != b"host"] + [(b"host", hosts[-1])]


def first_unknown(chain: str, proxies: Iterable[Network]) -> str:
    """The reader's address in X-Forwarded-For: the last one that is no trusted proxy's, "" if there is none.

    What stands before it may be made up by the reader. A port beside an address is dropped.

    >>> from ipaddress import ip_network
    >>> first_unknown("6.6.6.6, 203.0.113.7:5000, 10.0.0.2", [ip_network("10.0.0.0/8")])
    '203.0.113.7'
    """
    known = tuple(proxies)
    for written in reversed(chain.split(",")):
        address = _bare(written.strip())
        try:
            ipaddress.ip_address(address)
        except ValueError:
            return ""
        if not is_in(address, known):
            return address
    return ""


def is_in(address: str, networks: Iterable[Network]) -> bool:
    """Whether an address lies in one of the networks; text that is no address lies in none."""
    try:
        wanted = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(wanted, "ipv4_mapped", None)
    return any((mapped or wanted) in network for network in networks)


def rate_key(address: str) -> str:
    """What an address is counted under: an IPv6 address with all others of its network.

    >>> rate_key("203.0.113.7"), rate_key("2001:db8:1:2:aaaa::1"), rate_key("::ffff:203.0.113.7")
    ('203.0.113.7', '2001:db8:1:2::', '203.0.113.7')
    """
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((known, _PREFIX_6), strict=False).network_address)


def _bare(written: str) -> str:
    """An address without its port."""
    if written.startswith("["):
        return written[1:].partition("]")[0]
    return written.partition(":")[0] if written.count(":") == 1 else written
