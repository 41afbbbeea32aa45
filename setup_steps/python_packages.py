"""The virtual environment and everything in it, pinned by hash."""

import shutil
import sys

from setup_steps import stamps
from setup_steps.failure import StepError
from setup_steps.places import LOCKS, VENV, in_venv
from setup_steps.progress import run_step, say

STEP = "python"
PACKAGES = LOCKS / "dev.txt"
INSTALLER = LOCKS / "build.txt"
NETWORK = "Check that this machine reaches its Python packages, then start the same command again."


def prepare() -> None:
    """Make the virtual environment what the lock says; anew whenever that or the Python has changed.

    `uv` installs in seconds what takes `pip` a minute; where `uv` cannot reach the packages, because only
    `pip` is set up for this network, `pip` does it.

    Raises:
        StepError: the environment could not be made.
    """
    wanted = stamps.fingerprint((PACKAGES, INSTALLER), sys.version, sys.base_prefix)
    if stamps.is_current(STEP, wanted, in_venv("python")):
        return
    stamps.invalidate(STEP)
    shutil.rmtree(VENV, ignore_errors=True)
    broken = "Remove the folder .venv and start the same command again."
    run_step("Virtual environment", [sys.executable, "-m", "venv", VENV], broken)
    pip = [in_venv("python"), "-m", "pip", "--disable-pip-version-check", "install", "--require-hashes", "-r"]
    run_step("Python package installer", [*pip, INSTALLER], NETWORK)
    uv = [in_venv("uv"), "pip", "install", "--python", in_venv("python"), "--require-hashes", "-r", PACKAGES]
    try:
        run_step("Python packages", uv, NETWORK)
    except StepError:
        say("  uv could not install them; trying with pip, which takes longer")
        run_step("Python packages with pip", [*pip, PACKAGES], NETWORK)
    stamps.done(STEP, wanted)
