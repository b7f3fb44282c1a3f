"""Files that a reader may open: libraries to read, one folder to write in (Landlock, Linux 5.13 or newer)."""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterable

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # system calls, the same on every machine
_VERSION, _BENEATH = 1, 1
_EXECUTE, _WRITE, _READ, _LIST, _TRUNCATE, _DEVICE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14, 1 << 15
_OF_FILES = _EXECUTE | _WRITE | _READ | _TRUNCATE | _DEVICE
_KNOWN = {1: 13, 2: 14, 3: 15, 4: 15}  # how many rights a version knows; from the fifth on 16
_TCP, _SCOPES = 0b11, 0b11  # bind and connect, from the fourth; abstract sockets and signals, from the sixth
_SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/dev/null", "/dev/urandom")


def restrict(library: ctypes.CDLL, folder: str, readable: Iterable[str], packages: str) -> bool:
    """Leave this process, and all it starts, only what it needs to open; False where the kernel cannot.

    `folder` is for writing; of `packages` only the package "corpus" is read, when it holds other things, too.
    """
    version = library.syscall(_CREATE, None, 0, _VERSION)
    if version < 1:
        return False
    every = (1 << _KNOWN.get(version, 16)) - 1
    rules = struct.pack("=QQQ", every, _TCP, _SCOPES)[: 8 if version < 4 else 16 if version < 6 else 24]
    ruleset = library.syscall(_CREATE, rules, len(rules), 0)
    if ruleset < 0:
        return False
    given = [*_SYSTEM, sys.prefix, sys.base_prefix, *readable, os.environ.get("TESSDATA_PREFIX", "")]
    whole = {os.path.realpath(path) for path in given if path} - {os.path.realpath(packages), "/"}
    if "site-packages" in packages or "dist-packages" in packages:
        whole.add(os.path.realpath(packages))
    try:
        for path in sorted(whole):
            _allow(library, ruleset, path, (_EXECUTE | _READ | _LIST) & every)
        _allow(library, ruleset, packages, _LIST)  # to find the package; its files are read by the rule above
        _allow(library, ruleset, os.devnull, (_READ | _WRITE | _TRUNCATE) & every)
        _allow(library, ruleset, folder, every & ~_EXECUTE)
        return bool(library.syscall(_RESTRICT, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _allow(library: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    """Allow rights beneath a path; what is not there needs none."""
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(path):
            rights &= _OF_FILES
        library.syscall(_ADD, ruleset, _BENEATH, struct.pack("=Qi", rights, place), 0)
    finally:
        os.close(place)
