"""A model of the cloud: what it promises to computers, in memory.

It reads events and judges reports of jobs with the cloud's own functions. That it agrees with the real one is
shown by one suite that runs on both, `tests/support/ingest_suite.py`.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from cloud_api.ingest.accept import read
from cloud_api.ledger.jobs import Known, replaces
from cloud_api.ledger.record import digest
from protocol.events import (
    Event,
    JobChangedEvent,
    JobLineEvent,
    ResumeDownloaded,
    ResumeDownloadedEvent,
)
from protocol.ingest import Verdict, VerdictKind
from protocol.jobs import JobRequest, JobSnapshot, JobStatus
from protocol.problems import PROBLEM_MEDIA_TYPE, problem
from protocol.reasons import Reason

COMMANDS = "/api/device/commands/"
Answer = tuple[int, dict[str, str], bytes]


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """A request is refused as a whole, or an event by itself."""

    def __init__(self, reason: Reason, status: int = 422, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.detail = detail


@dataclass
class Computer:
    """A paired computer, as the cloud knows it."""

    device_id: UUID
    organisation_id: UUID
    user_id: UUID
    revoked: bool = False


@dataclass
class Job:
    """A download job as the cloud knows it."""

    device_id: UUID
    user_id: UUID
    request: JobRequest
    snapshot: JobSnapshot | None = None
    reported_at: datetime | None = None
    lines: list[UUID] = field(default_factory=list)
    command_id: UUID | None = None
    is_answered: bool = False

    @property
    def known(self) -> Known:
        if self.snapshot is None:
            return Known(JobStatus.QUEUED, None, 0)
        return Known(self.snapshot.status, self.reported_at, self.snapshot.change)


@dataclass
class Resume:
    """A resume that the office was told of."""

    payload: ResumeDownloaded
    uploaded: bool = False


@dataclass
class Office:
    """One organisation's rows."""

    received: dict[UUID, bytes] = field(default_factory=dict)
    effects: list[UUID] = field(default_factory=list)
    jobs: dict[UUID, Job] = field(default_factory=dict)
    resumes: dict[tuple[str, str], Resume] = field(default_factory=dict)
    rejected: dict[UUID, list[Reason]] = field(default_factory=dict)


class OfficeCloud:
    """Offices, their computers, and the store of bytes. ``new_id`` makes ids from the run's chance."""

    def __init__(self, new_id: Callable[[], UUID]) -> None:
        self._new_id = new_id
        self.offices: dict[UUID, Office] = {}
        self.computers: dict[str, Computer] = {}
        self.codes: dict[str, tuple[UUID, UUID]] = {}
        self.objects: dict[str, bytes] = {}
        self.stored: dict[str, bytes] = {}

    def pairing_code(self, organisation_id: UUID, user_id: UUID) -> str:
        """Make a code of this office, as one of its people does."""
        self.offices.setdefault(organisation_id, Office())
        code = str(self._new_id())
        self.codes[code] = (organisation_id, user_id)
        return code

    def ask_for(self, computer: Computer, request: JobRequest) -> None:
        """Make a job for a computer, as a person does on the page."""
        jobs = self.offices[computer.organisation_id].jobs
        job_id = self._new_id()
        jobs[job_id] = Job(computer.device_id, computer.user_id, request, command_id=self._new_id())

    def handle(self, method: str, path: str, token: str, body: bytes) -> Answer:
        """Answer one request; it takes effect as a whole or not at all."""
        try:
            answer = self._answer(method, path, token, body)
        except Refused as refusal:
            document = problem(refusal.reason, refusal.status).model_dump_json().encode()
            return refusal.status, {"Content-Type": PROBLEM_MEDIA_TYPE}, document
        return 200, {"Content-Type": "application/json"}, json.dumps(answer).encode()

    def crash_during(self, method: str, path: str, token: str, body: bytes) -> None:
        """Die in the middle of a request: the transaction is not committed, so nothing of it happened."""

    def _answer(self, method: str, path: str, token: str, body: bytes) -> object:
        if path.startswith("/api/objects/") and method == "PUT":
            self.objects[path.removeprefix("/api/objects/")] = body
            return {}
        if path == "/api/device/register":
            return self._register(json.loads(body))
        computer = self.computers.get(token)
        if computer is None or computer.revoked:
            raise Refused(Reason.DEVICE_REVOKED, 401)
        path = path.partition("?")[0]
        if path.startswith(COMMANDS):
            return self._answered(computer, path)
        answers: dict[str, Callable[[Computer, Any], object]] = {
            "/api/device/heartbeat": self._heartbeat,
            "/api/device/commands": self._claim,
            "/api/events/candidate": self._ingest,
            "/api/resumes/upload-link": self._upload_link,
            "/api/resumes/uploaded": self._uploaded,
        }
        if path not in answers:
            raise Refused(Reason.REQUEST_NOT_FOUND, 404)
        return answers[path](computer, json.loads(body) if body else None)

    def _register(self, body: Mapping[str, Any]) -> object:
        found = self.codes.pop(body["pairing_code"], None)
        if found is None:
            raise Refused(Reason.DEVICE_PAIRING_CODE, 422)
        organisation_id, user_id = found
        token = f"njd_{self._new_id()}"
        computer = Computer(self._new_id(), organisation_id, user_id)
        self.computers[token] = computer
        return {
            "device_id": str(computer.device_id),
            "device_token": token,
            "organisation_id": str(organisation_id),
            "organisation_name": "Office",
            "user_id": str(computer.user_id),
            "user_email": "kari@example.com",
        }

    def _heartbeat(self, computer: Computer, _: object) -> object:
        jobs = self.offices[computer.organisation_id].jobs
        waiting = [
            {"job_id": str(job_id), **job.request.model_dump()}
            for job_id, job in jobs.items()
            if job.device_id == computer.device_id and job.snapshot is None
        ]
        return {"server_time": "2026-11-12T08:00:00Z", "waiting_jobs": waiting[:50]}

    def _claim(self, computer: Computer, _: object) -> object:
        """Hand out what was not answered; the question is never held, as when no seat is free."""
        jobs = self.offices[computer.organisation_id].jobs
        left = [
            {
                "command_id": str(job.command_id),
                "kind": "start_download",
                "job_id": str(job_id),
                "download": job.request.model_dump(),
            }
            for job_id, job in jobs.items()
            if job.device_id == computer.device_id and job.command_id is not None and not job.is_answered
        ]
        return {"commands": left, "again_after_seconds": 30.0}

    def _answered(self, computer: Computer, path: str) -> object:
        command_id = path.removeprefix(COMMANDS).partition("/")[0]
        for job in self.offices[computer.organisation_id].jobs.values():
            if str(job.command_id) == command_id and job.device_id == computer.device_id:
                job.is_answered = True
                return {}
        raise Refused(Reason.REQUEST_NOT_FOUND, 404)

    def _ingest(self, computer: Computer, body: Mapping[str, Any]) -> object:
        verdicts = [self._verdict(computer, raw, place) for place, raw in enumerate(body["events"])]
        return {"verdicts": [verdict.model_dump(mode="json") for verdict in verdicts]}

    def _verdict(self, computer: Computer, raw: Mapping[str, Any], place: int) -> Verdict:
        event = read(raw, place)
        if isinstance(event, Verdict):
            return event
        office = self.offices[computer.organisation_id]
        try:
            return self._record(office, computer, event)
        except Refused as refusal:
            office.rejected.setdefault(event.event_id, []).append(refusal.reason)
            return Verdict(
                event_id=str(event.event_id),
                verdict=VerdictKind.REJECTED,
                reason=refusal.reason,
                detail=refusal.detail,
            )

    def _record(self, office: Office, computer: Computer, event: Event) -> Verdict:
        mark = digest(event)
        known = office.received.get(event.event_id)
        if known is not None and known != mark:
            raise Refused(Reason.INGEST_ID_REUSED, detail="event_id")
        kind = VerdictKind.ACCEPTED if known is None else VerdictKind.DUPLICATE
        if known is None:
            self.take_effect(office, computer, event)
            self.keep_key(office, event, mark)
        wanted = isinstance(event, ResumeDownloadedEvent) and not self._resume(office, event.payload).uploaded
        return Verdict(event_id=str(event.event_id), verdict=kind, upload_wanted=wanted)

    def keep_key(self, office: Office, event: Event, mark: bytes) -> None:
        """Keep that the event was received."""
        office.received[event.event_id] = mark

    def take_effect(self, office: Office, computer: Computer, event: Event) -> None:
        """Do what the event says, or refuse it and change nothing."""
        match event:
            case ResumeDownloadedEvent():
                self._resume(office, event.payload)
            case JobChangedEvent():
                self._change(office, computer, event)
            case JobLineEvent():
                self._append(office, computer, event)
            case _:
                raise Refused(Reason.AUTH_FORBIDDEN)
        office.effects.append(event.event_id)

    def _resume(self, office: Office, payload: ResumeDownloaded) -> Resume:
        key = (payload.candidate_external_id, payload.content_sha256)
        return office.resumes.setdefault(key, Resume(payload))

    def _change(self, office: Office, computer: Computer, event: JobChangedEvent) -> None:
        snapshot = event.payload
        made = Job(computer.device_id, computer.user_id, _request(snapshot))
        job = office.jobs.setdefault(snapshot.job_id, made)
        if job.user_id != computer.user_id:
            raise Refused(Reason.INGEST_NOT_YOURS, detail="job_id")
        if replaces(job.known, snapshot, event.occurred_at):
            job.snapshot, job.reported_at = snapshot, event.occurred_at

    def _append(self, office: Office, computer: Computer, event: JobLineEvent) -> None:
        job = office.jobs.get(event.payload.job_id)
        if job is None or job.user_id != computer.user_id:
            raise Refused(Reason.INGEST_UNKNOWN_JOB, detail="job_id")
        job.lines.append(event.event_id)

    def _known(self, computer: Computer, body: Mapping[str, Any]) -> Resume:
        key = (body["candidate_external_id"], body["content_sha256"])
        resume = self.offices[computer.organisation_id].resumes.get(key)
        if resume is None:
            raise Refused(Reason.REQUEST_NOT_FOUND, 404)
        return resume

    def _upload_link(self, computer: Computer, body: Mapping[str, Any]) -> object:
        if self._known(computer, body).uploaded:
            return {"already_stored": True}
        return {"url": f"/api/objects/{_key(computer, body)}", "method": "PUT", "headers": {}}

    def _uploaded(self, computer: Computer, body: Mapping[str, Any]) -> object:
        resume, key = self._known(computer, body), _key(computer, body)
        if not resume.uploaded:
            data = self.objects.get(key)
            if data is None:
                raise Refused(Reason.UPLOAD_MISSING, 409)
            if sha256(data).hexdigest() != body["file_sha256"]:
                del self.objects[key]
                raise Refused(Reason.UPLOAD_CHECKSUM, 409)
            resume.uploaded = True
            self.stored[key] = data
        return {"upload_status": "uploaded"}


def _request(snapshot: JobSnapshot) -> JobRequest:
    return JobRequest(**snapshot.model_dump(include=set(JobRequest.model_fields)))


def _key(computer: Computer, body: Mapping[str, Any]) -> str:
    return f"{computer.organisation_id}/{body['candidate_external_id']}/{body['file_sha256']}"
