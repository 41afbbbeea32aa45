"""Where one agent lives, and what it is started with."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from agent_core.data_dir import default_data_dir
from agent_core.errors import SettingsError
from agent_core.keychain import SERVICE
from agent_core.ports import AutoStart, Secrets
from agent_core.settings import config_file

PREFERRED_PORT = 47130
"""The same port at each start keeps what the page remembers; a free one is taken when it is not free."""


@dataclass(frozen=True)
class AgentOptions:
    """Where one agent lives and how it starts its browser.

    Attributes:
        data_dir: records, browser profiles and logs; one agent at a time.
        config_file: `agent.json`.
        web_ui_dir: the built web UI; without one there are no pages.
        preferred_port: 0 for a free one.
        demo: hints for the page of somebody who tries the demo.
        secrets: where secrets are kept instead of this computer's keyring.
        auto_start: how the program around this agent is started at login; nothing without one.
        held: change nothing before ``Agent.release``: this version is on probation.
    """

    data_dir: Path
    config_file: Path
    web_ui_dir: Path | None = None
    preferred_port: int = PREFERRED_PORT
    demo: Mapping[str, object] | None = None
    browser_path: str | None = None
    driver_path: str | None = None
    headless: bool = True
    secrets: Secrets | None = None
    auto_start: AutoStart | None = None
    held: bool = False


def default_options(web_ui_dir: Path | None, auto_start: AutoStart | None = None) -> AgentOptions:
    """Return the options of this computer's person.

    Raises:
        SettingsError: the environment does not say where their home is.
    """
    return AgentOptions(
        data_dir=default_data_dir(),
        config_file=Path(config_file(sys.platform, os.environ)),
        web_ui_dir=web_ui_dir,
        auto_start=auto_start,
    )


def service_name(config: Path) -> str:
    """Return the keyring's name for this set-up: a demo beside the real one shares no secret with it."""
    try:
        own = Path(config_file(sys.platform, os.environ))
    except SettingsError:
        own = None
    if config == own:
        return SERVICE
    return f"{SERVICE} {sha256(str(config.absolute()).encode()).hexdigest()[:16]}"
