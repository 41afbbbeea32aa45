"""Many events of one kind in a few statements, where all of them are plain: most of what computers report is.

What is not plain (a person who comes twice, content that the office has already, a job that it has not) is
refused here as a whole and leaves nothing behind; `record` then judges each by itself.
"""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.types.json import Jsonb

from cloud_api.auth.principal import Device
from cloud_api.db.candidate_event_repo import CandidateEvent, CandidateEventRepository
from cloud_api.db.unit_of_work import Transaction
from cloud_api.ledger import candidate_rows as rows
from cloud_api.ledger.candidate_rows import SQL, Candidate
from cloud_api.ledger.decide import Refusal
from cloud_api.ledger.state import CandidateState, Happened, apply, contact_of
from protocol.events import EventType, JobLineEvent, ResumeDownloadedEvent
from protocol.reasons import Reason

_AS_JSON = json.JSONEncoder(default=str, ensure_ascii=False, check_circular=False).encode


class _Numbered(NamedTuple):
    job_id: UUID
    last_seq: int


class _Added(NamedTuple):
    candidate_id: UUID
    resume_id: UUID


class _Made(NamedTuple):
    candidate_id: UUID
    candidate_external_id: str
    now: datetime
    was_erased: bool


class _Delivery(NamedTuple):
    """A resume, whose it is, and how they stand after it; ``is_made`` when they are new to the office."""

    event: ResumeDownloadedEvent
    candidate: Candidate
    is_made: bool
    happened: Happened
    after: CandidateState


def append_lines(tx: Transaction, device: Device, events: Sequence[JobLineEvent]) -> None:
    """Append lines to logs, in their order; each job's row stays locked until the transaction ends.

    Raises:
        Refusal: the office does not have one of the jobs, or it is not this person's.
    """
    counts = Counter(event.payload.job_id for event in events)
    wanted = {"job_ids": list(counts), "counts": list(counts.values())}
    last = {row.job_id: row.last_seq for row in tx.all(SQL["next_seqs"], wanted, _Numbered)}
    if last.keys() != counts.keys():
        raise Refusal(Reason.INGEST_UNKNOWN_JOB, "job_id")
    following = {job_id: last[job_id] - count for job_id, count in counts.items()}
    lines = []
    for event in events:
        job_id = event.payload.job_id
        following[job_id] += 1
        lines.append(vars(event.payload) | {"seq": following[job_id], "created_at": event.occurred_at})
    tx.run(SQL["add_lines"], {"organisation_id": device.organisation_id, "lines": _rows(lines)})


def deliver(tx: Transaction, device: Device, events: Sequence[ResumeDownloadedEvent]) -> None:
    """Take stored resumes in, of one person each, as `candidates.deliver` does; the store has none of them.

    Raises:
        Refusal: one of them needs to be looked at by itself.
    """
    made = _make(tx, device, events)
    candidates = _lock(tx, device, events, made)
    added = _add_resumes(tx, device, events, candidates)
    deliveries = []
    for event, candidate in zip(events, candidates, strict=True):
        payload = event.payload
        is_new = candidate.state.latest_resume_id is None
        happened = Happened(
            event_id=event.event_id,
            event_type=EventType.RESUME_DOWNLOADED if is_new else EventType.RESUME_UPDATED,
            user_id=device.user_id,
            device_id=device.device_id,
            at=min(event.occurred_at, candidate.now),
            recorded_at=candidate.now,
            resume_id=added[candidate.candidate_id],
            contact=contact_of(payload.facts, payload.rank_applied_for, payload.search_ship_type),
        )
        is_made = payload.candidate_external_id in made
        deliveries.append(_Delivery(event, candidate, is_made, happened, apply(candidate.state, happened)))
    new = [_state_row(delivery) for delivery in deliveries if delivery.is_made]
    known = [_state_row(delivery) for delivery in deliveries if not delivery.is_made]
    if new:
        tx.run(SQL["make_states"], {"organisation_id": device.organisation_id, "rows": _rows(new)})
    CandidateEventRepository(tx).log_events([_event_row(device, delivery) for delivery in deliveries])
    if known:
        tx.run(SQL["save_deliveries"], {"rows": _rows(known)})


def _make(tx: Transaction, device: Device, events: Sequence[ResumeDownloadedEvent]) -> dict[str, Candidate]:
    """Make those who are new to the office, and return them by the portal's number."""
    people = []
    for event in events:
        payload = event.payload
        contact = contact_of(payload.facts, payload.rank_applied_for, payload.search_ship_type)
        person = {"candidate_external_id": payload.candidate_external_id, "latest_filename": payload.filename}
        people.append(person | vars(contact))
    params = {"organisation_id": device.organisation_id, "rows": _rows(people)}
    made = tx.all(SQL["make_candidates"], params, _Made)
    if any(row.was_erased for row in made):
        raise Refusal(Reason.CANDIDATE_ERASED, "candidate_external_id")
    return {row.candidate_external_id: Candidate(row.candidate_id, CandidateState(), row.now) for row in made}


def _lock(
    tx: Transaction, device: Device, events: Sequence[ResumeDownloadedEvent], made: dict[str, Candidate]
) -> list[Candidate]:
    """Return whose resumes these are: the new ones, and the others locked."""
    numbers = [event.payload.candidate_external_id for event in events]
    known = [number for number in numbers if number not in made]
    found = made | (rows.lock_all(tx, device.organisation_id, known) if known else {})
    if len(set(numbers)) < len(numbers) or found.keys() != set(numbers):
        raise Refusal(Reason.INGEST_UNKNOWN_CANDIDATE, "candidate_external_id")
    return [found[number] for number in numbers]


def _add_resumes(
    tx: Transaction,
    device: Device,
    events: Sequence[ResumeDownloadedEvent],
    candidates: Sequence[Candidate],
) -> dict[UUID, UUID]:
    """Add the resumes, and return candidate -> resume."""
    resumes = [
        event.payload.model_dump(mode="json", exclude={"text", "candidate_external_id"})
        | {
            "candidate_id": candidate.candidate_id,
            "facts_version": event.payload.facts.facts_version,
            "text": event.payload.text.text,
            "text_version": event.payload.text.text_version,
            "downloaded_at": min(event.occurred_at, candidate.now),
        }
        for event, candidate in zip(events, candidates, strict=True)
    ]
    owner = {
        "organisation_id": device.organisation_id,
        "user_id": device.user_id,
        "device_id": device.device_id,
    }
    added = tx.all(SQL["add_resumes"], owner | {"rows": _rows(resumes)}, _Added)
    return {row.candidate_id: row.resume_id for row in added}


def _event_row(device: Device, delivery: _Delivery) -> CandidateEvent:
    event, candidate, _, happened, after = delivery
    status = after.status and after.status.value
    return CandidateEvent(
        id=happened.event_id,
        organisation_id=device.organisation_id,
        candidate_id=candidate.candidate_id,
        event_type=happened.event_type.value,
        status=status,
        previous_status=status,
        resulting_version=after.version,
        created_by_user_id=happened.user_id,
        created_by_device_id=happened.device_id,
        created_at=happened.at,
        filename=event.payload.filename,
        rank_applied_for=event.payload.rank_applied_for,
        search_ship_type=event.payload.search_ship_type,
        resume_id=happened.resume_id,
        resume_source="local_only",
        resume_upload_status="pending",
    )


def _state_row(delivery: _Delivery) -> dict[str, Any]:
    after = delivery.after
    return vars(after.contact) | {
        "candidate_id": delivery.candidate.candidate_id,
        "candidate_external_id": delivery.event.payload.candidate_external_id,
        "latest_resume_id": after.latest_resume_id,
        "latest_filename": delivery.event.payload.filename,
        "review_state": after.review_state,
        "downloaded_at": after.downloaded_at,
        "touched_by_user_id": after.touched_by_user_id,
        "touched_by_device_id": after.touched_by_device_id,
        "touched_at": after.touched_at,
    }


def _rows(values: Sequence[dict[str, Any]]) -> Jsonb:
    """Return rows as one parameter, which ``jsonb_to_recordset`` reads."""
    return Jsonb(list(values), dumps=_AS_JSON)
