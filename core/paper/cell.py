"""The cell the press works in: no network, no new programs, no files written, a ceiling on time and memory.

A second lock behind the fetcher that refuses everything (core.paper.press): the first is Python that might have a hole,
this one is the kernel. seccomp is used rather than a network namespace because containers forbid the latter.
"""

import ctypes
import platform
import resource
import struct

_MEGABYTE = 1024 * 1024
_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_SIGKILL, _FILTER_MODE = 9, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050001, 0x80000000  # refuse: the call fails with EPERM
# The kernel's own number of the machine, and of the calls: socket, socketpair, execve, execveat, ptrace,
# process_vm_readv, io_uring_setup (which can open sockets without calling `socket`).
_MACHINES = {
    "x86_64": (0xC000003E, (41, 53, 59, 322, 101, 310, 425)),
    "aarch64": (0xC00000B7, (198, 199, 221, 281, 117, 270, 425)),
}


class NoCell(Exception):
    """This machine cannot take the network away; the press then prints nothing."""


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def enter(*, seconds: int, megabytes: int) -> None:
    """Shut this process in, for good. Call it after the imports and before the first byte of input is read."""
    for limit, value in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, megabytes * _MEGABYTE),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    libc = ctypes.CDLL(None, use_errno=True)
    # Whoever asked is gone: so is the paper.
    libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    instructions = _instructions()
    program = _Program(len(instructions) // 8, instructions)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(
        _PR_SET_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0
    ):
        raise NoCell


def _instructions() -> bytes:
    try:
        machine, refused = _MACHINES[platform.machine()]
    except KeyError:
        raise NoCell from None
    steps = [
        (_LOAD, 0, 0, 4),  # which machine's numbers are these
        (_EQUAL, 1, 0, machine),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),  # which call
        (_AT_LEAST, len(refused) + 1, 0, 0x40000000),  # the second numbering of x86_64 would be a way around
        *((_EQUAL, len(refused) - place, 0, call) for place, call in enumerate(refused)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
