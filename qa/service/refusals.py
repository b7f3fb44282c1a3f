"""Refusals: what was asked, why it is not answered, and when to come back; JSON, or a page for who opens the page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape

from qa.page.phrases import WORDS, both
from qa.service.seen import Scope, Send, header, seen


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not served: a status of HTTP, a cause for the figures, and what its maker can do.

    `seconds` is after how many to come back, 0 when that would not help; `close` ends the connection, for a request
    that was not read to its end.
    """

    status: int
    cause: str
    expected: str
    remedy: str
    seconds: int = 0
    close: bool = False


async def refuse(refusal: Refusal, scope: Scope, send: Send) -> None:
    """Answer a request with a refusal."""
    seen(scope).refused = refusal.cause
    page = scope["path"] == "/" and "text/html" in header(scope, b"accept")
    body = _page(refusal) if page else _record(refusal, scope)
    kind = b"text/html; charset=utf-8" if page else b"application/json"
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store")]
    if refusal.seconds:
        headers.append((b"retry-after", str(refusal.seconds).encode()))
    if refusal.close:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def _record(refusal: Refusal, scope: Scope) -> bytes:
    """The contract's object for an error."""
    value = f"{scope['method']} {scope['path']}"[:200].encode("utf-8", "replace").decode()
    parts = {"value": value, "expected": refusal.expected, "remedy": refusal.remedy}
    return json.dumps({"error": parts}, ensure_ascii=False).encode()


def _page(refusal: Refusal) -> bytes:
    """A page in both languages that loads itself again when there is hope."""
    again = f'<meta http-equiv="refresh" content="{refusal.seconds}">' if refusal.seconds else ""
    said = both(WORDS["full"]) if refusal.seconds else escape(f"{refusal.expected}; {refusal.remedy}")
    wait = both((f"Trang sẽ tự tải lại sau {refusal.seconds} giây.", f"This page reloads in {refusal.seconds} s."))
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8">{again}'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>planqa</title>'
        "<style>body{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:20vh auto;padding:0 1rem}"
        "span{display:block}</style></head>"
        f"<body><h1>planqa</h1><p>{said}</p>{f'<p>{wait}</p>' if refusal.seconds else ''}</body></html>"
    ).encode()
