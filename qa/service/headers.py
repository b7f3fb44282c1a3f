"""Headers that keep a browser on this host, whatever gradio, a document or a question brings.

Of scripts written into the page, only those run that the page came with: the policy lists their hashes. Gradio builds
its HTML parts with Function(), hence 'unsafe-eval'; its styles are attributes, hence 'unsafe-inline' for styles.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

from qa.service.routes import Mount
from qa.service.seen import App, Message, Receive, Scope, Send

_ALWAYS = (
    ("object-src", "'none'"),
    ("base-uri", "'self'"),
    ("form-action", "'self'"),
    ("frame-ancestors", "'none'"),
)
_PAGE = (
    ("default-src", "'self'"),
    ("script-src", "'self' 'unsafe-eval'"),
    ("style-src", "'self' 'unsafe-inline'"),
    ("img-src", "'self' data: blob:"),
    ("font-src", "'self' data:"),
    ("connect-src", "'self'"),
    *_ALWAYS,
)
_PLAIN = (  # everything else: the guide, files, JSON
    ("default-src", "'self'"),
    ("script-src", "'none'"),
    ("style-src", "'self' 'unsafe-inline'"),
    ("img-src", "'self' data:"),
    *_ALWAYS,
)
_SCRIPT = re.compile(rb"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL | re.IGNORECASE)
_FEATURES = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-write=(self), fullscreen=(self)"
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),  # no other host learns a question; our own forms still say where they stand
    (b"permissions-policy", _FEATURES.encode()),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_SECURE = (b"strict-transport-security", b"max-age=31536000")
_OWN = {name for name, _ in _HEADERS} | {b"content-security-policy", b"strict-transport-security", b"server"}


def policy(directives: Sequence[tuple[str, str]], scripts: Sequence[str] = ()) -> bytes:
    """A Content-Security-Policy; `scripts` are hashes of inline scripts that may run, too."""
    parts = []
    for name, sources in directives:
        more = "".join(f" '{script}'" for script in scripts) if name == "script-src" else ""
        parts.append(f"{name} {sources}{more}")
    return "; ".join(parts).encode()


def script_hashes(html: bytes) -> tuple[str, ...]:
    """The hashes of the scripts that are written into a page, as a policy names them.

    >>> script_hashes(b"<script>alert(1)</script><script src='a.js'></script>")
    ('sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=',)
    """
    found = (match["body"] for match in _SCRIPT.finditer(html) if not re.search(rb"\bsrc\s*=", match["attributes"]))
    return tuple(dict.fromkeys(_hash(body) for body in found))


@lru_cache(maxsize=64)
def _hash(body: bytes) -> str:
    read = body.replace(b"\r\n", b"\n")  # as a browser does before it hashes
    return f"sha256-{b64encode(sha256(read).digest()).decode()}"


class SecurityHeaders:
    """ASGI middleware that adds them to every answer, and takes away what would let other sites read it."""

    def __init__(self, app: App, mounts: Sequence[Mount] = (), scripts: Sequence[str] = ()) -> None:
        self.app, self._scripts = app, tuple(scripts)
        self._policies = [(mount.prefix, mount.policy.encode()) for mount in mounts if mount.policy]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        held: Message = {}
        body = bytearray()

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                if scope["path"] == "/" and scope["method"] == "GET" and _is_page(message):
                    held.update(message)  # its policy depends on its scripts
                    return
                await send(self._with(message, scope, self._policy(scope["path"])))
                return
            if not held or message["type"] != "http.response.body":
                await send(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                await send(self._with(held, scope, policy(_PAGE, (*self._scripts, *script_hashes(bytes(body))))))
                await send({"type": "http.response.body", "body": bytes(body)})

        await self.app(scope, receive, sent)

    def _policy(self, path: str) -> bytes:
        own = (given for prefix, given in self._policies if path == prefix or path.startswith(f"{prefix}/"))
        return next(own, policy(_PLAIN))

    def _with(self, message: Message, scope: Scope, given: bytes) -> Message:
        kept = [
            (name, value)
            for name, value in message.get("headers", ())
            if name.lower() not in _OWN and not name.lower().startswith(b"access-control-")
        ]
        secure = [_SECURE] if scope.get("scheme") == "https" else []
        return {**message, "headers": [*kept, *_HEADERS, *secure, (b"content-security-policy", given)]}


def _is_page(message: Message) -> bool:
    named = {name.lower(): value for name, value in message.get("headers", ())}
    plain = b"content-encoding" not in named
    return message["status"] == 200 and plain and named.get(b"content-type", b"").startswith(b"text/html")
