"""The options of `planqa serve` that say how the service is run; docs of each number in qa/service/settings.py."""

from __future__ import annotations

from typing import Annotated

import typer

PublicHost = Annotated[
    list[str] | None,
    typer.Option("--public-host", help="Name that readers use; repeatable; no other is answered [PLANQA_PUBLIC_HOST]"),
]
TrustedProxy = Annotated[
    list[str] | None,
    typer.Option("--trusted-proxy", help="Address of a reverse proxy, or its network; repeatable"),
]
MetricsFrom = Annotated[
    list[str] | None,
    typer.Option("--metrics-from", help="Who may read /metrics; repeatable; this machine if none is given"),
]
Log = Annotated[str, typer.Option("--log", help="json: a line a request on stderr [PLANQA_LOG]")]
LogQuestions = Annotated[
    bool, typer.Option("--log-questions", help="Put the beginning of each question into that line, too")
]
LimitTo = Annotated[
    list[str] | None,
    typer.Option("--limit", help="NAME=NUMBER, such as questions_a_minute=60; repeatable [PLANQA_<NAME>]"),
]
