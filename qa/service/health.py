"""How the service is: /healthz for who restarts it, /readyz for who sends it readers, /metrics for who watches it.

They stand in front of every line and every thread: as long as the event loop turns, they answer.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from typing import Any

from qa.service.address import is_in
from qa.service.corpus_state import CorpusState, corpus_state
from qa.service.gate import NOT_FOUND
from qa.service.metrics import Figures
from qa.service.refusals import refuse
from qa.service.seen import App, Receive, Scope, Send
from qa.service.settings import Network

log = logging.getLogger(__name__)


class Health:
    """ASGI middleware that answers the three; the figures only for `readers` that ask without a proxy between."""

    def __init__(self, app: App, engine: Any, figures: Figures, readers: Sequence[Network]) -> None:
        self.app, self.engine, self.figures, self.readers = app, engine, figures, tuple(readers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path")
        if scope["type"] != "http" or path not in ("/healthz", "/readyz", "/metrics"):
            await self.app(scope, receive, send)
            return
        if path == "/healthz":
            await _answer(scope, send, 200, b'{"status":"ok"}')
        elif path == "/readyz":
            status, told = self.readiness(self._is_reader(scope))
            await _answer(scope, send, status, json.dumps(told, ensure_ascii=False).encode())
        elif self._is_reader(scope):
            state = self._state() or CorpusState(0, 0, 0, "cannot be read", "")
            await _answer(scope, send, 200, *self.figures.text(state))
        else:
            await refuse(NOT_FOUND, scope, send)

    def readiness(self, whole: bool) -> tuple[int, dict[str, Any]]:
        """A status of HTTP and what is told; why it is degraded, which names folders, only if `whole`."""
        state = self._state()
        if state is None or not state.documents:
            return 503, {"status": "unavailable"}
        told: dict[str, Any] = {"status": "degraded" if state.degraded else "ready"}
        told |= {"documents": state.documents, "passages": state.passages}
        if whole:
            told |= {"generation": state.generation, "reason": state.degraded}
        return 200, told

    def _state(self) -> CorpusState | None:
        try:
            return corpus_state(self.engine)
        except Exception:
            log.exception("the corpus cannot be read")
            return None

    def _is_reader(self, scope: Scope) -> bool:
        client = scope.get("client")
        return client is not None and not scope.get("planqa.proxied") and is_in(client[0], self.readers)


async def _answer(scope: Scope, send: Send, status: int, body: bytes, kind: str = "application/json") -> None:
    headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
    headers.append((b"cache-control", b"no-store"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
