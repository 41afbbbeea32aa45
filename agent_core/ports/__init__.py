"""What the agent's use cases need from the world, as the adapters implement it.

Values are frozen and travel between threads freely; a port says in its docstring which thread may call it.
"""

from agent_core.ports.asked import Downloads
from agent_core.ports.computer import AutoStart, BrowserReport
from agent_core.ports.exports import ExportFiles, OfficeExports
from agent_core.ports.files import FolderState, ResumeFiles, StoredFile
from agent_core.ports.portal import (
    Cells,
    Fetched,
    FetchedResume,
    Listing,
    PortalCredentials,
    PortalSession,
    SessionSnapshot,
    Stop,
    go_on,
)
from agent_core.ports.records import DownloadStore, KnownResume, ListingRow, ListingState, NewResume
from agent_core.ports.secrets import Secrets
from agent_core.ports.sync import (
    Cloud,
    Fate,
    OutboxEntry,
    OutboxNumbers,
    OutboxRecord,
    OutboxStore,
    Settlement,
    UploadTask,
)
from agent_core.ports.time import Clock
from agent_core.ports.updates import EndedUpdate, RestartWhen, Updates, UpdateState, UpdateStatus
from agent_core.ports.window import NativeWindow
from protocol.commands import SessionState

__all__ = [
    "AutoStart",
    "BrowserReport",
    "Cells",
    "Clock",
    "Cloud",
    "DownloadStore",
    "Downloads",
    "EndedUpdate",
    "ExportFiles",
    "Fate",
    "Fetched",
    "FetchedResume",
    "FolderState",
    "KnownResume",
    "Listing",
    "ListingRow",
    "ListingState",
    "NativeWindow",
    "NewResume",
    "OfficeExports",
    "OutboxEntry",
    "OutboxNumbers",
    "OutboxRecord",
    "OutboxStore",
    "PortalCredentials",
    "PortalSession",
    "RestartWhen",
    "ResumeFiles",
    "Secrets",
    "SessionSnapshot",
    "SessionState",
    "Settlement",
    "Stop",
    "StoredFile",
    "UpdateState",
    "UpdateStatus",
    "Updates",
    "UploadTask",
    "go_on",
]
