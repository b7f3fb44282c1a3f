"""What commands print of a document full of commands for a terminal: its words, and none of the commands."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import made_up_plan as plan
import pytest
from payloads import PAYLOADS
from web_library import Library

from corpus.read import parse
from corpus.source import decode
from qa import show
from qa.tables import show_records
from qa.tables.records import TaskQuery, select_targets, select_tasks
from qa.types import NO_FILTERS

SHORT = " ".join(payload for payload in PAYLOADS if len(payload) < 100 and not set("|<{") & set(payload))


@pytest.mark.parametrize("format", ["txt", "html"])
def test_no_command_of_a_document_reaches_the_terminal(format: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = plan.as_text() if format == "txt" else plan.as_html().decode()
    hostile = SHORT.encode("utf-8", "replace").decode().replace("\r", " ").replace("\n", " ").replace("\x00", "")
    task = plan.TASKS[0][1]
    sent = text.replace(plan.DUTY, f"{plan.DUTY} {hostile}").replace(task, f"{task} \x1b[31m\x9b2J")
    document = parse(decode(f"plan.{format}", format, sent.encode()))
    library = Library(document)
    found = library.search("a", NO_FILTERS, 50)
    show.passages(found, as_json=False)
    show.passages(found, as_json=True)
    show.documents([document], as_json=False)
    show.warnings([document])
    show_records.tasks(select_tasks([document]), TaskQuery(), as_json=False)
    show_records.targets(select_targets([document]), as_json=False)
    printed = capsys.readouterr().out
    assert task in printed and "DROP TABLE" in printed
    assert {c for c in printed if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")} == {"\n"}


def test_a_name_of_a_file_is_no_command(tmp_path: Path) -> None:
    from corpus.collect import read_documents

    _, errors = read_documents([decode("\x1b[31m\u202etxt.kh.txt", "txt", "Không phải kế hoạch.".encode())], {})
    said = " ".join(map(str, errors))
    assert "kh.txt" in said and said.isprintable()
