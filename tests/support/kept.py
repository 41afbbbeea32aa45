"""Keeps one server of a test: killed when this process's standard input closes or this process is killed.

Run as a program: ``python -I -S kept.py COMMAND ARGUMENT…``. A server that is asked politely takes seconds to
stop, and what a test leaves behind is of no use to anybody.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading

_PR_SET_PDEATHSIG = 1


def main(command: list[str]) -> int:
    """Run the command until it ends, or standard input does."""
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=_die_with_keeper)  # noqa: PLW1509 - no other thread yet
    threading.Thread(target=_kill_at_the_end, args=(server,), daemon=True).start()
    return server.wait()


def _kill_at_the_end(server: "subprocess.Popen[bytes]") -> None:
    while os.read(0, 4096):
        continue
    server.kill()


def _die_with_keeper() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
