"""Kill a child at its n-th system call that changes something, without anything but the kernel.

The child asks to be traced and filters its system calls (seccomp), so that the kernel stops it before each
one of `calls` and nowhere else. The parent counts the stops and lets it go on, or ends it there with SIGKILL.
It takes a program without threads and other children of its own: the children are forks of it.
"""

import contextlib
import ctypes
import os
import platform
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Never

NUMBERS = {
    "x86_64": {
        "write": 1, "pwrite64": 18, "connect": 42, "sendto": 44, "recvfrom": 45, "fsync": 74, "fdatasync": 75,
        "ftruncate": 77, "rename": 82, "mkdir": 83, "unlink": 87, "unlinkat": 263,
    },
    "aarch64": {
        "mkdirat": 34, "unlinkat": 35, "renameat": 38, "ftruncate": 46, "write": 64, "pwrite64": 68,
        "fsync": 82, "fdatasync": 83, "connect": 203, "sendto": 206, "recvfrom": 207,
    },
}  # fmt: skip
"""Machine → name of the system call → its number there."""

_TRACEME, _CONT, _SETOPTIONS, _GETEVENTMSG = 0, 7, 0x4200, 0x4201
_OPTIONS = 0x80 | 0x8 | 0x00100000  # stop at what the filter names, trace threads too, end with the tracer
_EVENT_SECCOMP = 7
_NO_NEW_PRIVS, _SET_SECCOMP = 38, 22
_WALL = 0x40000000
_ALLOW, _TRACE = 0x7FFF0000, 0x7FF00000


@dataclass(frozen=True)
class Ending:
    """How a child ended: killed at its last system call, or by itself; ``calls`` are those it made."""

    killed: bool
    code: int
    calls: tuple[str, ...]


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.restype = ctypes.c_long
_libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)


def calls() -> dict[str, int]:
    """Return the system calls that count, by name."""
    return NUMBERS[platform.machine()]


def run(
    work: Callable[[], None],
    kill_at: int | None = None,
    started: Callable[[int], None] = lambda process: None,
) -> Ending:
    """Run ``work`` in a fork; kill it before its system call number ``kill_at``, counted from 1.

    Args:
        work: what to run.
        kill_at: never when absent; somebody else may kill it all the same.
        started: is told the fork's process id before the work begins.
    """
    child = os.fork()
    if child == 0:
        _be_traced(work)
    names, made = list(calls()), list[str]()
    _wait_for_stop(child)
    _ask(_SETOPTIONS, child, _OPTIONS)
    started(child)
    _ask(_CONT, child, 0)
    while True:
        thread, status = os.waitpid(-1, _WALL)
        if not os.WIFSTOPPED(status):
            if thread == child:
                return Ending(os.WIFSIGNALED(status), os.waitstatus_to_exitcode(status), tuple(made))
            continue
        with contextlib.suppress(ProcessLookupError):  # it was killed meanwhile; the next wait tells
            if status >> 16 == _EVENT_SECCOMP:
                made.append(names[_message(thread)])
                if len(made) == kill_at:
                    os.kill(child, signal.SIGKILL)
                    continue
            _go_on(thread, status)


def _go_on(thread: int, status: int) -> None:
    """Let a thread go on, with the signal that it was stopped for if it is meant for it."""
    signal_number = os.WSTOPSIG(status)
    passed_on = 0 if status >> 16 or signal_number in (signal.SIGSTOP, signal.SIGTRAP) else signal_number
    _ask(_CONT, thread, passed_on)


def _be_traced(work: Callable[[], None]) -> Never:
    """Be the child."""
    code = 1
    try:
        _ask(_TRACEME, 0, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
        _filter()
        work()
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it is, this is a fork that must not return
        traceback.print_exc(file=sys.stderr)
        sys.stderr.flush()
    finally:
        os._exit(code)


def _filter() -> None:
    """Have the kernel stop this process before each of the calls; the stop's message is the call's place."""
    numbers = list(calls().values())
    steps = [struct.pack("HBBI", 0x20, 0, 0, 0)]  # load the number of the system call
    for place, number in enumerate(numbers):
        steps.append(struct.pack("HBBI", 0x15, 0, 1, number))  # unless it is this one, jump over the next
        steps.append(struct.pack("HBBI", 0x06, 0, 0, _TRACE | place))
    steps.append(struct.pack("HBBI", 0x06, 0, 0, _ALLOW))
    program = ctypes.create_string_buffer(b"".join(steps))
    description = _Filter(len(steps), ctypes.cast(program, ctypes.c_void_p))
    for arguments in ((_NO_NEW_PRIVS, 1, 0, 0, 0), (_SET_SECCOMP, 2, ctypes.byref(description), 0, 0)):
        if _libc.prctl(*arguments):
            raise OSError(ctypes.get_errno(), "prctl")


def _message(child: int) -> int:
    message = ctypes.c_ulong()
    _ask(_GETEVENTMSG, child, ctypes.addressof(message))
    return message.value


def _wait_for_stop(child: int) -> None:
    _, status = os.waitpid(child, _WALL)
    if not os.WIFSTOPPED(status):
        raise ChildProcessError("this system lets nobody be traced")


def _ask(request: int, pid: int, value: int) -> None:
    if _libc.ptrace(request, pid, None, value) == -1:
        raise OSError(ctypes.get_errno(), f"ptrace request {request:#x}")
