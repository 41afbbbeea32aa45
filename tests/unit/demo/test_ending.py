"""Ending by a signal, in a process of its own."""

import signal
import subprocess
import sys

import pytest

from demo.child import ROOT

INTERRUPTED = """
import signal, sys, time
from demo import ending
ending.interrupt_on_signals()
try:
    print("ready", flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    signal.raise_signal(signal.SIGTERM)  # a second one while cleaning up
    print("cleaned up", flush=True)
    sys.exit(3)
"""
CALLED = """
import os, sys, time
from demo import ending
def end(number):
    print(f"signal {number}", flush=True)
    os._exit(ending.EXIT_CODE_OF_A_SIGNAL + number)
ending.call_on_signal(end)
print("ready", flush=True)
while True:
    time.sleep(60)
"""


def _end(code: str, number: int) -> tuple[int, str]:
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(number)
        said, _ = process.communicate(timeout=60)
        return process.returncode, said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_interrupts_and_a_second_one_spoils_nothing(number: int) -> None:
    assert _end(INTERRUPTED, number) == (3, "cleaned up\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_told_to_a_thread(number: int) -> None:
    assert _end(CALLED, number) == (128 + number, f"signal {int(number)}\n")
