"""How a second start asks the first one to show its window.

The first one says in its data folder on which port it answers. Who asks proves that they are the same person:
they leave an empty file with a name that nobody can guess in that folder, which is closed to others, and send
the name. The first one takes the file away, which is its own proof. No secret outlives the question.
"""

import http.client
import json
import os
import re
import secrets
import stat
from pathlib import Path

PORT_FILE = "agent.port"
_PREFIX = "knock-"
_NAME = re.compile(r"[A-Za-z0-9_-]{43}")
_PATIENCE_SECONDS = 20.0


def announce(folder: Path, port: int) -> None:
    """Say on which port this folder's agent answers, and forget knocks that nobody answered."""
    for left in folder.glob(f"{_PREFIX}*"):
        left.unlink(missing_ok=True)
    temporary = folder / f"{PORT_FILE}.new"
    temporary.write_text(f"{port}\n", encoding="ascii")
    temporary.replace(folder / PORT_FILE)


def withdraw(folder: Path) -> None:
    """Say no more where this folder's agent answers."""
    (folder / PORT_FILE).unlink(missing_ok=True)


def is_knock(folder: Path, name: str) -> bool:
    """Tell whether this knock was left here by the folder's owner, and take it away."""
    if _NAME.fullmatch(name) is None:
        return False
    file = folder / (_PREFIX + name)
    try:
        found = file.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
            return False
        if os.name != "nt" and found.st_uid != os.geteuid():
            return False
        file.unlink()
    except OSError:
        return False  # there is none, or another request was faster
    return True


def ask_to_show(folder: Path) -> bool:
    """Have the agent of this folder show its window; tell whether it did."""
    name = secrets.token_urlsafe(32)
    file = folder / (_PREFIX + name)
    try:
        port = int((folder / PORT_FILE).read_text(encoding="ascii"))
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except (OSError, ValueError):
        return False
    try:
        shown = _knock(port, name)
        # Whoever else may listen there cannot take the file away.
        return shown and not file.exists()
    finally:
        file.unlink(missing_ok=True)


def _knock(port: int, name: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
    try:
        body = json.dumps({"knock": name})
        connection.request("POST", "/window/show", body, {"Content-Type": "application/json"})
        return connection.getresponse().status == http.HTTPStatus.NO_CONTENT
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        connection.close()
