"""`planqa tasks` and `planqa targets` as a user types them."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pytest
from _pytest.capture import CaptureFixture

from qa.cli import main

TASK_KEYS = set(
    "document province citation passage_id task lead coordinating directing deadline deadline_start deadline_end"
    " recurrence section".split()
)
Capture = CaptureFixture[str]


@pytest.fixture(autouse=True)
def home(shipped_home: Path) -> Path:
    return shipped_home


def run(capsys: Capture, *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def records(capsys: Capture, *arguments: object) -> list[dict[str, Any]]:
    code, out, _ = run(capsys, *arguments, "--json")
    assert code == 0
    found = json.loads(out)
    assert isinstance(found, list)
    return found


def test_tasks_of_an_agency_under_its_name_of_today(capsys: Capture) -> None:
    found = records(capsys, "tasks", "--agency", "Sở Nội vụ", "--role", "lead", "--province", "Trà Vinh")
    assert all(set(record) >= TASK_KEYS for record in found)
    assert [(record["lead"], record["deadline"], record["deadline_end"]) for record in found] == [
        (["Sở Nội vụ"], "tháng 12/2024", "2024-12-31")
    ]
    today = records(capsys, "tasks", "--agency", "so khcn", "--document", "2043/QĐ-UBND")
    former = records(capsys, "tasks", "--agency", "Sở TT&TT", "--document", "2043/QĐ-UBND")
    whole = records(capsys, "tasks", "--document", "2043/QĐ-UBND")
    agencies = [(r, [name.lower() for name in (*r["lead"], *r["coordinating"], *r["directing"])]) for r in whole]
    named = [r for r, names in agencies if any(name.startswith("sở thông tin và truyền thông") for name in names)]
    assert today == former == named and len(named) == 12


def test_what_is_due_before_june_2025_comes_by_date(capsys: Capture) -> None:
    found = records(capsys, "tasks", "--due", "trước tháng 6/2025", "--sort", "deadline", "--source", "lines")
    days = [record["deadline_end"] for record in found]
    assert days == ["2024-12-31"] * 4 + ["2025-05-31"] * 10
    assert found == records(capsys, "tasks", "--due-to", "2025-05-31", "--sort", "deadline", "--source", "lines")


def test_overdue_says_that_a_passed_date_is_not_undone(capsys: Capture) -> None:
    code, out, err = run(capsys, "tasks", "--overdue", "--as-of", "2025-01-01", "--json")
    assert code == 0 and "không cho biết việc đã làm hay chưa" in err and "not the same as undone" in err
    assert "01/01/2025" in err and "1 January 2025" in err
    ends = [record["deadline_end"] for record in json.loads(out)]
    assert ends and all("" < end < "2025-01-01" for end in ends)


def test_relative_times_are_read_against_as_of(capsys: Capture) -> None:
    found = records(capsys, "tasks", "--due", "tháng này", "--as-of", "15/12/2024", "--source", "lines")
    assert {record["deadline_end"] for record in found} == {"2024-12-31"} and len(found) == 4
    assert records(capsys, "tasks", "--due", "tháng này", "--as-of", "15/11/2024") == []


def test_targets_by_words_and_year(capsys: Capture) -> None:
    found = records(capsys, "targets", "--text", "dien thoai thong minh", "--target-year", "2025")
    assert [(record["province"], record["comparator"], record["value"]) for record in found] == [
        ("Gia Lai", "=", "80"),
        ("Trà Vinh", ">", "85"),
    ]


def test_lists_for_people_are_counted_wrapped_and_cited(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    code, out, err = run(capsys, "tasks", "--agency", "Sở Nội vụ", "--role", "lead", "--province", "Trà Vinh")
    lines = out.splitlines()
    assert code == 0 and lines[0] == "1 nhiệm vụ (1 task)" and max(map(len, lines)) <= 60
    assert lines[1] == "Tên trong văn bản (named in the documents): Sở Nội vụ"
    assert "    Chủ trì (lead): Sở Nội vụ" in lines and "    Thời hạn (deadline): tháng 12/2024" in lines
    assert "2043/QĐ-UBND ngày 19/11/2024" in " ".join(out.split())
    assert "nhiệm vụ giao chung cho các sở, ban, ngành" in err
    _, out, err = run(capsys, "targets", "--text", "điện thoại thông minh", "--target-year", "2025")
    assert out.startswith("2 chỉ tiêu (2 targets)") and "trên 85%, năm 2025" in out and err == ""


def test_files_hold_what_json_holds(capsys: Capture, tmp_path: Path) -> None:
    found = records(capsys, "tasks", "--province", "Trà Vinh")
    table, book, calendar = tmp_path / "a.csv", tmp_path / "a.xlsx", tmp_path / "lịch"
    code, out, _ = run(capsys, "tasks", "--province", "Trà Vinh", "--csv", table)
    assert code == 0 and out == f"{len(found)} rows in {table}\n"
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"), newline="")))
    assert [row["Mã đoạn (Passage id)"] for row in rows] == [record["passage_id"] for record in found]
    assert [row["Đến ngày (Until)"] for row in rows] == [record["deadline_end"] for record in found]
    run(capsys, "tasks", "--province", "Trà Vinh", "--xlsx", book)
    sheet = openpyxl.load_workbook(book).active
    assert sheet.max_row == len(found) + 1
    assert [row[0].value for row in sheet.iter_rows(min_row=2, min_col=14)] == [r["passage_id"] for r in found]
    dated = [record["passage_id"] for record in found if record["deadline_end"]]
    code, out, err = run(capsys, "tasks", "--province", "Trà Vinh", "--ics", calendar, "--as-of", "2025-01-01")
    assert out == f"{len(dated)} rows in {calendar}\n"
    assert f"({len(found) - len(dated)} tasks without a last day are left out of the calendar)" in err
    events = icalendar.Calendar.from_ical(calendar.read_bytes()).walk("VEVENT")
    assert [str(event["uid"]).removesuffix("@planqa") for event in events] == dated


def test_targets_as_files(capsys: Capture, tmp_path: Path) -> None:
    found = records(capsys, "targets")
    code, out, _ = run(capsys, "targets", "--csv", "-")
    assert code == 0 and len(list(csv.reader(io.StringIO(out, newline="")))) == len(found) + 1
    assert run(capsys, "targets", "--xlsx", tmp_path / "t.xlsx")[1].startswith(f"{len(found)} rows in ")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("tasks", "--json", "--csv", "-"), 2, "exclude each other"),
        (("tasks", "--xlsx", "-", "--ics", "-"), 2, "exclude each other"),
        (("tasks", "--role", "chief"), 2, "chief"),
        (("tasks", "--sort", "x"), 2, "--sort"),
        (("tasks", "--recurrence", "never"), 2, "never"),
        (("tasks", "--due", "xyz"), 2, "--due xyz: expected a date or a time"),
        (("tasks", "--due-to", "30/02/2025"), 2, "--due-to 30/02/2025"),
        (("tasks", "--as-of", "2025"), 2, "--as-of 2025: expected a day"),
        (("tasks", "--due-from", "2026", "--due-to", "2024"), 2, "no day lies from 2026-01-01 to 2024-12-31"),
        (("tasks", "--agency", "???"), 2, "expected a name"),
        (("tasks", "--province", "Atlantis"), 1, "Atlantis: no document of the corpus passes these filters"),
        (("targets", "--document", "1/KH"), 1, "1/KH"),
        (("tasks", "--csv", "/no/such/a.csv"), 1, "/no/such/a.csv: cannot be written"),
        (("targets", "--xlsx", "/dev/null"), 1, "no ordinary file"),
        (("tasks", "--text", "zzz", "--ics", "-"), 1, "0 tasks: none with a date"),
        (("targets", "--ics", "-"), 2, "--ics"),
    ],
)
def test_bad_calls_are_one_clear_line(capsys: Capture, arguments: tuple[str, ...], code: int, words: str) -> None:
    given, out, err = run(capsys, *arguments)
    lines = err.splitlines()
    assert given == code and out == "" and len(lines) == 1 and lines[0].startswith("planqa: ") and words in err


@pytest.mark.parametrize("command", ["tasks", "targets"])
def test_listing_imports_no_heavy_library(shipped_home: Path, command: str) -> None:
    heavy = ("torch", "sentence_transformers", "gradio", "faiss", "openpyxl", "icalendar")
    script = (
        "import sys\nfrom qa.cli import main\n"
        f"try: main([{command!r}, '--home', {str(shipped_home)!r}, '--text', 'SOC'])\nexcept SystemExit: pass\n"
        f"print([m for m in {heavy!r} if m in sys.modules])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=dict(os.environ), cwd=root
    )
    assert done.stdout.splitlines()[-1] == "[]", done.stderr
