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
from agent_core.store import belonging, commands, jobs, listings, outbox, resumes, uploads
from agent_core.store.commands import Asked, CommandRecords
from agent_core.store.connection import Records
from agent_core.store.event_ids import new_event_id
from agent_core.store.facts import Facts
from agent_core.store.job_lines import final_status, outcome_line
from agent_core.store.updates import UpdateRecords
from protocol.events import (
    JobChangedEvent,
    JobLine,
    JobLineEvent,
    ResumeDownloadedEvent,
    ResumeOpened,
    ResumeOpenedEvent,
)
from protocol.facts import ResumeFacts
from protocol.jobs import JobRequest, JobSnapshot, JobStatus, LogLevel, Outcome
from protocol.reasons import Reason


@dataclass(frozen=True)
class JobChanges:
    """A job and those of its people who changed since; ``change`` is where the next look goes on."""

    change: int
    job: JobSnapshot
    listings: Sequence[ListingRow]
    pace: jobs.Pace


class AgentStore:
    """Implements `ports.DownloadStore`; any thread."""

    def __init__(self, path: Path, clock: Clock) -> None:
        """Open the records, or make them.

        Raises:
            StoreError: damaged and now set aside, written by a newer version, or not to be opened.
        """
        self.records = Records(path)
        self.outbox = outbox.OutboxRecords(self.records, clock)
        self.facts = Facts(self.records)
        self.commands = CommandRecords(self.records, clock)
        self.updates = UpdateRecords(self.records, clock)
        self._clock = clock

    def close(self) -> None:
        """Close the records."""
        self.records.close()

    def belong_to(self, organisation_id: UUID | None) -> None:
        """Belong to this office from now on, or to none; what waits for another one is kept and not sent."""
        with self.records.write() as connection:
            belonging.join(connection, organisation_id)

    def belongs(self) -> bool:
        """Tell whether the records are an office's."""
        return bool(self.facts.get(belonging.FACT))

    def create_job(
        self, job_id: UUID, request: JobRequest, asked: Asked | None = None
    ) -> tuple[JobSnapshot, bool]:
        """Queue a job, or return the one of this id; and whether it is new. Event `job_changed`.

        Args:
            job_id: whose it becomes.
            request: what to download.
            asked: the office's command that wants it, which is done by this.

        Raises:
            StoreError: `job.already-there`: another job of this rank and ship type is not over.
        """
        with self.records.write() as connection:
            commands.insert(connection, asked, None, self._clock())
            known = jobs.find(connection, job_id)
            if known is not None:
                return known, False
            other = jobs.active_of_pair(connection, request)
            if other is not None:
                raise StoreError(Reason.JOB_ALREADY_THERE, facts={"job_id": str(other.job_id)})
            jobs.insert(connection, job_id, request, self._clock())
            return self._told(connection, job_id), True

    def retry_job(self, new_id: UUID, job_id: UUID, seqs: Sequence[int] | None) -> JobSnapshot:
        """Queue a job that fetches those of another job again who failed there; event `job_changed`.

        Args:
            new_id: of the new job.
            job_id: of the other one.
            seqs: whom alone; everybody who failed, or was left when it was cancelled, if absent.

        Raises:
            StoreError: there is none of this id, nobody failed, or another job is about to fetch one of them.
        """
        with self.records.write() as connection:
            old = jobs.get(connection, job_id)
            rows = listings.to_retry(connection, job_id, seqs)
            if not rows:
                raise StoreError(Reason.JOB_NOTHING_TO_RETRY)
            other = listings.active_job_of(connection, rows)
            if other is not None:
                raise StoreError(Reason.JOB_ALREADY_THERE, facts={"job_id": str(other)})
            jobs.insert(connection, new_id, old, self._clock(), retry_of=job_id)
            for row in rows:
                change = jobs.next_change(connection, new_id, JobStatus.QUEUED)
                jobs.count_listed(connection, new_id)
                listing = Listing(row.candidate_external_id, row.details_url)
                listings.insert(connection, new_id, change, listing)
            return self._told(connection, new_id)

    def job(self, job_id: UUID) -> JobSnapshot:
        """Return the job, with its counts.

        Raises:
            StoreError: there is none of this id.
        """
        with self.records.read() as connection:
            return jobs.get(connection, job_id)

    def newest_jobs(self, limit: int = 50) -> Sequence[JobSnapshot]:
        """Return the newest jobs and all that are not over, newest first."""
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
            return JobChanges(job.change, job, changed, jobs.pace_of(connection, job_id))

    def start_job(self, job_id: UUID) -> JobSnapshot:
        """Set a queued job running; event `job_changed`."""
        with self.records.write() as connection:
            jobs.set_running(connection, job_id, self._clock())
            return self._told(connection, job_id)

    def hold_job(self, job_id: UUID, reason: Reason) -> JobSnapshot:
        """Queue a job that is not over with a reason to wait; event `job_changed`.

        People who were being fetched wait again.

        Raises:
            StoreError: it is over, or there is none of this id.
        """
        with self.records.write() as connection:
            self._put_all_back(connection, job_id)
            jobs.set_queued(connection, job_id, reason)
            return self._told(connection, job_id)

    def settle_interrupted(self, job_id: UUID) -> JobSnapshot:
        """Queue a job that ran when the agent died, or stop it as the office wished; event `job_changed`.

        Raises:
            StoreError: it is over, or there is none of this id.
        """
        with self.records.write() as connection:
            wish = jobs.wish_of(connection, job_id)
            self._put_all_back(connection, job_id)
            why = wish if wish is Reason.JOB_PAUSED else Reason.JOB_INTERRUPTED
            jobs.set_queued(connection, job_id, why)
            if wish is Reason.JOB_CANCELLED:
                return self._end(connection, job_id, None, True)
            return self._told(connection, job_id)

    def release_job(self, job_id: UUID, asked: Asked | None = None) -> JobSnapshot:
        """Take a queued job's reason to wait away; event `job_changed` if it had one.

        ``asked``: the office's command that wants it, which is done by this; so for the two below.

        Raises:
            StoreError: it is over, or there is none of this id.
        """
        with self.records.write() as connection:
            job = self._active(connection, job_id)
            commands.insert(connection, asked, None, self._clock())
            if jobs.wish_of(connection, job_id) is Reason.JOB_PAUSED:
                jobs.set_wish(connection, job_id, None)
            if job.status is not JobStatus.QUEUED or job.reason is None:
                return job
            jobs.set_queued(connection, job_id, None)
            return self._told(connection, job_id)

    def pause_queued_job(self, job_id: UUID, asked: Asked | None = None) -> JobSnapshot:
        """Pause a job that waits; one that runs is returned as it is, with the office's wish kept.

        Raises:
            StoreError: it is over, or there is none of this id.
        """
        with self.records.write() as connection:
            job = self._wished(connection, job_id, Reason.JOB_PAUSED, asked)
            if job.status is JobStatus.RUNNING or job.reason is Reason.JOB_PAUSED:
                return job
            jobs.set_queued(connection, job_id, Reason.JOB_PAUSED)
            return self._told(connection, job_id)

    def cancel_queued_job(self, job_id: UUID, asked: Asked | None = None) -> JobSnapshot:
        """Cancel a job that waits; one that runs is returned as it is, with the office's wish kept.

        Raises:
            StoreError: it is over, or there is none of this id.
        """
        with self.records.write() as connection:
            job = self._wished(connection, job_id, Reason.JOB_CANCELLED, asked)
            return job if job.status is JobStatus.RUNNING else self._end(connection, job_id, None, True)

    def end_job(self, job_id: UUID, reason: Reason | None, cancelled: bool = False) -> JobSnapshot:
        """End a job that is not over; event `job_changed`.

        People without an outcome get Skipped(`job.cancelled`) when it is cancelled, else Failed(reason).

        Raises:
            StoreError: the job is over already, or there is none of this id.
        """
        with self.records.write() as connection:
            self._active(connection, job_id)
            return self._end(connection, job_id, reason, cancelled)

    def is_walked(self, job_id: UUID) -> bool:
        """Tell whether the portal's lists were walked to their end for this job."""
        with self.records.read() as connection:
            return jobs.is_walked(connection, job_id)

    def walked(self, job_id: UUID) -> None:
        """Keep that the portal's lists were walked to their end; event `job_changed`: how many there are."""
        with self.records.write() as connection:
            jobs.set_walked(connection, job_id)
            jobs.next_change(connection, job_id, JobStatus.RUNNING)
            self._told(connection, job_id)

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

    def put_back(self, job_id: UUID, seq: int, *, tried: bool) -> None:
        """Let a person who was being fetched wait again; ``tried`` counts it."""
        with self.records.write() as connection:
            change = jobs.next_change(connection, job_id, JobStatus.RUNNING)
            listings.put_back(connection, job_id, seq, change, tried=tried)

    def known_resume(self, candidate_external_id: str) -> KnownResume | None:
        """Return the newest resume recorded for this person."""
        with self.records.read() as connection:
            return resumes.newest_of(connection, candidate_external_id)

    def resume_with_content(self, candidate_external_id: str, content_sha256: str) -> KnownResume | None:
        """Return the newest resume of this person with this content."""
        with self.records.read() as connection:
            return resumes.with_content(connection, candidate_external_id, content_sha256)

    def resume_opened(self, known: KnownResume, by_user_id: UUID | None) -> None:
        """Record that a resume was opened here, and by whom; event `resume_opened`, for the office."""
        with self.records.write() as connection:
            if resumes.is_ours(connection, known.resume_id):
                now = self._clock()
                payload = ResumeOpened(
                    candidate_external_id=known.candidate_external_id,
                    content_sha256=known.content_sha256,
                    opened_by_user_id=by_user_id,
                )
                event = ResumeOpenedEvent(event_id=new_event_id(now), occurred_at=now, payload=payload)
                outbox.append(connection, event)

    def store_resume(self, job_id: UUID, seq: int, resume: NewResume) -> KnownResume:
        """Record a stored resume: row, outcome and events in one transaction."""
        payload = resumes.payload_of(job_id, resume)
        with self.records.write() as connection:
            listings.describe(connection, job_id, seq, resume.facts)
            listings.set_file(connection, job_id, seq, resume.file.relative_path)
            now = self._clock()
            known = resumes.insert(connection, uuid4(), resume, payload, now)
            uploads.drop_replaced(connection, known.resume_id)
            event = ResumeDownloadedEvent(event_id=new_event_id(now), occurred_at=now, payload=payload)
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
        told = JobLine(job_id=job_id, level=level, line=line[:1000])
        self.records.run(lambda connection: self._tell_line(connection, told))

    @staticmethod
    def _active(connection: sqlite3.Connection, job_id: UUID) -> JobSnapshot:
        job = jobs.get(connection, job_id)
        if job.status.is_final:
            raise StoreError(Reason.JOB_NOT_ACTIVE)
        return job

    def _wished(
        self, connection: sqlite3.Connection, job_id: UUID, wish: Reason, asked: Asked | None
    ) -> JobSnapshot:
        job = self._active(connection, job_id)
        commands.insert(connection, asked, None, self._clock())
        if asked is not None:
            jobs.set_wish(connection, job_id, wish)
        return job

    @staticmethod
    def _put_all_back(connection: sqlite3.Connection, job_id: UUID) -> None:
        for row in listings.still_open(connection, job_id):
            if row.state is ListingState.FETCHING:
                change = jobs.next_change(connection, job_id, *jobs.ACTIVE)
                listings.put_back(connection, job_id, row.seq, change, tried=False)

    def _end(
        self, connection: sqlite3.Connection, job_id: UUID, reason: Reason | None, cancelled: bool
    ) -> JobSnapshot:
        why = Reason.JOB_CANCELLED if cancelled and reason is None else reason
        left = ListingState.SKIPPED if cancelled else ListingState.FAILED
        for row in listings.still_open(connection, job_id):
            self._finish(connection, row, left, why or Reason.JOB_INTERRUPTED, jobs.ACTIVE)
        jobs.set_ended(connection, job_id, final_status(why, cancelled), why, self._clock())
        return self._told(connection, job_id)

    def _told(self, connection: sqlite3.Connection, job_id: UUID) -> JobSnapshot:
        """Record the job's event as it is now."""
        job, now = jobs.get(connection, job_id), self._clock()
        event = JobChangedEvent(event_id=new_event_id(now), occurred_at=now, payload=job)
        outbox.append(connection, event)
        return job

    def _finish(
        self,
        connection: sqlite3.Connection,
        row: ListingRow,
        state: ListingState,
        reason: Reason | None,
        needed: Sequence[JobStatus] = (JobStatus.RUNNING,),
    ) -> None:
        outcome = Outcome(state.value)
        change = jobs.next_change(connection, row.job_id, *needed)
        listings.finish(
            connection, row.job_id, row.seq, change=change, state=state, reason=reason, now=self._clock()
        )
        jobs.count_outcome(connection, row.job_id, outcome)
        self._tell_line(connection, outcome_line(row, outcome, reason))

    def _tell_line(self, connection: sqlite3.Connection, line: JobLine) -> None:
        now = self._clock()
        outbox.append(connection, JobLineEvent(event_id=new_event_id(now), occurred_at=now, payload=line))
