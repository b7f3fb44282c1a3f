"""The progress bar: nothing off its own accord, how fast, and one line for Ctrl-C."""

from __future__ import annotations

import pytest

from qa.progress import progress_bar


def test_a_bar_that_is_not_called_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar():
        pass
    assert capsys.readouterr() == ("", "")


def test_done_and_total_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar() as progress:
        progress("encode passages", 3, 8)
        progress("encode passages", 8, 8)
    assert "encode passages" in (err := capsys.readouterr().err) and "8/8" in err and "left" in err


@pytest.mark.parametrize(
    ("reason", "line"), [("it is kept", "planqa: stopped: it is kept\n"), ("", "planqa: stopped\n")]
)
def test_ctrl_c_is_told_in_one_line(capsys: pytest.CaptureFixture[str], reason: str, line: str) -> None:
    with pytest.raises(KeyboardInterrupt), progress_bar():
        raise KeyboardInterrupt(reason)
    assert capsys.readouterr().err == line
