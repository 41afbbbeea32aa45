"""What is made from code is as the code says now."""

import subprocess
import sys

from tests.support.tree import ROOT


def test_every_generated_file_is_fresh() -> None:
    command = [sys.executable, "-m", "tools.generate", "--check"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
