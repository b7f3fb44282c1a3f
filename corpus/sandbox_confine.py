"""What a process may no longer do, once it has called `confine`: the walls around a reader of strangers' files.

    wall            holds where                             what it stops
    limits          POSIX                                   memory, processor time, size of files, open files
    namespaces      Linux that lets users make them         any network, signals to others; its end ends what it began
    system calls    Linux on x86-64 and ARM64 (seccomp)     sockets of any kind, looking into other processes
    files           Linux 5.13 or newer (Landlock)          reading the home or keys, writing anywhere but in its folder
    audit hook      everywhere                              Python code that asks for a connection

Each is tried and none is counted on alone: a container may forbid namespaces, an old system knows no Landlock; where
only limits and the audit hook hold (macOS), code that a file smuggles into a C library could reach the network. The
limit on processes is set only inside a namespace, since elsewhere it counts all that the user runs. Numbers and
structures are those of the kernel's headers (linux/sched.h, linux/seccomp.h, linux/landlock.h).
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable, Mapping

from corpus import sandbox_files, sandbox_seccomp

_NEW_USER, _NEW_PID, _NEW_NET, _NEW_IPC = 0x10000000, 0x20000000, 0x40000000, 0x08000000
_DIES_WITH_PARENT, _NO_NEW_PRIVILEGES = 1, 38  # prctl
_KILL = 9
_REFUSED = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "urllib.Request")


def confine(limits: Mapping[str, float], folder: str, readable: Iterable[str], packages: str) -> tuple[str, ...]:
    """Give up what reading a file does not need; returns the names of the walls that hold here.

    The process goes on as a child of itself where it can have process numbers of its own. `limits` are those of
    `corpus.sandbox.Limits`, `folder` is the one place to write, `packages` the folder that holds the package "corpus".
    """
    held = ["audit hook"]
    if hasattr(os, "nice"):
        os.nice(10)
    if sys.platform == "linux":
        library = ctypes.CDLL(None, use_errno=True)
        library.prctl(_DIES_WITH_PARENT, _KILL, 0, 0, 0)
        inside = _namespaces(library)
        if inside:
            held.append("namespaces")
        if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
            if sandbox_files.restrict(library, folder, readable, packages):
                held.append("files")
            if sandbox_seccomp.install(library):
                held.append("system calls")
    else:
        inside = False
    if _limit(limits, inside):
        held.append("limits")
    sys.addaudithook(_refuse)
    return tuple(sorted(held))


def _namespaces(library: ctypes.CDLL) -> bool:
    """Continue as the first process of namespaces of its own, without any network; False where that is forbidden."""
    if library.unshare(_NEW_USER | _NEW_PID | _NEW_NET | _NEW_IPC):
        return False
    child = os.fork()
    if child:  # this half only waits; when it is ended, the other half is
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os._exit(code if code >= 0 else 128 - code)
    library.prctl(_DIES_WITH_PARENT, _KILL, 0, 0, 0)
    return True


def _limit(limits: Mapping[str, float], inside: bool) -> bool:
    try:
        import resource
    except ImportError:  # Windows
        return False
    seconds = int(limits["seconds"]) + 1
    wanted = {
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_CPU: (seconds, seconds + 2),
        resource.RLIMIT_FSIZE: (int(limits["written"]),) * 2,
        resource.RLIMIT_NOFILE: (int(limits["files"]),) * 2,
    }
    if sys.platform == "linux":
        wanted[resource.RLIMIT_AS] = (int(limits["memory"]),) * 2
    if inside:
        wanted[resource.RLIMIT_NPROC] = (int(limits["processes"]),) * 2
    for name, (soft, hard) in wanted.items():
        most = resource.getrlimit(name)[1]
        if most != resource.RLIM_INFINITY:
            soft, hard = min(soft, most), min(hard, most)
        resource.setrlimit(name, (soft, hard))
    return True


def _refuse(event: str, _: object) -> None:
    if event in _REFUSED:
        raise PermissionError(f"{event}: a reader of files has no network")
