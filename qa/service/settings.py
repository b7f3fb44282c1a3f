"""Every number and name that the service is run with, from `planqa serve` and from PLANQA_* variables.

    ServiceSettings.read(["questions_a_minute=30"], environ={"PLANQA_STOP_SECONDS": "5"}, public_hosts=["a.gov.vn"])

What is given on the command line wins over the environment; what is given by neither is as `Limits` has it.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from corpus.errors import ServeError
from index.processor import usable_cores

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*")


def _number(default: float, least: float, most: float) -> Any:
    """A field of `Limits` and the range it must lie in."""
    return field(default=default, metadata={"range": (least, most)})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one reader, one address and all of them together may ask of the service.

    Sizes are in bytes, times in seconds; a rate is how many a minute in the long run, its burst how many at once.
    """

    body_bytes: int = _number(131_072, 1_024, 16_777_216)
    body_seconds: float = _number(10.0, 0.1, 600)  # until a body has come whole
    head_bytes: int = _number(65_536, 4_096, 1_048_576)  # address and headers; a link may hold ten questions
    head_seconds: float = _number(10.0, 0.1, 600)  # until a connection has sent a request's head
    headers: int = _number(64, 16, 1_024)  # how many a request may have
    answer_seconds: float = _number(60.0, 0.1, 3_600)  # until an answer has begun
    idle_seconds: int = _number(15, 1, 600)  # a connection between two requests
    stop_seconds: int = _number(10, 0, 600)  # what runs is given when the service is stopped
    connections: int = _number(1_000, 10, 100_000)  # open at one time
    backlog: int = _number(512, 16, 65_535)  # connections that the system holds until they are taken
    questions_at_once: int = _number(0, 0, 64)  # 0: as many as there are cores
    questions_waiting: int = _number(64, 0, 10_000)
    others_at_once: int = _number(8, 1, 256)  # pages, tables, documents
    others_waiting: int = _number(128, 0, 10_000)
    wait_seconds: float = _number(3.0, 0.1, 600)  # the longest expected wait for which a request is let into a line
    streams: int = _number(256, 1, 100_000)  # open at one time
    streams_each: int = _number(32, 1, 100_000)  # of one address
    questions_a_minute: float = _number(120.0, 0.1, 1_000_000)  # rates are of one address
    questions_burst: float = _number(60.0, 1, 1_000_000)
    others_a_minute: float = _number(1_200.0, 0.1, 1_000_000)
    others_burst: float = _number(300.0, 1, 1_000_000)
    files_a_minute: float = _number(6_000.0, 0.1, 10_000_000)  # scripts and styles: sixty a page
    files_burst: float = _number(1_000.0, 1, 10_000_000)
    addresses: int = _number(10_000, 16, 10_000_000)  # whose rates are remembered

    @property
    def questions_running(self) -> int:
        """How many questions are answered at one time."""
        return self.questions_at_once or usable_cores()


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """Limits, and who is who: the names of the service, its proxies, those who may read its figures, its log."""

    limits: Limits = Limits()
    hosts: tuple[str, ...] = ()  # names that requests may be addressed to; none: any
    proxies: tuple[Network, ...] = ()  # whose word for the reader's address is taken
    metrics_from: tuple[Network, ...] = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))
    log: str = ""  # "json": a line a request on stderr
    log_questions: bool = False

    @classmethod
    def read(
        cls,
        limits: Iterable[str] = (),
        environ: Mapping[str, str] | None = None,
        *,
        public_hosts: Iterable[str] = (),
        proxies: Iterable[str] = (),
        metrics_from: Iterable[str] = (),
        log: str = "",
        log_questions: bool = False,
    ) -> ServiceSettings:
        """The settings that a command line and an environment give; lists in the environment are parted by commas.

        Raises:
            ServeError: a value that is not of its kind or outside of its range, or a limit that there is not.
        """
        around = environ or {}
        trusted = _networks("--trusted-proxy", [*proxies] or _listed(around.get("PLANQA_TRUSTED_PROXY", "")))
        readers = _networks("--metrics-from", [*metrics_from] or _listed(around.get("PLANQA_METRICS_FROM", "")))
        names = [*public_hosts] or _listed(around.get("PLANQA_PUBLIC_HOST", ""))
        kind = log or around.get("PLANQA_LOG", "")
        if kind not in ("", "json"):
            raise ServeError(f"--log {kind}", "expected json", "leave it out for no log of requests")
        settings = cls(
            _limits(limits, around),
            tuple(_host(name) for name in names),
            trusted,
            log=kind,
            log_questions=log_questions or around.get("PLANQA_LOG_QUESTIONS", "") == "1",
        )
        return replace(settings, metrics_from=readers) if readers else settings

    def on(self, host: str) -> ServiceSettings:
        """These settings for a service that listens on `host`.

        On a loopback address, or under public names, only requests to such a name are answered: a page of somebody
        else's, whose name was made to lead here, must not read what is meant for this machine.
        """
        local = ("localhost", "127.0.0.1", "[::1]")
        loopback = host in ("localhost", "::1") or host.startswith("127.")
        if not self.hosts and not loopback:
            return self
        own = f"[{host}]" if ":" in host else host
        return replace(self, hosts=tuple(dict.fromkeys((*self.hosts, own, *local))))


DEFAULTS = ServiceSettings()


def _limits(given: Iterable[str], environ: Mapping[str, str]) -> Limits:
    known = {limit.name: limit for limit in fields(Limits)}
    values: dict[str, Any] = {}
    for name, limit in known.items():
        variable = f"PLANQA_{name.upper()}"
        if environ.get(variable):
            values[name] = _read(variable, environ[variable], limit)
    for one in given:
        name, _, written = one.partition("=")
        if name not in known:
            raise ServeError(f"--limit {one}", "no such limit", f"name one of {', '.join(known)}, as NAME=NUMBER")
        values[name] = _read(f"--limit {name}", written, known[name])
    return Limits(**values)


def _read(where: str, written: str, limit: Any) -> float:
    """A number as the field wants it, within its range."""
    least, most = limit.metadata["range"]
    whole = isinstance(limit.default, int)
    try:
        value: float = int(written) if whole else float(written)
        if not least <= value <= most:
            raise ValueError
    except ValueError:
        kind = "a whole number" if whole else "a number"
        raise ServeError(f"{where}={written}", f"expected {kind} from {least} to {most}", "change it") from None
    return value


def _networks(option: str, given: Iterable[str]) -> tuple[Network, ...]:
    networks = []
    for written in given:
        try:
            networks.append(ipaddress.ip_network(written, strict=False))
        except ValueError:
            remedy = "write it like 10.0.0.5 or 10.0.0.0/24"
            raise ServeError(f"{option} {written}", "expected an address or a network", remedy) from None
    return tuple(networks)


def _host(name: str) -> str:
    lowered = name.strip().lower()
    if not _HOST.fullmatch(lowered) or len(lowered) > 253:
        remedy = "write it like kehoach.example.gov.vn, without http:// and port"
        raise ServeError(f"--public-host {name}", "expected the name of a host", remedy)
    return lowered


def _listed(written: str) -> list[str]:
    return [part.strip() for part in written.split(",") if part.strip()]
