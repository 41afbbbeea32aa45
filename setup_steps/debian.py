"""Seeing to the system's packages: installed by root on Debian, else named with the command to run."""

import os
from collections.abc import Iterable, Sequence

from setup_steps.failure import StepError
from setup_steps.needs import Need, System, is_debian, missing
from setup_steps.progress import run_step
from setup_steps.turn import am_root

NETWORK = "Check that this machine reaches its Debian packages, then start the same command again."


def ensure(needs: Iterable[Need]) -> None:
    """See to it that the machine has what is needed.

    Raises:
        StepError: something is missing and cannot be installed from here.
    """
    wanted = tuple(needs)
    packages = missing(wanted, System().meets)
    if not packages:
        return
    if not (is_debian() and am_root()):
        raise StepError(f"This machine lacks: {' '.join(packages)}", _how_to_install(packages))
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run_step("Debian package list", ["apt-get", "update", "-qq"], NETWORK, env)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    run_step("Debian packages", install, NETWORK, env)
    still = missing(wanted, System().meets)
    if still:
        raise StepError(
            f"Installed, and still not found: {' '.join(still)}",
            "Look whether this release of Debian brings them under another name.",
        )


def _how_to_install(packages: Sequence[str]) -> str:
    if is_debian():
        return f"Install them with: sudo apt-get install --no-install-recommends {' '.join(packages)}"
    return "These are the names of Debian's packages; install what your system calls the same."
