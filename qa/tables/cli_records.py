"""`planqa tasks` and `planqa targets`: lists for people, JSON for programs, CSV, XLSX and ICS files to take along."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.options import AsOf, DocumentName, Home, Json, Province, Year, chosen_documents, filters
from qa.tables import show_records
from qa.tables.export_file import STDOUT, write_whole
from qa.tables.records import (
    Period,
    Recurrence,
    Role,
    Sort,
    Source,
    TargetQuery,
    TaskQuery,
    TaskRow,
    read_time,
    select_targets,
    select_tasks,
)

if TYPE_CHECKING:
    from qa.tables.export_table import Table

Csv = Annotated[Path | None, typer.Option("--csv", help="Write this CSV file; - for standard output")]
Xlsx = Annotated[Path | None, typer.Option("--xlsx", help="Write this Excel workbook; - for standard output")]
Text = Annotated[str, typer.Option("--text", help="Every word stands in it; marks may be left out")]


def tasks(
    home: Home = None,
    province: Province = None,
    document: DocumentName = None,
    year: Year = None,
    agency: Annotated[str, typer.Option("--agency", help="Agency, by a name of today or before 2025")] = "",
    role: Annotated[Role, typer.Option("--role", help="What --agency does in the task")] = "any",
    collective: Annotated[
        bool, typer.Option("--collective", help='With --agency "Sở ...": also tasks of "các sở, ban, ngành"')
    ] = False,
    text: Text = "",
    due: Annotated[str, typer.Option("--due", help='When due: "trước tháng 6/2025", "next quarter", 2025-06-30')] = "",
    due_from: Annotated[str, typer.Option("--due-from", help="Due on this day or later, or in this time")] = "",
    due_to: Annotated[str, typer.Option("--due-to", help="Due on this day or before, or in this time")] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="Only tasks whose last day has passed")] = False,
    as_of: AsOf = "",
    recurrence: Annotated[Recurrence | None, typer.Option("--recurrence", help="Only tasks that recur so")] = None,
    source: Annotated[Source | None, typer.Option("--source", help="Only from tables, lists or running text")] = None,
    sort: Annotated[Sort, typer.Option("--sort", help="By place in the documents, or by the day due")] = "document",
    json: Json = False,
    csv: Csv = None,
    xlsx: Xlsx = None,
    ics: Annotated[
        Path | None, typer.Option("--ics", help="Write dated tasks into this calendar file; - for standard output")
    ] = None,
) -> None:
    """List the tasks of the corpus: what, who leads, who coordinates, who directs, by when."""
    _one_output(json, csv, xlsx, ics)
    today = day(as_of) if as_of else date.today()
    within = _within(due, due_from, due_to, today)
    query = TaskQuery(
        agency=_given("--agency", agency),
        role=role,
        collective=collective,
        text=text,
        due_from=within.first,
        due_to=within.last,
        overdue_at=today if overdue else None,
        recurrence=recurrence or "",
        sources=(source,) if source else (),
        sort=sort,
    )
    documents = chosen_documents(home, filters(province, document, year))
    rows = select_tasks(documents, query)
    if overdue:
        print(show_records.overdue_note(today), file=sys.stderr)
    if (
        agency
        and not collective
        and (more := len(select_tasks(documents, replace(query, collective=True))) - len(rows))
    ):
        print(show_records.collective_note(more), file=sys.stderr)
    if ics is not None:
        _calendar(rows, ics, today)
    elif csv is not None or xlsx is not None:
        from qa.tables.export_table import task_table

        _table(task_table(rows), csv, xlsx)
    else:
        show_records.tasks(rows, query, json)


def targets(
    home: Home = None,
    province: Province = None,
    document: DocumentName = None,
    year: Year = None,
    text: Text = "",
    target_year: Annotated[
        list[str] | None, typer.Option("--target-year", help="Only targets set for this year; repeatable")
    ] = None,
    unit: Annotated[str, typer.Option("--unit", help="Only targets in this unit")] = "",
    json: Json = False,
    csv: Csv = None,
    xlsx: Xlsx = None,
) -> None:
    """List the targets of the corpus: indicator, comparator, value, unit, year."""
    _one_output(json, csv, xlsx)
    query = TargetQuery(text, tuple(target_year or ()), unit)
    rows = select_targets(chosen_documents(home, filters(province, document, year)), query)
    if csv is not None or xlsx is not None:
        from qa.tables.export_table import target_table

        _table(target_table(rows), csv, xlsx)
    else:
        show_records.targets(rows, json)


def _one_output(json: bool, *files: Path | None) -> None:
    if json + sum(file is not None for file in files) > 1:
        raise typer.BadParameter("--json, --csv, --xlsx and --ics exclude each other: give one.")


def _given(option: str, text: str) -> str:
    if text and not any(character.isalnum() for character in text):
        raise typer.BadParameter(f"{option} {text!r}: expected a name.")
    return text


def day(text: str) -> date:
    """The day that --as-of names; a wrong call when it names none."""
    period = read_time(text, date.today())
    if period is None or period.first is None or period.first != period.last:
        raise typer.BadParameter(f"--as-of {text}: expected a day such as 2025-06-30.")
    return period.first


def _within(due: str, due_from: str, due_to: str, today: date) -> Period:
    """The first and the last day that the three options leave, None where open."""
    whole = _time("--due", due, today)
    first, last = _time("--due-from", due_from, today).first, _time("--due-to", due_to, today).last
    firsts = [day for day in (whole.first, first) if day]
    lasts = [day for day in (whole.last, last) if day]
    result = Period(max(firsts, default=None), min(lasts, default=None))
    if result.first and result.last and result.first > result.last:
        raise typer.BadParameter(f"no day lies from {result.first} to {result.last}.")
    return result


def _time(option: str, text: str, today: date) -> Period:
    if not text.strip():
        return Period(None, None)
    period = read_time(text, today)
    if period is None:
        raise typer.BadParameter(f'{option} {text}: expected a date or a time such as 2025-06-30, "quý III/2025".')
    return period


def _table(table: Table, csv: Path | None, xlsx: Path | None) -> None:
    if csv is not None:
        from qa.tables.export_csv import to_csv

        write_whole(csv, to_csv(table), "--csv")
        _written(len(table.rows), csv)
    elif xlsx is not None:
        if xlsx == STDOUT and sys.stdout.isatty():
            raise typer.BadParameter("--xlsx -: a workbook is not for the screen; name a file, or pipe it on.")
        from qa.tables.export_xlsx import to_xlsx

        write_whole(xlsx, to_xlsx(table), "--xlsx")
        _written(len(table.rows), xlsx)


def _calendar(rows: tuple[TaskRow, ...], path: Path, today: date) -> None:
    from qa.tables.export_ics import to_ics

    content, left_out = to_ics(rows, today)
    write_whole(path, content, "--ics")
    _written(len(rows) - left_out, path)
    if left_out:
        print(show_records.left_out_note(left_out), file=sys.stderr)


def _written(count: int, path: Path) -> None:
    if path != STDOUT:
        print(f"{count} rows in {path}")
