"""Errors of the REST interface: every one is {"error": {"value", "expected", "remedy"}}, each part on one line."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from corpus.errors import HomeError, PlanqaError, QuestionError

log = logging.getLogger(__name__)

LOOK = "see /api/openapi.json"


def handle_errors(app: FastAPI) -> None:
    """Answer the errors of an application with JSON; what is not the caller's to mend goes to the log."""
    app.add_exception_handler(PlanqaError, _of_planqa)
    app.add_exception_handler(RequestValidationError, _of_request)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(Exception, _unexpected)


def error_record(error: PlanqaError) -> dict[str, Any]:
    """The contract's object for an error.

    >>> error_record(QuestionError("x", "a kind of passage", "see the list"))
    {'error': {'value': 'x', 'expected': 'a kind of passage', 'remedy': 'see the list'}}
    """
    parts = {"value": error.value, "expected": error.expected, "remedy": error.remedy}
    return {"error": {name: _line(part) for name, part in parts.items()}}


def invalid_record(found: Mapping[str, Any]) -> dict[str, Any]:
    """The contract's object for one finding of pydantic.

    >>> invalid_record({"loc": ("k",), "input": 0, "msg": "should be at least 1"})["error"]["expected"]
    'k: should be at least 1'
    """
    where = ".".join(str(part) for part in found["loc"]) or "body"
    value = found.get("input")
    shown = "" if value is None or isinstance(value, dict | list) else str(value)
    return error_record(QuestionError(shown or where, f"{where}: {found['msg']}", LOOK))


def _line(text: str) -> str:
    """Text on one line that UTF-8 can carry: half a surrogate pair, which JSON can send, becomes "?"."""
    return " ".join(text.split()).encode("utf-8", "replace").decode()


async def _of_planqa(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, PlanqaError)
    if isinstance(error, HomeError):
        log.error("%s", error)  # names a folder of the server, which is nobody else's business
        shown: PlanqaError = HomeError("planqa", "its home cannot be used just now", "tell whoever runs this service")
        return JSONResponse(error_record(shown), 503)
    missing = "document_id" in request.path_params
    return JSONResponse(error_record(error), 404 if missing else 400)


async def _of_request(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    return JSONResponse(invalid_record({**first, "loc": first["loc"][1:]}), 422)


async def _of_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    told = QuestionError(f"{request.method} {request.url.path}", str(error.detail), LOOK)
    return JSONResponse(error_record(told), error.status_code, headers=error.headers)


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    told = QuestionError(request.url.path, "something went wrong in the service", "try again later")
    return JSONResponse(error_record(told), 500)
