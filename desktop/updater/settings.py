"""What this installation remembers of updates for itself: who it is for the roll-out, and its channel."""

import json
import re
import uuid
from dataclasses import dataclass
from pathlib import Path

from desktop.install.durable_file import write_whole

FILE_NAME = "updates.json"
_CHANNEL = re.compile(r"[a-z][a-z0-9-]{0,31}")
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class UpdaterSettings:
    """The file's content.

    Attributes:
        install_id: made once; alone decides in which stage of a roll-out this is, and is told nobody.
        channel: instead of the build's own; empty for that one.
    """

    install_id: str
    channel: str = ""


def load(data_dir: Path) -> UpdaterSettings:
    """Return the settings; those that cannot be read are made anew.

    Raises:
        OSError: the disk would not have them.
    """
    path = data_dir / FILE_NAME
    found = _read(path)
    if found is None:
        found = UpdaterSettings(uuid.uuid4().hex)
        write_whole(path, json.dumps({"install_id": found.install_id, "channel": ""}).encode())
    return found


def _read(path: Path) -> UpdaterSettings | None:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        install_id, channel = values["install_id"], values.get("channel", "")
        is_good = _ID.fullmatch(install_id) and (not channel or _CHANNEL.fullmatch(channel))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return UpdaterSettings(install_id, channel) if is_good else None
