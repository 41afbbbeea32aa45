"""What support needs to know of a computer. No name, no path, no address, no text that a person typed."""

import platform
import sys

from agent_core import VERSION
from protocol.reasons import Reason


def diagnostics(why: Reason | None, fault: str = "") -> str:
    """Return the lines to copy.

    Args:
        why: why the agent could not start; nothing when it runs.
        fault: kind and place of an error that has no reason of its own.
    """
    lines = {
        "NjordHR": VERSION,
        "System": f"{platform.system()} {platform.release()} {platform.machine()}",
        "Python": platform.python_version(),
        "Packaged": "yes" if getattr(sys, "frozen", False) else "no",
        "Agent": "running" if why is None else why.value,
    }
    if fault:
        lines["Fault"] = fault
    return "".join(f"{name}: {value}\n" for name, value in lines.items())
