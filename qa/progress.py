"""A progress bar on stderr: what is done, how far, how fast, how long it takes still."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from index.types import Progress


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A callback that shows a bar from its first call on; nothing is shown when it is never called.

    Ctrl-C meanwhile is told in one line, with what became of the work, and goes on as KeyboardInterrupt.
    """
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        ProgressColumn,
        Task,
        TaskID,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bar
    from rich.text import Text

    class Rate(ProgressColumn):
        """How many a second."""

        def render(self, task: Task) -> Text:
            return Text(rate(task.finished_speed or task.speed))

    bar = Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeElapsedColumn(),
        TextColumn("elapsed,"),
        TimeRemainingColumn(),
        TextColumn("left"),
        console=Console(stderr=True),
    )
    tasks: dict[str, TaskID] = {}

    def show(what: str, done: int, total: int) -> None:
        if not tasks:
            bar.start()
        if what not in tasks:
            tasks[what] = bar.add_task(what, total=total)
        bar.update(tasks[what], completed=done, total=total)

    try:
        yield show
    except KeyboardInterrupt as stop:
        if tasks:
            bar.stop()
            tasks.clear()
        print(f"planqa: stopped{': ' if str(stop) else ''}{stop}", file=sys.stderr)
        raise
    finally:
        if tasks:
            bar.stop()


def rate(speed: float | None) -> str:
    """A speed as it is shown, "" while it is not known.

    >>> rate(3.14159), rate(128.4), rate(None)
    ('3.1/s', '128/s', '')
    """
    if not speed:
        return ""
    return f"{speed:.1f}/s" if speed < 10 else f"{speed:.0f}/s"
