"""Cores and bfloat16, read from files as Linux writes them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index import processor


@pytest.mark.parametrize(
    ("quota", "bound", "cores"),
    [
        ("max 100000\n", 8, 8),
        ("200000 100000\n", 8, 2),
        ("150000 100000\n", 8, 2),  # a core and a half
        ("5000 100000\n", 8, 1),
        ("1600000 100000\n", 4, 4),
        ("", 4, 4),
    ],
)
def test_a_quota_lowers_the_number_of_cores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quota: str, bound: int, cores: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(bound)), raising=False)
    path = tmp_path / "cpu.max"
    path.write_text(quota, encoding="ascii")
    assert processor.usable_cores(path) == cores


def test_without_cgroups_the_bound_cores_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 3, 5}, raising=False)
    assert processor.usable_cores(tmp_path / "none") == 3
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert processor.usable_cores(tmp_path / "none") == 1


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ("fpu sse2 avx512f avx512_bf16 amx_tile", True),
        ("fpu amx_bf16", True),
        ("fpu avx512f avx512_vnni", False),
        ("fpu not_amx_bf16", False),
    ],
)
def test_bfloat16_is_a_flag(tmp_path: Path, flags: str, expected: bool) -> None:
    path = tmp_path / "cpuinfo"
    path.write_text(f"processor\t: 0\nmodel name\t: amx_bf16\nflags\t\t: {flags}\nbugs\t\t: x\n", encoding="utf-8")
    assert processor.computes_bfloat16(path) is expected


def test_no_flags_no_bfloat16(tmp_path: Path) -> None:
    assert not processor.computes_bfloat16(tmp_path / "none")
    (tmp_path / "cpuinfo").write_text("Features\t: asimd bf16\n", encoding="utf-8")
    assert not processor.computes_bfloat16(tmp_path / "cpuinfo")
