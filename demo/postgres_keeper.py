"""Runs one server and ends it when standard input closes, so that no server outlives who started it.

A script of its own, standard library only: ``python -I -S postgres_keeper.py UID PROGRAM ARGUMENT...``; with
UID ``-`` the server runs as the caller. A closed pipe is noticed on every system, whoever was killed and how.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading

_PR_SET_PDEATHSIG = 1
_STOP_SECONDS = 10.0


def main(arguments: list[str]) -> int:
    """Start the server, wait for the end of standard input or of the server, and return its exit code."""
    uid, command = arguments[0], arguments[1:]
    user = None if uid == "-" else int(uid)
    extra = None if user is None else ()
    server = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        user=user,
        extra_groups=extra,
        # This process has one thread here; it follows the change of user, which would undo it.
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509
    )
    threading.Thread(target=_leave_with, args=(server,), daemon=True).start()
    sys.stdin.buffer.read()
    return _stop(server)


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)


def _leave_with(server: "subprocess.Popen[bytes]") -> None:
    os._exit(1 if server.wait() else 0)


def _stop(server: "subprocess.Popen[bytes]") -> int:
    """Ask for a fast shutdown, and insist when it does not come."""
    if sys.platform == "win32":
        server.terminate()
        return server.wait()
    server.send_signal(signal.SIGINT)
    try:
        return server.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        return server.wait()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(main(sys.argv[1:]))
