"""A program and everything it starts, held together by a job object of Windows; standard library only.

The program is started halted, put into the job, and only then runs: nothing it starts can be outside.
"""

import ctypes
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any

_CREATE_SUSPENDED = 0x00000004
_ALL_ACCESS = 0x001FFFFF
_ENDED_BY_LAUNCHER = 1
_SYNCHRONIZE = 0x00100000
_TIMED_OUT = 0x102


class JobProgram:
    """A program in a job; the job's end is the end of all in it."""

    def __init__(self, process: "subprocess.Popen[bytes]", job: int, kernel: Any) -> None:
        """Remember the program and its job."""
        self._process = process
        self._job = job
        self._kernel = kernel

    def poll(self) -> int | None:
        """Return its exit code; nothing while it runs."""
        return self._process.poll()

    def ask_to_end(self) -> None:
        """Do nothing: a log-out asks each window itself, and no other program may."""

    def stop(self) -> int:
        """End everything in the job; return the program's exit code."""
        self._kernel.TerminateJobObject(self._job, _ENDED_BY_LAUNCHER)
        exit_code = self._process.wait()
        self._kernel.CloseHandle(self._job)
        return exit_code

    def rest(self) -> int:
        """Forget the job, whose programs go on; return the exit code if there is one."""
        self._kernel.CloseHandle(self._job)
        return self._process.poll() or 0


def start_in_job(command: Sequence[str], environment: Mapping[str, str]) -> JobProgram:
    """Start a program in a job of its own.

    Raises:
        OSError: it cannot be started, or not held.
    """
    library: Any = ctypes
    kernel = library.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    kernel.OpenProcess.restype = ctypes.c_void_p
    kernel.TerminateJobObject.argtypes = [ctypes.c_void_p, ctypes.c_uint]
    kernel.CloseHandle.argtypes = [ctypes.c_void_p]
    kernel.AssignProcessToJobObject.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    job = kernel.CreateJobObjectW(None, None)
    if not job:
        raise OSError(library.get_last_error(), "CreateJobObject")
    process = subprocess.Popen(command, env=dict(environment), creationflags=_CREATE_SUSPENDED)
    try:
        _hold_and_run(kernel, library, job, process.pid)
    except OSError:
        process.kill()
        process.wait()
        kernel.CloseHandle(job)
        raise
    return JobProgram(process, job, kernel)


def _hold_and_run(kernel: Any, library: Any, job: int, process_id: int) -> None:
    handle = kernel.OpenProcess(_ALL_ACCESS, False, process_id)
    if not handle:
        raise OSError(library.get_last_error(), "OpenProcess")
    try:
        if not kernel.AssignProcessToJobObject(job, handle):
            raise OSError(library.get_last_error(), "AssignProcessToJobObject")
        resume = library.WinDLL("ntdll").NtResumeProcess
        resume.argtypes = [ctypes.c_void_p]
        if resume(handle):
            raise OSError(0, "NtResumeProcess")
    finally:
        kernel.CloseHandle(handle)


def runs(process_id: int) -> bool:
    """Tell whether a process runs."""
    library: Any = ctypes
    kernel = library.WinDLL("kernel32", use_last_error=True)
    kernel.OpenProcess.restype = ctypes.c_void_p
    kernel.WaitForSingleObject.argtypes = [ctypes.c_void_p, ctypes.c_uint]
    kernel.CloseHandle.argtypes = [ctypes.c_void_p]
    handle = kernel.OpenProcess(_SYNCHRONIZE, False, process_id)
    if not handle:
        return False
    try:
        return bool(kernel.WaitForSingleObject(handle, 0) == _TIMED_OUT)
    finally:
        kernel.CloseHandle(handle)
