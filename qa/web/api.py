"""The REST interface under /api/: search, ask, tasks, targets, documents, feedback; described in /api/openapi.json.

Answers keep the contract of the command line's JSON. Whatever goes wrong is answered with one JSON object that names
the value, what was expected, and what to do. What searches runs outside of the event loop, a few at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Query, Response
from fastapi.responses import JSONResponse

from qa.types import Answer, Found
from qa.web import api_records as records
from qa.web import api_requests as requests
from qa.web.api_errors import handle_errors
from qa.web.feedback import planqa_version
from qa.web.programs import Api

WORKERS = 4
"""Questions that are answered at one time, and so many other requests; the rest wait without holding a thread."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MEDIA = {"csv": "text/csv; charset=utf-8", "xlsx": _XLSX, "ics": "text/calendar; charset=utf-8"}
_ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": records.ErrorResponse, "description": "A question or filter that cannot be answered as it stands"},
    404: {"model": records.ErrorResponse, "description": "No such document or address"},
    422: {"model": records.ErrorResponse, "description": "A value that is missing, or outside of its limits"},
}
_FILES = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in _MEDIA.values()}
T = TypeVar("T")


def api_app(api: Api) -> FastAPI:
    """The interface as an application to mount at /api; its pages of documentation would load from elsewhere: none."""
    app = FastAPI(
        title="planqa",
        version=planqa_version(),
        summary="Cited answers from the official plans of Vietnamese provinces",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        redirect_slashes=False,
        responses=_ERRORS,
    )
    handle_errors(app)
    answering, reading = CapacityLimiter(WORKERS), CapacityLimiter(WORKERS)

    async def work(function: Callable[..., T], *values: object) -> T:
        limiter = answering if function in (api.ask, api.search) else reading
        return await to_thread.run_sync(partial(function, *values), limiter=limiter)

    @app.get("/search", response_model=None, responses={200: {"model": list[Found]}}, tags=["questions"])
    async def search(asked: Annotated[requests.SearchRequest, Query()]) -> Response:
        """The passages nearest to a question, best first."""
        return _json(await work(api.search, asked))

    @app.post("/search", response_model=None, responses={200: {"model": list[Found]}}, tags=["questions"])
    async def search_posted(asked: requests.SearchRequest) -> Response:
        """The passages nearest to a question, best first; the question stays out of addresses and logs."""
        return _json(await work(api.search, asked))

    @app.get("/ask", response_model=None, responses={200: {"model": Answer}}, tags=["questions"])
    async def ask(asked: Annotated[requests.AskRequest, Query()]) -> Response:
        """The answer to a question with the passages that prove it, or why there is none."""
        return _json(await work(api.ask, asked))

    @app.post("/ask", response_model=None, responses={200: {"model": Answer}}, tags=["questions"])
    async def ask_posted(asked: requests.AskRequest) -> Response:
        """The answer to a question; the question stays out of addresses and logs."""
        return _json(await work(api.ask, asked))

    tasks_given = {200: {"model": list[records.TaskRecord], "content": _FILES}}

    @app.get("/tasks", response_model=None, responses=tasks_given, tags=["records"])  # type: ignore[arg-type]
    async def tasks(asked: Annotated[requests.TaskRequest, Query()]) -> Response:
        """Who does what by when."""
        if asked.format == "json":
            return _json(await work(api.tasks, asked))
        return _download("nhiem-vu", asked.format, await work(api.task_file, asked))

    targets_given = {200: {"model": list[records.TargetRecord], "content": _FILES}}

    @app.get("/targets", response_model=None, responses=targets_given, tags=["records"])  # type: ignore[arg-type]
    async def targets(asked: Annotated[requests.TargetRequest, Query()]) -> Response:
        """What is to be reached: indicator, value, year."""
        if asked.format == "json":
            return _json(await work(api.targets, asked))
        return _download("chi-tieu", asked.format, await work(api.target_file, asked))

    @app.get(
        "/documents", response_model=None, responses={200: {"model": list[records.DocumentRecord]}}, tags=["records"]
    )
    async def documents(asked: Annotated[requests.DocumentFilters, Query()]) -> Response:
        """The documents of the corpus."""
        return _json(await work(api.documents, asked))

    whole: dict[int | str, dict[str, Any]] = {200: {"model": records.WholeDocument}}

    @app.get("/documents/{document_id}", response_model=None, responses=whole, tags=["records"])
    async def document(document_id: str, asked: Annotated[requests.PartRequest, Query()]) -> Response:
        """One document: its text or a part of it, the outline, the passages that touch the part."""
        return _json(await work(api.document, document_id, asked))

    @app.post(
        "/feedback", response_model=None, responses={201: {"model": records.Stored}}, status_code=201, tags=["feedback"]
    )
    async def opinion(given: requests.OpinionRequest) -> Response:
        """Say whether an answer was right, wrong, or missed something."""
        return _json(await work(api.feedback, given), 201)

    return app


def _download(name: str, kind: str, given: bytes) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(given, media_type=_MEDIA[kind], headers=headers)


def _json(value: object, status: int = 200) -> JSONResponse:
    return JSONResponse(value, status)
