"""One chat completion of an OpenAI-compatible endpoint, within a fixed time and size whatever the endpoint does.

The library's time limit is one per read, so an endpoint that sends a byte now and then is never slow. The request
therefore runs in a thread of its own that is left behind when the time is over: its connection is closed, and each of
its reads ends by itself after the same time again. The reply is read as bytes, and no more of them than `MOST_BYTES`.
"""

from __future__ import annotations

import json
import queue
import threading
import time
from typing import TYPE_CHECKING, Any

from qa.llm.prompt import Message

if TYPE_CHECKING:
    from qa.llm.reword import Wording

MOST_BYTES = 256_000
PAUSE_S = 0.3
_AGAIN = frozenset({400, 429, 500, 502, 503, 504})


class NoReply(Exception):
    """The endpoint gave no usable text; the message says why, in words of planqa alone."""


class _Status(Exception):
    """An HTTP status that is no success; raised before anything of the body is read."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


def complete(messages: list[Message], wording: Wording) -> str:
    """The text that the model answers with.

    A busy endpoint is asked once more after a pause; one that refuses the request as it is put (status 400) once more
    in the newer form of the protocol (`max_completion_tokens`, no temperature).

    Raises:
        NoReply: no answer in time, no connection, an HTTP error, or a reply that is not whole.
    """
    deadline = time.monotonic() + wording.timeout_s
    client = _client(wording)
    results: queue.Queue[str | NoReply] = queue.Queue(1)

    def run() -> None:
        try:
            results.put(_two_tries(client, messages, wording, deadline))
        except NoReply as reason:
            results.put(reason)
        except Exception as error:  # a library may raise anything; its words may hold the request
            results.put(NoReply(f"no connection ({type(error).__name__})"))
        finally:
            client.close()

    threading.Thread(target=run, name="planqa-wording", daemon=True).start()
    try:
        result = results.get(timeout=max(0.0, deadline - time.monotonic()))
    except queue.Empty:
        client.close()
        raise NoReply(f"no answer within {wording.timeout_s:g} s") from None
    if isinstance(result, NoReply):
        raise result
    return result


def _client(wording: Wording) -> Any:
    """A client that takes nothing from the environment: no proxy, no organisation, no headers, no redirects."""
    import openai

    def refuse(response: Any) -> None:
        if response.status_code != 200:
            raise _Status(response.status_code)

    client = openai.OpenAI(
        api_key=wording.key or "none",
        base_url=wording.url,
        timeout=wording.timeout_s,
        max_retries=0,
        http_client=openai.DefaultHttpx2Client(
            trust_env=False,
            follow_redirects=False,
            verify=wording.url.lower().startswith("https:"),  # certificates are loaded where there are any to check
            event_hooks={"response": [refuse]},
        ),
    )
    # OPENAI_ORG_ID, OPENAI_PROJECT_ID and the like are meant for another endpoint.
    client.organization = client.project = client.admin_api_key = client.webhook_secret = None
    client._custom_headers = {}
    return client


def _two_tries(client: Any, messages: list[Message], wording: Wording, deadline: float) -> str:
    limits: dict[str, Any] = {"max_tokens": wording.max_tokens, "temperature": 0}
    try:
        return _once(client, messages, wording, deadline, limits)
    except _Status as status:
        if status.code not in _AGAIN or time.monotonic() + PAUSE_S >= deadline:
            raise NoReply(f"HTTP status {status.code}") from None
        if status.code == 400:
            limits = {"max_completion_tokens": wording.max_tokens}
    time.sleep(PAUSE_S)
    try:
        return _once(client, messages, wording, deadline, limits)
    except _Status as status:
        raise NoReply(f"HTTP status {status.code}, twice") from None


def _once(client: Any, messages: list[Message], wording: Wording, deadline: float, limits: dict[str, Any]) -> str:
    body = bytearray()
    headers = {"Accept-Encoding": "identity"}  # a packed reply could be small to send and huge to hold
    with client.chat.completions.with_streaming_response.create(
        model=wording.model, messages=messages, stream=False, extra_headers=headers, **limits
    ) as response:
        for piece in response.http_response.iter_raw():
            body += piece
            if len(body) > MOST_BYTES:
                raise NoReply("a reply that is too long")
            if time.monotonic() > deadline:
                raise NoReply(f"no answer within {wording.timeout_s:g} s")
    return _text(bytes(body))


def _text(body: bytes) -> str:
    """The text of a whole chat completion."""
    try:
        choice = json.loads(body)["choices"][0]
        text, reason = choice["message"]["content"], choice["finish_reason"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise NoReply("a reply that is no chat completion") from None
    if reason != "stop":
        raise NoReply("a reply that is cut short")
    if not isinstance(text, str) or not text.strip():
        raise NoReply("an empty reply")
    return text
