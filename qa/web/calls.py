"""The functions that the page's script calls: start, ask, show. Each takes and gives plain JSON and never raises.

Questions are answered in turn, as many at one time as the engine says; who would have to wait too long is told so.
Documents are shown meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from corpus.errors import PlanqaError
from qa.live import steady
from qa.page.phrases import pick
from qa.page.render import error_html
from qa.page.view import Asker, Sent, ask_view, error_line, language_of, passage_view, start_view

MAX_WAITING = 64  # questions in line
Call = Callable[[Sent], Awaitable[Sent]]


def page_calls(engine: Asker) -> list[Call]:
    """The calls of a page over one engine, named as the script names them."""
    line = asyncio.Semaphore(getattr(engine, "at_once", 1))
    waiting = 0

    async def start(sent: Sent) -> Sent:
        return await _guarded(start_view, sent)

    async def ask(sent: Sent) -> Sent:
        nonlocal waiting
        if waiting >= MAX_WAITING:
            said = (
                "Đang có quá nhiều câu hỏi; xin thử lại sau.",
                "Too many questions just now; please try again later.",
            )
            return {"html": error_html(pick(said, language_of(_object(sent)))), "chips": []}
        waiting += 1
        try:
            async with line:
                return await _guarded(ask_view, sent)
        finally:
            waiting -= 1

    async def show(sent: Sent) -> Sent:
        return await _guarded(passage_view, sent)

    async def _guarded(view: Callable[[Asker, Sent], Sent], sent: Sent) -> Sent:
        asked = _object(sent)
        try:
            return await asyncio.to_thread(view, steady(engine), asked)
        except Exception as error:
            unknown = isinstance(error, PlanqaError) and bool(asked.get("quiet"))  # a link to what is not there
            return {"html": "" if unknown else error_line(error, language_of(asked))}

    return [start, ask, show]


def _object(sent: object) -> Sent:
    """What a browser sent; anything but an object is taken for an empty one."""
    return sent if isinstance(sent, dict) else {}
