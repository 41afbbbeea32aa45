"""The records as the rest of the agent uses them: jobs here, the outbox at ``AgentStore.outbox``.

Whatever changes the state of a job records its event in the same transaction; the event's id is made there,
once.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from agent_core.errors import StoreError
from agent_core.ports import Clock, KnownResume, Listing, ListingRow, ListingState, NewResume
from agent_core.store import belonging, jobs, listings, outbox, resumes
from agent_core.store.connection import Records
from agent_core.store.facts import Facts
from agent_core.store.job_lines import final_status, outcome_line
from protocol.events import JobChangedEvent, JobLine, JobLineEvent, ResumeDownloadedEvent
from protocol.facts import ResumeFacts
from protocol.jobs import JobRequest, JobSnapshot, JobStatus, LogLevel, Outcome
from protocol.reasons import Reason


@dataclass(frozen=True)
class JobChanges:
    """A job and those of its people who changed since; ``change`` is where the next look goes on."""

    change: int
    job: JobSnapshot
    listings: Sequence[ListingRow]


class AgentStore:
    """Implements `ports.DownloadStore`; any thread."""

    def __init__(self, path: Path, clock: Clock) -> None:
        """Open the records, or make them.

        Raises:
            StoreError: damaged and now set aside, written by a newer version, or not to be opened.
        """
        self.records = Records(path, clock)
        self.outbox = outbox.OutboxRecords(self.records, clock)
        self.facts = Facts(self.records)
        self._clock = clock

    def close(self) -> None:
        """Close the records."""
        self.records.close()

    def belong_to(self, organisation_id: UUID | None) -> None:
        """Belong to this office from now on, or to none; what waits for another one is kept and not sent."""
        with self.records.write() as connection:
            belonging.join(connection, organisation_id)

    def create_job(self, job_id: UUID, request: JobRequest) -> tuple[JobSnapshot, bool]:
        """Queue a job, or return the one of this id; and whether it is new. Event `job_changed`."""
        with self.records.write() as connection:
            known = jobs.find(connection, job_id)
            if known is not None:
                return known, False
            job = jobs.insert(connection, job_id, request, self._clock())
            self._tell_job(connection, job)
            return job, True

    def job(self, job_id: UUID) -> JobSnapshot:
        """Return the job, with its counts.

        Raises:
            StoreError: there is none of this id.
        """
        with self.records.read() as connection:
            return jobs.get(connection, job_id)

    def newest_jobs(self, limit: int = 50) -> Sequence[JobSnapshot]:
        """Return the newest jobs, newest first."""
        with self.records.read() as connection:
            return jobs.newest(connection, limit)

    def jobs_in(self, status: JobStatus) -> Sequence[JobSnapshot]:
        """Return the jobs of a status, oldest first."""
        with self.records.read() as connection:
            return jobs.in_status(connection, status)

    def changes(self, job_id: UUID, since: int = 0) -> JobChanges:
        """Return the job and the people that changed after ``since``, seen at one moment.

        Raises:
            StoreError: there is none of this id.
        """
        with self.records.read() as connection:
            job = jobs.get(connection, job_id)
            changed = listings.changed_since(connection, job_id, since)
            return JobChanges(jobs.change_of(connection, job_id), job, changed)

    def start_job(self, job_id: UUID) -> JobSnapshot:
        """Set a queued job running; event `job_changed`."""
        with self.records.write() as connection:
            jobs.set_running(connection, job_id, self._clock())
            job = jobs.get(connection, job_id)
            self._tell_job(connection, job)
            return job

    def end_job(self, job_id: UUID, reason: Reason | None, cancelled: bool = False) -> JobSnapshot:
        """End a job that is not over; people without an outcome get Failed. Event `job_changed`.

        Raises:
            StoreError: the job is over already, or there is none of this id.
        """
        why = Reason.JOB_CANCELLED if cancelled and reason is None else reason
        with self.records.write() as connection:
            if jobs.get(connection, job_id).status.is_final:
                raise StoreError(Reason.JOB_NOT_ACTIVE)
            for row in listings.still_open(connection, job_id):
                self._finish(connection, row, ListingState.FAILED, why or Reason.JOB_INTERRUPTED)
            jobs.set_ended(connection, job_id, final_status(why, cancelled), why, self._clock())
            job = jobs.get(connection, job_id)
            self._tell_job(connection, job)
            return job

    def add_listing(self, job_id: UUID, listing: Listing) -> ListingRow:
        """Add a person to a running job, as waiting."""
        with self.records.write() as connection:
            change = jobs.next_change(connection, job_id, JobStatus.RUNNING)
            jobs.count_listed(connection, job_id)
            return listings.insert(connection, job_id, change, listing)

    def listings(self, job_id: UUID) -> Sequence[ListingRow]:
        """Return every person of the job, by ``seq``."""
        with self.records.read() as connection:
            return listings.of_job(connection, job_id)

    def fetching(self, job_id: UUID, seq: int) -> None:
        """Say that this person's resume is being fetched."""
        with self.records.write() as connection:
            change = jobs.next_change(connection, job_id, JobStatus.RUNNING)
            listings.set_fetching(connection, job_id, seq, change)

    def known_resume(self, candidate_external_id: str) -> KnownResume | None:
        """Return the newest resume recorded for this person."""
        with self.records.read() as connection:
            return resumes.newest_of(connection, candidate_external_id)

    def resume_with_content(self, candidate_external_id: str, content_sha256: str) -> KnownResume | None:
        """Return the newest resume of this person with this content."""
        with self.records.read() as connection:
            return resumes.with_content(connection, candidate_external_id, content_sha256)

    def store_resume(self, job_id: UUID, seq: int, resume: NewResume) -> KnownResume:
        """Record a stored resume: row, outcome and events in one transaction."""
        payload = resumes.payload_of(job_id, resume)
        with self.records.write() as connection:
            listings.describe(connection, job_id, seq, resume.facts)
            listings.set_file(connection, job_id, seq, resume.file.relative_path)
            now = self._clock()
            known = resumes.insert(connection, uuid4(), resume, payload, now)
            event = ResumeDownloadedEvent(event_id=uuid4(), occurred_at=now, payload=payload)
            outbox.append(connection, event, known.resume_id)
            row = listings.get(connection, job_id, seq)
            self._finish(connection, row, ListingState.STORED, None)
            return known

    def finish_listing(
        self, job_id: UUID, seq: int, outcome: Outcome, reason: Reason, facts: ResumeFacts | None = None
    ) -> None:
        """Give a person the outcome Skipped or Failed; event `job_line`."""
        with self.records.write() as connection:
            if facts is not None:
                listings.describe(connection, job_id, seq, facts)
            row = listings.get(connection, job_id, seq)
            self._finish(connection, row, ListingState(outcome.value), reason)

    def log(self, job_id: UUID, level: LogLevel, line: str) -> None:
        """Add a line to the job's log; event `job_line`."""
        with self.records.write() as connection:
            self._tell_line(connection, JobLine(job_id=job_id, level=level, line=line[:1000]))

    def _finish(
        self, connection: sqlite3.Connection, row: ListingRow, state: ListingState, reason: Reason | None
    ) -> None:
        outcome = Outcome(state.value)
        change = jobs.next_change(connection, row.job_id, JobStatus.RUNNING)
        listings.finish(
            connection, row.job_id, row.seq, change=change, state=state, reason=reason, now=self._clock()
        )
        jobs.count_outcome(connection, row.job_id, outcome)
        self._tell_line(connection, outcome_line(row, outcome, reason))

    def _tell_job(self, connection: sqlite3.Connection, job: JobSnapshot) -> None:
        event = JobChangedEvent(event_id=uuid4(), occurred_at=self._clock(), payload=job)
        outbox.append(connection, event)

    def _tell_line(self, connection: sqlite3.Connection, line: JobLine) -> None:
        outbox.append(connection, JobLineEvent(event_id=uuid4(), occurred_at=self._clock(), payload=line))
