"""Documents made by hand, small enough to know every row by heart: tasks and targets without reading a file."""

from __future__ import annotations

from dataclasses import replace

from corpus.types import Document, Metadata, Passage, Target, Task

TASK = Task("", "", "", "", (), (), (), "", "", "", "", "", 0, 0)
TARGET = Target("", "", "", "", "=", "", "%", "", "", 0, 0)


def task(words: str, **fields: object) -> Task:
    """A task with these words; every other field is empty unless given."""
    return replace(TASK, task=words, **fields)  # type: ignore[arg-type]


def target(indicator: str, value: str, year: str, **fields: object) -> Target:
    """A target in per cent unless another unit is given."""
    return replace(TARGET, indicator=indicator, value=value, year=year, **fields)  # type: ignore[arg-type]


def document(
    province: str, number: str, issued: str, tasks: tuple[Task, ...] = (), targets: tuple[Target, ...] = ()
) -> Document:
    """A document whose records stand in passages of their own, "a-1", "a-2" ... for number "a"."""
    records: list[Task | Target] = [*tasks, *targets]
    placed = [replace(r, passage_id=f"{number}-{n}", start=10 * n, end=10 * n + 9) for n, r in enumerate(records, 1)]
    passages = tuple(
        Passage(r.passage_id, number, "", "task", "", r.start, r.end, (), (), f"dòng {n} {number}", "", 0)
        for n, r in enumerate(placed, 1)
    )
    held = [record for record in placed if isinstance(record, Task)]
    return Document(
        id=number,
        meta=Metadata(number=number, province=province, date=issued),
        editions=(),
        text="",
        sections=(),
        passages=passages,
        tasks=tuple(t for t in held if t.source != "prose"),
        duties=tuple(t for t in held if t.source == "prose"),
        targets=tuple(record for record in placed if isinstance(record, Target)),
    )


SON_LA = document(
    "Sơn La",
    "292",
    "2022-12-13",
    (
        task("Xây dựng kho dữ liệu", lead=("Sở Nội vụ",), coordinating=("Sở TT&TT", "UBND huyện, thành phố")),
        task(
            "Tập huấn an toàn thông tin",
            lead=("Sở Thông tin và Truyền thông",),
            deadline="trước tháng 6/2023",
            deadline_end="2023-05-31",
            section="Nhân lực",
        ),
        task(
            "Báo cáo kết quả", lead=("các sở, ban, ngành",), deadline="hằng quý", recurrence="quarterly", source="prose"
        ),
    ),
    (target("Tỷ lệ hồ sơ trực tuyến", "80", "2023"),),
)
GIA_LAI = document(
    "Gia Lai",
    "1331",
    "2022-06-22",
    (
        task(
            "Phát triển kinh tế số",
            lead=("Sở Kế hoạch và Đầu tư",),
            directing=("Tổ Kinh tế số - Ban Chỉ đạo CĐS tỉnh",),
            deadline="2022-2025",
            deadline_start="2022-01-01",
            deadline_end="2025-12-31",
            source="table",
        ),
        task(
            "Vận hành cổng dữ liệu",
            lead=("Sở Nội vụ",),
            deadline="từ 01/7/2025",
            deadline_start="2025-07-01",
            source="table",
        ),
    ),
    (
        target("Dân số trưởng thành có điện thoại thông minh", "80", "2025"),
        target("Số doanh nghiệp số", "250", "2030", unit="doanh nghiệp", comparator=">="),
    ),
)
PLANS = (SON_LA, GIA_LAI)
