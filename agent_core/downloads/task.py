"""What a running download works with."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from agent_core.errors import PortalSessionError
from agent_core.ports import DownloadStore, PortalSession, ResumeFiles, Stop
from protocol.jobs import JobSnapshot, LogLevel
from protocol.reasons import Reason


@dataclass(frozen=True)
class Task:
    """One job and the ports that it runs on.

    Attributes:
        job: as it was when it started.
        folder: the download folder; it is never made.
        stop: tells why the job is to stop now, if it is.
    """

    job: JobSnapshot
    portal: PortalSession
    files: ResumeFiles
    store: DownloadStore
    folder: Path
    stop: Stop

    @property
    def job_id(self) -> UUID:
        """The job's id."""
        return self.job.job_id

    def tell(self, level: LogLevel, reason: Reason, detail: str = "") -> None:
        """Add a reason to the job's log."""
        line = f"{reason.sentence} ({detail})" if detail else reason.sentence
        self.store.log(self.job_id, level, line)


def reason_for_all(error: PortalSessionError) -> Reason:
    """Return what the end of the session means for everybody else of the job."""
    return Reason.PORTAL_SESSION_ENDED if error.reason is Reason.RESUME_LOGIN_PAGE else error.reason
