"""Whether an installation can change itself; one for all people of a computer only tells of new versions."""

import contextlib
import os
from pathlib import Path

from desktop.install.places import Places


def is_writable(places: Places) -> bool:
    """Tell whether versions can be put there, by doing it."""
    folders = (places.root, places.versions)
    return all(_takes_a_file(folder) for folder in folders)


def _takes_a_file(folder: Path) -> bool:
    tried = folder / f".tried-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.close(os.open(tried, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError:
        return False
    finally:
        with contextlib.suppress(OSError):
            tried.unlink()
    return True
