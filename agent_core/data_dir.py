"""Where the agent's own folder is; known before the agent is loaded, for a second start needs no more."""

from pathlib import Path

import platformdirs


def default_data_dir() -> Path:
    """Return where the agent's records, browser profiles and logs go unless told otherwise."""
    return platformdirs.user_data_path("NjordHR", appauthor=False)
