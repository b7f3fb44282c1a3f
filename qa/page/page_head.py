"""The head of the page before any script runs: its language, its name, and no word of where its parts come from.

Gradio's HTML calls itself English and carries a preview card of Gradio, which chat programs would show for a pasted
link. This ASGI middleware puts planqa's own in their place, and the script that settles the language, for Gradio's
translations ask the browser for it as soon as they load.
"""

from __future__ import annotations

import re
from typing import Any

from qa.page.phrases import TAGLINE, TITLE

_CARD = re.compile(r'\s*<meta\s+(?:property|name)="(?:og|twitter):[^>]*>')
_FOREIGN = re.compile(r'\s*<(?:link|script)\b[^>]*(?:href|src)="https?://[^>]*>(?:</script>)?')
_TITLE = re.compile(r"<title>[^<]*</title>")
_OWN = (
    f'<meta name="description" content="{TAGLINE[0]} · {TAGLINE[1]}">'
    f'<meta property="og:title" content="{TITLE[0]}"><meta property="og:description" content="{TAGLINE[0]}">'
)


def own_head(html: str, first: str, last: str) -> str:
    """Gradio's HTML page with planqa's head; `first` runs before all other scripts, `last` after those here."""
    html = _FOREIGN.sub("", _CARD.sub("", html))
    html = _TITLE.sub(f"<title>{TITLE[0]}</title>", html)
    html = re.sub(r'(<html\b[^>]*?)\slang="en"', r'\1 lang="vi"', html, count=1)
    head = f'<head><meta charset="utf-8">{_OWN}<script>{first}</script>'
    return html.replace("<head>", head, 1).replace("</head>", f"<script>{last}</script></head>", 1)


class OwnHead:
    """ASGI middleware that sends the page at "/" through `own_head`; everything else passes as it is."""

    def __init__(self, app: Any, first: str, last: str) -> None:
        self.app, self.first, self.last = app, first, last

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["path"] != "/":
            await self.app(scope, receive, send)
            return
        start: dict[str, Any] = {}
        body = bytearray()

        async def sent(message: Any) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            whole = bytes(body)
            headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
            if any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in headers):
                whole = own_head(whole.decode(), self.first, self.last).encode()
            await send({**start, "headers": [*headers, (b"content-length", str(len(whole)).encode())]})
            await send({"type": "http.response.body", "body": whole})

        await self.app(scope, receive, sent)
