"""The simulated portal's port of last time: the addresses of people in the agent's records lead there."""

import socket
from pathlib import Path
from urllib.parse import urlsplit

PORTS = 65_536


def last_port(file: Path) -> int:
    """Return the port of last time; 0, which takes a free one, when there is none or it is in use."""
    try:
        port = int(file.read_text(encoding="ascii"))
        if not 0 < port < PORTS:
            return 0
        with socket.create_server(("127.0.0.1", port)):
            return port
    except (OSError, ValueError):
        return 0


def keep_port(file: Path, url: str) -> None:
    """Keep the port of this address for the next start."""
    file.write_text(f"{urlsplit(url).port}\n", encoding="ascii")
