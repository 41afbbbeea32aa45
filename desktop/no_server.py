"""pywebview without the web server that it brings: the page comes from the agent, behind the agent's checks.

pywebview always loads its server's code, and begins it only for pages that are files. There are none here,
and no server may come up by mistake. Loading it for nothing is a twentieth of the window's start.
"""

from collections.abc import MutableMapping
from types import ModuleType

SERVER = "bottle"


def leave_out_server(modules: MutableMapping[str, ModuleType]) -> None:
    """Let pywebview find no server when it is loaded; nothing changes where one is loaded already.

    Args:
        modules: ``sys.modules``.
    """
    nothing = ModuleType(SERVER, "No server: see desktop.no_server.")
    nothing.__dict__["ServerAdapter"] = object  # pywebview derives a class from it
    modules.setdefault(SERVER, nothing)
