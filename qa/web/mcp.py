"""The same interface as tools of the Model Context Protocol, at /mcp: search, ask, tasks, targets, documents.

Only this module imports `mcp`, the protocol's own Python SDK (extra "mcp"); gradio's would publish the page's inner
functions instead of these. The tools take and give what the REST interface does, as JSON text. They only read.
"""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from anyio import CapacityLimiter, to_thread
from pydantic import BaseModel, ValidationError

from corpus.errors import PlanqaError, QuestionError, ServeError
from qa.web import api_requests as requests
from qa.web.api import WORKERS
from qa.web.api_errors import error_record, invalid_record
from qa.web.feedback import planqa_version
from qa.web.programs import Api

log = logging.getLogger(__name__)

INSTRUCTIONS = (
    "Official plans of Vietnamese provinces: who does what by when, which targets are set, each with the passage "
    "that proves it. Ask in Vietnamese or English. Quote the citation with every statement; where `answerable` is "
    "false, say that the plans do not state it."
)


class Tools:
    """The tools as an ASGI application for one path, and what must run while it is served."""

    def __init__(self, api: Api, host: str = "127.0.0.1") -> None:
        self._server = _server(api)
        self._app = self._server.streamable_http_app(
            streamable_http_path="/", json_response=True, stateless_http=True, max_request_body_size=65_536, host=host
        )

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one request, whatever the path it was mounted under."""
        await self._app({**scope, "path": "/", "root_path": ""}, receive, send)

    def lifespan(self) -> Callable[[Any], AbstractAsyncContextManager[None]]:
        """What FastAPI runs around serving."""

        @asynccontextmanager
        async def running(_: Any) -> AsyncIterator[None]:
            async with self._server.session_manager.run():
                yield

        return running


def check_installed() -> None:
    """Raise what tells how to install the extra "mcp" when it is missing.

    Raises:
        ServeError: it is.
    """
    try:
        import mcp.server  # noqa: F401
    except ImportError:
        raise ServeError("--mcp", "the extra of this name is not installed", 'pip install "planqa[mcp]"') from None


def _server(api: Api) -> Any:
    """The protocol's server over the interface."""
    check_installed()
    from mcp import types as wire
    from mcp.server import Server

    tools = _tools(api)
    limiter = CapacityLimiter(WORKERS)

    async def listed(_: Any, __: Any) -> Any:
        reads = wire.ToolAnnotations(read_only_hint=True, destructive_hint=False, open_world_hint=False)
        return wire.ListToolsResult(
            tools=[
                wire.Tool(name=t.name, description=t.about, input_schema=t.asked.model_json_schema(), annotations=reads)
                for t in tools.values()
            ]
        )

    async def called(_: Any, params: Any) -> Any:
        if params.name not in tools:
            given, wrong = error_record(QuestionError(params.name, f"one of {', '.join(tools)}", "choose one")), True
        else:
            call = partial(_called, tools[params.name], params.arguments or {})
            given, wrong = await to_thread.run_sync(call, limiter=limiter)
        text = wire.TextContent(type="text", text=json.dumps(given, ensure_ascii=False))
        structured = given if isinstance(given, dict) else None
        return wire.CallToolResult(content=[text], structured_content=structured, is_error=wrong)

    return Server(
        "planqa",
        version=planqa_version(),
        title="planqa · Hỏi đáp kế hoạch",
        instructions=INSTRUCTIONS,
        on_list_tools=listed,
        on_call_tool=called,
    )


@dataclass(frozen=True)
class _Tool:
    """A tool: what it takes, and what it does with it."""

    name: str
    about: str
    asked: type[BaseModel]
    run: Callable[[Any], Any]


def _tools(api: Api) -> dict[str, _Tool]:
    tools = (
        _Tool("search", "The passages nearest to a question, best first", requests.SearchRequest, api.search),
        _Tool("ask", "The answer to a question with the passages that prove it", requests.AskRequest, api.ask),
        _Tool("tasks", "Who does what by when", requests.TaskFilters, api.tasks),
        _Tool("targets", "What is to be reached: indicator, value, year", requests.TargetFilters, api.targets),
        _Tool("documents", "The documents that answers come from", requests.DocumentFilters, api.documents),
        _Tool(
            "document",
            "The text of one document or a part of it, its outline, its passages",
            requests.DocumentRequest,
            lambda asked: api.document(asked.document_id, asked),
        ),
    )
    return {tool.name: tool for tool in tools}


def _called(tool: _Tool, arguments: dict[str, Any]) -> tuple[Any, bool]:
    """What a tool gives, or the record of its error; and whether it is one."""
    try:
        return tool.run(tool.asked.model_validate(arguments)), False
    except ValidationError as error:
        return invalid_record(error.errors()[0]), True
    except PlanqaError as error:
        return error_record(error), True
    except Exception:
        log.exception("a tool failed: %s", tool.name)
        return error_record(QuestionError(tool.name, "something went wrong in the service", "try again later")), True
