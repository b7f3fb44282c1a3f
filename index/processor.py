"""What the processor offers: how many cores this process may use, and whether it computes in bfloat16."""

from __future__ import annotations

import math
import os
from pathlib import Path

_CPUINFO = Path("/proc/cpuinfo")
_QUOTA = Path("/sys/fs/cgroup/cpu.max")
_BFLOAT16_FLAGS = {"amx_bf16", "avx512_bf16"}


def usable_cores(quota: Path = _QUOTA) -> int:
    """Cores this process may use, at least 1: those it is bound to, or fewer where a container has a quota.

    `quota` is cgroup v2's cpu.max: microseconds of processor time in each period, and the period, such as
    "150000 100000" for one core and a half, rounded up to 2; or "max 100000".
    """
    if hasattr(os, "sched_getaffinity"):  # not on macOS and Windows
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    try:
        share, period = quota.read_text(encoding="ascii").split()
        return max(1, min(cores, math.ceil(int(share) / int(period))))
    except (OSError, ValueError):  # no cgroup v2, or "max"
        return cores


def computes_bfloat16(cpuinfo: Path = _CPUINFO) -> bool:
    """Whether the processor multiplies bfloat16 itself (AMX, AVX-512 BF16); elsewhere it is slower than float32."""
    try:
        lines = cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:  # only Linux has it
        return False
    flags = next((line.partition(":")[2].split() for line in lines if line.startswith("flags")), [])
    return not _BFLOAT16_FLAGS.isdisjoint(flags)
