"""The parts that the local API answers with, as the composition root joined them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from agent_core.cloud.http import CloudHttp
from agent_core.cloud.pairing import Pairing
from agent_core.cloud.people import People
from agent_core.cloud.stored_resumes import StoredResumes
from agent_core.local_api.tokens import ShortLived
from agent_core.outbox.relay import Relay
from agent_core.ports import AutoStart, Clock, ResumeFiles, Secrets
from agent_core.runtime.account import PortalLogins
from agent_core.runtime.browser_check import BrowserCheck
from agent_core.runtime.exports import Exports
from agent_core.runtime.offered_updates import OfferedUpdates
from agent_core.runtime.offered_window import OfferedWindow
from agent_core.runtime.portal_owner import PortalOwner
from agent_core.settings import SettingsFile
from agent_core.store.database import AgentStore


@dataclass(frozen=True)
class Services:
    """Everything a route may need.

    Attributes:
        port: where the agent listens.
        data_dir: the agent's own folder, closed to other people.
        window: the window, while there is one.
        updates: the updater, where there is one.
        clock: the computer's, as people read it.
        steady: for what is good for a while; nobody can set it.
        sending_changed: is called when the computer was paired or a switch of sending was turned.
        is_stopping: whether streams are to end.
        is_held: whether nothing may be changed: a version that was just installed has yet to prove itself.
        platform: the operating system, as devices report it.
    """

    port: int
    data_dir: Path
    settings: SettingsFile
    secrets: Secrets
    store: AgentStore
    files: ResumeFiles
    portal: PortalOwner
    logins: PortalLogins
    exports: Exports
    stored_resumes: StoredResumes
    relay: Relay
    window: OfferedWindow
    updates: OfferedUpdates
    cloud: CloudHttp
    people: People
    pairing: Pairing
    codes: ShortLived
    tokens: ShortLived
    clock: Clock
    steady: Clock
    sending_changed: Callable[[], None]
    auto_start: AutoStart
    browser: BrowserCheck
    is_stopping: Callable[[], bool]
    is_held: Callable[[], bool]
    platform: str
    web_ui_dir: Path | None = None
    demo: Mapping[str, object] | None = None
