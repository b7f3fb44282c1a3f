"""What a request asks for, as far as it must be known before it is let in: is it a question, and which."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from qa.service.body import Refused
from qa.service.gate import NOT_FOUND
from qa.service.refusals import Refusal
from qa.service.routes import Kind
from qa.service.seen import Scope, header

CALLS = {"ask": True, "start": False, "show": False}
"""The functions of the page (qa/web/calls.py), and whether they search."""
_TOOLS = ("ask", "search")


@dataclass(frozen=True, slots=True)
class Asked:
    """Whether a request is a question, and its words if they are known."""

    is_question: bool
    question: str = ""


def asked_of(kind: Kind, scope: Scope, body: bytes) -> Asked:
    """What a request asks for.

    Raises:
        Refused: it calls a function that the page does not have, or sends something else than JSON to gradio.
    """
    if scope["path"].startswith("/gradio_api/") and scope["method"] == "POST":
        kind_of = header(scope, b"content-type").partition(";")[0].strip().lower()
        if kind_of != "application/json":
            raise Refused(Refusal(415, "not_json", "application/json", "send JSON"))
    sent = _object(body) if scope["method"] == "POST" else {}
    if kind is Kind.CALL:
        name = sent.get("fn_name")
        if not isinstance(name, str) or name not in CALLS:
            raise Refused(NOT_FOUND)
        data = sent.get("data")
        return Asked(CALLS[name], _text(data.get("question")) if isinstance(data, dict) else "")
    if kind is Kind.QUESTION:
        given = sent.get("question") or parse_qs(scope["query_string"].decode("latin-1")).get("question", [""])[0]
        return Asked(True, _text(given))
    if kind is Kind.TOOLS:
        params = sent.get("params")
        name, arguments = (params.get("name"), params.get("arguments")) if isinstance(params, dict) else ("", None)
        asks = sent.get("method") == "tools/call" and name in _TOOLS
        return Asked(asks, _text(arguments.get("question")) if asks and isinstance(arguments, dict) else "")
    return Asked(False)


def _object(body: bytes) -> dict[str, Any]:
    """The JSON object in a body; an empty one for anything else, which is refused where it is read."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
