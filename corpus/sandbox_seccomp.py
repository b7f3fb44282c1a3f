"""System calls that a reader of files never needs, refused by the kernel (seccomp, Linux on x86-64 and ARM64)."""

from __future__ import annotations

import ctypes
import platform
import struct

_SET_SECCOMP, _FILTER = 22, 2  # prctl
_LOAD, _IS, _IS_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # of classic BPF
_NUMBER_AT, _MACHINE_AT = 0, 4  # in struct seccomp_data
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1  # with EPERM
_X32 = 0x40000000  # bit of the numbers of a second set of calls on x86-64
# socket, ptrace, process_vm_readv and _writev, setsid, setpgid, io_uring_setup, unshare, setns, mount, keyctl,
# userfaultfd, perf_event_open, bpf
_CALLS = {
    "x86_64": (0xC000003E, (41, 101, 310, 311, 112, 109, 425, 272, 308, 165, 250, 323, 298, 321)),
    "aarch64": (0xC00000B7, (198, 117, 270, 271, 157, 154, 425, 97, 268, 40, 219, 282, 241, 280)),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def install(library: ctypes.CDLL) -> bool:
    """Have the kernel refuse those calls from now on, to this process and all it starts; False where it cannot."""
    known = _CALLS.get(platform.machine())
    if known is None:
        return False
    code = program(*known)
    wanted = _Program(len(code) // 8, code)
    return bool(library.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(wanted), 0, 0) == 0)


def program(machine: int, calls: tuple[int, ...]) -> bytes:
    """The filter: whatever is not of this machine's usual set of calls, or among those named, is refused."""
    refused = len(calls) + 3  # steps from the first test to the last line
    lines = [(_LOAD, 0, 0, _MACHINE_AT), (_IS, 0, refused, machine), (_LOAD, 0, 0, _NUMBER_AT)]
    lines.append((_IS_AT_LEAST, len(calls) + 1, 0, _X32))
    lines += [(_IS, len(calls) - place, 0, call) for place, call in enumerate(calls)]
    lines += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)
