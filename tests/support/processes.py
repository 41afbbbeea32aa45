"""What still runs."""

from pathlib import Path

import psutil


def browsers_of(data: Path) -> list[int]:
    """Return the browsers and their drivers whose command line names a profile below an agent's data."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        command = process.info["cmdline"] or []
        if any(f"={data}" in argument for argument in command):
            found.append(process.pid)
    return found
