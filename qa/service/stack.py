"""The layers of the service, in the order in which a request meets them.

    addresses -> number, figures, log -> headers -> gate -> health -> limits -> the application

They lie around the whole application, its handling of unexpected errors included, so that no answer lacks its headers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI

from qa.service.address import Addresses
from qa.service.gate import Gate
from qa.service.headers import SecurityHeaders
from qa.service.health import Health
from qa.service.limits import Limited
from qa.service.metrics import Figures
from qa.service.request_log import Observed, to_stderr
from qa.service.routes import Mount
from qa.service.seen import App
from qa.service.settings import DEFAULTS, ServiceSettings


@dataclass(frozen=True, slots=True)
class Around:
    """What the layers are made of: settings, what else is mounted, whether there are tools, the figures."""

    settings: ServiceSettings = DEFAULTS
    mounts: Sequence[Mount] = ()
    tools: bool = False
    figures: Figures = field(default_factory=Figures)
    scripts: Sequence[str] = ()  # hashes of those that the page's scripts write into it


class Service(FastAPI):
    """A FastAPI application inside the layers."""

    def __init__(self, engine: Any, around: Around, **named: Any) -> None:
        self._engine, self._around = engine, around
        super().__init__(**named)

    def build_middleware_stack(self) -> Any:
        """Starlette's stack inside ours."""
        around, settings = self._around, self._around.settings
        app: App = super().build_middleware_stack()
        app = Limited(app, settings.limits, around.figures)
        app = Health(app, self._engine, around.figures, settings.metrics_from)
        app = Gate(app, settings.hosts, settings.limits.headers, around.mounts, around.tools)
        app = SecurityHeaders(app, around.mounts, around.scripts)
        write = to_stderr if settings.log else None
        app = Observed(app, around.figures, write, settings.log_questions)
        return Addresses(app, settings.proxies)
