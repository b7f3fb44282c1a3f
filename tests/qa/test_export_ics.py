"""Calendars, read back with icalendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import icalendar
import pytest
from dateutil.rrule import rrulestr
from hand_plans import PLANS, document, task

from corpus.errors import QuestionError
from qa.tables.export_ics import recurring, to_ics
from qa.tables.records import TaskQuery, select_tasks

TODAY = date(2025, 3, 14)


def events(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_one_event_a_dated_task_and_the_others_counted() -> None:
    content, left_out = to_ics(select_tasks(PLANS), TODAY)
    first, second = events(content)
    assert left_out == 3  # a beginning alone, no deadline at all, "hằng quý" without a year
    assert first["uid"] == "1331-1@planqa" and second["uid"] == "292-2@planqa"
    assert first["summary"] == "Gia Lai: Phát triển kinh tế số"
    assert (first["dtstart"].dt, first["dtend"].dt) == (date(2025, 12, 31), date(2026, 1, 1))
    assert second["dtstart"].dt == date(2023, 5, 31)
    assert first["dtstamp"].dt == datetime(2025, 3, 14, tzinfo=timezone(timedelta(0)))
    assert str(first["description"]).split("\n") == [
        "Phát triển kinh tế số",
        "Chủ trì (Lead): Sở Kế hoạch và Đầu tư",
        "Chỉ đạo (Directing): Tổ Kinh tế số - Ban Chỉ đạo CĐS tỉnh",
        "Thời hạn (Deadline): 2022-2025",
        "Căn cứ (Source): dòng 1 1331",
    ]
    assert "rrule" not in first


def test_the_same_tasks_make_the_same_bytes_whatever_else_is_selected() -> None:
    whole, _ = to_ics(select_tasks(PLANS), TODAY)
    part, _ = to_ics(select_tasks(PLANS, TaskQuery(text="tập huấn")), TODAY)
    assert part[part.index(b"BEGIN:VEVENT") : part.index(b"END:VEVENT")] in whole


def test_lines_are_as_the_standard_says() -> None:
    long = "Dòng rất dài; có dấu phẩy, gạch \\ và xuống\ndòng \x07" * 20
    plan = document("Gia Lai", "9", "2025-01-01", (task(long, deadline_end="2025-06-30"),))
    content, _ = to_ics(select_tasks([plan]), TODAY)
    assert content.endswith(b"END:VCALENDAR\r\n") and all(len(line) <= 75 for line in content.split(b"\r\n"))
    (event,) = events(content)
    assert str(event["description"]).startswith("Dòng rất dài; có dấu phẩy, gạch \\ và xuống dòng Dòng rất")
    assert len(event["summary"]) <= 160 and event["summary"].endswith(" …")


@pytest.mark.parametrize(
    ("first", "last", "recurrence", "days"),
    [
        ("2025-01-01", "2025-12-31", "quarterly", ["2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"]),
        ("2022-01-01", "2024-12-31", "yearly", ["2022-12-31", "2023-12-31", "2024-12-31"]),
        ("2025-01-10", "2025-04-15", "monthly", ["2025-01-15", "2025-02-15", "2025-03-15", "2025-04-15"]),
        ("2024-02-01", "2025-02-28", "yearly", ["2024-02-29", "2025-02-28"]),
        ("2025-01-01", "2025-02-28", "monthly", ["2025-01-31", "2025-02-28"]),
        ("2025-06-01", "2025-06-30", "yearly", ["2025-06-30"]),
        ("2022-01-01", "2022-12-31", "continuous", ["2022-12-31"]),
        ("", "2025-12-31", "quarterly", ["2025-12-31"]),
    ],
)
def test_a_recurring_task_comes_again_until_its_last_day(
    first: str, last: str, recurrence: str, days: list[str]
) -> None:
    begin = date.fromisoformat(first) if first else None
    day, rule = recurring(begin, date.fromisoformat(last), recurrence)
    if not rule:
        assert [str(day)] == days
        return
    text = icalendar.vRecur(rule).to_ical().decode()
    found = rrulestr(text, dtstart=datetime(day.year, day.month, day.day))
    assert [str(each.date()) for each in found] == days


def test_a_rule_stands_in_the_event() -> None:
    plan = document(
        "Gia Lai",
        "9",
        "2025-01-01",
        (task("Báo cáo", deadline_start="2025-01-01", deadline_end="2025-12-31", recurrence="quarterly"),),
    )
    content, _ = to_ics(select_tasks([plan]), TODAY)
    assert b"DTSTART;VALUE=DATE:20250331\r\n" in content
    assert events(content)[0]["rrule"] == {
        "FREQ": ["MONTHLY"],
        "INTERVAL": [3],
        "BYMONTHDAY": [-1],
        "UNTIL": [date(2025, 12, 31)],
    }


def test_two_tasks_of_one_passage_have_two_ids() -> None:
    plan = document(
        "Gia Lai", "9", "2025-01-01", (task("A", deadline_end="2025-06-30"), task("B", deadline_end="2025-06-30"))
    )
    one, two = plan.tasks
    plan = replace(plan, tasks=(one, replace(two, passage_id=one.passage_id)))
    ids = [str(event["uid"]) for event in events(to_ics(select_tasks([plan]), TODAY)[0])]
    assert ids == ["9-1@planqa", "9-1-2@planqa"]
    only = select_tasks([plan], TaskQuery(text="B"))
    assert [str(event["uid"]) for event in events(to_ics(only, TODAY)[0])] == ["9-1-2@planqa"]


def test_nothing_dated_is_told() -> None:
    with pytest.raises(QuestionError, match="2 tasks: none with a date for a calendar; use other filters"):
        to_ics(select_tasks(PLANS, TaskQuery(sources=("lines",), text="kho"))[:1] * 2, TODAY)
