"""Who may ask for what from where."""

from __future__ import annotations

import asyncio
from ipaddress import ip_network

import pytest
from layers import asked, plain, request

from qa.service.address import Addresses, first_unknown, is_in
from qa.service.gate import Gate, is_foreign
from qa.service.headers import SecurityHeaders, script_hashes
from qa.service.routes import Mount, route_of
from qa.service.seen import Receive, Scope, Send

OWN = ["plans.gov.vn", "127.0.0.1", "[::1]"]
PROXIES = (ip_network("10.0.0.0/8"), ip_network("::1/128"))


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/", "plans.gov.vn", 200),
        ("/", "PLANS.gov.vn.:8443", 200),
        ("/", "[::1]:7860", 200),
        ("/", "evil.example", 421),
        ("/", "plans.gov.vn.evil.example", 421),
        ("/metrics", "evil.example", 421),
        ("/", "", 421),
        ("/healthz", "10.1.2.3:7860", 200),  # whoever restarts the service knows its address only
    ],
)
def test_requests_to_another_name_are_refused(path: str, host: str, status: int) -> None:
    assert asyncio.run(asked(Gate(plain, OWN), request(path=path, host=host)))[0] == status


def test_two_hosts_are_no_host() -> None:
    scope = request(path="/", host="plans.gov.vn")
    scope["headers"].append((b"host", b"evil.example"))
    assert asyncio.run(asked(Gate(plain, OWN), scope))[0] == 421


@pytest.mark.parametrize(
    ("method", "headers", "foreign"),
    [
        ("POST", {}, False),  # a program
        ("POST", {"sec_fetch_site": "same-origin", "origin": "http://a.vn"}, False),
        ("POST", {"sec_fetch_site": "none"}, False),
        ("POST", {"sec_fetch_site": "same-site"}, True),
        ("POST", {"sec_fetch_site": "cross-site", "origin": "http://a.vn"}, True),
        ("POST", {"origin": "http://a.vn", "host": "a.vn"}, False),
        ("POST", {"origin": "https://a.vn:8443", "host": "A.vn:8443"}, False),
        ("POST", {"origin": "http://a.vn", "host": "a.vn:7860"}, True),
        ("POST", {"origin": "http://evil.example", "host": "a.vn"}, True),
        ("POST", {"origin": "null", "host": "a.vn"}, True),
        ("POST", {"origin": "http://[", "host": "a.vn"}, True),
    ],
)
def test_what_a_browser_sends_for_another_site(method: str, headers: dict[str, str], foreign: bool) -> None:
    scope = request(method, "/api/ask", **headers)
    assert is_foreign(scope) is foreign
    assert asyncio.run(asked(Gate(plain), scope))[0] == (403 if foreign else 200)


def test_too_many_headers() -> None:
    many = {f"x_{number}": "a" for number in range(65)}
    assert asyncio.run(asked(Gate(plain), request(**many)))[0] == 431


@pytest.mark.parametrize(
    "path", ["/assets/../config.py", "/assets//etc/passwd", "/static/a/..", "/assets/", "//", "/huong-dan/../x", "/x\n"]
)
def test_paths_that_lead_elsewhere(path: str) -> None:
    assert route_of("GET", path) is None


def test_what_is_mounted_besides() -> None:
    mount = Mount("/quan-tri", lambda app, engine: None)
    found = route_of("POST", "/quan-tri/login", [mount])
    assert found and found.mount is mount
    assert route_of("POST", "/quan-trix", [mount]) is None


@pytest.mark.parametrize(
    ("chain", "reader"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("6.6.6.6, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        ("203.0.113.7:4711,10.0.0.2", "203.0.113.7"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("10.0.0.1, 10.0.0.2", ""),
        ("203.0.113.7, unknown", ""),
        ("", ""),
    ],
)
def test_the_reader_is_the_last_whom_no_proxy_of_ours_is(chain: str, reader: str) -> None:
    assert first_unknown(chain, PROXIES) == reader


@pytest.mark.parametrize(
    ("peer", "client", "scheme", "host"),
    [
        ("10.0.0.2", "203.0.113.7", "https", "plans.gov.vn"),
        ("192.0.2.1", "192.0.2.1", "http", "10.1.1.1"),  # what anybody else says of himself is not heard
    ],
)
def test_only_a_trusted_proxy_is_believed(peer: str, client: str, scheme: str, host: str) -> None:
    met: list[Scope] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        met.append(scope)
        await plain(scope, receive, send)

    told = {"x_forwarded_for": "1.1.1.1, 203.0.113.7", "x_forwarded_proto": "https", "x_gradio_server": "http://evil"}
    scope = request(client=peer, host="10.1.1.1", x_forwarded_host="plans.gov.vn", **told)
    asyncio.run(asked(Addresses(app, PROXIES), scope))
    headers = dict(met[0]["headers"])
    assert (met[0]["client"][0], met[0]["scheme"], headers[b"host"].decode()) == (client, scheme, host)
    assert not {b"x-forwarded-for", b"x-forwarded-host", b"x-gradio-server"} & set(headers)
    assert met[0]["planqa.proxied"]


def test_addresses_and_networks() -> None:
    assert is_in("::ffff:10.1.2.3", PROXIES)
    assert not is_in("11.0.0.1", PROXIES) and not is_in("unix", PROXIES)


def test_every_answer_has_its_headers_and_no_word_for_other_sites() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/html"), (b"access-control-allow-origin", b"*"), (b"server", b"x")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"<script>a()", "more_body": True})
        await send({"type": "http.response.body", "body": b"</script><script src='b.js'></script>"})

    layers = SecurityHeaders(app, scripts=("sha256-own",))
    _, headers, body = asyncio.run(asked(layers, request(path="/")))
    assert body == b"<script>a()</script><script src='b.js'></script>"
    [hashed] = script_hashes(b"<script>a()</script>")
    assert f"script-src 'self' 'unsafe-eval' 'sha256-own' '{hashed}';" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert {"access-control-allow-origin", "server", "strict-transport-security"}.isdisjoint(headers)
    assert headers["x-content-type-options"] == "nosniff"
    _, headers, _ = asyncio.run(asked(layers, {**request(path="/api/tasks"), "scheme": "https"}))
    assert "script-src 'none'" in headers["content-security-policy"]
    assert headers["strict-transport-security"] == "max-age=31536000"
