"""Where a resume is taken from: this computer first, then the office's store; else why it is missing."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from agent_core.errors import CloudError, FilesError
from agent_core.ports import KnownResume, OfficeExports, ResumeFiles
from protocol.export_archive import Missing
from protocol.exports import ExportPerson, ExportResume
from protocol.reasons import Reason

_NOT_STORED = frozenset({Reason.RESUME_NOT_IN_CLOUD, Reason.RESUME_LOST_IN_STORE})
"""What the office says of one resume; any other refusal is about the whole export."""


class ResumeSources:
    """Takes one resume at a time, and only one whose bytes are those that were stored; any thread."""

    def __init__(
        self, known: Callable[[str, str], KnownResume | None], files: ResumeFiles, office: OfficeExports
    ) -> None:
        """Look into the records with ``known`` (number of the person, digest of the content)."""
        self._known = known
        self._files = files
        self._office = office

    def take(self, export_id: UUID, person: ExportPerson) -> bytes | Missing:
        """Return a person's PDF, or why there is none.

        Raises:
            CloudError: the office cannot be asked, or does not let the export go on.
        """
        resume = person.resume
        if resume is None:
            return Missing(Reason.EXPORT_NO_RESUME)
        here = self._from_here(person.row.candidate_id, resume)
        if isinstance(here, bytes):
            return here
        stored = self._from_store(export_id, resume)
        if isinstance(stored, bytes):
            return stored
        reason = stored or here or Reason.RESUME_ONLY_ELSEWHERE
        return Missing(reason, resume.device_name, resume.device_last_seen_at)

    def _from_here(self, candidate_id: str, resume: ExportResume) -> bytes | Reason | None:
        known = self._known(candidate_id, resume.content_sha256)
        if known is None:
            return None
        try:
            data = self._files.read(Path(known.folder), known.relative_path)
        except FilesError:
            return Reason.RESUME_NOT_HERE
        return data if sha256(data).hexdigest() == known.file_sha256 else Reason.RESUME_CHANGED_HERE

    def _from_store(self, export_id: UUID, resume: ExportResume) -> bytes | Reason | None:
        if resume.stored_sha256 is None:
            return None
        try:
            data = self._office.resume(export_id, resume.resume_id)
        except CloudError as error:
            if error.reason in _NOT_STORED:
                return error.reason
            raise
        is_whole = sha256(data).hexdigest() == resume.stored_sha256
        return data if is_whole else Reason.RESUME_LOST_IN_STORE
