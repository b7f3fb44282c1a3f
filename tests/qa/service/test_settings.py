"""Settings: read from options and environment, checked, and what they mean for a host."""

from __future__ import annotations

from dataclasses import fields
from ipaddress import ip_network

import pytest

from corpus.errors import ServeError
from qa.service.settings import DEFAULTS, Limits, ServiceSettings


def test_nothing_given() -> None:
    assert ServiceSettings.read() == DEFAULTS
    assert DEFAULTS.limits.questions_running >= 1
    assert not DEFAULTS.log_questions


def test_options_win_over_the_environment() -> None:
    environ = {"PLANQA_STOP_SECONDS": "5", "PLANQA_WAIT_SECONDS": "1.5", "PLANQA_PUBLIC_HOST": "a.gov.vn, B.gov.vn"}
    found = ServiceSettings.read(["stop_seconds=7"], environ, proxies=["10.0.0.5", "fd00::/8"], log="json")
    assert (found.limits.stop_seconds, found.limits.wait_seconds) == (7, 1.5)
    assert found.hosts == ("a.gov.vn", "b.gov.vn")
    assert found.proxies == (ip_network("10.0.0.5/32"), ip_network("fd00::/8"))
    assert (found.log, found.metrics_from) == ("json", DEFAULTS.metrics_from)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"limits": ["speed=3"]}, "--limit speed=3: no such limit; name one of body_bytes, "),
        ({"limits": ["stop_seconds"]}, "--limit stop_seconds=: expected a whole number from 0 to 600"),
        ({"limits": ["stop_seconds=1.5"]}, "--limit stop_seconds=1.5: expected a whole number from 0 to 600"),
        ({"limits": ["wait_seconds=nan"]}, "--limit wait_seconds=nan: expected a number from 0.1 to 600"),
        ({"environ": {"PLANQA_HEADERS": "1"}}, "PLANQA_HEADERS=1: expected a whole number from 16 to 1024"),
        ({"public_hosts": ["http://a.vn"]}, "--public-host http://a.vn: expected the name of a host"),
        ({"proxies": ["10.0.0.300"]}, "--trusted-proxy 10.0.0.300: expected an address or a network"),
        ({"log": "xml"}, "--log xml: expected json"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(given: dict[str, list[str]], said: str) -> None:
    with pytest.raises(ServeError) as error:
        ServiceSettings.read(**given)  # type: ignore[arg-type]
    assert str(error.value).startswith(said)
    assert "\n" not in str(error.value)


def test_every_default_lies_in_its_own_range() -> None:
    for limit in fields(Limits):
        least, most = limit.metadata["range"]
        assert least <= limit.default <= most, limit.name


@pytest.mark.parametrize(
    ("host", "public", "answered"),
    [
        ("127.0.0.1", (), ("127.0.0.1", "localhost", "[::1]")),
        ("::1", (), ("[::1]", "localhost", "127.0.0.1")),
        ("0.0.0.0", (), ()),
        ("0.0.0.0", ("a.gov.vn",), ("a.gov.vn", "0.0.0.0", "localhost", "127.0.0.1", "[::1]")),
    ],
)
def test_whose_requests_are_answered(host: str, public: tuple[str, ...], answered: tuple[str, ...]) -> None:
    assert ServiceSettings(hosts=public).on(host).hosts == answered
