"""Sixty hostile texts wherever planqa shows text: nothing of them comes alive, and a reader still sees their words."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient
from hostile_library import Said, answered, held
from icalendar import Calendar
from lxml import html as parser
from payloads import PAYLOADS
from web_library import Library

from corpus.errors import PlanqaError, QuestionError
from qa.admin import pages
from qa.admin.jobs import Job
from qa.admin.originals import Kept, clean_name
from qa.page.indicators import indicators
from qa.page.links import address, located
from qa.page.render import answer_html, error_html
from qa.page.render_documents import documents_html
from qa.page.render_targets import targets_html
from qa.page.render_tasks import tasks_html
from qa.page.tabs import Turn
from qa.page.view import ask_view, passage_view, start_view
from qa.page.view_tasks import links_html
from qa.server import service
from qa.service.settings import Limits, ServiceSettings
from qa.service.stack import Around
from qa.tables.export_csv import FORMULA, to_csv
from qa.tables.export_ics import to_ics
from qa.tables.export_table import target_table, task_table
from qa.tables.export_xlsx import to_xlsx
from qa.tables.records import select_targets, select_tasks
from qa.web.turns import InTurn

Shape = tuple[str, tuple[str, ...]]
FORM = "0" * 64
HARMLESS = ("Sở Nội vụ chủ trì", "Sở Nội vụ\n\n- một\n\n- hai", "a | b | c |", "https://example.gov.vn/a")
LINK = re.compile(r"api/|#|/|\?|https?://")
OFTEN = ServiceSettings(Limits(questions_burst=1e6, others_burst=1e6))


def shown(payload: str) -> Iterator[tuple[str, str]]:
    """Every piece of HTML that planqa makes of texts, by name."""
    document = held(payload)
    safe = document.meta.title
    answer = answered(safe, document)
    tasks, targets = select_tasks([document]), select_targets([document])
    for language in ("vi", "en"):
        yield "answer", answer_html(answer, {p.id: (safe,) for p in document.passages}, language)
        yield "no answer", answer_html(replace(answer, answerable=False, reason="not_stated"), None, language)
        yield "tasks", tasks_html(tasks, Turn(), language)
        yield "targets", targets_html(indicators(targets), Turn(), language)
        yield "documents", documents_html([document], "", Turn(), language)
        engine: Any = Said(document)
        start = start_view(engine, {"language": language})
        yield "start", start["form"] + start["library"]
        yield "asked", ask_view(engine, {"question": payload[:2_000], "language": language})["html"]
        sent = {"document": document.id, "start": 0, "end": 9, "language": language}
        yield "whole", passage_view(engine, sent)["html"]
    yield "error", error_html(payload)
    yield "links", links_html([safe, safe, "", safe], "vi")
    job = Job(safe, (Kept(safe, None, "0" * 64, 1, True),), state="failed", told=[(safe, f"refused: {safe}", "0")])  # type: ignore[arg-type]
    removed = Job(safe, remove=safe, state="running", doing=safe, error=safe)
    line = {"event": safe, "name": safe, "bytes": 1, "sha256": safe, "outcome": safe, "address": safe, "time": safe}
    yield "admin", pages.main_page([document], [job], 1, FORM)
    yield "admin remove", pages.remove_page(document, FORM)
    yield "admin progress", pages.progress_page([job, removed], FORM)
    yield "admin log", pages.log_page([line], FORM)
    yield "admin error", pages.error_page([QuestionError(payload, payload, payload), None], FORM)


def parsed(html: str) -> Any:
    return parser.document_fromstring(f"<!doctype html><div>{html.encode('utf-8', 'replace').decode()}</div>")


def shapes(tree: Any) -> set[Shape]:
    """Which elements there are, with which attributes."""
    return {(node.tag if isinstance(node.tag, str) else "!", tuple(sorted(node.keys()))) for node in tree.iter()}


def seen(text: str) -> str:
    """A text as a reader sees it: no white space, no characters without a shape."""
    plain = text.encode("utf-8", "replace").decode()
    return "".join(
        c for c in plain if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf") and c not in "\ufffd?"
    )


@pytest.fixture(scope="module")
def usual() -> dict[str, set[Shape]]:
    """What elements each piece of HTML has for texts that mean no harm."""
    found: dict[str, set[Shape]] = {}
    for text in HARMLESS:
        for name, html in shown(text):
            found.setdefault(name, set()).update(shapes(parsed(html)))
    return found


def test_there_are_sixty() -> None:
    assert len(set(PAYLOADS)) == 60


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(60))
def test_no_page_has_an_element_or_a_link_of_the_payload(payload: str, usual: dict[str, set[Shape]]) -> None:
    for name, html in shown(payload):
        tree = parsed(html)
        assert shapes(tree) <= usual[name], name
        for node in tree.iter():
            for key, value in node.items():
                assert not key.startswith("on") and key != "style", name
                if key in ("href", "src", "action", "formaction", "srcdoc"):
                    assert LINK.match(value), f"{name}: {value}"
        whole = seen(tree.text_content())
        if name != "links":
            assert seen(payload[:80]) in whole or seen(payload[:30]) in seen(html), name


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(60))
def test_programs_get_it_as_json_text(payload: str) -> None:
    document = held(payload)
    safe = document.meta.title
    with TestClient(service(InTurn(Said(document)), around=Around(OFTEN))) as client:
        got = {
            path: client.get(f"/api/{path}") for path in ("tasks", "targets", "documents", f"documents/{document.id}")
        }
        headers = {"content-type": "application/json"}
        got["ask"] = client.post("/api/ask", content=json.dumps({"question": payload[:2_000]}), headers=headers)
        for answer in got.values():
            assert answer.headers["content-type"] == "application/json"
            assert answer.headers["x-content-type-options"] == "nosniff"
        assert got["tasks"].json()[0]["task"] == safe
        assert got["targets"].json()[0]["indicator"] == safe
        assert got["documents"].json()[0]["title"] == safe
        assert got[f"documents/{document.id}"].json()["warnings"] == [safe]
        assert got["ask"].status_code == (422 if safe != payload else 200)


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(60))
def test_no_cell_of_a_spreadsheet_is_a_formula(payload: str) -> None:
    document = held(payload)
    for table in (task_table(select_tasks([document])), target_table(select_targets([document]))):
        sent = to_csv(table).decode("utf-8-sig")
        for separator in (",", ";"):  # which one a spreadsheet takes depends on its country
            for row in csv.reader(io.StringIO(sent, newline=""), delimiter=separator):
                assert not [cell for cell in row if cell.startswith(FORMULA)]
        [row] = list(csv.reader(io.StringIO(sent, newline="")))[1:]
        assert seen(payload[:200]).replace("'", "") in seen(row[2]).replace("'", "")
        sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(table))).active
        assert sheet is not None
        for cells in sheet.iter_rows():
            assert not [cell for cell in cells if cell.data_type in ("f", "e") or cell.hyperlink]


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(60))
def test_a_calendar_has_no_line_of_the_payload(payload: str) -> None:
    sent, left_out = to_ics(select_tasks([held(payload)]), date(2025, 1, 1))
    calendar: Any = Calendar.from_ical(sent)
    [event] = calendar.walk("VEVENT")
    known = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES", "TRANSP"}
    assert (set(event), left_out) == (known, 0)
    assert sent.count(b"BEGIN:VEVENT\r\n") == 1


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(60))
def test_names_of_files_and_messages_hold_no_command_for_a_terminal(payload: str) -> None:
    for text in (clean_name(payload), str(PlanqaError(payload, payload, payload))):
        assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")]
        assert "/" not in clean_name(payload) and "\\" not in clean_name(payload)


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(60))
def test_a_link_of_the_page_is_no_address_of_elsewhere(payload: str) -> None:
    document = held(payload)
    with pytest.raises(PlanqaError):
        located(Library(document).document, payload, payload)
    opened, mark = address(located(Library(document).document, document.id, payload))
    assert re.fullmatch(r"[\w.-]+", opened) and "<" not in mark
