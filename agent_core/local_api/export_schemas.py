"""The bodies of exports. The web UI's types are generated from these."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from agent_core.exports.progress import ExportState
from agent_core.local_api.schemas import Answer
from protocol.exports import ExportRequest
from protocol.reasons import Reason


class SaveWay(StrEnum):
    """Where an export goes: a file that the person chooses in the window's dialog, or the page's browser."""

    DIALOG = "dialog"
    BROWSER = "browser"


class LocalExportRequest(ExportRequest):
    """An export through this computer: its own files first, then the office's."""

    save: SaveWay = SaveWay.BROWSER


class MissingGroup(Answer):
    """People whose resume is not in the export, for one reason: why, and what to do."""

    reason: Reason
    device_name: str = ""
    people: int
    why: str
    what_to_do: str


class ExportView(Answer):
    """An export as it is now.

    Attributes:
        people: how many it has in all; 0 until the office has said.
        done: how many of them were gone through.
        missing: how many of those are in it without a resume; ``missing_groups`` says why.
        saved_as: the whole path, once it is saved through the dialog.
        sentence: the result for people, such as "48 people, 45 resumes, 3 missing".
        reason: why it failed or was cancelled.
    """

    export_id: UUID
    state: ExportState
    save: SaveWay
    people: int = 0
    done: int = 0
    resumes: int = 0
    missing: int = 0
    length: int = 0
    file_name: str = ""
    saved_as: str | None = None
    sentence: str = ""
    reason: Reason | None = None
    missing_groups: list[MissingGroup] = Field(default_factory=list)


class ExportTicket(Answer):
    """An address of this agent that gives the export's file once, until ``expires_at``."""

    url: str
    file_name: str
    expires_at: datetime
