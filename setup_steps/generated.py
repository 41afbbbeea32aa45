"""The committed files that are made from others: the OpenAPI document and the web UI's types."""

import subprocess

from setup_steps.failure import StepError
from setup_steps.places import ROOT, in_venv, with_venv_first
from setup_steps.progress import run_step, say

OPENAPI = ROOT / "cloud_api" / "openapi.json"


def write() -> None:
    """Write all of them anew.

    Raises:
        StepError: one could not be made; it stays as it was.
    """
    command = [str(in_venv("python")), "-m", "cloud_api", "--openapi"]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise StepError(f"The OpenAPI document was not made: {made.stderr[-2000:]}", "Mend the routes first.")
    OPENAPI.write_text(made.stdout, encoding="utf-8")
    say(f"✓ {OPENAPI.relative_to(ROOT)}")
    types = [in_venv("python"), "web_ui/gen/generate.py"]
    run_step("Types of the web UI", types, "Mend the models first.", with_venv_first())
