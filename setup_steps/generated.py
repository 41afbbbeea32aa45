"""The committed files that are made from code: documents of the APIs and policies, and the web UI's types."""

from setup_steps.places import in_venv, with_venv_first
from setup_steps.progress import run_step

MEND = "Mend what the lines above name, then start the same command again."


def write() -> None:
    """Write all of them anew.

    Raises:
        StepError: one could not be made; it stays as it was.
    """
    run_step("Generated files", [in_venv("python"), "-m", "tools.generate"], MEND, with_venv_first())
