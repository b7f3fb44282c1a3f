"""The routes of /admin: plain forms, a cookie, and headers under which no script runs at all.

Whatever a route does for an administrator, `Administration` checks the session itself; what is checked here besides is
that a form was sent by this site (its origin, and the form's own token).
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from corpus.errors import HomeError, PlanqaError, QuestionError
from qa.admin import pages
from qa.admin.administration import Administration, Shelf
from qa.admin.errors import AccessError, AdminError, LoginError, TooLargeError
from qa.admin.intake import LONGEST as LONGEST_UPLOAD
from qa.admin.intake import MAX_REQUEST, PATIENCE
from qa.admin.jobs import WORKER
from qa.admin.pages import PATH
from qa.admin.sessions import LONGEST, check_form, form_token
from qa.service.routes import Mount

log = logging.getLogger(__name__)
COOKIE = "planqa_admin"
MAX_FORM = 8 * 1024  # bytes of a form without files
LOG_LINES = 100
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'",
    "referrer-policy": "same-origin",  # with "no-referrer" a browser would not tell where a form comes from
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
}
Handler = Callable[[Request], Awaitable[Response]]


def admin_mount(home: Path, worker: Sequence[str] = WORKER) -> Mount:
    """Administration of a home, as `qa.server.serve` takes what is served beside the page."""

    def add(app: Any, engine: Shelf) -> None:
        app.router.routes.extend(routes(Administration(home, engine, worker)))

    most = MAX_REQUEST + MAX_FORM  # what is larger than the first is told so on a page
    return Mount(PATH, add, most, PATIENCE, LONGEST_UPLOAD + 60, HEADERS["content-security-policy"])


def routes(admin: Administration) -> list[Route]:
    """The routes of one administration."""
    doors = _Doors(admin)
    return [
        Route(PATH, _told(doors.main), methods=["GET"]),
        Route(f"{PATH}/style.css", _style, methods=["GET"]),
        Route(f"{PATH}/login", _told(doors.log_in), methods=["POST"]),
        Route(f"{PATH}/logout", _told(doors.log_out), methods=["POST"]),
        Route(f"{PATH}/upload", _told(doors.upload), methods=["POST"]),
        Route(f"{PATH}/remove", _told(doors.ask_remove), methods=["GET"]),
        Route(f"{PATH}/remove", _told(doors.remove), methods=["POST"]),
        Route(f"{PATH}/progress", _told(doors.progress), methods=["GET"]),
        Route(f"{PATH}/stop", _told(doors.stop), methods=["POST"]),
        Route(f"{PATH}/log", _told(doors.log), methods=["GET"]),
        Route(f"{PATH}/{{rest:path}}", _told(_nothing), methods=["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]),
    ]


class _Doors:
    """One method for each route."""

    def __init__(self, admin: Administration) -> None:
        self._admin = admin

    async def main(self, request: Request) -> Response:
        if not self._admin.has_password():
            return _html(pages.unset_page())
        token = _token(request)
        try:
            documents, jobs = self._admin.documents(token), self._admin.jobs(token)
        except LoginError:
            return _html(pages.login_page())
        number = request.query_params.get("page", "1")
        page = int(number) if re.fullmatch("[0-9]{1,6}", number) else 1
        return _html(pages.main_page(documents, jobs, page, form_token(token)))

    async def log_in(self, request: Request) -> Response:
        check_origin(request)
        sent = await _form(request)
        try:
            token = await asyncio.to_thread(self._admin.log_in, sent.get("password", ""), _address(request))
        except AccessError as error:
            headers = {"retry-after": str(error.retry)} if error.retry else {}
            return _html(pages.login_page(error), error.status, headers)
        answer = RedirectResponse(PATH, 303, HEADERS)
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, token, int(LONGEST), path=PATH, secure=secure, httponly=True, samesite="strict")
        return answer

    async def log_out(self, request: Request) -> Response:
        await self._checked(request)
        self._admin.log_out(_token(request))
        answer = RedirectResponse(PATH, 303, HEADERS)
        answer.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="strict")
        return answer

    async def upload(self, request: Request) -> Response:
        check_origin(request)
        token, address = _token(request), _address(request)
        kind = request.headers.get("content-type", "")
        kept, refused = await self._admin.receive(token, kind, request.stream())
        await asyncio.to_thread(self._admin.add, token, kept, address, refused)
        if refused:
            return _html(pages.error_page(refused, form_token(token)), refused[0].status)
        return RedirectResponse(f"{PATH}/progress" if kept else PATH, 303, HEADERS)

    async def ask_remove(self, request: Request) -> Response:
        token = _token(request)
        document = self._admin.document(token, request.query_params.get("id", ""))
        return _html(pages.remove_page(document, form_token(token)))

    async def remove(self, request: Request) -> Response:
        sent = await self._checked(request)
        await asyncio.to_thread(self._admin.remove, _token(request), sent.get("id", ""), _address(request))
        return RedirectResponse(f"{PATH}/progress", 303, HEADERS)

    async def progress(self, request: Request) -> Response:
        token = _token(request)
        return _html(pages.progress_page(self._admin.jobs(token), form_token(token)))

    async def stop(self, request: Request) -> Response:
        await self._checked(request)
        self._admin.stop(_token(request))
        return RedirectResponse(f"{PATH}/progress", 303, HEADERS)

    async def log(self, request: Request) -> Response:
        token = _token(request)
        lines = await asyncio.to_thread(self._admin.log_lines, token, LOG_LINES)
        return _html(pages.log_page(lines, form_token(token)))

    async def _checked(self, request: Request) -> dict[str, str]:
        """The fields of a form that this site sent in this session."""
        check_origin(request)
        token = _token(request)
        self._admin.require(token)
        sent = await _form(request)
        check_form(token, sent.get("form", ""))
        return sent


def check_origin(request: Request) -> None:
    """Pass a form that a page of this site sent, as browsers tell it.

    Raises:
        AccessError: another site sent it, or nothing tells who did.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin", "")
    if origin in ("", "null"):  # some privacy settings leave it out
        origin = request.headers.get("referer", "")
    here = request.headers.get("host", "").lower()
    known = urlsplit(origin)
    elsewhere = known.scheme not in ("http", "https") or known.netloc.lower() != here
    if site not in (None, "same-origin") or (elsewhere and (site is None or origin)):
        vietnamese = "Biểu mẫu được gửi từ trang khác; hãy mở trang quản trị rồi gửi lại."
        raise AccessError("form", "one that was sent from this site", "open /admin and send it there", vietnamese)


def _told(handler: Handler) -> Handler:
    """A handler whose errors become pages."""

    async def told(request: Request) -> Response:
        try:
            return await handler(request)
        except LoginError as error:
            return _html(pages.login_page(error), error.status)
        except AdminError as error:
            headers = {"retry-after": str(error.retry)} if error.retry else {}
            if error.status in (403, 413):  # the rest of the body is not read
                headers["connection"] = "close"
            return _html(pages.error_page([error]), error.status, headers)
        except QuestionError as error:
            return _html(pages.error_page([error]), 404)
        except HomeError as error:  # it names folders, which are the operator's business
            log.error("administration: %s", error)
            vietnamese = "Máy chủ chưa đọc được dữ liệu của mình; xin xem nhật ký của máy chủ."
            shown = AdminError("the home", "files that can be read (the log names the one)", error.remedy, vietnamese)
            return _html(pages.error_page([shown]), 503)
        except PlanqaError as error:
            return _html(pages.error_page([error]), 500)
        except Exception:
            log.exception("a page of administration failed")
            return _html(pages.error_page([None]), 500)

    return told


async def _form(request: Request) -> dict[str, str]:
    """The fields of a small form.

    Raises:
        TooLargeError: more than `MAX_FORM` bytes.
    """
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_FORM:
            raise TooLargeError("form", f"at most {MAX_FORM:,} bytes", "shorten it", "Biểu mẫu quá lớn.")
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=10)
    except ValueError:
        raise AdminError("form", "the form of the page", "open the page again", "Biểu mẫu bị hỏng.") from None
    return {name: values[0] for name, values in fields.items()}


async def _nothing(_: Request) -> Response:
    """Whatever else lies under the path: what is mounted at "/" must not answer for it."""
    raise QuestionError("address", "a page of administration", f"begin at {PATH}")


async def _style(_: Request) -> Response:
    return Response(_css(), headers={**HEADERS, "cache-control": "max-age=3600"}, media_type="text/css")


@cache
def _css() -> str:
    """The colours of the page, dark where the reader's system is, and the style of administration."""
    page, own = (files("qa").joinpath("assets", name).read_text(encoding="utf-8") for name in ("page.css", "admin.css"))
    light, dark = (re.search(rf"^{name} {{(.*?)^}}", page, re.MULTILINE | re.DOTALL) for name in (":root", r"\.dark"))
    colours = f":root {{{light[1]}}}\n" if light else ""
    return colours + (f"@media (prefers-color-scheme: dark) {{ :root {{{dark[1]}}} }}\n" if dark else "") + own


def _html(page: str, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return HTMLResponse(page, status, {**HEADERS, **(headers or {})})


def _token(request: Request) -> str:
    return request.cookies.get(COOKIE, "")


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
