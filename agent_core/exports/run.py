"""One export from the office's list of people to a saved ZIP, a few resumes in memory at a time."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from zlib import crc32

from agent_core.errors import AgentError, CloudError
from agent_core.exports.progress import ExportState, Progress
from agent_core.exports.sources import ResumeSources
from agent_core.ports import OfficeExports
from protocol.export_archive import Entry, Found, Missing, archive
from protocol.exports import Export, ExportPerson
from protocol.read_ahead import read_ahead
from protocol.reasons import Reason

AHEAD = 4
"""How many people's resumes are fetched at once: the office's copies come from far."""


class _CancelledError(Exception):
    """Somebody cancelled the export."""


class ExportRun:
    """Makes one export; ``progress`` may be read by any thread meanwhile."""

    def __init__(
        self,
        export: Export,
        office: OfficeExports,
        sources: ResumeSources,
        cancelled: Callable[[], bool],
        made_at: datetime,
    ) -> None:
        """Make this export, until ``cancelled`` says so; its files are of ``made_at``, aware."""
        self._export = export
        self._office = office
        self._sources = sources
        self._cancelled = cancelled
        self._made_at = made_at
        self.progress = Progress(people=export.people)

    def run(self, save: Callable[[Iterable[bytes]], object]) -> Progress:
        """Make the ZIP and have it saved, whole or not at all; return how it ended."""
        try:
            save(self._counted(archive(self._entries(), self._made_at)))
        except _CancelledError:
            self.progress = self.progress.ended(ExportState.CANCELLED, Reason.EXPORT_CANCELLED)
        except AgentError as error:
            self.progress = self.progress.ended(ExportState.FAILED, error.reason)
        else:
            self.progress = self.progress.ended(ExportState.DONE)
        return self.progress

    def _entries(self) -> Iterator[Entry]:
        with closing(read_ahead(self._people(), self._entry, threads=AHEAD, most=AHEAD)) as entries:
            for row, found in entries:
                if self._cancelled():
                    raise _CancelledError
                yield row, found
                if isinstance(found, Missing):
                    self.progress = self.progress.without_resume(found.reason, found.device_name)
                else:
                    self.progress = self.progress.with_resume()

    def _entry(self, person: ExportPerson) -> Entry:
        found = self._sources.take(self._export.export_id, person)
        return person.row, found if isinstance(found, Missing) else Found(found, crc32(found))

    def _people(self) -> Iterator[ExportPerson]:
        after: int | None = 0
        seen = 0
        while after is not None:
            page = self._office.page(self._export.export_id, after)
            yield from page.people
            seen += len(page.people)
            if page.next_after is not None and page.next_after <= after:
                raise CloudError(Reason.CLOUD_ANSWER, "next_after")
            after = page.next_after
        if seen != self._export.people:  # never a shorter export that looks whole
            raise CloudError(Reason.CLOUD_ANSWER, "people")

    def _counted(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            yield piece
            self.progress = replace(self.progress, length=self.progress.length + len(piece))
