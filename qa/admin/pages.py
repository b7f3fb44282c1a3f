"""The pages of /admin: values in, whole HTML pages out. They need no script, and every text in them is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import urlencode

from corpus.errors import PlanqaError
from corpus.limits import MAX_BYTES
from corpus.source import SUFFIXES
from corpus.types import Document
from qa.admin import words
from qa.admin.errors import AdminError
from qa.admin.intake import MAX_FILES, MAX_REQUEST
from qa.admin.jobs import Job
from qa.admin.words import Pair, both, plain
from qa.page.labels import shown_date

PATH = "/admin"
PAGE = 50  # documents on a page
REFRESH = 3  # seconds between two looks at what runs


def login_page(error: AdminError | None = None) -> str:
    """The form to log in with, and why the last attempt failed."""
    form = (
        f'<form method="post" action="{PATH}/login"><label for="password">{both(words.PASSWORD)}</label>'
        '<input id="password" name="password" type="password" autocomplete="current-password" required autofocus>'
        f"<button>{both(words.LOG_IN)}</button></form>"
    )
    return _page(words.LOG_IN, _error(error) + form)


def unset_page() -> str:
    """How to set a password, and nothing else."""
    body = f"<p>{both(words.NO_PASSWORD)}</p><p>{both(words.HOW)}</p><pre>planqa admin set-password</pre>"
    return _page(words.TITLE, body)


def main_page(documents: Sequence[Document], jobs: Sequence[Job], page: int, form: str) -> str:
    """The upload form and the documents, `PAGE` of them from page 1 on; `form` is the session's form token."""
    kinds = " ".join(sorted(SUFFIXES))
    said = words.limits(MAX_FILES, MAX_BYTES // 2**20, MAX_REQUEST // 2**20, kinds)
    upload = (
        f'<section aria-labelledby="upload"><h2 id="upload">{both(words.UPLOAD)}</h2>'
        f'<form method="post" action="{PATH}/upload" enctype="multipart/form-data">{_token(form)}'
        f'<label for="files">{both(words.FILES)}</label>'
        f'<input id="files" name="files" type="file" multiple required accept="{escape(",".join(sorted(SUFFIXES)))}">'
        f'<p class="note">{both(said)}</p><button>{both(words.SEND)}</button></form></section>'
    )
    busy = [job for job in jobs if job.state in ("running", "waiting")]
    running = f'<p class="busy"><a href="{PATH}/progress">{both(words.STATES["running"])}</a></p>' if busy else ""
    last = max(1, -(-len(documents) // PAGE))
    page = min(max(page, 1), last)
    items = "".join(_document(document) for document in documents[(page - 1) * PAGE : page * PAGE])
    turns = "".join(
        f'<a href="{PATH}?page={number}"{" aria-current=page" if number == page else ""}>{number}</a> '
        for number in range(1, last + 1)
        if last > 1 and (number in (1, last) or abs(number - page) < 3)
    )
    shelf = (
        f'<section aria-labelledby="documents"><h2 id="documents">{both(words.DOCUMENTS)}'
        f' <span class="count">{len(documents)}</span></h2><ul class="shelf">{items}</ul>'
        f'<p class="turns">{turns}</p></section>'
    )
    return _page(words.TITLE, running + upload + shelf, form)


def remove_page(document: Document, form: str) -> str:
    """Asks whether a document is really to be removed."""
    body = (
        f"<h2>{both(words.REMOVE_THIS)}</h2><ul class=shelf>{_document(document, False)}</ul>"
        f"<p>{both(words.REMOVE_NOTE)}</p>"
        f'<form method="post" action="{PATH}/remove">{_token(form)}'
        f'<input type="hidden" name="id" value="{escape(document.id)}">'
        f'<button class="alert">{both(words.REALLY)}</button> <a class="button" href="{PATH}">{both(words.CANCEL)}</a>'
        "</form>"
    )
    return _page(words.REMOVE, body, form)


def progress_page(jobs: Sequence[Job], form: str) -> str:
    """What runs, waits and ended; it looks again by itself while something runs."""
    busy = any(job.state in ("running", "waiting") for job in jobs)
    stop = f'<form method="post" action="{PATH}/stop">{_token(form)}<button>{both(words.STOP)}</button></form>'
    body = "".join(_job(job) for job in jobs) or f"<p>{both(words.NO_JOBS)}</p>"
    again = f'<p><a href="{PATH}/progress">{both(words.RELOAD)}</a></p>'
    title = f"<h2>{both(words.PROGRESS)}</h2>"
    return _page(words.PROGRESS, title + again + body + (stop if busy else ""), form, REFRESH if busy else 0)


def log_page(lines: Iterable[dict[str, Any]], form: str) -> str:
    """The last lines of the log, newest first."""
    items = "".join(_line(line) for line in lines)
    body = f'<ol class="log">{items}</ol>' if items else f"<p>{both(words.NO_LOG)}</p>"
    return _page(words.LOG, f"<h2>{both(words.LOG)}</h2>{body}", form)


def error_page(errors: Sequence[PlanqaError | None], form: str = "") -> str:
    """What could not be done, a line each; None is told as unexpected."""
    body = "".join(_error(error) if error else f'<p class="error">{both(words.UNEXPECTED)}</p>' for error in errors)
    return _page(words.NOT_TAKEN, f'{body}<p><a href="{PATH}">{both(words.TITLE)}</a></p>', form)


def _page(title: Pair, body: str, form: str = "", refresh: int = 0) -> str:
    """A whole page; with a form token it has the links of a session."""
    links = (("", words.DOCUMENTS), ("/progress", words.PROGRESS), ("/log", words.LOG)) if form else ()
    menu = "".join(f'<a href="{PATH}{path}">{both(name)}</a>' for path, name in links)
    out = (
        f'<form method="post" action="{PATH}/logout">{_token(form)}<button>{both(words.LOG_OUT)}</button></form>'
        if form
        else ""
    )
    again = f'<meta http-equiv="refresh" content="{refresh}">' if refresh else ""
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="referrer" content="same-origin"><meta name="robots" content="noindex">{again}'
        f'<title>{escape(plain(title))}</title><link rel="stylesheet" href="{PATH}/style.css"></head><body>'
        f'<header><h1><a href="{PATH}">{both(words.TITLE)}</a></h1><a href="/">{both(words.BACK)}</a></header>'
        f"<main>{f'<nav>{menu}{out}</nav>' if form else ''}{body}</main></body></html>"
    )


def _token(form: str) -> str:
    return f'<input type="hidden" name="form" value="{escape(form)}">'


def _error(error: PlanqaError | None) -> str:
    if error is None:
        return ""
    said = (error.vietnamese if isinstance(error, AdminError) else "Không làm được.", str(error))
    return f'<p class="error" role="alert">{both(said)}</p>'


def _document(document: Document, can_remove: bool = True) -> str:
    meta = document.meta
    name = f"{meta.kind} {meta.number or document.id}".strip()
    files = " · ".join(escape(edition.source) for edition in document.editions)
    items = "".join(f"<li>{escape(warning)}</li>" for warning in document.warnings)
    warnings = (
        f"<details><summary>{both(words.WARNINGS)} ({len(document.warnings)})</summary>"
        f'<ul lang="en">{items}</ul></details>'
        if items
        else ""
    )
    address = escape(f"{PATH}/remove?{urlencode({'id': document.id})}")
    label = escape(f"{words.REMOVE[0]}: {name}")
    remove = f'<a class="button" href="{address}" aria-label="{label}">{both(words.REMOVE)}</a>' if can_remove else ""
    return (
        f'<li><div><strong lang="vi">{escape(name)}</strong> <span lang="vi">{escape(meta.province)}</span>'
        f" <span>{escape(shown_date(meta.date, 'vi'))}</span>"
        f'<p lang="vi">{escape(meta.title)}</p><p class="note">{files}</p>{warnings}</div>{remove}</li>'
    )


def _job(job: Job) -> str:
    if job.remove:
        what = f"{both(words.REMOVING)}: {escape(job.remove)}"
    else:
        what = f"{both(words.ADDING)}: {escape(', '.join(kept.name for kept in job.add))}"
    told = "".join(_outcome(name, outcome) for name, outcome, _ in job.told)
    bar = ""
    if job.state == "running":
        doing = words.DOING.get(job.doing, words.INDEXING)
        shown = f'<progress max="{max(1, job.total)}" value="{job.done}"></progress>'
        bar = f"<p>{both(doing)} {job.done}/{job.total} {shown}</p>"
    error = f'<p class="error" lang="en">{escape(job.error)}</p>' if job.error else ""
    state = f'<p class="state {job.state}" role="status">{both(words.STATES[job.state])}</p>'
    return f'<article><h3>{what}</h3>{state}{bar}<ul class="told">{told}</ul>{error}</article>'


def _outcome(name: str, outcome: str) -> str:
    kind, _, why = outcome.partition(": ")
    reason = f' <span lang="en">{escape(why)}</span>' if why else ""
    return f'<li class="{escape(kind)}">{escape(name)}: {both(words.OUTCOMES.get(kind, (kind, kind)))}{reason}</li>'


def _line(line: dict[str, Any]) -> str:
    event = words.EVENTS.get(str(line.get("event")), (str(line.get("event")),) * 2)
    size, sha256 = line.get("bytes") or 0, str(line.get("sha256", ""))[:12]
    parts = (str(line.get("name", "")), f"{size:,} bytes" if size else "", sha256, str(line.get("outcome", "")))
    rest = " · ".join(escape(part) for part in parts if part)
    return (
        f"<li><time>{_when(line.get('time'))}</time> {escape(str(line.get('address', '')))} {both(event)} {rest}</li>"
    )


def _when(time: object) -> str:
    """A stored time as the server's clock shows it; what is none is not shown."""
    try:
        return escape(datetime.fromisoformat(str(time)).astimezone(UTC).strftime("%d/%m/%Y %H:%M:%S UTC"))
    except ValueError:
        return ""
